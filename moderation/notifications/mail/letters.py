"""What a letter says: one thing at once, or many in a digest; as text and as HTML."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from moderation.display import Names
from moderation.models import EventKind, Proposal
from moderation.notifications.mail import unsubscribing
from moderation.notifications.mail.differences import Difference, difference

MOST_THINGS, MOST_LINES, MOST_CHANGES = 30, 20, 10  # in one letter; the rest is counted


@dataclass(frozen=True)
class Line:
    """One event in words: who did what, and what they said about it."""

    who: str
    did: str
    said: str

    @property
    def quoted(self):
        """What they said as a quotation in plain text."""
        return "\n".join(f"> {line}".rstrip() for line in self.said.splitlines())


@dataclass(frozen=True)
class Thing:
    """A proposal or report, and what is new about it."""

    title: str
    url: str
    about: str
    lines: list[Line]
    earlier: int
    reason: str
    differences: list[Difference]
    more_changes: int


def letter(notices):
    """The mail that tells one member of their `notices`, which are about one thing."""
    thing, last = _thing(notices), notices[-1]
    root = f"{_kind(last)}-{_subject(last).pk}"
    headers = {
        "Message-ID": _message_id(f"{root}.{last.pk}"),
        "In-Reply-To": _message_id(root),
        "References": _message_id(root),
    }
    return _message(notices[0].recipient, thing.title, [thing], 0, headers)


def digest(notices):
    """The mail that tells one member of all their `notices` since the last one."""
    by_subject = {}
    for notice in notices:
        by_subject.setdefault((_kind(notice), _subject(notice).pk), []).append(notice)
    groups = list(by_subject.values())
    things = [_thing(group) for group in groups[:MOST_THINGS]]
    number = f"{len(groups)} thing{'' if len(groups) == 1 else 's'}"
    headers = {"Message-ID": _message_id(f"digest.{notices[-1].pk}")}
    title = f"What is new: {number}"
    more = len(groups) - len(things)
    return _message(notices[0].recipient, title, things, more, headers)


def _thing(notices):
    subject, lines = _subject(notices[0]), _lines(notices)
    is_proposal = isinstance(subject, Proposal)
    changes, names = _changes(subject) if is_proposal else [], Names()
    return Thing(
        title=one_line(str(subject)),
        url=settings.GUIDE_URL + subject.get_absolute_url(),
        about=_about(subject),
        lines=lines[-MOST_LINES:],
        earlier=max(0, len(lines) - MOST_LINES),
        reason=notices[-1].get_reason_display(),
        differences=[difference(change, names) for change in changes[:MOST_CHANGES]],
        more_changes=max(0, len(changes) - MOST_CHANGES),
    )


def _about(subject):
    by = subject.author.username if subject.author else "a former contributor"
    if isinstance(subject, Proposal):
        return f"Proposal {subject.pk} by {by}"
    return f"Report {subject.pk} by {by}: {subject.get_kind_display().lower()}, “{subject.entry}”"


def _changes(proposal):
    targets = ("entry", "section", "service", "offering", "legend_tag")
    return list(proposal.changes.select_related(*targets))


def _lines(notices):
    """The events in words; a comment is the one that its author made last before the event."""
    events = [notice.event or notice.report_event for notice in notices]
    subject = _subject(notices[0])
    comments = []
    if any(event.what == EventKind.COMMENTED for event in events):
        comments = list(subject.comments.order_by("-pk"))
    return [
        Line(
            who=event.by.username if event.by else "a former contributor",
            did=event.get_what_display(),
            said=_said(event, comments),
        )
        for event in events
    ]


def _said(event, comments):
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


def _message(user, title, things, more, headers):
    off = unsubscribing.address(user)
    context = {
        "guide_name": settings.GUIDE_NAME,
        "name": user.username,
        "things": things,
        "more": more,
        "inbox": f"{settings.GUIDE_URL}/inbox/",
        "off": off,
    }
    message = EmailMultiAlternatives(
        subject=one_line(f"[{settings.GUIDE_NAME}] {title}"),
        body=render_to_string("moderation/mail/letter.txt", context),
        to=[user.email],
        headers=headers
        | {
            "Auto-Submitted": "auto-generated",
            "List-Id": f"<guide.{_host()}>",
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(
        render_to_string("moderation/mail/letter.html", context), "text/html"
    )
    return message


def one_line(text):
    """The text as a header can hold it: no line ends, no invisible signs."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(visible.split())


def _subject(notice):
    return notice.event.proposal if notice.event else notice.report_event.report


def _kind(notice):
    return "proposal" if notice.event else "report"


def _message_id(name):
    return f"<{name}@{_host()}>"


def _host():
    return urlsplit(settings.GUIDE_URL).hostname
