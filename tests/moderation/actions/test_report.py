"""What people do with reports: report, discuss, fix, dismiss, open again."""

import pytest
from django.core.exceptions import ValidationError

from moderation import actions
from moderation.models import Comment, Report, ReportEvent, ReportKind, ReportStatus
from tests import factories

pytestmark = pytest.mark.django_db
SENTENCE = "It is 2020 here still."


def report(entry, by, *, kind=ReportKind.OUTDATED, text=SENTENCE):
    return actions.report_entry(entry, by=by, kind=kind, text=text)


def log(of):
    """What happened to a report: [(what, who, note)]."""
    return [(event.what, event.by, event.note) for event in of.events.all()]


def state_of(found):
    fields = Report.objects.values().get(pk=found.pk)
    return fields | {"events": log(found), "comments": found.comments.count()}


@pytest.fixture
def opened(entry, contributor):
    return report(entry, contributor)


@pytest.fixture
def closed(opened, editor):
    actions.dismiss_report(opened, by=editor, note="It is meant so.")
    return opened


def test_a_report_is_open_and_says_who_what_and_where(opened, entry, contributor):
    found = Report.objects.get()
    assert (found.entry, found.author, found.text) == (entry, contributor, SENTENCE)
    assert found.is_open
    assert log(found) == [("opened", contributor, "")]


def test_it_changes_nothing_in_the_guide(opened, entry):
    body = entry.body
    entry.refresh_from_db()
    assert entry.body == body


def test_the_same_again_is_the_same_report(opened, entry, contributor):
    assert report(entry, contributor, text=f"  {SENTENCE} ") == opened
    assert ReportEvent.objects.count() == 1


def test_the_same_of_somebody_else_is_another(opened, entry, editor):
    assert report(entry, editor) != opened


def test_the_same_may_be_said_again_after_it_was_closed(closed, entry, contributor):
    assert report(entry, contributor) != closed


def test_another_kind_or_sentence_is_another_report(opened, entry, contributor):
    assert report(entry, contributor, kind=ReportKind.WRONG) != opened
    assert report(entry, contributor, text="Two links are dead.") != opened


def test_it_is_one_line_whatever_was_pasted(entry, contributor):
    assert report(entry, contributor, text="One\r\n\ttwo.").text == "One two."


@pytest.mark.parametrize("text", ["", "  \n", "x" * 501])
def test_it_says_something_and_not_too_much(entry, contributor, text):
    with pytest.raises(ValidationError):
        report(entry, contributor, text=text)
    assert not Report.objects.exists()


def test_a_reader_may_not_report(entry, reader):
    with pytest.raises(actions.Refused, match="may read but not comment"):
        report(entry, reader)


def test_a_retired_entry_takes_no_reports(entry, contributor):
    factories.retire(entry, "It was wrong.")
    with pytest.raises(actions.Refused, match="was retired: It was wrong"):
        report(entry, contributor)
    assert not Report.objects.exists()


def test_source_lines_that_nobody_reads_take_no_reports(contributor):
    with pytest.raises(actions.Refused, match="kept for the export only"):
        report(factories.entry("[TOC]", kind="kept"), contributor)


def test_a_report_is_discussed_in_markdown(opened, editor):
    actions.discuss_report(opened, by=editor, body="*Where* <script>?")
    remark = Comment.objects.get()
    assert (remark.report, remark.proposal) == (opened, None)
    assert remark.body_html.strip() == "<p><em>Where</em> &lt;script&gt;?</p>"
    assert log(opened)[-1] == ("commented", editor, "")


def test_a_double_click_is_one_comment(opened, editor):
    for _ in range(2):
        actions.discuss_report(opened, by=editor, body="Where?")
    assert [what for what, *_ in log(opened)] == ["opened", "commented"]


def test_a_closed_report_may_be_discussed(closed, contributor):
    assert actions.discuss_report(closed, by=contributor, body="But why?").pk


def test_a_reader_may_not_discuss(opened, reader):
    before = state_of(opened)
    with pytest.raises(actions.Refused, match="may read but not comment"):
        actions.discuss_report(opened, by=reader, body="Hm.")
    assert state_of(opened) == before


@pytest.mark.parametrize("who", ["editor", "lead"])
def test_editors_and_leads_close_it_as_fixed(opened, request, who):
    by = request.getfixturevalue(who)
    actions.fix_report(opened, by=by)
    found = Report.objects.get()
    assert (found.status, found.closed_by, found.closed_through) == ("fixed", by, None)
    assert log(opened)[-1] == ("fixed", by, "")


def test_it_is_dismissed_with_a_reason(closed, editor):
    found = Report.objects.get()
    assert (found.status, found.closed_by) == (ReportStatus.DISMISSED, editor)
    assert log(closed)[-1] == ("dismissed", editor, "It is meant so.")


@pytest.mark.parametrize("note", ["", "  "])
def test_it_is_not_dismissed_without_a_reason(opened, editor, note):
    before = state_of(opened)
    with pytest.raises(actions.Refused, match="Say why"):
        actions.dismiss_report(opened, by=editor, note=note)
    assert state_of(opened) == before


def test_its_author_withdraws_it_and_need_not_say_why(opened, contributor):
    actions.dismiss_report(opened, by=contributor)
    assert log(opened)[-1] == ("dismissed", contributor, "")


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (actions.fix_report, "Only editors and leads close a report as fixed."),
        (actions.dismiss_report, "Only editors, leads and its author close a report."),
        (actions.reopen_report, "Only editors and leads open a report again."),
    ],
)
def test_others_may_not(opened, expert, step, sentence):
    before = state_of(opened)
    with pytest.raises(actions.Refused, match=sentence):
        step(opened, by=expert, note="Please.")
    assert state_of(opened) == before


def test_its_author_does_not_call_it_fixed(opened, contributor):
    with pytest.raises(actions.Refused, match="Only editors and leads"):
        actions.fix_report(opened, by=contributor)


@pytest.mark.parametrize("step", [actions.fix_report, actions.dismiss_report])
def test_what_is_closed_is_not_closed_again(closed, lead, step):
    before = state_of(closed)
    with pytest.raises(actions.Refused, match="closed already: dismissed by editor"):
        step(closed, by=lead, note="Me too.")
    assert state_of(closed) == before


def test_it_is_opened_again_with_a_reason(closed, lead):
    actions.reopen_report(closed, by=lead, note="It is not.")
    found = Report.objects.get()
    assert (found.is_open, found.closed_at, found.closed_by) == (True, None, None)
    assert log(closed)[-1] == ("reopened", lead, "It is not.")


def test_it_is_not_opened_again_without_a_reason(closed, lead):
    with pytest.raises(actions.Refused, match="Say why"):
        actions.reopen_report(closed, by=lead, note="")
    assert not Report.objects.get().is_open


def test_an_open_one_is_not_opened_again(opened, lead):
    with pytest.raises(actions.Refused, match="open already"):
        actions.reopen_report(opened, by=lead, note="Again.")


def test_a_report_of_a_removed_account_stays(opened, contributor, lead):
    contributor.delete()
    opened.refresh_from_db()
    actions.fix_report(opened, by=lead)
    assert log(opened) == [("opened", None, ""), ("fixed", lead, "")]
