"""What an email says: about one subject at once, or about many in a digest; as text and HTML.

A subject is a proposal or a report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from entries.models import Guide
from guide_site.models import User
from moderation.display import Names
from moderation.models import (
    Change,
    Comment,
    Event,
    EventKind,
    Notification,
    Proposal,
    Report,
    ReportEvent,
    Subject,
)
from moderation.notifications.mail import unsubscribing
from moderation.notifications.mail.differences import Difference, difference

MOST_UPDATES, MOST_LINES, MOST_CHANGES = 30, 20, 10  # in one email; the rest is counted


@dataclass(frozen=True)
class Line:
    """One event in words: who did what, and what they said about it."""

    who: str
    did: str
    said: str

    @property
    def quoted(self) -> str:
        """What they said as a quotation in plain text."""
        return "\n".join(f"> {line}".rstrip() for line in self.said.splitlines())


@dataclass(frozen=True)
class Update:
    """A subject and what is new about it."""

    title: str
    url: str
    about: str
    lines: list[Line]
    earlier: int
    reason: str
    differences: list[Difference]
    more_changes: int


def about_one_subject(notices: Sequence[Notification]) -> EmailMultiAlternatives:
    """Return the email with `notices` to one member about one subject: at least one, by age."""
    update, last = _update(notices), notices[-1]
    root = f"{_kind(last)}-{_subject(last).pk}"
    headers = {
        "Message-ID": _message_id(f"{root}.{last.pk}"),
        "In-Reply-To": _message_id(root),
        "References": _message_id(root),
    }
    return _message(last.recipient, update.title, [update], 0, headers)


def digest(notices: Sequence[Notification]) -> EmailMultiAlternatives:
    """Return the email with all `notices` to one member since the last: at least one, by age."""
    by_subject: dict[tuple[str, int], list[Notification]] = {}
    for notice in notices:
        by_subject.setdefault((_kind(notice), _subject(notice).pk), []).append(notice)
    groups = list(by_subject.values())
    updates = [_update(group) for group in groups[:MOST_UPDATES]]
    number = f"{len(groups)} thing{'' if len(groups) == 1 else 's'}"
    headers = {"Message-ID": _message_id(f"digest.{notices[-1].pk}")}
    title = f"What is new: {number}"
    more = len(groups) - len(updates)
    return _message(notices[0].recipient, title, updates, more, headers)


def one_line(text: str) -> str:
    """Return `text` as a header can hold it: without line ends and invisible characters."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(visible.split())


def _update(notices: Sequence[Notification]) -> Update:
    subject, lines = _subject(notices[0]), _lines(notices)
    changes = _changes(subject) if isinstance(subject, Proposal) else []
    names = Names()
    return Update(
        title=one_line(str(subject)),
        url=settings.GUIDE_URL + subject.get_absolute_url(),
        about=_about(subject),
        lines=lines[-MOST_LINES:],
        earlier=max(0, len(lines) - MOST_LINES),
        reason=notices[-1].get_reason_display(),
        differences=[difference(change, names) for change in changes[:MOST_CHANGES]],
        more_changes=max(0, len(changes) - MOST_CHANGES),
    )


def _about(subject: Proposal | Report) -> str:
    by = subject.author.username if subject.author else "a former contributor"
    if isinstance(subject, Proposal):
        return f"Proposal {subject.pk} by {by}"
    return f"Report {subject.pk} by {by}: {subject.get_kind_display().lower()}, “{subject.entry}”"


def _changes(proposal: Proposal) -> list[Change]:
    return list(proposal.changes.select_related(*Subject.values))


def _lines(notices: Sequence[Notification]) -> list[Line]:
    events = [_event(notice) for notice in notices]
    comments: list[Comment] = []
    if any(event.what == EventKind.COMMENTED for event in events):
        comments = list(_subject(notices[0]).comments.order_by("-pk"))
    return [
        Line(
            who=event.by.username if event.by else "a former contributor",
            did=event.get_what_display(),
            said=_said(event, comments),
        )
        for event in events
    ]


def _said(event: Event | ReportEvent, comments: Sequence[Comment]) -> str:
    """The note of an event, or the last comment that its author made before it.

    comments  of the same subject, newest first
    """
    if event.what != EventKind.COMMENTED:
        return event.note
    return next(
        (
            comment.body
            for comment in comments
            if comment.author_id == event.by_id and comment.at <= event.at
        ),
        event.note,
    )


def _message(
    user: User, title: str, updates: Sequence[Update], more: int, headers: Mapping[str, str]
) -> EmailMultiAlternatives:
    """The email to `user`; more: the number of updates that it leaves out."""
    off, name = unsubscribing.address(user), str(Guide.current())
    context = {
        "guide_name": name,
        "name": user.username,
        "updates": updates,
        "more": more,
        "inbox": settings.GUIDE_URL + reverse("inbox"),
        "off": off,
    }
    message = EmailMultiAlternatives(
        subject=one_line(f"[{name}] {title}"),
        body=render_to_string("moderation/mail/email.txt", context),
        to=[user.email],
        headers={
            **headers,
            "Auto-Submitted": "auto-generated",
            "List-Id": f"<guide.{_host()}>",
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(render_to_string("moderation/mail/email.html", context), "text/html")
    return message


def _event(notice: Notification) -> Event | ReportEvent:
    event = notice.event or notice.report_event
    assert event  # noqa: S101, a constraint of the table says so
    return event


def _subject(notice: Notification) -> Proposal | Report:
    event = _event(notice)
    return event.report if isinstance(event, ReportEvent) else event.proposal


def _kind(notice: Notification) -> str:
    return "proposal" if notice.event else "report"


def _message_id(name: str) -> str:
    return f"<{name}@{_host()}>"


def _host() -> str | None:
    return urlsplit(settings.GUIDE_URL).hostname
