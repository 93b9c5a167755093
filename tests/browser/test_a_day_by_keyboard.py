"""A contributor's and a moderator's day, by keyboard alone, on a desktop and on a phone."""

import pytest
from playwright.sync_api import expect

from moderation.states import Status
from tests.browser.steps import CONTINUE, SEND, tab_to

WIDTHS = [1280, 390]


class Hands:
    """Somebody who has a keyboard and no pointer."""

    def __init__(self, page):
        self.page = page

    def go(self, target):
        """Follow a link or press a button."""
        tab_to(self.page, target, stops=300)
        self.page.keyboard.press("Enter")

    def link(self, name):
        self.go(self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first)

    def button(self, name):
        self.go(self.page.get_by_role("button", name=name, exact=True).first)

    def write(self, label, text, *, at_end=False):
        """Go to a field and type; what is in it stays only if `at_end`."""
        tab_to(self.page, self.page.get_by_label(label, exact=True).first, stops=300)
        self.page.keyboard.press("Control+End" if at_end else "Control+A")
        self.page.keyboard.type(text)

    def sees(self, text):
        expect(self.page.get_by_text(text).first).to_be_visible()


@pytest.fixture(params=WIDTHS)
def hands(request, visit):
    """`hands(user)` opens a browser of theirs at a desktop's or a phone's width."""
    return lambda user: Hands(visit(user, width=request.param))


def _edits_and_sends(contributor, guide):
    page = contributor.page
    page.goto(guide.entry.get_absolute_url())
    contributor.link("Propose an edit")
    contributor.write("Text", " Five.", at_end=True)
    contributor.write("Edit summary", "Five more")
    contributor.button(CONTINUE)
    contributor.button(SEND)
    contributor.sees("Sent. Editors will look at it.")
    return page.url


def _is_asked_for_changes(editor, address):
    editor.page.goto(address)
    tab_to(editor.page, editor.page.locator("[name=checklist]").first, stops=300)
    editor.page.keyboard.press("Space")
    tab_to(editor.page, editor.page.locator("#decision-form [name=note]"), stops=300)
    editor.page.keyboard.type("Say it in words.")
    editor.button("Request changes")
    editor.sees("Changes requested: the author sees your note.")


def _hears_of_it_and_amends(contributor, address):
    page = contributor.page
    page.goto("/inbox/")
    contributor.sees("Five more")
    page.goto(address)
    contributor.sees("Say it in words.")
    contributor.link("Amend")
    contributor.write("Text", " Six.", at_end=True)
    contributor.button("Save")
    contributor.button(SEND)
    contributor.sees("Sent. Editors will look at it.")


def _finds_it_in_the_queue_and_merges(editor):
    editor.page.goto("/review/")
    editor.link("Five more")
    editor.button("Approve and merge")
    editor.sees("Approved and merged: the guide is up to date.")


def test_an_edit_goes_back_and_forth_and_is_merged(guide, hands):
    contributor, editor = hands(guide.contributor), hands(guide.editor)
    address = _edits_and_sends(contributor, guide)
    _is_asked_for_changes(editor, address)
    _hears_of_it_and_amends(contributor, address)
    _finds_it_in_the_queue_and_merges(editor)
    guide.entry.refresh_from_db()
    assert guide.entry.body.endswith("Five. Six.")


def test_a_problem_is_reported_answered_and_closed(guide, hands):
    contributor, editor = hands(guide.contributor), hands(guide.editor)
    contributor.page.goto(guide.entry.get_absolute_url() + "report/")
    tab_to(contributor.page, contributor.page.locator("main [name=kind]").first, stops=300)
    contributor.page.keyboard.press("Space")
    contributor.write("In one sentence", "It says too little.")
    contributor.button("Report")
    contributor.sees("It says too little.")
    report = guide.entry.reports.get()
    editor.page.goto(report.get_absolute_url())
    tab_to(editor.page, editor.page.locator("main [name=note]").first, stops=300)
    editor.page.keyboard.type("It says enough.")
    editor.button("Dismiss")
    editor.sees("It says enough.")


def test_a_conflict_is_resolved_by_a_reviewer(guide, hands):
    editor = hands(guide.editor)
    editor.page.goto(guide.conflicting.get_absolute_url())
    editor.link("Resolve the conflict")
    editor.write("Text", "Reads are strongly and strictly consistent.")
    editor.button("Save and approve")
    editor.sees("Approved and merged: the guide is up to date.")
    guide.conflicting.refresh_from_db()
    assert guide.conflicting.status == Status.MERGED


def test_a_section_is_edited_as_a_whole_and_declined(guide, hands):
    contributor, editor = hands(guide.contributor), hands(guide.editor)
    page = contributor.page
    page.goto(f"/sections/{guide.section.slug}/edit/")
    tab_to(page, page.locator("main textarea").first, stops=300)
    page.keyboard.press("Control+End")
    page.keyboard.type("\n- A new point at the end.")
    contributor.write("Edit summary", "One more point")
    contributor.button(CONTINUE)
    contributor.sees("A new point at the end.")
    contributor.button(SEND)
    contributor.sees("Sent. Editors will look at it.")
    editor.page.goto(page.url)
    tab_to(editor.page, editor.page.locator("#decision-form [name=note]"), stops=300)
    editor.page.keyboard.type("The guide says so already.")
    editor.button("Decline")
    editor.sees("Declined. The reason is public.")
