"""Who is told of the events of a proposal, and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide_site.core.access import Role
from moderation import actions
from moderation.models import EventKind, Notification, Reason
from moderation.notifications import notifying
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, draft, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def author(db):
    return factories.user(username="author")


@pytest.fixture
def proposal(author, entry):
    """An open proposal of `author`, of which nobody has been told."""
    return factories.proposal(entry, "One, two, three, five.", author=author)


def told(person, what=None):
    """The reasons for which a person was told, in order; of one kind of event if given."""
    found = Notification.objects.filter(recipient=person).order_by("pk")
    found = found.filter(event__what=what) if what else found
    return list(found.values_list("reason", flat=True))


def request_changes(proposal, by):
    actions.request_changes(proposal, by=by, version=proposal.version, note="Say since when.")


def test_a_merge_decides_the_authors_proposal(proposal, author, editor):
    approve(proposal, by=editor)
    assert told(author, EventKind.MERGED) == [Reason.DECIDED]


def test_declining_decides_it_as_well(proposal, author, editor):
    actions.decline(proposal, by=editor, version=1, note="Not so.")
    assert told(author) == [Reason.DECIDED]


def test_requested_changes_wait_for_the_author(proposal, author, editor):
    request_changes(proposal, editor)
    assert told(author) == [Reason.WAITS]


def test_a_conflict_waits_for_the_author(proposal, author, editor, entry):
    factories.edit(entry, "One, two, three, six.")
    assert_not_merged(approve(proposal, by=editor))
    assert told(author, EventKind.CONFLICT) == [Reason.WAITS]


def test_a_comment_is_about_something_of_the_authors(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Is it so?")
    assert told(author) == [Reason.YOURS]


def test_nobody_is_told_of_what_they_did_themselves(proposal, author, editor):
    actions.comment(proposal, by=author, body="See here.")
    actions.comment(proposal, by=editor, body="I see.")
    approve(proposal, by=editor)
    assert EventKind.COMMENTED not in Notification.objects.filter(event__by=author).values_list(
        "event__what", flat=True
    )
    assert told(editor) == []


def test_who_took_part_hears_how_it_goes_on(proposal, author, editor, expert):
    actions.comment(proposal, by=expert, body="It is so.")
    approve(proposal, by=editor)
    assert told(expert, EventKind.MERGED) == [Reason.TALKED]


def test_owners_of_the_section_hear_of_it(proposal, editor, expert, entry):
    entry.section.editors.add(editor)
    entry.section.experts.add(expert)
    actions.comment(proposal, by=factories.user(), body="Hm.")
    assert told(editor) == told(expert) == [Reason.OWNED]


def test_each_person_is_told_once_of_an_event_for_the_first_reason(proposal, author, entry):
    author_also_owns = factories.user(Role.EDITOR)
    entry.section.editors.add(author_also_owns)
    actions.comment(proposal, by=author_also_owns, body="Hm.")
    actions.comment(proposal, by=author, body="Yes?")
    assert told(author_also_owns) == [Reason.TALKED]


def test_when_it_comes_back_it_waits_for_who_requested_changes(proposal, author, editor):
    request_changes(proposal, editor)
    actions.send(proposal, by=author)
    assert told(editor) == [Reason.WAITS]


def test_an_amended_version_waits_for_who_approved_the_one_before(proposal, author, editor):
    proposal.reviews.create(reviewer=editor, verdict="approve", version=1)
    actions.amend(proposal, by=author, version=1, texts=texts("Better so"))
    assert told(editor) == [Reason.WAITS]
    actions.amend(proposal, by=author, version=2, texts=texts("Best so"))
    assert told(editor) == [Reason.WAITS, Reason.TALKED]


def test_nobody_hears_of_a_draft(author, entry, editor):
    entry.section.editors.add(editor)
    made = draft(author, entry)
    actions.amend(made, by=author, version=1, texts=texts("Other words"))
    actions.withdraw(made, by=author)
    assert not Notification.objects.exists()


def test_nobody_hears_of_a_draft_that_was_sent_once(proposal, author, editor):
    proposal.reviews.create(reviewer=editor, verdict="approve", version=1)
    proposal.status = Status.DRAFT
    proposal.save()
    event = proposal.events.create(what=EventKind.REOPENED, old="withdrawn", new="draft", by=author)
    assert notifying.notify(event) == []


def test_suspended_members_are_not_told(proposal, author, editor):
    author.is_active = False
    author.save()
    approve(proposal, by=editor)
    assert told(author) == []


def test_a_removed_author_is_nobody_to_tell(proposal, author, editor):
    author.delete()
    proposal.refresh_from_db()
    approve(proposal, by=editor)
    assert not Notification.objects.exists()


def test_spam_concerns_only_its_author(proposal, author, editor, expert, lead, entry):
    entry.section.experts.add(expert)
    actions.comment(proposal, by=lead, body="Is this an advertisement?")
    event = proposal.events.create(what=EventKind.SPAM, old="open", new="declined", by=editor)
    assert [(n.recipient, n.reason) for n in notifying.notify(event)] == [(author, Reason.YOURS)]


def test_a_refused_action_tells_nobody(proposal, author, editor):
    with pytest.raises(actions.Refused):
        actions.approve(proposal, by=editor, version=7)
    assert not Notification.objects.exists()


def test_the_notice_has_the_time_of_its_event_and_is_unread(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    notice = Notification.objects.get()
    assert notice.at == notice.event.at
    assert (notice.read_at, notice.mailed_at) == (None, None)


def queries_of_an_event(proposal, people):
    for person in people:
        actions.comment(proposal, by=person, body=f"I am {person}.")
    event = proposal.events.create(what=EventKind.COMMENTED, old="open", new="open")
    with CaptureQueriesContext(connection) as queries:
        notifying.notify(event)
    return len(queries)


def test_telling_many_takes_as_many_queries_as_telling_few(proposal):
    few = queries_of_an_event(proposal, [factories.user()])
    many = queries_of_an_event(proposal, [factories.user() for _ in range(12)])
    assert few == many
    assert few <= 12
