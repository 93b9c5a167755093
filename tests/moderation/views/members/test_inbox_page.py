"""The inbox: what a member was told, by the thing it is about, and what they have read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation import actions
from moderation.models import Notification
from tests import factories
from tests.moderation.helpers import approve, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(db):
    return factories.user(None, username="author")


@pytest.fixture
def inbox(as_user, author):
    """The inbox of `author`: call it to open the page."""
    client = as_user(author)
    return lambda **query: client.get("/inbox/", query)


def discussed(author, comments=1, title="Say it better"):
    """A proposal of `author` with so many comments of others, each of which is a notice."""
    proposal = factories.proposal(author=author, title=title)
    for number in range(comments):
        actions.comment(proposal, by=factories.user(), body=f"Hm {number}.")
    return proposal


def unread(author):
    return Notification.objects.filter(recipient=author, read_at=None).count()


def newest():
    return Notification.objects.latest("pk").pk


def test_an_empty_inbox_says_what_will_come(inbox):
    assert "Nothing yet." in words(inbox())


def test_it_shows_what_happened_and_why_one_is_told(inbox, author, editor):
    proposal = factories.proposal(author=author, title="Say since when")
    actions.request_changes(proposal, by=editor, version=1, note="Which year?")
    said = words(inbox())
    assert "1 new Say since when editor requested changes" in said
    assert "Which year?" in said
    assert "You are told because it waits for you." in said


def test_the_notices_of_a_thing_stand_together_newest_first(inbox, author, editor):
    proposal = discussed(author)
    approve(proposal, by=editor)
    said = words(inbox())
    assert said.count("Say it better Mark as read") == 0
    assert said.index("merged it") < said.index("approved it") < said.index("commented")


def test_unread_things_come_first(inbox, author):
    first, second = discussed(author, title="First"), discussed(author, title="Second")
    Notification.objects.filter(event__proposal=second).update(read_at="2026-01-01T00:00Z")
    said = words(inbox())
    assert said.index(first.title) < said.index(second.title)
    assert said.count(" new ") == 1


def test_long_threads_show_the_latest_and_count_the_rest(inbox, author):
    discussed(author, comments=8)
    said = words(inbox())
    assert "8 new" in said
    assert said.count("commented") == 5
    assert "3 earlier." in said


def test_it_has_pages(inbox, author):
    for number in range(21):
        discussed(author, title=f"Number {number:02}")
    assert "Number 00" not in words(inbox())
    assert "Number 00" in words(inbox(page=2))


def test_marking_one_thing_leaves_the_others(inbox, author, client):
    proposal, _ = discussed(author), discussed(author)
    answer = client.post("/inbox/", {"proposal": proposal.pk, "until": newest()}, follow=True)
    assert answer.status_code == 200
    assert unread(author) == 1


def test_marking_all_leaves_what_came_after_the_page_was_shown(inbox, author, client):
    discussed(author), discussed(author)
    shown = newest()
    discussed(author)
    client.post("/inbox/", {"until": shown})
    assert unread(author) == 1


def test_nobody_marks_what_others_were_told(inbox, author, client):
    discussed(factories.user(username="other"))
    client.post("/inbox/", {"until": newest()})
    assert Notification.objects.filter(read_at=None).count() == 1


@pytest.mark.parametrize("until", ["", "x", "-1", "0", "9" * 30, "1.5"])
def test_a_form_that_says_nothing_marks_nothing(inbox, author, client, until):
    discussed(author)
    answer = client.post("/inbox/", {"until": until}, follow=True)
    assert "This did not say what to mark as read" in words(answer)
    assert unread(author) == 1


def test_opening_a_proposal_marks_its_notices_as_read(inbox, author, client):
    proposal, _ = discussed(author), discussed(author)
    client.get(proposal.get_absolute_url())
    assert unread(author) == 1


def test_another_member_who_opens_it_marks_nothing(author, as_user, editor):
    proposal = discussed(author)
    as_user(editor).get(proposal.get_absolute_url())
    assert unread(author) == 1


def test_nobody_sees_the_inbox_of_another(as_user, author, editor):
    discussed(author, title="Only for its author")
    assert "Only for its author" not in words(as_user(editor).get("/inbox/"))


def test_the_head_of_every_page_counts_what_is_unread(inbox, author, client):
    assert "unread" not in client.get("/").text
    discussed(author, comments=2)
    assert '<span class="count">2<span class="unseen"> unread</span></span>' in client.get("/").text


def test_titles_are_shown_as_text(inbox, author):
    discussed(author, title="<script>alert(1)</script>")
    assert "<script>alert" not in inbox().text


def test_a_notice_of_a_former_contributor_stays_readable(inbox, author):
    discussed(author).comments.get().author.delete()
    assert "former contributor commented" in words(inbox())


def test_many_things_take_as_many_queries_as_few(inbox, author):
    counts = []
    for number in (1, 8):
        for _ in range(number):
            discussed(author, comments=number)
        with CaptureQueriesContext(connection) as queries:
            inbox()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9
