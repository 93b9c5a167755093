"""What the database itself refuses of reports, watches, notifications and remarks."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from moderation.models import (
    Autosave,
    Comment,
    Event,
    MailSettings,
    Notification,
    Proposal,
    ReportEvent,
    ReviewRequest,
    Watch,
)
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def an_event():
    return Event.objects.create(
        proposal=factories.proposal(), what=Event.What.OPENED, old="draft", new="open"
    )


def a_report_event():
    return ReportEvent.objects.create(report=factories.report(), what="opened")


ONCE = {
    "reviewer_asked_once_per_proposal": (ReviewRequest, {"proposal": factories.proposal}),
    "entry_watched_once": (Watch, {"entry": factories.entry}),
    "section_watched_once": (Watch, {"section": factories.section}),
    "service_watched_once": (Watch, {"service": factories.service}),
    "legend_tag_watched_once": (Watch, {"legend_tag": factories.legend_tag}),
    "told_once_per_event": (Notification, {"event": an_event}),
    "told_once_per_report_event": (Notification, {"report_event": a_report_event}),
    "autosave_once_per_place": (Autosave, {"place": lambda: "/entries/1/edit/"}),
}
FIXED = {Notification: {"reason": "yours"}, Autosave: {"fields": "body=Hi"}}
PERSON = {ReviewRequest: "reviewer", Notification: "recipient"}


@pytest.mark.parametrize(("model", "makers"), ONCE.values(), ids=ONCE)
def test_once_per_person(model, makers):
    fields = {name: make() for name, make in makers.items()} | FIXED.get(model, {})
    person, one, other = PERSON.get(model, "user"), factories.user(), factories.user()
    model.objects.create(**fields, **{person: one})
    model.objects.create(**fields, **{person: other})
    with pytest.raises(IntegrityError):
        model.objects.create(**fields, **{person: one})


REPORTS = {
    "report_says_what": {"text": ""},
    "report_kind_is_known": {"kind": "odd"},
    "report_is_closed_or_open": {"status": "fixed"},
}


@pytest.mark.parametrize(("constraint", "fields"), REPORTS.items())
def test_a_report_is_refused(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        factories.report(**fields)


def test_an_open_report_was_not_closed():
    with pytest.raises(IntegrityError, match="report_is_closed_or_open"):
        factories.report(closed_at=NOW)


def test_a_closed_report_says_when():
    assert factories.report(status="dismissed", closed_at=NOW).pk


def test_the_log_of_reports_knows_its_words():
    with pytest.raises(IntegrityError, match="report_event_is_known"):
        ReportEvent.objects.create(report=factories.report(), what="lost")


def test_a_class_that_somebody_set_has_a_note():
    with pytest.raises(IntegrityError, match="proposal_class_is_set_with_a_note"):
        Proposal.objects.create(title="T", class_set_by=factories.user())


def test_a_class_is_a_known_one():
    with pytest.raises(IntegrityError, match="proposal_class_is_known"):
        Proposal.objects.create(title="T", review_class="grave")


def test_a_remark_is_about_something():
    with pytest.raises(IntegrityError, match="comment_is_about_one_thing"):
        Comment.objects.create(body="Hm.")


def test_a_remark_is_not_about_two_things():
    both = {"proposal": factories.proposal(), "report": factories.report()}
    with pytest.raises(IntegrityError, match="comment_is_about_one_thing"):
        Comment.objects.create(body="Hm.", **both)


def test_a_watch_is_of_something(reader):
    with pytest.raises(IntegrityError, match="watch_is_of_one_thing"):
        Watch.objects.create(user=reader)


def test_a_watch_is_not_of_two_things(reader, entry):
    with pytest.raises(IntegrityError, match="watch_is_of_one_thing"):
        Watch.objects.create(user=reader, entry=entry, section=entry.section)


def test_a_notification_is_of_an_event(reader):
    with pytest.raises(IntegrityError, match="notification_of_one_event"):
        Notification.objects.create(recipient=reader, reason="yours")


def test_a_notification_says_why_it_came(reader):
    with pytest.raises(IntegrityError, match="notification_reason_is_known"):
        Notification.objects.create(recipient=reader, event=an_event(), reason="luck")


def test_a_choice_of_mail_is_a_known_one(reader):
    with pytest.raises(IntegrityError, match="mail_choice_is_known"):
        MailSettings.objects.create(user=reader, choice="fax")


def test_what_is_typed_has_a_place(reader):
    with pytest.raises(IntegrityError, match="autosave_has_a_place"):
        Autosave.objects.create(user=reader, place="", fields="body=Hi")
