"""A moderator's day on one screen, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from moderation.models import Change
from tests import factories
from tests.browser.steps import tab_to


@pytest.fixture
def two(guide):
    """An open proposal with two changes."""
    made = factories.proposal(guide.entry, "One, two, three, five.", author=guide.contributor)
    other = factories.proposal(guide.computed, 'Start "small".', author=guide.contributor)
    Change.objects.filter(proposal=other).update(proposal=made, position=1)
    return made


@pytest.fixture
def screen(guide, two, visit):
    page = visit(guide.editor)
    page.goto(two.get_absolute_url())
    return page


def test_keys_lead_from_change_to_change(screen):
    changes = screen.locator(".change")
    for key, number in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        screen.keyboard.press(key)
        expect(changes.nth(number)).to_be_focused()


def test_a_key_opens_a_comment_on_the_change_in_view(screen, two):
    screen.keyboard.press("j")
    screen.keyboard.press("j")
    screen.keyboard.press("c")
    screen.keyboard.type("Since when?")
    screen.keyboard.press("Tab")
    screen.keyboard.press("Enter")
    expect(screen.locator(".comment")).to_contain_text("Since when?")
    assert two.changes.last().comments.get().body == "Since when?"


def test_a_key_leads_to_the_reviewers_edit(screen, two):
    screen.keyboard.press("j")
    screen.keyboard.press("e")
    expect(screen.get_by_role("heading", name="Edit as a reviewer")).to_be_visible()
    screen.get_by_label("Text", exact=True).focus()
    screen.keyboard.press("Control+End")
    screen.keyboard.type(" Six.")
    tab_to(screen, screen.get_by_role("button", name="Save", exact=True))
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Saved as a new version.")).to_be_visible()
    assert two.changes.first().proposed["body"] == "One, two, three, five. Six."


def test_keys_typed_into_a_text_are_text(screen):
    screen.keyboard.press("n")
    screen.keyboard.type("jack")
    expect(screen.get_by_label("Note to the author")).to_have_value("jack")


def test_the_keys_can_be_turned_off_and_stay_off(screen):
    button = screen.get_by_role("button", name="Turn these keys off")
    tab_to(screen, button)
    screen.keyboard.press("Enter")
    screen.reload()
    screen.keyboard.press("j")
    expect(screen.locator(".change").first).not_to_be_focused()
    expect(screen.get_by_role("button", name="Turn these keys on")).to_be_visible()


def test_style_is_mended_and_a_part_is_accepted_by_keyboard(screen, two):
    tab_to(screen, screen.get_by_role("button", name="Fix it"))
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Mended: look at the difference.")).to_be_visible()
    tab_to(screen, screen.get_by_label("Accept this change").first)
    screen.keyboard.press("Space")
    tab_to(screen, screen.get_by_role("button", name="Accept only the ticked changes"))
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Approved and merged: the guide is up to date.")).to_be_visible()
    assert two.changes.get().proposed["body"] == "Start “small”."
