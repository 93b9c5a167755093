"""A part of the changes is accepted; the rest stays open as a proposal of its own."""

import pytest
from django.urls import reverse

from guide_site.core.access import Role
from moderation import actions
from moderation.models import Change, Operation, Proposal, Subject
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import assert_not_merged, in_state, state_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def three():
    """A proposal with edits of three entries."""
    made = factories.proposal(
        factories.entry("One."), "1.", why="Digits.", sources=["https://a.b/"]
    )
    for old, new in (("Two.", "2."), ("Three.", "3.")):
        factories.proposal(factories.entry(old), new).changes.update(proposal=made)
    return made


def accept(proposal, by, *accepted, **fields):
    pks = [change.pk for change in accepted]
    return actions.accept_some(proposal, by=by, version=proposal.version, accepted=pks, **fields)


def bodies(proposal):
    return [change.proposed["body"] for change in proposal.changes.all()]


def test_what_is_accepted_is_published_and_the_rest_stays_open(three, editor):
    first, second, third = three.changes.all()
    rest, outcome = accept(three, editor, first, third)
    assert (outcome.is_merged, three.status, rest.status) == (True, Status.MERGED, Status.OPEN)
    assert (bodies(three), bodies(rest)) == (["1.", "3."], ["2."])
    texts = []
    for change in (first, second, third):
        change.entry.refresh_from_db()
        texts.append(change.entry.body)
    assert texts == ["1.", "Two.", "3."]


def test_the_rest_says_what_the_whole_said_and_where_it_came_from(three, editor):
    rest, _ = accept(three, editor, three.changes.first())
    fields = ("author", "title", "why", "sources", "affiliation", "opened_at")
    assert [getattr(rest, name) for name in fields] == [getattr(three, name) for name in fields]
    assert rest.split_from == three
    assert "2 of its changes" in three.events.get(what="split").note
    assert f"proposal {three.pk}" in rest.events.get(what="split").note


def test_the_rest_is_merged_later(three, editor):
    rest, _ = accept(three, editor, three.changes.first())
    assert actions.approve(rest, by=editor, version=rest.version).is_merged


def test_earlier_approvals_do_not_count_for_a_part(three, editor, lead, settings):
    settings.REVIEW = "two"
    actions.approve(three, by=editor, version=1)
    _, outcome = accept(three, lead, three.changes.first())
    assert (outcome.is_merged, three.status) == (False, Status.OPEN)
    assert actions.approve(three, by=editor, version=three.version).is_merged


def test_a_part_that_does_not_merge_keeps_the_approval(three, editor):
    first = three.changes.first()
    factories.edit(first.entry, "Uno.")
    _, outcome = accept(three, editor, first)
    assert_not_merged(outcome, match="“Uno”")
    three.refresh_from_db()
    assert (three.status, bodies(three)) == (Status.OPEN, ["1."])
    assert Proposal.objects.get(split_from=three).status == Status.OPEN


@pytest.mark.parametrize("count", [0, 3])
def test_neither_all_nor_nothing_is_a_part(three, editor, count):
    before = state_of(three)
    with pytest.raises(actions.Refused, match="Choose some"):
        accept(three, editor, *three.changes.all()[:count])
    assert state_of(three) == before


def test_a_change_of_another_proposal_is_no_part(three, editor):
    other = factories.proposal().changes.get()
    with pytest.raises(actions.Refused, match="no longer part"):
        accept(three, editor, three.changes.first(), other)


def test_a_place_that_the_rest_adds_cannot_be_used(editor):
    section = factories.section()
    made = factories.addition(section, "A.")
    first = made.changes.get()
    proposed = first.proposed | {"body": "B.", "parent": {"change": first.pk}}
    below = Change.objects.create(
        proposal=made,
        position=1,
        subject=Subject.ENTRY,
        operation=Operation.ADD,
        section=section,
        proposed=proposed,
    )
    with pytest.raises(actions.Refused, match="accept both, or neither"):
        accept(made, editor, below)
    rest, outcome = accept(made, editor, first)
    assert outcome.is_merged
    assert actions.approve(rest, by=editor, version=rest.version).is_merged
    below.refresh_from_db()
    assert below.entry.parent.body == "A."


def test_one_change_cannot_be_taken_apart(editor):
    made = factories.proposal()
    with pytest.raises(actions.Refused, match="one change only"):
        accept(made, editor, made.changes.get())


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EXPERT])
def test_only_moderators_do_it(three, role):
    with pytest.raises(actions.Refused, match="Only editors and leads"):
        accept(three, factories.user(role), three.changes.first())


@pytest.mark.parametrize("status", [status for status in Status if status != Status.OPEN])
def test_only_of_an_open_one(editor, status):
    with pytest.raises(actions.Refused, match=r"Only open|waits for its author|Already"):
        accept(in_state(status), editor)


def test_the_page_accepts_the_ticked_ones(as_user, editor, three):
    client = as_user(editor)
    assert "Accept only the ticked changes" in words(client.get(three.get_absolute_url()))
    pks = [change.pk for change in three.changes.all()]
    form = {"version": 1, "decision": "some", "accepted": pks[:2]}
    page = words(client.post(reverse("proposal-decide", args=[three.pk]), form, follow=True))
    rest = Proposal.objects.get(split_from=three)
    assert (
        f"Approved and merged: the guide is up to date. What you left out is proposal {rest.pk}."
        in page
    )
    assert (bodies(three), bodies(rest)) == (["1.", "2."], ["3."])


def test_the_page_of_a_single_change_offers_no_parts(as_user, editor):
    page = words(as_user(editor).get(factories.proposal().get_absolute_url()))
    assert "ticked changes" not in page


def test_the_rest_still_builds_on_what_the_whole_built_on(three, editor):
    three.builds_on = factories.proposal()
    three.save()
    rest, _ = accept(three, editor, three.changes.first())
    assert rest.builds_on == three.builds_on


def test_who_looks_after_it_is_asked_for_the_rest(three, editor, lead):
    second = three.changes.all()[1]
    owner = factories.user(Role.EDITOR)
    second.section.editors.add(owner)
    rest, _ = accept(three, editor, three.changes.first())
    assert owner in [asked.reviewer for asked in rest.review_requests.all()]
