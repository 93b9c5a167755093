"""The main job in a real browser: read, propose, approve, see what became of it."""

import re

from playwright.sync_api import expect

from tests.browser.steps import (
    CONTINUE,
    SEND,
    approve,
    log_in,
    log_out,
    open_editor,
    write,
)

OLD, NEW = "One, two, three, four.", "One, two, **three**, five."


def test_a_bullet_is_read_edited_approved_twice_and_shown_with_its_history(guide, visit, settings):
    settings.REVIEW = "two"
    page = visit()
    page.goto(guide.section.get_absolute_url())
    expect(page.locator(f"#e{guide.entry.pk}")).to_contain_text(OLD)
    log_in(page, "contributor", guide.password)
    _propose(page, guide.entry)
    log_out(page, "contributor")
    log_in(page, "editor", guide.password)
    _review(page)
    expect(page.get_by_text("Needs 1 more approval: a lead.").first).to_be_visible()
    approve(visit(guide.lead), page.url)
    visitor = visit()
    visitor.goto(guide.section.get_absolute_url())
    expect(visitor.locator(f"#e{guide.entry.pk}")).to_contain_text("One, two, three, five.")
    _history(visitor, guide.entry)


def _propose(page, entry):
    open_editor(page, entry)
    write(page, NEW, "Five, not four")
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("One, two, three, five.")
    expect(preview.locator("strong")).to_have_text("three")
    page.get_by_role("button", name=CONTINUE).click()
    difference = page.locator(".difference")
    expect(difference.locator("del")).to_contain_text(["four"])
    expect(difference.locator("ins")).to_contain_text(["**", "**", "five"])
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Sent. Editors will look at it.")).to_be_visible()


def _review(page):
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Review").click()
    expect(page.locator(".proposal")).not_to_have_count(1)
    page.get_by_label("Section").select_option(label="Object storage")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile("section=storage"))
    expect(page.locator(".proposal")).to_have_count(3)
    page.get_by_role("link", name="Five, not four").click()
    expect(page.locator(".difference ins").last).to_contain_text("five")
    expect(page.get_by_role("heading", name="After").locator("..")).to_contain_text("five.")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Your approval is noted.")).to_be_visible()


def _history(page, entry):
    page.locator(f"#e{entry.pk}").hover(position={"x": 5, "y": 5})
    page.locator(f"#e{entry.pk}").get_by_role("link", name="History").first.click()
    latest = page.locator(".revision").first
    expect(latest).to_contain_text("Five, not four")
    expect(latest).to_contain_text(re.compile(r"by\s+contributor\W+approved by\s+editor\W+lead"))
    expect(latest.locator("ins").last).to_contain_text("five")
    expect(page.locator(".revision")).to_have_count(2)
