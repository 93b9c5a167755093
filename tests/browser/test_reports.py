"""A problem is reported, discussed and fixed: by keyboard, and without a script."""

import pytest
from playwright.sync_api import expect

from moderation.models import Report
from tests.browser.steps import CONTINUE, tab_to, write


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_problem_is_reported_by_keyboard_alone(guide, visit, scripts):
    page = visit(guide.contributor, java_script_enabled=scripts)
    page.goto(guide.entry.get_absolute_url())
    tab_to(page, page.get_by_role("link", name="Report a problem"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Outdated"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("It says four, there are five.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you.")).to_be_visible()
    made = Report.objects.get(text="It says four, there are five.")
    assert (made.kind, made.author) == ("wrong", guide.contributor)


def test_the_sign_leads_to_the_report_and_from_there_to_a_fix(guide, visit):
    page = visit(guide.contributor)
    page.goto(guide.computed.section.service.get_absolute_url())
    page.get_by_role("link", name="1 open report of a problem").click()
    page.get_by_role("link", name="Propose a fix").click()
    expect(page.get_by_label("Outdated: “See")).to_be_checked()
    write(page, "Start small, measure, then grow.", "Grow")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_text("Fixes the report")).to_be_visible()


def test_acts_of_an_entry_fit_beside_it_at_every_width(guide, visit):
    page = visit()
    for width in (1180, 1200, 1240, 1264, 1266, 1280, 1500):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(guide.section.get_absolute_url())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
