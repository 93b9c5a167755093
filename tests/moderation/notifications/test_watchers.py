"""Who watches a part of the guide hears of proposals and reports about it."""

import pytest

from moderation import actions
from moderation.changes import versions
from moderation.models import (
    Change,
    EventKind,
    Notification,
    Operation,
    Reason,
    ReportEvent,
    Subject,
    Watch,
)
from moderation.notifications import notifying
from services.models import Capability, Offering
from tests import factories
from tests.moderation.helpers import approve, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def watcher(db):
    return factories.user(None, username="watcher")


def heard(watcher):
    """The kinds of events of which the watcher was told because they watch."""
    found = Notification.objects.filter(recipient=watcher, reason=Reason.WATCHED).order_by("pk")
    return list(found.values_list("event__what", flat=True))


def send(entry):
    made = draft(factories.user(), entry)
    actions.send(made, by=made.author)
    return made


def comment_on(proposal):
    actions.comment(proposal, by=factories.user(), body="Hm.")


def test_of_an_entry(entry, watcher):
    Watch.objects.create(user=watcher, entry=entry)
    send(entry)
    assert heard(watcher) == [EventKind.OPENED]


def test_of_what_is_added_below_an_entry(entry, watcher):
    Watch.objects.create(user=watcher, entry=entry)
    comment_on(factories.addition(entry.section, parent=entry))
    assert heard(watcher) == [EventKind.COMMENTED]


def test_of_a_section_with_all_below(watcher):
    top = factories.section("Top")
    low = factories.section("Low", parent=factories.section("Middle", parent=top))
    Watch.objects.create(user=watcher, section=top)
    send(factories.entry("One, two, three, four.", section=low))
    assert heard(watcher) == [EventKind.OPENED]


def test_of_a_section_but_not_of_its_neighbour(entry, watcher):
    Watch.objects.create(user=watcher, section=factories.section("Another"))
    send(entry)
    assert heard(watcher) == []


def test_of_a_service_through_its_section(watcher):
    section = factories.section("S3")
    Watch.objects.create(user=watcher, service=factories.service("S3", section=section))
    send(factories.entry("One, two, three, four.", section=section))
    assert heard(watcher) == [EventKind.OPENED]


def test_of_a_service_through_its_facts_and_its_row_of_the_matrix(watcher):
    service = factories.service("S3")
    with factories.history.revision(by=None, comment="matrix"):
        row = Capability(name="Object storage")
        row.save()
        cell = Offering(capability=row, provider=service.provider, name="S3", service=service)
        cell.save()
    Watch.objects.create(user=watcher, service=service)
    for subject, target in ((Subject.SERVICE, service), (Subject.OFFERING, cell)):
        proposal = factories.proposal()
        proposal.changes.all().delete()
        fields = {"subject": subject, subject.value: target, "operation": Operation.EDIT}
        Change.objects.create(proposal=proposal, **fields)
        comment_on(proposal)
    assert heard(watcher) == [EventKind.COMMENTED] * 2


def test_of_a_legend_tag_through_entries_that_carry_or_get_it(entry, watcher):
    tag = factories.legend_tag()
    Watch.objects.create(user=watcher, legend_tag=tag)
    comment_on(factories.addition(entry.section, tags=["gotcha"]))
    comment_on(factories.addition(entry.section))
    comment_on(factories.proposal(factories.entry(tags=["gotcha"])))
    assert heard(watcher) == [EventKind.COMMENTED] * 2


def test_of_a_legend_tag_itself(watcher):
    tag = factories.legend_tag()
    Watch.objects.create(user=watcher, legend_tag=tag)
    proposal = factories.proposal()
    proposal.changes.all().delete()
    fields = {"subject": Subject.LEGEND_TAG, "legend_tag": tag, "operation": Operation.EDIT}
    Change.objects.create(proposal=proposal, **fields)
    comment_on(proposal)
    assert heard(watcher) == [EventKind.COMMENTED]


def test_watchers_hear_what_comes_and_what_becomes_of_it_and_not_each_step(entry, watcher, editor):
    Watch.objects.create(user=watcher, entry=entry)
    made = send(entry)
    actions.request_changes(made, by=editor, version=1, note="Say since when.")
    actions.withdraw(made, by=made.author)
    assert heard(watcher) == [EventKind.OPENED, EventKind.WITHDRAWN]


def test_a_watcher_of_several_things_hears_once(entry, watcher):
    Watch.objects.create(user=watcher, entry=entry)
    Watch.objects.create(user=watcher, section=entry.section)
    send(entry)
    assert Notification.objects.filter(recipient=watcher).count() == 1


def test_watchers_hear_nothing_of_drafts(entry, watcher):
    Watch.objects.create(user=watcher, entry=entry)
    draft(factories.user(), entry)
    assert heard(watcher) == []


def test_a_report_is_told_to_its_author_the_owners_and_the_watchers(entry, watcher, editor):
    Watch.objects.create(user=watcher, entry=entry)
    entry.section.editors.add(editor)
    report = factories.report(entry)
    event = ReportEvent.objects.create(report=report, what=ReportEvent.What.COMMENTED)
    assert {n.recipient: n.reason for n in notifying.notify(event)} == {
        report.author: Reason.YOURS,
        editor: Reason.OWNED,
        watcher: Reason.WATCHED,
    }


def test_who_reports_is_not_told_so(entry):
    report = factories.report(entry)
    what = ReportEvent.What.OPENED
    event = ReportEvent.objects.create(report=report, what=what, by=report.author)
    assert notifying.notify(event) == []


def test_a_report_is_told_to_who_discussed_it(entry, expert):
    report = factories.report(entry)
    report.comments.create(author=expert, body="True.")
    event = ReportEvent.objects.create(report=report, what=ReportEvent.What.FIXED)
    assert (expert, Reason.TALKED) in [(n.recipient, n.reason) for n in notifying.notify(event)]


def join(first, second):
    """An open proposal to join two neighbours."""
    values = {"body": "Both.", "tags": [], "other": second.pk}
    proposal = factories.changing(first, Operation.JOIN, **values)
    change = proposal.changes.get()
    change.base |= {"joined": [versions.snapshot(second)]}
    change.save()
    return proposal


def test_of_the_bullet_that_a_join_takes_up_and_of_its_text_afterwards(entry, watcher):
    second = factories.entry("Second.", section=entry.section)
    Watch.objects.create(user=watcher, entry=second)
    approve(join(entry, second))
    entry.refresh_from_db()
    send(entry)
    assert heard(watcher) == [EventKind.MERGED, EventKind.OPENED]


def test_of_a_tag_that_a_split_gives_to_a_new_bullet(entry, watcher):
    Watch.objects.create(user=watcher, legend_tag=factories.legend_tag("gotcha", "❗"))
    rest = [{"body": "Two.", "tags": ["gotcha"]}]
    comment_on(factories.changing(entry, Operation.SPLIT, body="One.", tags=[], rest=rest))
    assert heard(watcher) == [EventKind.COMMENTED]
