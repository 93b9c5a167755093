"""The site by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import APPROVE, CONTINUE, SEND, tab_to

_STOPS = "a[href], button, input, select, textarea, summary"
_FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const face = (s) => [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor].join();
  const shown = element.matches(".toggle input") ? element.nextElementSibling : element;
  const focused = face(getComputedStyle(shown)), opacity = style.opacity;
  element.blur();
  const rest = face(getComputedStyle(shown));
  element.focus();
  const seen = focused !== rest && (opacity > 0 || shown !== element);
  return {html: element.outerHTML.slice(0, 120), seen};
}"""


def test_the_first_stop_skips_to_the_text(guide, visit):
    page = visit()
    page.goto(guide.section.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_tab_reaches_the_editor_and_leaves_it_both_ways(guide, visit):
    page = visit(guide.contributor)
    page.goto(f"/entries/{guide.entry.pk}/edit/")
    text = page.get_by_label("Text", exact=True)
    tab_to(page, text)
    page.keyboard.press("Tab")
    expect(page.locator("[name=tags]").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text).not_to_be_focused()
    expect(text).to_have_value(guide.entry.body)


@pytest.mark.parametrize("keys", ["Control+d", "Control+]", "Control+["])
def test_the_widgets_own_keys_leave_the_text_alone(guide, visit, keys):
    page = visit(guide.contributor)
    page.goto(f"/entries/{guide.entry.pk}/edit/")
    page.get_by_label("Text", exact=True).press(keys)
    expect(page.get_by_label("Text", exact=True)).to_have_value(guide.entry.body)


def test_the_menu_opens_and_logs_out(guide, visit):
    page = visit(guide.contributor)
    page.goto("/")
    tab_to(page, page.locator(".menu summary"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="My proposals")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Log out"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


def test_the_actions_of_an_entry_show_when_they_are_reached(guide, visit):
    page = visit()
    page.goto(guide.section.get_absolute_url())
    edit = page.locator(f"#e{guide.entry.pk}").get_by_role("link", name="Edit").first
    expect(edit).to_have_css("opacity", "0")
    tab_to(page, edit)
    expect(edit).to_have_css("opacity", "1")


def test_a_proposal_is_written_and_sent(guide, visit):
    page = visit(guide.contributor)
    page.goto(guide.section.get_absolute_url())
    tab_to(page, page.locator(f"#e{guide.entry.pk}").get_by_role("link", name="Edit").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Text", exact=True))
    page.keyboard.press("Control+End")
    page.keyboard.type(" Five.")
    tab_to(page, page.get_by_label("Gotcha"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Edit summary"))
    page.keyboard.type("Five more")
    tab_to(page, page.get_by_role("button", name=CONTINUE))
    page.keyboard.press("Enter")
    expect(page.locator(".difference ins")).to_contain_text(["Five."])
    expect(page.locator(".change ins", has_text="Gotcha")).to_be_visible()
    tab_to(page, page.get_by_role("button", name=SEND))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sent. Editors will look at it.")).to_be_visible()


def test_a_proposal_is_found_and_approved(guide, visit):
    page = visit(guide.editor)
    page.goto("/review/")
    tab_to(page, page.get_by_role("link", name="Say it better").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name=APPROVE))
    page.keyboard.press("Enter")
    expect(page.locator(".label--merged")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stop_of_the_tab_key_can_be_seen(guide, visit, scheme):
    page, unseen = visit(guide.editor, color_scheme=scheme), []
    edit = f"/entries/{guide.entry.pk}/edit/"
    for address in ("/", guide.section.get_absolute_url(), edit, guide.open.get_absolute_url()):
        page.goto(address)
        stops = page.locator(_STOPS).locator("visible=true")
        for _ in range(stops.count()):
            page.keyboard.press("Tab")
            stop = page.evaluate(_FOCUS)
            if not stop["seen"]:
                unseen.append((address, stop["html"]))
    assert unseen == []
