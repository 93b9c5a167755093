"""A proposal that fixes reports closes them when it is merged; taking it back opens them."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.actions import reporting
from moderation.models import MergeNote, Proposal, Report, ReportStatus
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, fields, in_state, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(entry):
    return factories.report(entry, text="Four is five now.")


@pytest.fixture
def fixing(entry, report):
    """An open proposal that fixes the report."""
    made = factories.proposal(entry, "One, two, three, five.")
    reporting.set_fixes(made, [report], among=[], by=made.author)
    return made


def revert(proposal):
    """An open proposal that takes the merge of another back."""
    note = MergeNote.objects.get(proposal=proposal)
    entry = proposal.changes.get().entry
    entry.refresh_from_db()
    return factories.proposal(entry, "One, two, three, four.", reverts=note.revision)


def test_a_merge_closes_what_it_fixes(fixing, report, editor):
    approve(fixing, editor)
    report.refresh_from_db()
    assert (report.status, report.closed_by) == (ReportStatus.FIXED, editor)
    assert report.closed_through == fixing
    assert report.events.get().what == "fixed"


def test_it_leaves_other_reports_open(fixing, entry, report):
    other = factories.report(entry, text="And the link is dead.")
    approve(fixing)
    assert list(Report.objects.open()) == [other]


def test_a_report_that_was_closed_meanwhile_stays_as_it_is(fixing, report, lead):
    reporting.dismiss(report, by=lead, note="It is four.")
    approve(fixing)
    report.refresh_from_db()
    assert (report.status, report.closed_through) == (ReportStatus.DISMISSED, None)


def test_a_conflict_closes_nothing(fixing, report, entry, editor):
    factories.edit(entry, "One, two, three, six.")
    with pytest.raises(actions.Conflicts):
        approve(fixing, editor)
    report.refresh_from_db()
    assert report.is_open


def test_a_declined_proposal_closes_nothing(fixing, report, editor):
    actions.decline(fixing, by=editor, version=1, note="No.")
    report.refresh_from_db()
    assert report.is_open


def test_taking_the_merge_back_opens_it_again(fixing, report, lead):
    approve(fixing)
    approve(revert(fixing), lead)
    report.refresh_from_db()
    assert (report.is_open, report.closed_through) == (True, None)
    assert [event.what for event in report.events.all()] == ["fixed", "reopened"]
    assert "which fixed it, was taken back" in report.events.last().note


def test_what_was_closed_by_hand_since_is_not_opened_again(fixing, report, lead):
    approve(fixing)
    reporting.reopen(report, by=lead, note="Not quite.")
    reporting.fix(report, by=lead)
    approve(revert(fixing))
    report.refresh_from_db()
    assert report.status == ReportStatus.FIXED


def test_taking_another_merge_back_leaves_it_closed(fixing, report, entry):
    other = factories.proposal(factories.entry("Else."), "Elsewhere.")
    approve(other)
    approve(fixing)
    approve(revert(other))
    report.refresh_from_db()
    assert report.status == ReportStatus.FIXED


def test_retiring_an_entry_closes_its_reports_and_those_of_what_goes_along(entry, report):
    nested = factories.entry("Below.", section=entry.section, parent=entry)
    below, elsewhere = factories.report(nested), factories.report()
    gone = factories.retirement(entry)
    approve(gone)
    assert list(Report.objects.open()) == [elsewhere]
    assert set(gone.closed_reports.all()) == {report, below}


def test_what_is_lifted_keeps_its_reports_open(entry):
    nested = factories.entry("Below.", section=entry.section, parent=entry)
    below = factories.report(nested)
    approve(factories.retirement(entry, children="lift"))
    assert list(Report.objects.open()) == [below]


def test_only_its_author_says_what_a_proposal_fixes(fixing, report, lead):
    with pytest.raises(actions.Refused, match="Only its author"):
        reporting.set_fixes(fixing, [], among=[report], by=lead)
    assert fixing.fixes.exists()


def test_a_closed_proposal_keeps_what_it_fixes(entry, report):
    merged = in_state(Status.MERGED, entry=entry)
    with pytest.raises(actions.Refused, match="closed"):
        reporting.set_fixes(merged, [report], among=[], by=merged.author)


def test_an_approval_stays_when_only_the_fixes_change(fixing, report):
    reporting.set_fixes(fixing, [], among=[report], by=fixing.author)
    fixing.refresh_from_db()
    assert fixing.version == 1


# In the editor


def test_who_retires_an_entry_is_told_which_reports_that_closes(as_user, contributor, report):
    page = words(as_user(contributor).get(f"/entries/{report.entry_id}/retire/"))
    assert "its open reports are closed as fixed: Four is five now." in page


@pytest.fixture
def editor_page(entry):
    return reverse("entry-edit", args=[entry.pk])


def test_the_editor_offers_the_open_reports_of_the_entry(as_user, contributor, editor_page, report):
    factories.report(text="Elsewhere.")
    page = as_user(contributor).get(editor_page)
    assert fields(page)["fixes"] == []
    assert "Outdated: “Four is five now.”" in words(page)
    assert "Elsewhere." not in words(page)


def test_without_reports_the_editor_asks_nothing(as_user, contributor, editor_page):
    assert "fixes" not in fields(as_user(contributor).get(editor_page))


def test_a_report_leads_to_the_editor_with_its_box_ticked(as_user, contributor, report):
    client = as_user(contributor)
    address = f"/entries/{report.entry_id}/edit/?fixes={report.pk}"
    assert address in client.get(report.get_absolute_url()).content.decode()
    assert fields(client.get(address))["fixes"] == [str(report.pk)]


@pytest.mark.parametrize("ticked", ["", "x", "999999999999999999999", "-1", "1;drop"])
def test_nonsense_in_the_address_ticks_nothing(as_user, contributor, editor_page, report, ticked):
    page = as_user(contributor).get(editor_page, {"fixes": ticked})
    assert fields(page)["fixes"] == []


def send(client, address, **typed):
    form = fields(client.get(address)) | {"body": "Five.", "title": "Count"} | typed
    return client.post(address, form)


def test_what_is_ticked_is_kept_with_the_draft_and_shown(as_user, contributor, editor_page, report):
    client = as_user(contributor)
    answer = send(client, editor_page, fixes=[report.pk])
    assert list(Proposal.objects.get().fixes.all()) == [report]
    assert "Fixes the report Four is five now. Open" in words(client.get(answer.url))


@pytest.mark.parametrize("sent", ["x", "0", "9" * 25])
def test_a_made_up_report_is_not_fixed(as_user, contributor, editor_page, report, sent):
    assert send(as_user(contributor), editor_page, fixes=[sent]).status_code == 302
    assert not Proposal.objects.get().fixes.exists()


def test_reports_of_other_entries_cannot_be_slipped_in(as_user, contributor, editor_page, report):
    other = factories.report()
    send(as_user(contributor), editor_page, fixes=[other.pk, report.pk])
    assert list(Proposal.objects.get().fixes.all()) == [report]


def test_a_refused_form_keeps_its_ticks(as_user, contributor, editor_page, report):
    page = send(as_user(contributor), editor_page, fixes=[report.pk], title="")
    assert fields(page)["fixes"] == [str(report.pk)]


def test_amending_shows_and_changes_what_is_fixed(as_user, fixing, report):
    address = reverse("proposal-amend", args=[fixing.pk])
    client = as_user(fixing.author)
    assert fields(client.get(address))["fixes"] == [str(report.pk)]
    send(client, address, fixes=[])
    assert not fixing.fixes.exists()


def test_amending_forgets_no_report_that_is_not_offered(as_user, fixing, report, lead):
    reporting.dismiss(report, by=lead, note="No.")
    send(as_user(fixing.author), reverse("proposal-amend", args=[fixing.pk]))
    assert list(fixing.fixes.all()) == [report]


def test_the_report_names_the_proposals_that_would_fix_it(client, fixing, report):
    factories.proposal(report.entry, status=Status.DRAFT, title="Secret").fixes.add(report)
    page = words(client.get(report.get_absolute_url()))
    assert "proposes a fix: Say it better" in page
    assert "Secret" not in page
    approve(fixing)
    page = words(client.get(report.get_absolute_url()))
    assert "Fixed by the proposal Say it better." in page
    assert "proposes a fix" not in page
