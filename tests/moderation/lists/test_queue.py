"""The review queue: what waits for whoever looks comes first, oldest first."""

import datetime

import pytest
from django.utils import timezone

from guide_site.core.access import Role
from moderation import actions
from moderation.lists import queue
from moderation.models import Proposal, ReviewClass
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, words

pytestmark = pytest.mark.django_db
QUEUE = "/review/"


def titles(response):
    return [queued.proposal.title for queued in response.context["queued"]]


def proposal(title, *, days=1, **fields):
    at = timezone.now() - datetime.timedelta(days=days)
    return factories.proposal(title=title, opened_at=at, **fields)


def rank_of(user, proposal):
    (queued,) = queue.queued(queue.in_order_for(user).filter(pk=proposal.pk))
    return queued.ranking["rank"]


def looked_after(role, user):
    """An entry in a section below one that `user` looks after."""
    above = factories.section()
    getattr(above, role).add(user)
    return factories.entry(section=factories.section(parent=above))


def test_what_waits_for_me_is_first_then_for_others_then_what_is_done(as_user, lead, editor):
    mine = proposal("mine", days=9, author=lead)
    approved = proposal("approved", days=8)
    actions.approve(approved, by=lead, version=1)
    proposal("others", days=7)
    actions.ask(proposal("asked", days=1), by=editor, name="lead")
    proposal("asked too", days=2).review_requests.create(reviewer=lead)
    page = as_user(lead).get(QUEUE)
    assert titles(page) == ["asked too", "asked", "others", "mine", "approved"]
    assert mine.title == "mine"


def test_being_asked_makes_it_wait_for_me(expert):
    found = proposal("asked")
    assert rank_of(expert, found) == queue.FOR_OTHERS
    found.review_requests.create(reviewer=expert)
    assert rank_of(expert, found) == queue.FOR_YOU


@pytest.mark.parametrize(("role", "who"), [("editors", "editor"), ("experts", "expert")])
def test_a_section_that_i_look_after_makes_it_wait_for_me(request, role, who):
    user = request.getfixturevalue(who)
    assert rank_of(user, proposal("here", entry=looked_after(role, user))) == queue.FOR_YOU


def test_a_section_with_an_editor_of_its_own_is_not_mine(editor):
    entry = looked_after("editors", editor)
    entry.section.editors.add(factories.user(Role.EDITOR))
    assert rank_of(editor, proposal("there", entry=entry)) == queue.FOR_OTHERS


def test_additions_wait_for_who_looks_after_their_section(editor):
    section = looked_after("editors", editor).section
    assert rank_of(editor, factories.addition(section)) == queue.FOR_YOU


def test_an_approval_that_would_merge_it_makes_it_wait_for_me(editor, lead):
    found = proposal("nearly")
    assert rank_of(lead, found) == queue.FOR_OTHERS
    actions.approve(found, by=editor, version=1)
    assert rank_of(lead, found) == queue.FOR_YOU
    assert rank_of(factories.user(Role.EDITOR), found) == queue.FOR_OTHERS


def test_a_trivial_one_waits_for_every_editor(editor, expert):
    found = proposal("typo", review_class=ReviewClass.TRIVIAL)
    assert rank_of(editor, found) == queue.FOR_YOU
    assert rank_of(expert, found) == queue.FOR_OTHERS


def test_an_approval_of_an_older_version_is_no_reason_to_look_away(lead):
    found = proposal("again")
    actions.approve(found, by=lead, version=1)
    assert rank_of(lead, found) == queue.DONE
    Proposal.objects.filter(pk=found.pk).update(version=2)
    assert rank_of(lead, found) == queue.FOR_OTHERS


def test_only_so_many_are_looked_at_for_one_last_approval(editor, monkeypatch):
    monkeypatch.setattr(queue, "MOST_NEAR", 1)
    old = proposal("old", days=3, review_class=ReviewClass.TRIVIAL)
    proposal("new", days=1, review_class=ReviewClass.TRIVIAL)
    assert queue.completed_by(editor) == [old.pk]


def test_each_says_class_what_is_missing_age_and_remarks(as_user, lead, editor):
    found = proposal("nearly", days=3)
    actions.approve(found, by=editor, version=1)
    actions.comment(found, by=editor, body="Fine.")
    page = words(as_user(lead).get(QUEUE))
    assert "Waits for you Normal nearly Needs 1 more approval: a lead. Yours merges it." in page
    assert "3 days old · 1 comment" in page


def test_no_approval_is_said_to_merge_what_conflicts(as_user, editor, entry):
    found = proposal("stuck", entry=entry, review_class=ReviewClass.TRIVIAL)
    factories.edit(entry, "One, two, 3, four.")
    shown = words(as_user(editor).get(QUEUE))
    assert "Does not merge Needs 1 approval: an editor or a lead." in shown
    assert "Yours merges it" not in shown
    page = words(as_user(editor).get(found.get_absolute_url()))
    assert "Resolve the conflict" in page
    assert "Approve and merge" not in page


def test_it_says_why_it_waits_for_me(as_user, expert):
    proposal("asked").review_requests.create(reviewer=expert)
    proposal("known", entry=looked_after("experts", expert))
    page = words(as_user(expert).get(QUEUE))
    assert "You were asked." in page
    assert "You look after this section." in page


def test_one_that_is_approved_and_did_not_merge_says_so(as_user, lead, editor, entry):
    found = proposal("stuck", entry=entry)
    factories.edit(entry, "One, two, 3, four.")
    actions.approve(found, by=editor, version=1)
    assert_not_merged(actions.approve(found, by=lead, version=1))
    assert "Approved, but it cannot be merged yet" in words(as_user(lead).get(QUEUE))


# Filters


def found(client, **query):
    return sorted(titles(client.get(QUEUE, query)))


@pytest.mark.parametrize("value", ReviewClass)
def test_a_class_is_found(as_user, editor, value):
    for other in ReviewClass:
        proposal(other, review_class=other)
    assert found(as_user(editor), review_class=value) == [value]


def test_what_came_back_to_its_author_is_found_when_asked_for(as_user, editor):
    proposal("open")
    proposal("back", status=Status.CHANGES_REQUESTED)
    client = as_user(editor)
    assert found(client) == ["open"]
    assert found(client, status="changes") == ["back"]
    assert "Waits for its author." in words(client.get(QUEUE, {"status": "changes"}))


def test_a_legend_tag_is_found_on_what_has_it_and_where_it_is_given(as_user, editor):
    tag, other = factories.legend_tag(), factories.legend_tag("got", "🔸")
    proposal("has it", entry=factories.entry(tags=[tag.slug]))
    given = factories.addition(factories.section(), tags=[tag.slug])
    proposal("has another", entry=factories.entry(tags=[other.slug]))
    client = as_user(editor)
    assert found(client, tag="gotcha") == sorted(["has it", given.title])
    assert found(client, tag="got") == ["has another"]


def stuck(title):
    """A proposal whose words were changed meanwhile."""
    entry = factories.entry("One, two, three.")
    made = proposal(title, entry=entry)
    factories.edit(entry, "One, 2, three.")
    return made


def test_what_does_not_merge_is_marked_and_found(as_user, editor):
    stuck("stuck")
    proposal("fits")
    client = as_user(editor)
    assert words(client.get(QUEUE)).count("Does not merge Needs") == 1
    assert found(client, conflict="yes") == ["stuck"]
    assert found(client, conflict="no") == ["fits"]


def test_the_mark_goes_when_it_fits_again(as_user, editor):
    made = stuck("stuck")
    client = as_user(editor)
    assert found(client, conflict="yes") == ["stuck"]
    factories.edit(made.changes.get().entry, "One, two, three.")
    assert found(client, conflict="yes") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("review_class", "grave"),
        ("status", "merged"),
        ("status", "draft"),
        ("tag", "none"),
        ("conflict", "x"),
    ],
)
def test_nonsense_finds_nothing_and_says_so(as_user, editor, name, value):
    proposal("open")
    response = as_user(editor).get(QUEUE, {name: value})
    assert titles(response) == []
    assert 'class="field__error"' in response.content.decode()


def test_a_filter_that_finds_nothing_leads_back_to_all(as_user, editor):
    proposal("open")
    page = words(as_user(editor).get(QUEUE, {"author": "nobody"}))
    assert "Nothing like this waits for review. See all that waits" in page


def test_a_merged_one_leaves_the_queue(as_user, editor):
    approve(proposal("typo", review_class=ReviewClass.TRIVIAL))
    assert found(as_user(editor)) == []
