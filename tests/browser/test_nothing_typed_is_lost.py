"""A lost session, a closed page, a double click: what was typed stays, and happens once."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from moderation.models import Event, Proposal
from tests.browser.steps import APPROVE, CONTINUE, SEND, click_twice, log_in, open_editor, write

TYPED = "One, two, three and *a long thought*.\n\nWith “quotes” & <angles>."


def _cookies_gone(page):
    page.context.clear_cookies()


def _session_cookie_gone(page):
    page.context.clear_cookies(name="sessionid")


def _session_ended_at_the_server(page):
    Session.objects.all().delete()


LOSSES = [_cookies_gone, _session_cookie_gone, _session_ended_at_the_server]


@pytest.mark.parametrize("lose", LOSSES)
def test_a_session_lost_while_typing_keeps_the_text(guide, visit, lose):
    page = visit(guide.contributor)
    open_editor(page, guide.entry)
    write(page, TYPED, "A long thought")
    lose(page)
    page.get_by_role("button", name=CONTINUE).click()
    log_in(page, "contributor", guide.password)
    expect(page.get_by_text("Here is what you typed: nothing is lost.")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value(TYPED)
    expect(page.get_by_label("Edit summary")).to_have_value("A long thought")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("button", name=SEND)).to_be_visible()


@pytest.mark.parametrize("lose", LOSSES)
def test_a_reviewer_who_lost_the_session_keeps_the_note(guide, visit, lose):
    page = visit(guide.editor)
    page.goto(guide.open.get_absolute_url())
    page.get_by_label("Note to the author").fill("Say what grows.")
    lose(page)
    page.get_by_role("button", name="Request changes").click()
    log_in(page, "editor", guide.password)
    expect(page.get_by_label("Note to the author")).to_have_value("Say what grows.")


def test_the_preview_says_that_the_session_has_ended(guide, visit):
    page = visit(guide.contributor)
    open_editor(page, guide.entry)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Text", exact=True).fill(TYPED)
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Your session has ended")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TYPED)


def test_leaving_with_unsent_words_asks_first(guide, visit):
    page, asked = visit(guide.contributor), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    open_editor(page, guide.entry)
    page.get_by_label("Text", exact=True).press_sequentially("more")
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("more"))
    assert asked == ["beforeunload"]


def test_sending_what_was_typed_asks_nothing(guide, visit):
    page, asked = visit(guide.contributor), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_editor(page, guide.entry)
    page.get_by_label("Text", exact=True).press_sequentially("more")
    page.get_by_label("Edit summary").press_sequentially("More")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("button", name=SEND)).to_be_visible()
    assert asked == []


def test_a_double_click_on_continue_makes_one_proposal(guide, visit):
    before = Proposal.objects.count()
    page = visit(guide.contributor)
    open_editor(page, guide.entry)
    write(page, TYPED, "Twice")
    click_twice(page, page.get_by_role("button", name=CONTINUE))
    expect(page.get_by_role("button", name=SEND)).to_be_visible()
    assert Proposal.objects.count() == before + 1


def test_a_double_click_on_send_sends_once(guide, visit):
    page = visit(guide.contributor)
    page.goto(guide.draft.get_absolute_url())
    click_twice(page, page.get_by_role("button", name=SEND))
    expect(page.get_by_text("Needs 1 approval")).to_be_visible()
    assert guide.draft.events.filter(what=Event.What.OPENED).count() == 1


def test_a_double_click_on_approve_merges_once(guide, visit):
    page = visit(guide.editor)
    page.goto(guide.open.get_absolute_url())
    click_twice(page, page.get_by_role("button", name=APPROVE))
    expect(page.locator(".label--merged")).to_be_visible()
    assert guide.open.events.filter(what=Event.What.MERGED).count() == 1
