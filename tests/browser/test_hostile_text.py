"""Hostile text anywhere in the guide runs nothing and loads nothing."""

import random

import pytest
from playwright.sync_api import expect

from guide_site.core import history
from moderation import actions
from tests import factories, hostile_texts
from tests.browser.small_guide import contributors_pages, editors_pages, public_pages

PAYLOADS = [
    "<script>fired('script')</script>",
    "<img src=x onerror=\"fired('img')\">",
    "<svg onload=\"fired('svg')\"><animate onbegin=\"fired('animate')\" attributeName=x dur=1s>",
    "<details open ontoggle=\"fired('details')\"><summary>more</summary></details>",
    '<b onmouseover="fired(\'b\')" style="position:fixed;inset:0">bold</b>',
    "[a](javascript:fired('link')) [b](JaVaScRiPt&colon;fired('entity'))",
    "<javascript:fired('auto')> [c](jav&#x09;ascript:fired('tab')) [d](vbscript:fired('vb'))",
    "[e](data:text/html,<script>opener.fired('data')</script>)",
    "![x](javascript:fired('image)') ![y](https://evil.example/pixel.png)",
    "<iframe srcdoc=\"<script>parent.fired('frame')</script>\"></iframe><base href=//evil.example>",
    "<a href=\"jav&#x09;ascript:fired('a')\">e</a> <form action=javascript:fired('f')><button>f",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=fired()>'",
    "\"><script>fired('quote')</script> '-fired('apostrophe')-' {{ 7|add:7 }} ${fired('template')}",
    "<style>@import '//evil.example/x.css'; body { display: none }</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
]
_MARKER = """
window.runs = [];
window.fired = (what) => window.runs.push(what);
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = (...what) => { window.runs.push([name, ...what].join(' ')); };
"""
_LEFT_OVER = """() => [...document.querySelectorAll('main *')].flatMap((element) =>
  [...element.attributes]
    .filter(({name, value}) => name.startsWith('on')
      || name === 'style' && !element.matches('.markdownx-editor')
      || ['href', 'src', 'action'].includes(name) && /^\\s*(java|vb)script:|data:/i.test(value))
    .map(({name, value}) => `${element.localName} ${name}=${value}`)
    .concat(['script', 'iframe', 'object', 'embed', 'base', 'style', 'svg', 'math', 'img']
      .includes(element.localName) && !element.matches('.timeline svg, .plot svg')
      ? [element.outerHTML] : []))"""


@pytest.fixture
def lured(visit, watch, live_server):
    """Open a browser that notes what runs: `lured(user)` returns its page and what it noted."""

    def opened(user=None):
        page = visit(user)
        page.add_init_script(_MARKER)
        complaints = watch(page).complaints
        page.on("request", lambda r: _note(complaints, r.url, live_server.url))
        return page, complaints

    return opened


def _note(complaints, url, home):
    if not url.startswith((home, "data:")):
        complaints.append(f"a request to {url}")


def _read(page, address):
    """Visit a page and point at it; returns what ran, and what is left that could run."""
    page.goto(address)
    page.mouse.move(300, 300)
    return page.evaluate("window.runs") + page.evaluate(_LEFT_OVER)


def _sample():
    """Two hundred attacks: of the collection where it is, else of our own."""
    is_here = hostile_texts.COLLECTION.is_dir()
    texts = hostile_texts.collected("script_injection.json") if is_here else hostile_texts.attacks()
    usable = [t for t in texts if t.strip() and "\0" not in t and len(t) < 2000]
    return random.Random(2).sample(usable, 200)


def test_every_page_about_a_hostile_guide_is_harmless(guide, lured):
    _poison(guide)
    own = public_pages(guide) | contributors_pages(guide)
    for user, pages in ((guide.contributor, own), (guide.editor, editors_pages(guide))):
        page, complaints = lured(user)
        ours = {n: address for n, address in pages.items() if not address.startswith("/accounts/")}
        found = {name: _read(page, address) for name, address in ours.items()}
        assert {name: left for name, left in found.items() if left} == {}
        assert [c for c in complaints if "status of 40" not in c] == []


def _poison(guide):
    """Hostile words wherever people can write some."""
    worst = PAYLOADS[0] + PAYLOADS[1]
    for payload in PAYLOADS:
        factories.stored_entry(payload, section=guide.section, tags=["gotcha"])
    factories.edit(guide.edited, PAYLOADS[3], by=guide.editor, comment=worst)
    factories.retire(factories.stored_entry(worst, section=guide.section), because=worst)
    factories.service(worst[:60], section=None, summary=worst, full_name=worst[:60], slug="worst")
    fields = {"why": worst, "title": worst, "affiliation": worst}
    guide.open = factories.proposal(guide.entry, worst, author=guide.contributor, **fields)
    guide.draft = factories.proposal(guide.computed, PAYLOADS[5], author=guide.contributor)
    guide.declined = factories.proposal(guide.entry, worst, author=guide.contributor)
    actions.decline(guide.declined, by=guide.editor, version=1, note=worst)
    for payload in PAYLOADS:
        actions.comment(guide.open, by=guide.editor, body=payload)
    with history.revision(by=None, comment=worst):
        guide.section.title = worst
        guide.section.save()
        guide.tag.label, guide.tag.meaning = "<b>'\"Gotcha", worst
        guide.tag.save()


def test_two_hundred_known_payloads_in_the_guide_are_harmless(guide, lured):
    section = factories.section("Payloads", slug="payloads")
    for payload in _sample():
        factories.stored_entry(payload, section=section)
    page, complaints = lured()
    for address in (section.get_absolute_url(), "/guide/", "/sections/payloads/history/"):
        assert _read(page, address) == []
    expect(page.locator("h1")).to_be_visible()
    assert complaints == []


def test_the_live_preview_of_hostile_text_is_harmless(guide, lured):
    page, complaints = lured(guide.contributor)
    page.goto(f"/entries/{guide.entry.pk}/edit/")
    for number, payload in enumerate(PAYLOADS):
        page.get_by_label("Text", exact=True).fill(f"{payload}\n\nPayload number {number}.")
        preview = page.locator(".markdownx-preview")
        expect(preview).to_contain_text(f"Payload number {number}.")
        assert page.evaluate("window.runs") + page.evaluate(_LEFT_OVER) == []
    assert complaints == []


def test_the_marker_notices_what_runs(guide, lured):
    page, complaints = lured()
    page.goto("/")
    page.evaluate("alert('seen')")
    page.evaluate("document.querySelector('main').innerHTML = '<b onclick=x style=\"top:0\">'")
    assert page.evaluate("window.runs") == ["alert seen"]
    assert page.evaluate(_LEFT_OVER) == ["b onclick=x", "b style=top:0"]
    assert any("Content Security Policy" in complaint for complaint in complaints)
