"""What an email says, and how it says it: as text, as HTML, and in its headers."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import models

from entries.models import Guide
from moderation import actions
from moderation.models import Change, Notification, Operation, Reason, ReportEvent, Watch
from moderation.notifications.mail import sending
from moderation.notifications.mail.emails import about_one_subject, digest, one_line
from tests import factories
from tests.moderation.helpers import approve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.GUIDE_URL = "https://guide.example.org"


@pytest.fixture
def author(db):
    return factories.user(username="author", email="author@example.org")


@pytest.fixture
def proposal(author, entry):
    """An open proposal that turns “four” into “five”."""
    return factories.proposal(entry, "One, two, three, five.", author=author)


def written(person):
    """The email about all notifications of `person`, which are about one subject."""
    return about_one_subject(list(Notification.objects.filter(recipient=person).order_by("pk")))


def html(message):
    return message.alternatives[0].content


def test_it_says_who_did_what_and_why_in_their_words(proposal, author, editor):
    actions.request_changes(proposal, by=editor, version=1, note="Since when?\nSay the year.")
    message = written(author)
    assert "editor requested changes:\n\n> Since when?\n> Say the year.\n" in message.body
    assert "You are told because it waits for you." in message.body
    assert "<b>editor</b> requested changes" in html(message)
    assert "Since when?<br>Say the year." in html(message)


def test_it_quotes_the_comment_of_its_event(proposal, author, editor):
    for body in ("First.", "Second, **bold**."):
        actions.comment(proposal, by=editor, body=body)
    assert re.findall(r"^> (.*)$", written(author).body, re.M) == ["First.", "Second, **bold**."]


def test_a_comment_that_came_after_the_event_is_not_quoted_for_it(proposal, author, editor):
    actions.comment(proposal, by=editor, body="First.")
    first = Notification.objects.get()
    actions.comment(proposal, by=editor, body="Second.")
    assert "First." in about_one_subject([first]).body
    assert "Second." not in about_one_subject([first]).body


def test_it_holds_the_difference_word_by_word(proposal, author, editor, entry):
    actions.comment(proposal, by=editor, body="Hm.")
    message = written(author)
    assert f"Edit “{entry.opening_words}” in {entry.section}" in message.body
    assert "One, two, three, [-four-]{+five+}." in message.body
    assert "One, two, three, <del>four</del><ins>five</ins>." in html(message)


def test_it_leads_to_the_proposal_by_a_whole_address(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    address = f"https://guide.example.org/proposals/{proposal.pk}/"
    assert address in written(author).body
    assert f'href="{address}"' in html(written(author))


def test_nothing_in_it_is_loaded_from_anywhere(proposal, author, editor):
    actions.comment(proposal, by=editor, body="![](https://evil.example/pixel.png)")
    assert not re.findall(r"<(?:img|link|script|style|iframe)|src=|style=", html(written(author)))


def test_what_people_write_is_text_in_the_html_part(proposal, author, editor):
    proposal.title = "<b>Bold</b>"
    proposal.save()
    actions.comment(proposal, by=editor, body="<script>alert(1)</script>")
    assert "<script>" not in html(written(author))
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html(written(author))
    assert "<script>alert(1)</script>" in written(author).body


def test_emails_about_one_proposal_are_one_thread(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    first = about_one_subject(list(Notification.objects.all())).message()
    approve(proposal, by=editor)
    second = about_one_subject(list(Notification.objects.filter(event__what="merged"))).message()
    thread = f"<proposal-{proposal.pk}@guide.example.org>"
    assert first["References"] == second["References"] == second["In-Reply-To"] == thread
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Subject"] == second["Subject"]


def test_it_can_be_turned_off_by_one_click(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    message = written(author).message()
    off = message["List-Unsubscribe"].strip("<>")
    assert off.startswith("https://guide.example.org/mail/off/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert off in written(author).body
    assert f'href="{off}"' in html(written(author))


def test_programs_do_not_answer_it(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    assert written(author).message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\0", "\x0b", "\x85", "\u2028", "\u202e"])
def test_a_title_cannot_add_headers(author, editor, sign):
    name = f"Guide{sign}X-Evil: 2".replace("\0", "")  # a database holds no NUL
    models.QuerySet(Guide).update(name=name)
    title = f"Hi{sign}Bcc: victim@example.org"
    proposal = factories.proposal(author=author)
    actions.comment(proposal, by=editor, body="Hm.")
    notice = Notification.objects.get()
    notice.event.proposal.title = title
    message = about_one_subject([notice]).message()
    assert message["Bcc"] is message["X-Evil"] is None
    assert "Hi Bcc: victim@example.org" in one_line(title)


def test_a_long_text_is_cut_to_what_is_near_the_change(author, editor):
    long = "Words that nobody changes, " * 200
    proposal = factories.proposal(factories.entry(f"{long}four."), f"{long}five.", author=author)
    actions.comment(proposal, by=editor, body="Hm.")
    assert "[-four-]{+five+}" in written(author).body
    assert len(written(author).body) < 1500


def test_many_changes_are_counted_beyond_ten(proposal, author, editor):
    for _ in range(11):
        added = {"body": "New.", "tags": ["gotcha"], "kind": "bullet", "parent": None}
        section = factories.section()
        Change.objects.create(
            proposal=proposal, operation=Operation.ADD, section=section, proposed=added
        )
    actions.comment(proposal, by=editor, body="Hm.")
    assert "… and 2 more changes." in written(author).body
    assert "{+New.+}" in written(author).body
    assert "Tags: {+gotcha+}" in written(author).body


def test_a_retirement_shows_what_goes_and_why(author, editor, entry):
    proposal = factories.retirement(entry, because="It was shut down.", author=author)
    actions.comment(proposal, by=editor, body="Hm.")
    assert "[-One, two, three, four.-]" in written(author).body
    assert "Reason: {+It was shut down.+}" in written(author).body


def test_an_email_of_a_former_contributors_act_names_nobody(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    editor.delete()
    assert "a former contributor commented" in written(author).body


def test_a_digest_groups_what_is_new_by_thing(proposal, author, editor, entry):
    other = factories.proposal(author=author, title="Another matter")
    for one in (proposal, other, proposal):
        actions.comment(one, by=editor, body=f"On {one.pk}: {one.comments.count()}")
    report = factories.report(entry, "It is slower now.", author=author)
    event = ReportEvent.objects.create(report=report, what="commented", by=editor)
    Notification.objects.create(recipient=author, report_event=event, reason=Reason.YOURS)
    message = digest(list(Notification.objects.order_by("pk")))
    assert message.subject.endswith("What is new: 3 things")
    assert message.body.count("Say it better") == message.body.count("Another matter") == 1
    assert f"/reports/{report.pk}/" in message.body
    assert "outdated, “One, two, three, four.”" in message.body
    assert message.message()["References"] is None


def test_a_digest_counts_the_things_beyond_thirty(author, editor):
    for _ in range(32):
        actions.comment(factories.proposal(author=author), by=editor, body="Hm.")
    message = digest(list(Notification.objects.order_by("pk")))
    assert "… and 2 more: https://guide.example.org/inbox/" in message.body


def test_the_email_goes_to_one_person_only(proposal, author, editor, entry):
    watcher = factories.user(email="watcher@example.org")
    Watch.objects.create(user=watcher, entry=entry)
    approve(proposal, by=editor)
    assert sending.at_once() == (1, 0)
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    assert (message.to, message.cc, message.bcc) == (["author@example.org"], [], [])
    assert "watcher" not in message.message().as_string()


def test_the_facts_of_a_service_are_named_as_on_its_page(author, editor):
    proposal = factories.proposal(author=author)
    proposal.changes.all().delete()
    base = {"summary": "Files.", "availability": "preview", "docs_url": "https://a.example/"}
    Change.objects.create(
        proposal=proposal,
        subject="service",
        operation=Operation.EDIT,
        service=factories.service("S3"),
        base=base,
        proposed=base | {"summary": "Objects.", "availability": "general"},
    )
    actions.comment(proposal, by=editor, body="Hm.")
    body = written(author).body
    assert "Edit service “S3”" in body
    assert "Summary: [-Files-]{+Objects+}." in body
    assert "Availability: " in body
    assert "Documentation" not in body


def test_a_move_names_where_to(author, editor, entry):
    proposal = factories.proposal(entry, author=author)
    there = factories.section("Networking")
    proposal.changes.update(
        operation=Operation.MOVE,
        base={"section": entry.section_id, "parent": None},
        proposed={"section": there.pk, "parent": None, "after": "first"},
    )
    actions.comment(proposal, by=editor, body="Hm.")
    assert "Moves to: {+Networking+}" in written(author).body
