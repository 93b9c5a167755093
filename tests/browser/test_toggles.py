"""Legend tags narrow a page in place, and the address keeps the choice."""

import re

import pytest
from playwright.sync_api import expect

STATE = """() => [...document.querySelectorAll(".entry, .section, .toc li, .tagbar__status")].map(
  (e) => [e.hidden, e.classList.contains("entry--above"), e.matches("p") ? e.innerText : ""])"""
CHOSEN = re.compile(r"\?tag=gotcha$")
COUNTS = "() => [...document.querySelectorAll('.tagbar__count')].map((e) => e.textContent)"


@pytest.fixture
def page(guide, visit):
    """The whole guide in a browser."""
    page = visit()
    page.goto("/guide/")
    return page


def toggle(page, label):
    return page.get_by_role("checkbox", name=label)


def seen(page):
    return page.evaluate(STATE), page.evaluate(COUNTS)


@pytest.mark.parametrize("labels", [["Gotcha"], ["Tip"], ["Gotcha", "Tip"]])
def test_the_script_shows_what_the_server_would(page, visit, labels):
    for label in labels:
        toggle(page, label).check(force=True)
    other = visit()
    other.goto(page.url)
    expect(page).to_have_url(re.compile("tag=" + labels[-1].lower()))
    assert seen(page) == seen(other)


def test_any_of_some_tags_without_others_is_what_the_server_would_show(page, visit):
    page.locator("select[name=tag_mode]").select_option("any")
    for label in ("Gotcha", "Tip"):
        toggle(page, label).check(force=True)
    page.get_by_text("Hide", exact=True).first.click()
    page.locator("input[name=hide]").last.check(force=True)
    expect(page).to_have_url(re.compile("tag_mode=any&hide="))
    other = visit()
    other.goto(page.url)
    assert seen(page) == seen(other)
    page.get_by_role("link", name="All of them instead").click()
    expect(page).not_to_have_url(re.compile("tag_mode"))
    for link in page.locator(".choice__tag").all()[::-1]:
        link.click()
    expect(page).to_have_url(re.compile("/guide/$"))


def test_taking_the_choice_back_shows_all_again(page):
    before = page.evaluate(STATE)
    toggle(page, "Gotcha").check(force=True)
    assert page.evaluate(STATE) != before
    toggle(page, "Gotcha").uncheck(force=True)
    assert page.evaluate(STATE) == before
    expect(page).to_have_url(re.compile("/guide/$"))


def test_the_number_that_stays_is_announced(page):
    toggle(page, "Gotcha").check(force=True)
    expect(page.locator(".tagbar [role=status]")).to_have_text("2 of 8 entries")


def test_show_all_needs_no_reload_and_keeps_the_focus_in_the_row(page):
    toggle(page, "Gotcha").check(force=True)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Show all").click()
    assert page.evaluate("window.stayed")
    expect(toggle(page, "Gotcha")).not_to_be_checked()
    expect(page.locator(".tagbar :focus")).to_have_count(1)


def test_it_works_by_keyboard(page):
    toggle(page, "Gotcha").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(CHOSEN)


def test_a_link_to_something_hidden_shows_it(guide, page):
    toggle(page, "Gotcha").check(force=True)
    at = page.locator(f"#e{guide.edited.pk}")
    expect(at).to_be_hidden()
    page.evaluate(f"location.hash = 'e{guide.edited.pk}'")
    expect(at).to_be_visible()


def test_without_a_script_the_form_asks_the_server(guide, visit):
    plain = visit(java_script_enabled=False)
    plain.goto(f"/sections/{guide.section.slug}/")
    toggle(plain, "Gotcha").check(force=True)
    plain.get_by_role("button", name="Show", exact=True).click()
    expect(plain).to_have_url(re.compile(r"\?tag_mode=all&tag=gotcha$"))
    expect(plain.locator(f"#e{guide.code.pk}")).to_be_hidden()
    expect(plain.get_by_text("2 of", exact=False)).to_be_visible()
