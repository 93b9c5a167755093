"""The section editor, and what is typed into it: by keyboard, over Back, without JavaScript."""

import re

from playwright.sync_api import expect

from moderation.models import Autosave, Proposal
from tests.browser.steps import CONTINUE, SEND, tab_to

ADDRESS = "/sections/storage/edit/"


def text(page):
    return page.get_by_label("Markdown", exact=True)


def change(page, old, new):
    """Replace some words of the section, as somebody who types would."""
    text(page).fill(text(page).input_value().replace(old, new))


def test_from_the_section_to_a_proposal_of_several_changes(guide, visit):
    page = visit(guide.contributor)
    page.goto("/sections/storage/")
    page.get_by_role("link", name="Edit section").first.click()
    change(page, "- One, two, three, four.", "- **Fresh:** One more.\n- One, two, three, 4.")
    page.get_by_label("Edit summary").fill("Digits, and one more")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("button", name="Remove this change")).to_have_count(2)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Sent. Editors will look at it.")).to_be_visible()


def test_tab_leaves_the_text(guide, visit):
    page = visit(guide.contributor)
    page.goto(ADDRESS)
    text(page).focus()
    tab_to(page, page.get_by_label("Edit summary"))
    tab_to(page, page.get_by_role("button", name=CONTINUE))


def test_what_was_typed_is_there_again_after_closing_the_page(guide, visit):
    page = visit(guide.contributor)
    page.goto(ADDRESS)
    change(page, "four.", "IV.")
    expect(page.get_by_text(re.compile("Saved as you type"))).to_be_visible()
    page.goto("/proposals/mine/")
    page.get_by_role("link", name="An edit of the section “Object storage”").click()
    expect(text(page)).to_have_value(re.compile("IV"))
    page.get_by_role("button", name="Start over").click()
    expect(text(page)).to_have_value(re.compile("four"))
    assert not Autosave.objects.exists()


def test_leaving_at_once_saves_the_last_words(guide, visit):
    page = visit(guide.contributor)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(ADDRESS)
    change(page, "four.", "IV.")
    page.goto("/")
    for _ in range(50):  # the page that left cannot tell when its words have arrived
        if Autosave.objects.exists():
            break
        page.wait_for_timeout(100)
    page.goto(ADDRESS)
    expect(text(page)).to_have_value(re.compile("IV"))


def test_back_and_continue_is_the_same_draft(guide, visit):
    before = Proposal.objects.count()
    page = visit(guide.contributor)
    page.goto(ADDRESS)
    change(page, "four.", "IV.")
    page.get_by_label("Edit summary").fill("Roman")
    page.get_by_role("button", name=CONTINUE).click()
    page.go_back()
    expect(text(page)).to_have_value(re.compile("IV"))
    page.get_by_label("Edit summary").fill("Roman numbers")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("heading", name="Roman numbers")).to_be_visible()
    assert Proposal.objects.count() == before + 1


def test_it_works_without_javascript(guide, visit):
    page = visit(guide.contributor, java_script_enabled=False, width=390)
    page.goto(ADDRESS)
    change(page, "four.", "IV.")
    page.get_by_label("Edit summary").fill("Roman")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("button", name=SEND)).to_be_visible()
