"""Reporting a problem in the browser, and the page of a report."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.models import Comment, Report, ReportEvent
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def form_page(entry):
    return reverse("entry-report", args=[entry.pk])


@pytest.fixture
def report(entry, contributor):
    text = "Four is “five” <now>."
    return actions.report_entry(entry, by=contributor, kind="outdated", text=text)


@pytest.fixture
def page(report):
    return report.get_absolute_url()


def test_a_report_is_sent_in_one_sentence(as_user, contributor, form_page, entry):
    client = as_user(contributor)
    form = fields(client.get(form_page), "report-form")
    answer = client.post(form_page, form | {"kind": "link", "text": "Two is gone."}, follow=True)
    made = Report.objects.get()
    assert (made.entry, made.kind, made.text) == (entry, "link", "Two is gone.")
    assert answer.redirect_chain[-1][0] == made.get_absolute_url()
    assert "Thank you." in words(answer)


def test_a_double_click_is_one_report(as_user, contributor, form_page):
    typed = {"kind": "wrong", "text": "It is three."}
    answers = [as_user(contributor).post(form_page, typed).url for _ in range(2)]
    assert answers[0] == answers[1]
    assert Report.objects.count() == ReportEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "wrong"}, "Say in one sentence what is the matter."),
        ({"kind": "wrong", "text": " \r\n"}, "Say in one sentence what is the matter."),
        ({"kind": "wrong", "text": "x" * 501}, "at most 500 characters (it has 501)"),
        ({"kind": "wrong", "text": "x\x00"}, "Null characters are not allowed."),
        ({"text": "It is three."}, "Choose what is the matter."),
        ({"kind": "rude", "text": "It is three."}, "Select a valid choice."),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(as_user, contributor, form_page, typed, sentence):
    answer = as_user(contributor).post(form_page, typed)
    assert sentence in words(answer)
    kept = fields(answer, "report-form")["text"]
    assert kept.strip("\0\r\n ") == typed.get("text", "").strip("\0\r\n ")
    assert not Report.objects.exists()


def test_a_retired_entry_keeps_what_was_typed(as_user, contributor, form_page, entry):
    factories.retire(entry, "It was wrong.")
    answer = as_user(contributor).post(form_page, {"kind": "wrong", "text": "It is three."})
    assert "This entry was retired: It was wrong." in words(answer)
    assert fields(answer, "report-form")["text"] == "It is three."


def test_who_reports_sees_what_was_reported_already(as_user, editor, form_page, report):
    factories.report(text="Elsewhere.")
    page = words(as_user(editor).get(form_page))
    assert "Reported already." in page
    assert "Outdated: Four is “five” <now>." in page
    assert "Elsewhere." not in page


def test_source_lines_that_nobody_reads_have_no_form(as_user, contributor):
    kept = factories.entry("[TOC]", kind="kept")
    assert as_user(contributor).get(f"/entries/{kept.pk}/report/").status_code == 404


def test_everybody_reads_a_report(client, page, entry, contributor):
    shown = words(client.get(page))
    assert "Four is “five” <now>." in shown
    assert entry.body in shown
    assert "contributor reported it" in shown
    assert "csrfmiddlewaretoken" not in client.get(page).content.decode()


def test_remarks_stand_between_what_happened(client, report, page, editor, lead):
    actions.discuss_report(report, by=editor, body="It *is* four.")
    actions.dismiss_report(report, by=lead, note="As editor says.")
    actions.reopen_report(report, by=lead, note="Or not.")
    shown = words(client.get(page))
    order = ["reported it", "It is four.", "dismissed it", "As editor says.", "Or not."]
    assert sorted(order, key=shown.index) == order


def test_a_remark_is_made_on_the_page(as_user, editor, page):
    answer = as_user(editor).post(f"{page}comment/", {"body": "Where?"})
    assert answer.url == f"{page}#discussion"
    assert Comment.objects.get().body == "Where?"


@pytest.mark.parametrize("body", ["", "x" * 4001, "x\x00y"])
def test_a_remark_that_does_not_fit_is_kept(as_user, editor, page, body):
    answer = as_user(editor).post(f"{page}comment/", {"body": body})
    assert answer.status_code == 400
    assert fields(answer, "comment/")["body"] == body
    assert not Comment.objects.exists()


def step(client, page, name, note=""):
    return client.post(f"{page}settle/", {"step": name, "note": note}, follow=True)


@pytest.mark.parametrize(
    ("name", "note", "status"), [("fix", "", "fixed"), ("dismiss", "It is four.", "dismissed")]
)
def test_an_editor_closes_it(as_user, editor, report, page, name, note, status):
    step(as_user(editor), page, name, note)
    report.refresh_from_db()
    assert (report.status, report.closed_by) == (status, editor)


def test_an_editor_opens_it_again(as_user, editor, report, page):
    client = as_user(editor)
    step(client, page, "fix")
    assert "Open again" in words(step(client, page, "reopen", "It is not."))
    report.refresh_from_db()
    assert report.is_open


def test_a_refused_step_says_why_and_keeps_the_note(as_user, editor, lead, report, page):
    actions.fix_report(report, by=lead)
    answer = as_user(editor).post(f"{page}settle/", {"step": "fix", "note": "Mine."})
    assert answer.status_code == 400
    assert "This report was closed already: fixed by lead." in words(answer)
    assert fields(answer, "settle/")["note"] == "Mine."


@pytest.mark.parametrize("name", ["", "burn"])
def test_an_unknown_step_does_nothing(as_user, editor, report, page, name):
    assert "Choose what to do" in words(step(as_user(editor), page, name))
    report.refresh_from_db()
    assert report.is_open


def test_its_author_withdraws_it(as_user, contributor, page):
    client = as_user(contributor)
    buttons = words(client.get(page))
    assert "Withdraw it" in buttons
    assert "Close as fixed" not in buttons
    assert "contributor withdrew it" in words(step(client, page, "dismiss"))


def test_others_see_no_buttons_and_may_not(as_user, expert, report, page):
    client = as_user(expert)
    assert "settle/" not in client.get(page).content.decode()
    assert "Only editors, leads and its author" in words(step(client, page, "dismiss", "Away."))
    report.refresh_from_db()
    assert report.is_open


@pytest.mark.parametrize("pk", [999, 10**20])
@pytest.mark.parametrize("name", ["", "comment/", "settle/"])
def test_a_report_that_never_was_is_not_found(as_user, lead, name, pk):
    assert as_user(lead).get(f"/reports/{pk}/{name}").status_code == 404


def test_what_was_told_of_a_report_is_read_with_its_page(as_user, contributor, editor, page):
    report = Report.objects.get()
    actions.discuss_report(report, by=editor, body="Where?")
    unread = contributor.notifications.filter(read_at=None)
    assert unread.count() == 1
    as_user(contributor).get(page)
    assert not unread.exists()


def test_opening_the_address_of_a_form_shows_the_report(as_user, editor, page):
    for name in ("comment/", "settle/"):
        assert "Four is “five” <now>." in words(as_user(editor).get(f"{page}{name}"))


def test_the_page_is_cached_until_something_happens(
    client, report, page, lead, django_assert_num_queries
):
    client.get(page)
    with django_assert_num_queries(1):
        client.get(page)
    actions.fix_report(report, by=lead, note="Done.")
    assert "Done." in words(client.get(page))


def test_a_report_of_a_removed_account_stays(client, contributor, page):
    contributor.delete()
    assert "former contributor reported it" in words(client.get(page))
