"""What was approved completely and could not merge is merged by itself when it can."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from guide_site.core.access import Role
from moderation import actions
from moderation.actions import completing
from moderation.models import Change, Event, Operation, ReviewClass
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(lead):
    """(the accepted part, the rest): the part adds a bullet, the rest one below it."""
    section = factories.section()
    part = factories.addition(section, "Above.")
    above = part.changes.get()
    place = {"section": section.pk, "parent": {"change": above.pk}, "after": None}
    new = {"body": "Below.", "tags": [], "kind": "bullet"} | place
    Change.objects.create(
        proposal=part, position=1, operation=Operation.ADD, section=section, proposed=new
    )
    rest, outcome = actions.accept_some(part, by=lead, version=1, accepted=[above.pk])
    assert not outcome.is_merged
    return part, rest


def complete(proposal):
    """Approve it as often as it needs; returns (Outcome, who did so last)."""
    last = factories.user(Role.LEAD)
    return approve(proposal, last), last


def state(proposal):
    proposal.refresh_from_db()
    return proposal.status


def test_the_rest_names_the_proposal_that_adds_its_place(client, split):
    part, rest = split
    page = words(client.get(rest.get_absolute_url()))
    assert f"a place that proposal {part.pk} adds, which is open: that comes first." in page
    assert f"under what proposal {part.pk} adds" in page
    assert f'href="{part.get_absolute_url()}"' in client.get(rest.get_absolute_url()).text


def test_the_rest_says_so_when_the_place_will_never_come(client, split, lead):
    part, rest = split
    actions.decline(part, by=lead, version=part.version, note="No.")
    page = words(client.get(rest.get_absolute_url()))
    assert f"proposal {part.pk} adds, which is declined: choose another place." in page


def test_what_waits_for_another_proposal_is_no_conflict(split):
    _, rest = split
    outcome, _ = complete(rest)
    assert (outcome.is_merged, outcome.waits) == (False, True)
    assert "that comes first" in outcome.problem
    assert not rest.events.filter(what=Event.What.CONFLICT).exists()


def test_it_is_merged_with_the_one_that_it_waits_for(split, editor):
    part, rest = split
    _, last = complete(rest)
    assert actions.approve(part, by=editor, version=part.version).is_merged
    assert state(rest) == Status.MERGED
    assert rest.closed_by == last
    merge = rest.events.get(what=Event.What.MERGED)
    assert (merge.by, merge.note) == (
        last,
        f"By itself, because proposal {part.pk} was merged and nothing else was missing.",
    )
    assert Change.objects.get(proposal=rest).entry.parent.body == "Above."


def test_it_is_not_merged_while_an_approval_is_missing(split, editor, lead):
    part, rest = split
    actions.approve(rest, by=lead, version=rest.version)
    assert actions.approve(part, by=editor, version=part.version).is_merged
    assert state(rest) == Status.OPEN


def test_what_an_author_amended_since_is_not_merged(split, editor):
    part, rest = split
    complete(rest)
    actions.amend(rest, by=rest.author, version=rest.version, texts={"title": "Other words"})
    assert actions.approve(part, by=editor, version=part.version).is_merged
    assert state(rest) == Status.OPEN


@pytest.fixture
def stuck(entry):
    """A proposal with all approvals that the guide no longer fits."""
    made = factories.proposal(entry, "One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    outcome, _ = complete(made)
    assert outcome.problem
    return made


def test_it_is_merged_when_a_merge_takes_the_conflict_away(stuck, entry):
    entry.refresh_from_db()
    approve(factories.proposal(entry, "One, two, three, four."))
    assert state(stuck) == Status.MERGED
    entry.refresh_from_db()
    assert entry.body == "One, two, three, five."


def test_a_chain_is_merged_to_its_end(stuck, entry):
    entry.refresh_from_db()
    last = factories.proposal(entry)
    last.changes.update(
        base={"body": "One, two, three, five.", "tags": []},
        proposed={"body": "One, two, three, seven.", "tags": []},
    )
    complete(last)
    approve(factories.proposal(entry, "One, two, three, four."))
    assert (state(stuck), state(last)) == (Status.MERGED, Status.MERGED)


def test_no_event_merges_more_than_a_bound(stuck, entry, monkeypatch):
    monkeypatch.setattr(completing, "MOST_MERGED", 0)
    entry.refresh_from_db()
    approve(factories.proposal(entry, "One, two, three, four."))
    assert state(stuck) == Status.OPEN


@pytest.fixture
def lacks_an_owner(editor, lead):
    """A retirement that a lead and an editor approved who looks after another section."""
    made = factories.retirement(factories.entry())
    made.review_class = ReviewClass.SENSITIVE
    made.save()
    for by in (lead, editor):
        assert not actions.approve(made, by=by, version=1).is_merged
    return made


def test_it_is_merged_when_who_approved_becomes_the_editor_of_the_section(
    lacks_an_owner, lead, editor
):
    section = lacks_an_owner.changes.get().section
    actions.appoint(section, by=lead, editors=[editor], experts=[])
    assert state(lacks_an_owner) == Status.MERGED
    assert "got other editors" in lacks_an_owner.events.last().note


def test_it_is_merged_when_an_operator_makes_a_lead_of_who_approved(
    lacks_an_owner, editor, admin_client
):
    page = reverse("admin:guide_site_user_change", args=[editor.pk])
    form = admin_client.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value not in (None, "")}
    data |= {"groups": [Group.objects.get(name=Role.LEAD.value).pk], "user_permissions": []}
    data |= {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    answer = admin_client.post(page, data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert state(lacks_an_owner) == Status.MERGED


def test_a_conflict_is_logged_once_for_each_version(stuck, entry):
    def logged():
        return stuck.events.filter(what=Event.What.CONFLICT).count()

    assert logged() == 1
    for _ in range(2):
        actions.approve(stuck, by=factories.user(Role.LEAD), version=1)
    assert logged() == 1
    actions.amend(stuck, by=stuck.author, version=1, texts={"title": "Other words"})
    complete(stuck)
    assert logged() == 2
