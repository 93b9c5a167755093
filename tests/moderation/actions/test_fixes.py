"""A proposal that fixes reports closes them when it is merged; taking it back opens them."""

import uuid

import pytest

from moderation import actions
from moderation.models import MergeNote, Report, ReportStatus
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, draft, in_state, state_of, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(entry):
    return factories.report(entry, text="Four is five now.")


@pytest.fixture
def fixing(entry, report):
    """An open proposal that fixes the report."""
    made = factories.proposal(entry, "One, two, three, five.")
    made.fixes.add(report)
    return made


def amend(proposal, by=None, *, chosen=(), offered=(), **fields):
    """Let the author, or `by`, choose what the proposal fixes."""
    fixes = actions.Fixes(chosen=chosen, offered=offered)
    by = by or proposal.author
    return actions.amend(proposal, by=by, version=proposal.version, fixes=fixes, **fields)


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
    actions.dismiss_report(report, by=lead, note="It is four.")
    approve(fixing)
    report.refresh_from_db()
    assert (report.status, report.closed_through) == (ReportStatus.DISMISSED, None)


def test_a_conflict_closes_nothing(fixing, report, entry, editor):
    factories.edit(entry, "One, two, three, six.")
    assert_not_merged(approve(fixing, editor))
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
    actions.reopen_report(report, by=lead, note="Not quite.")
    actions.fix_report(report, by=lead)
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
        amend(fixing, lead, offered=[report])
    assert fixing.fixes.exists()


def test_a_closed_proposal_keeps_what_it_fixes(entry, report):
    merged = in_state(Status.MERGED, entry=entry)
    with pytest.raises(actions.Refused, match="closed"):
        amend(merged, chosen=[report], offered=[report])
    assert not merged.fixes.exists()


def test_an_approval_stays_when_only_the_fixes_change(fixing, report):
    assert amend(fixing, offered=[report])
    fixing.refresh_from_db()
    assert fixing.version == 1
    assert not fixing.fixes.exists()


def test_other_fixes_alone_are_one_line_of_the_log(fixing, report):
    amend(fixing, offered=[report])
    event = fixing.events.get()
    assert (event.what, event.note) == ("amended", "Which reports it fixes.")


def test_other_words_and_other_fixes_are_one_line_of_the_log(fixing, report):
    amend(fixing, offered=[report], texts=texts("Better"))
    event = fixing.events.get()
    assert (event.what, event.note) == ("amended", "Also which reports it fixes.")
    assert fixing.version == 2


def test_the_same_fixes_again_change_nothing(fixing, report):
    assert not amend(fixing, chosen=[report], offered=[report])
    assert not fixing.events.exists()


def test_of_a_report_that_was_not_offered_an_amendment_says_nothing(fixing, entry, report):
    other = factories.report(entry, text="And the link is dead.")
    amend(fixing, chosen=[other], offered=[other])
    assert set(fixing.fixes.all()) == {report, other}


def test_a_refused_amendment_saves_neither_words_nor_fixes(fixing, report):
    before = state_of(fixing)
    fixes = actions.Fixes(chosen=[], offered=[report])
    with pytest.raises(actions.Refused, match="another window"):
        actions.amend(fixing, by=fixing.author, version=9, texts=texts("Better"), fixes=fixes)
    assert state_of(fixing) == before
    assert list(fixing.fixes.all()) == [report]


def test_one_more_change_that_fixes_a_report_is_one_line_of_the_log(fixing, report):
    other = factories.report()
    fixes = actions.Fixes(chosen=[other], offered=[other, report])
    draft(fixing.author, other.entry, "Another.", into=fixing, fixes=fixes)
    event = fixing.events.get()
    assert (event.what, event.note) == ("amended", "Also which reports it fixes.")
    assert set(fixing.fixes.all()) == {report, other}


def test_a_new_draft_that_fixes_a_report_leaves_no_line(contributor, report):
    fixes = actions.Fixes(chosen=[report], offered=[report])
    made = draft(contributor, report.entry, fixes=fixes)
    assert (list(made.fixes.all()), made.version) == ([report], 1)
    assert not made.events.exists()


def test_a_refused_change_saves_no_fixes_with_it(fixing):
    other = factories.report()
    fixes = actions.Fixes(chosen=[other], offered=[other])
    before = state_of(fixing), set(fixing.fixes.all())
    with pytest.raises(actions.Refused, match="over 4000 characters"):
        draft(fixing.author, other.entry, into=fixing, fixes=fixes, title="And", why="x" * 4000)
    assert (state_of(fixing), set(fixing.fixes.all())) == before


def test_refused_fixes_save_no_change_with_them(report):
    merged = in_state(Status.MERGED)
    fixes = actions.Fixes(chosen=[report], offered=[report])
    before = state_of(merged)
    with pytest.raises(actions.Refused, match="closed"):
        draft(merged.author, report.entry, into=merged, fixes=fixes)
    assert state_of(merged) == before
    assert not merged.fixes.exists()


def test_a_form_sent_twice_may_not_change_the_fixes_of_what_was_merged_since(contributor, report):
    key = uuid.uuid4()
    made = draft(contributor, report.entry, form_key=key)
    actions.send(made, by=contributor)
    approve(made)
    fixes = actions.Fixes(chosen=[report], offered=[report])
    other = draft(contributor, report.entry, form_key=key, fixes=fixes)
    assert other != made
    assert list(other.fixes.all()) == [report]
    assert not made.fixes.exists()
