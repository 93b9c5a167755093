"""The search box by keyboard: “/”, suggestions, and the plain form where there is no script."""

import pytest

from tests import factories


@pytest.fixture(autouse=True)
def _texts(guide):
    factories.entry("**Xylophone:** it sounds.", section=factories.section("Xylophone tips"))


def test_a_suggestion_is_reached_and_followed_by_keyboard(visit):
    page = visit()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("xylo")
    options = page.get_by_role("option")
    options.first.wait_for()
    field = page.get_by_role("combobox")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/xylophone-tips/")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(visit):
    page = visit()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("xylo")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("option").first.wait_for(state="hidden")
    assert page.get_by_role("combobox").input_value() == "xylo"


def test_a_slash_that_is_typed_into_a_text_stays_there(visit):
    page = visit()
    page.goto("/search/")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially("a/b")
    assert page.get_by_role("combobox").input_value() == "a/b"


def test_without_javascript_the_form_finds_the_same(visit):
    page = visit(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("xylophones")
    page.get_by_role("searchbox").press("Enter")
    assert page.locator("mark").first.inner_text() == "Xylophone"


@pytest.mark.parametrize("width", [320, 390])
def test_suggestions_fit_a_phone(visit, width):
    page = visit(width=width)
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("xylo")
    page.get_by_role("option").first.wait_for()
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
