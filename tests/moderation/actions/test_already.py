"""A proposal of what the guide has already: said before, closed as such, credited."""

import pytest
from django.urls import reverse
from django.utils import timezone

from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.changes import conflicts
from moderation.models import Event, Notification, Operation, Reason
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, words

pytestmark = pytest.mark.django_db
SAYS = "The guide has this already."


@pytest.fixture
def section():
    return factories.section("Storage")


@pytest.fixture
def twins(entry):
    """Two equal proposals, of which the first is merged."""
    first, second = (factories.proposal(entry, "One, two, three, five.") for _ in range(2))
    assert approve(first).is_merged
    return first, second


def test_the_second_of_two_equal_proposals_is_closed_as_already_there(twins, editor):
    first, second = twins
    before = history.generation()
    outcome = actions.approve(second, by=editor, version=1)
    assert (outcome.is_merged, outcome.is_there) == (False, True)
    assert history.generation() == before
    assert (second.status, second.merged_as) == (Status.ALREADY, None)
    assert second.found_in_id == first.merged_as


def test_its_log_says_so_and_its_author_is_told(twins, editor):
    first, second = twins
    actions.approve(second, by=editor, version=1)
    event = second.events.last()
    assert (event.what, event.by) == (Event.What.ALREADY, editor)
    assert event.note == f"Revision {first.merged_as} brought the same."
    told = Notification.objects.get(recipient=second.author, event=event)
    assert told.reason == Reason.DECIDED


def test_page_and_queue_say_it_before_anybody_approves(twins, as_user, editor):
    _, second = twins
    browser = as_user(editor)
    page = words(browser.get(second.get_absolute_url()))
    assert SAYS in page
    assert "Close: the guide has this already" in page
    assert "one approval of an editor or lead closes it" in page
    assert "Needs 2 approvals" not in page
    assert "The guide has this already" in words(browser.get(reverse("review")))


def test_the_button_closes_it_and_the_page_thanks_its_author(twins, as_user, editor):
    first, second = twins
    form = {"version": 1, "decision": "approve", "note": ""}
    browser = as_user(editor)
    page = words(browser.post(reverse("proposal-decide", args=[second.pk]), form, follow=True))
    assert "the proposal is closed, and its author is thanked" in page
    brought = f"revision {first.merged_as} by {first.author.username} brought the same"
    assert f"{brought}. Thanks to {second.author.username}, who proposed it too." in page
    assert "Undo this" not in page


def test_the_page_of_the_revision_names_who_proposed_the_same(twins, client, editor):
    first, second = twins
    address = reverse("revision", args=[first.merged_as])
    client.get(address)
    actions.approve(second, by=editor, version=1)
    assert f"also proposed by {second.author.username}" in words(client.get(address))


def test_advice_of_an_expert_does_not_close_it(twins, expert):
    _, second = twins
    assert not actions.approve(second, by=expert, version=1).is_there
    assert second.status == Status.OPEN


def test_the_revision_is_that_which_brought_it_though_others_edited_since(entry, editor):
    first, second = (factories.proposal(entry, "One, two, three, five.") for _ in range(2))
    approve(first)
    factories.edit(entry, "1, two, three, five.")
    actions.approve(second, by=editor, version=1)
    assert (second.status, second.found_in_id) == (Status.ALREADY, first.merged_as)


def of_an_entry(section):
    entry = factories.entry("One.", section=section)
    return [factories.proposal(entry, "Two.") for _ in range(2)]


def of_two_retirements(section):
    entry = factories.entry("One.", section=section)
    return [factories.retirement(entry) for _ in range(2)]


def of_two_restorations(section):
    entry = factories.entry("One.", section=section)
    factories.retire(entry)
    entry.refresh_from_db()
    return [factories.changing(entry, Operation.RESTORE) for _ in range(2)]


def of_a_section(section):
    return [factories.changing(section, title="Keeping data") for _ in range(2)]


def of_two_retirements_of_a_section(section):
    part = factories.section("Part", parent=section)
    return [factories.changing(part, Operation.RETIRE, retired_because="Empty.") for _ in range(2)]


def of_a_service(section):
    service = factories.service("S3")
    return [factories.changing(service, summary="Objects.") for _ in range(2)]


def of_a_cell(section):
    cell = factories.offering("SQS")
    return [factories.changing(cell, note="By the hour.") for _ in range(2)]


def of_an_emptied_cell(section):
    cell = factories.offering("SQS")
    return [factories.changing(cell, Operation.RETIRE) for _ in range(2)]


def of_a_legend_tag(section):
    tag = factories.legend_tag()
    return [factories.changing(tag, meaning="A great risk.") for _ in range(2)]


def of_two_retirements_of_a_legend_tag(section):
    tag = factories.legend_tag()
    return [factories.changing(tag, Operation.RETIRE, retired_because="Unused.") for _ in range(2)]


@pytest.mark.parametrize(
    "make",
    [
        *(of_an_entry, of_two_retirements, of_two_restorations),
        *(of_a_section, of_two_retirements_of_a_section, of_a_service),
        *(of_a_cell, of_an_emptied_cell, of_a_legend_tag, of_two_retirements_of_a_legend_tag),
    ],
)
def test_every_kind_of_change_is_found_when_it_is_there(section, make, editor):
    first, second = make(section)
    assert not conflicts.looks([second])[second.pk].is_there
    assert approve(first).is_merged
    assert conflicts.looks([second])[second.pk] == conflicts.Look(is_there=True)
    before = history.generation()
    assert actions.approve(second, by=editor, version=1).is_there
    assert history.generation() == before


def test_of_several_changes_the_page_marks_what_is_there_and_the_rest_merges(entry, client):
    other = factories.entry("Other.")
    both = factories.proposal(entry, "One, two, three, five.")
    factories.also(both, other, body="Another.", tags=[])
    factories.edit(entry, "One, two, three, five.")
    page = words(client.get(both.get_absolute_url()))
    assert page.count(SAYS) == 1
    assert approve(both).is_merged
    other.refresh_from_db()
    assert other.body == "Another."


def test_it_closes_the_reports_that_it_fixes(twins, entry, editor):
    _, second = twins
    report = factories.report(entry)
    second.fixes.add(report)
    actions.approve(second, by=editor, version=1)
    report.refresh_from_db()
    assert (report.status, report.closed_through) == ("fixed", second)


def test_what_was_approved_while_it_conflicted_is_closed_by_itself_when_it_is_there(entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    approve(proposal)
    entry.refresh_from_db()
    approve(factories.proposal(entry, "One, two, three, five."), factories.user(Role.LEAD))
    proposal.refresh_from_db()
    assert proposal.status == Status.ALREADY


def test_a_text_that_was_joined_into_another_bullet_is_not_retired_already(section, editor):
    one, two = (factories.entry(body, section=section) for body in ("One.", "Two."))
    proposal = factories.retirement(two)
    with history.revision(by=None, comment="Join"):
        two.retired_at, two.retired_because, two.joined_into = timezone.now(), "Joined.", one
        two.save()
    look = conflicts.looks([proposal])[proposal.pk]
    assert not look.is_there
    assert "was retired meanwhile" in look.problem
