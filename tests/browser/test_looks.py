"""Light, dark and paper."""

import shutil

import pytest
from playwright.sync_api import expect

from guide_site.core.stylesheets import join

_THEME = "document.documentElement.dataset.theme"


def _brightness(page, selector, property):
    """Of a colour as the page shows it: 0 is black, 255 white."""
    colour = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{property}")
    red, green, blue = (float(n) for n in colour.partition("(")[2].rstrip(")").split(",")[:3])
    return (red + green + blue) / 3


@pytest.mark.parametrize(("scheme", "bright"), [("light", True), ("dark", False)])
def test_the_page_follows_the_system(guide, visit, scheme, bright):
    page = visit(color_scheme=scheme)
    page.goto("/")
    assert (_brightness(page, "body", "backgroundColor") > 128) is bright
    assert (_brightness(page, "body", "color") > 128) is not bright


@pytest.mark.parametrize(("scheme", "chosen"), [("light", "dark"), ("dark", "light")])
def test_the_switch_wins_over_the_system_and_stays(guide, visit, scheme, chosen):
    page = visit(color_scheme=scheme)
    page.goto("/")
    page.get_by_role("button", name="Switch between light and dark").click()
    for address in ("/", guide.section.get_absolute_url(), guide.open.get_absolute_url()):
        page.goto(address)
        assert page.evaluate(_THEME) == chosen
        assert (_brightness(page, "body", "backgroundColor") > 128) is (chosen == "light")


def test_the_switch_goes_back(guide, visit):
    page = visit(color_scheme="light")
    page.goto("/")
    switch = page.get_by_role("button", name="Switch between light and dark")
    switch.click()
    switch.click()
    page.reload()
    assert page.evaluate(_THEME) == "light"


def test_the_switch_works_where_nothing_can_be_stored(guide, visit, watch):
    page = visit(color_scheme="light")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw Error() }})")
    watched = watch(page)
    page.goto("/")
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(_THEME) == "dark"
    assert watched.complaints == []


def test_paper_shows_the_text_without_the_navigation(guide, visit):
    page = visit()
    page.goto(guide.section.get_absolute_url())
    expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
    page.emulate_media(media="print")
    for hidden in (".header", ".toc", ".acts", ".footer", ".section__acts", ".theme", ".skip"):
        expect(page.locator(hidden).first).not_to_be_in_viewport()
    for hidden in (".header", ".toc", ".acts", ".footer"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(f"#e{guide.entry.pk} .entry__body").first).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "chosen"),
    [(scheme, chosen) for scheme in ("light", "dark") for chosen in (None, "light", "dark")],
)
def test_paper_is_black_on_white(guide, visit, scheme, chosen):
    page = visit(color_scheme=scheme)
    if chosen:
        page.add_init_script(f"localStorage.setItem('theme', '{chosen}')")
    page.goto(guide.section.get_absolute_url())
    page.emulate_media(media="print")
    assert _brightness(page, "body", "backgroundColor") > 250
    assert _brightness(page, ".entry__body", "color") < 60


def _styles(page):
    """What the browser computes for each element of the page, and for what stands around it."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body, body *")].flatMap((element) =>
          [null, "::before", "::after"].map((part) => {
            const style = getComputedStyle(element, part);
            return [...style].map((name) => style.getPropertyValue(name)).join();
          }))"""
    )


@pytest.fixture
def reversed_components(settings, tmp_path):
    """The text of site.css with the sheets of the components imported in reverse order."""
    folder = shutil.copytree(settings.BASE_DIR / "static" / "css", tmp_path / "css")
    sheet = folder / "site.css"
    lines = sheet.read_text("utf-8").splitlines()
    components = [line for line in lines if "layer(components)" in line]
    start = lines.index(components[0])
    lines[start : start + len(components)] = reversed(components)
    sheet.write_text("\n".join(lines), "utf-8")
    return join(sheet)


@pytest.mark.parametrize("width", [390, 1280])
def test_components_do_not_depend_on_their_order(guide, visit, reversed_components, width):
    page = visit(guide.editor, width=width)
    for address in ("/", "/matrix/", "/review/", guide.open.get_absolute_url()):
        page.unroute_all()
        page.goto(address)
        before = _styles(page)
        page.route(
            "**/css/site.css",
            lambda r: r.fulfill(body=reversed_components, content_type="text/css"),
        )
        page.goto(address)
        assert _styles(page) == before
