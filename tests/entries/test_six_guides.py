"""Small guides that are not about AWS: each is imported, read, edited, and exported again."""

import re
from difflib import unified_diff
from io import StringIO
from typing import NamedTuple

import pytest
from django.core.management import call_command

from entries.markdown.writer import export
from entries.models import Entry, Guide, LegendTag, Section
from tests import factories
from tests.entries.guides import DATA
from tests.public.page_texts import words

_NO_WORDS = re.compile(r"\]\(.*?\)|<[^>]*>|https?:\S+|:[a-z_]+:")  # of a text
pytestmark = pytest.mark.django_db


class Case(NamedTuple):
    """A guide in tests/data.

    path    of the file or folder
    edit    (words of a bullet, what they become)
    facts   some facts of it
    signs   of its legend
    hidden  titles of sections that no page shows
    """

    path: str
    edit: tuple[str, str]
    facts: dict[str, str]
    signs: list[str]
    hidden: list[str]

    @property
    def text(self):
        """The Markdown of the guide."""
        path = DATA / self.path
        return ((path / "README.md") if path.is_dir() else path).read_text(encoding="utf-8")


SIX = [
    Case(
        "tea-ar",
        ("الشاي الأسود", "الشاي الأحمر"),
        {"name": "دليل الشاي المفتوح", "language": "ar", "direction": "rtl"},
        ["🔹", "❗", "1️⃣"],
        ["المحتويات"],
    ),
    Case(
        "bicycles-ja",
        ("ワイヤーは二年", "ワイヤーは三年"),
        {"name": "自転車整備の手引き"},
        ["🔧", "‼️", "👩‍🔧"],
        ["目次"],
    ),
    Case(
        "knots",
        ("It can shake loose", "It may shake loose"),
        {"name": "The Knots Guide"},
        ["❗", "❤️"],
        [],
    ),
    Case(
        "compost.md",
        ("not on stone", "never on stone"),
        {
            "name": "The Compost Guide",
            "licence": "CC0 1.0",
            "language": "en-GB",
            "source_url": "https://code.example/compost/blob/main/",
        },
        [],
        [],
    ),
    Case(
        "allotments.md",
        ("250 square metres", "260 square metres"),
        {"name": "Allotments Guide", "licence": ""},
        ["🇩🇪", "🇬🇧", "☀️", "2️⃣"],
        [],
    ),
    Case(
        "small-hosts.md",
        ("bills by the hour", "bills by the minute"),
        {"name": "The Small Hosts Guide", "home_provider": "Nordhost"},
        ["🔹", "💰"],
        [],
    ),
]


def bring(case):
    out = StringIO()
    call_command("import_guide", str(DATA / case.path), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture(params=SIX, ids=lambda case: case.path)
def case(request, db):
    return request.param


def test_it_comes_in_with_its_facts_and_its_legend(case):
    bring(case)
    guide = Guide.current()
    assert {name: getattr(guide, name) for name in case.facts} == case.facts
    assert [*LegendTag.objects.values_list("sign", flat=True)] == case.signs
    hidden = Section.objects.exclude(pk__in=Section.objects.shown()).with_headings()
    assert [section.title for section in hidden] == case.hidden


def test_it_is_exported_byte_for_byte_and_comes_in_once(case):
    bring(case)
    assert export() == case.text
    assert "Nothing to do" in bring(case)


def test_an_edit_changes_its_own_line_alone(case):
    bring(case)
    old, new = case.edit
    entry = Entry.objects.live().get(body__contains=old)
    factories.edit(entry, entry.body.replace(old, new))
    lines = unified_diff(case.text.splitlines(), export().splitlines(), lineterm="", n=0)
    changed = [line for line in lines if re.match(r"[-+](?![-+]{2} )", line)]
    assert len(changed) == 2
    assert changed[1][1:] == changed[0][1:].replace(old, new)


def test_visitors_read_all_of_it(case, client):
    bring(case)
    guide = Guide.current()
    page = client.get("/guide/")
    assert f'<html lang="{guide.language}" dir="{guide.direction}">' in page.text
    for section in Section.objects.shown():
        assert client.get(section.get_absolute_url(), follow=True).status_code == 200
    shown = words(page)
    for entry in Entry.objects.live().exclude(kind="definition"):
        for word in re.findall(r"\w{6,}", _NO_WORDS.sub(" ", entry.body)):
            if entry.kind in ("bullet", "step"):
                assert word in shown, entry.body


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("tea-ar", "البرغموت", "Earl Grey"),
        ("bicycles-ja", "亀裂", "自分で直さない"),
        ("bicycles-ja", "トルクレンチ", "締め過ぎ"),
        ("bicycles-ja", "0.75%", "専用の工具"),
        ("knots", "shakes loose", "stopper knot"),
        ("compost.md", "leftovers", ""),
        ("allotments.md", "tomatos", "south side"),
        ("small-hosts.md", "snapshots cost", "a tenth of its disk"),
    ],
)
def test_search_finds_what_stands_in_it(client, path, query, found):
    bring(next(case for case in SIX if case.path == path))
    assert found in words(client.get("/search/", {"q": query}))


def test_two_headings_that_differ_in_an_emoji_have_the_anchors_of_the_file(client):
    bring(SIX[1])
    with_emoji, plain = Section.objects.filter(title__contains="チェーン").order_by("position")
    page = client.get("/guide/").text
    first = re.search(r'href="([^"]+)"[^>]*>余分な油を拭き取る', page)[1]
    assert plain.get_absolute_url() in first or f"#{plain.slug}" in first
    assert with_emoji.slug != plain.slug


def test_pictures_that_came_along_are_shown_and_others_are_words(client):
    said = bring(SIX[2])
    assert "pictures: 3 shown" in said
    assert re.search(r'<a href="/pictures/[^"]+"[^>]*>the drawing</a>', client.get("/guide/").text)
    assert "pictures missing: 1: figures/lost.png" in said
    page = client.get("/guide/").text
    assert len(re.findall(r'<img[^>]* src="/pictures/', page)) == 3
    assert not re.search(r'<img[^>]* src="(?!/pictures/|data:)', page)
    assert "tracker.example/pixel.gif" not in re.findall(r'src="([^"]*)"', page)


def test_the_matrix_of_other_providers_is_the_catalogue(client):
    bring(SIX[5])
    page = client.get("/matrix/")
    assert all(name in words(page) for name in ["Nordhost", "Alpenwolke", "Costa Servers", "Faro"])
    assert client.get("/services/nord-vm/").status_code == 200


def test_a_guide_without_a_catalogue_shows_none(client):
    bring(SIX[4])
    page = client.get("/")
    assert "service" not in page.text.lower().replace("services/suggest", "")
    assert "/services/" not in client.get("/sitemap.xml").text


@pytest.mark.parametrize("address", ["/guide/", "/sections/the-knots-guide/", "/guide.html"])
def test_badges_above_the_title_are_one_line_of_links(client, address):
    bring(SIX[2])
    page = client.get(address).text
    links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(?:Build|Licence)', page)
    assert "https://ci.example/knots" in links
    assert page.index("https://ci.example/knots") < page.index("Knots for people")
