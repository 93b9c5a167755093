"""How moderation is doing, in figures that everybody may see: six queries, whatever there is."""

import datetime
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncMonth
from django.utils import timezone

from moderation.models import Change, Event, Proposal, Report
from moderation.states import Status

MONTHS = 12  # that the page looks back, the present one included
MOST_ANSWERS = 5000  # of the newest proposals, to tell how fast the first answer came
MOST_PLACES = 30
ANSWERS = [
    *(Event.What.APPROVED, Event.What.CHANGES_REQUESTED, Event.What.DECLINED, Event.What.SPAM),
    *(Event.What.COMMENTED, Event.What.EDITED, Event.What.SPLIT, Event.What.MERGED),
]
SENT, SPAM = "sent", "spam"


@dataclass(frozen=True)
class Month:
    """How many proposals were sent, and closed by somebody else or at once, in a month.

    merged       that made a revision
    already      that the guide had already: they made none
    declined     with a reason for their author
    spam         declined as spam
    answers      how long those that were sent in it waited for their first answer
    unanswered   how many of them still wait for it
    """

    start: datetime.date
    sent: int = 0
    merged: int = 0
    already: int = 0
    declined: int = 0
    spam: int = 0
    answers: list[datetime.timedelta] = field(default_factory=list)
    unanswered: int = 0

    @property
    def first_answer(self) -> str:
        """The median time to a first answer, in words, or ""."""
        return median_in_words(self.answers)


@dataclass(frozen=True)
class Place:
    """What waits in a section: open proposals, the age of the oldest in words, open reports."""

    title: str
    slug: str
    proposals: int
    oldest: str
    reports: int


@dataclass(frozen=True)
class Health:
    """The figures of the page; ages in words, "" where there is nothing to tell."""

    waiting: int
    with_authors: int
    median_age: str
    oldest_age: str
    reports: int
    first_answer: str
    months: list[Month]
    places: list[Place]


def health(now: datetime.datetime | None = None) -> Health:
    """The figures at the time `now`, an aware datetime; at present if None."""
    now = now or timezone.now()
    months = _months(now)
    counts = Proposal.objects.aggregate(
        waiting=Count("pk", filter=Q(status=Status.OPEN)),
        with_authors=Count("pk", filter=Q(status=Status.CHANGES_REQUESTED)),
        oldest=Min("opened_at", filter=Q(status=Status.OPEN)),
    )
    places = _places(now)
    answers = [answer for month in months for answer in month.answers]
    return Health(
        waiting=counts["waiting"],
        with_authors=counts["with_authors"],
        median_age=_median_age(counts["waiting"], now),
        oldest_age=in_words(now - counts["oldest"]) if counts["oldest"] else "",
        reports=sum(place.reports for place in places),
        first_answer=median_in_words(answers),
        months=months,
        places=places[:MOST_PLACES],
    )


def in_words(span: datetime.timedelta) -> str:
    """A span of time in its largest sensible unit."""
    for limit, size, unit in (
        (datetime.timedelta(hours=1), datetime.timedelta(minutes=1), "minute"),
        (datetime.timedelta(days=2), datetime.timedelta(hours=1), "hour"),
        (datetime.timedelta(days=60), datetime.timedelta(days=1), "day"),
        (datetime.timedelta.max, datetime.timedelta(days=30), "month"),
    ):
        if span < limit:
            number = max(0, round(span / size))
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return ""


def median_in_words(spans: list[datetime.timedelta]) -> str:
    """The median of spans of time in words; "" if there are none."""
    if not spans:
        return ""
    seconds = statistics.median(span.total_seconds() for span in spans)
    return in_words(datetime.timedelta(seconds=seconds))


def _median_age(waiting: int, now: datetime.datetime) -> str:
    if not waiting:
        return ""
    middle = (waiting - 1) // 2
    times = Proposal.objects.open().values_list("opened_at", flat=True)
    in_the_middle = times[middle : middle + 2 - waiting % 2]
    return median_in_words([now - at for at in in_the_middle if at] or [datetime.timedelta()])


def _months(now: datetime.datetime) -> list[Month]:
    """The last MONTHS months, the oldest first."""
    number = now.year * 12 + now.month - 1
    starts = [datetime.date(n // 12, n % 12 + 1, 1) for n in range(number + 1 - MONTHS, number + 1)]
    since = datetime.datetime(starts[0].year, starts[0].month, 1, tzinfo=datetime.UTC)
    counts = {(start.date(), what): n for start, what, n in _came_and_went(since, now)}
    waits: dict[datetime.date, list[datetime.timedelta | None]] = {start: [] for start in starts}
    for opened, answered in _answers(since, now):
        start = opened.astimezone(datetime.UTC).date().replace(day=1)
        waits[start].append(answered - opened if answered else None)
    return [
        Month(
            start=start,
            sent=counts.get((start, SENT), 0),
            merged=counts.get((start, Status.MERGED), 0),
            already=counts.get((start, Status.ALREADY), 0),
            declined=counts.get((start, Status.DECLINED), 0),
            spam=counts.get((start, SPAM), 0),
            answers=[wait for wait in waits[start] if wait is not None],
            unanswered=waits[start].count(None),
        )
        for start in starts
    ]


def _came_and_went(
    since: datetime.datetime, now: datetime.datetime
) -> Iterable[tuple[datetime.datetime, str, int]]:
    """(start of a month, SENT, SPAM or a state, how many), in one query."""

    def per_month(time: str, what: Any, proposals: QuerySet[Any]) -> QuerySet[Any]:
        proposals = proposals.filter(**{f"{time}__gte": since, f"{time}__lte": now}).order_by()
        month = TruncMonth(time, tzinfo=datetime.UTC)
        rows = proposals.annotate(month=month, what=what).values_list("month", "what")
        counted: QuerySet[Any] = rows.annotate(n=Count("pk"))
        return counted

    whole = Proposal.objects.filter(split_from=None)  # nobody sent the rest of a split one
    sent = per_month("opened_at", Value(SENT, CharField()), whole)
    decided = Proposal.objects.filter(status__in=[Status.MERGED, Status.ALREADY, Status.DECLINED])
    what = Case(When(_is_spam(), then=Value(SPAM)), default=F("status"), output_field=CharField())
    closed = per_month("closed_at", what, decided)
    both: QuerySet[Any] = sent.annotate(n=Count("pk")).union(
        closed.annotate(n=Count("pk")), all=True
    )
    return both.order_by()


def _is_spam() -> Q:
    """Proposals that were declined as spam."""
    marked = Event.objects.filter(proposal=OuterRef("pk"), what=Event.What.SPAM)
    return Q(Exists(marked), status=Status.DECLINED)


def _answers(
    since: datetime.datetime, now: datetime.datetime
) -> Iterable[tuple[datetime.datetime, datetime.datetime | None]]:
    """(when it was sent, when somebody else first answered, or None) of the newest proposals.

    Only of those that somebody had to answer: not of those that their author took back or, as a
    moderator, published by sending them before anybody looked, and not of spam.
    """
    answer = (
        Event.objects.filter(
            proposal=OuterRef("pk"), what__in=ANSWERS, at__gte=OuterRef("opened_at")
        )
        .filter(Q(by=None) | Q(proposal__author=None) | ~Q(by=F("proposal__author")))
        .order_by("at")
        .values("at")[:1]
    )
    sent: QuerySet[Any] = Proposal.objects.public().filter(split_from=None)
    sent = sent.filter(opened_at__gte=since, opened_at__lte=now)
    by_its_author = Q(status=Status.WITHDRAWN) | Q(closed_by=F("author"))
    sent = sent.annotate(answered=Subquery(answer)).exclude(_is_spam())
    sent = sent.exclude(by_its_author, answered__isnull=True)
    return sent.order_by("-opened_at").values_list("opened_at", "answered")[:MOST_ANSWERS]


def _places(now: datetime.datetime) -> list[Place]:
    """Sections where something waits, the most first, in one query."""
    columns = ("section", "section__title", "section__slug")
    waiting = Change.objects.filter(proposal__status=Status.OPEN, section__isnull=False)
    proposed = _per_place(waiting, columns, "proposal", "proposal__opened_at", kind=0)
    of_reports = [f"entry__{name}" for name in columns]
    reported = _per_place(Report.objects.open(), of_reports, "pk", "at", kind=1)
    sections, proposals, oldest, reports = {}, {}, {}, {}
    rows = proposed.union(reported, all=True).order_by()
    for pk, title, slug, kind, number, since in rows:
        sections[pk] = (title, slug)
        if kind:
            reports[pk] = number
        else:
            proposals[pk], oldest[pk] = number, in_words(now - since)
    places = [
        Place(title, slug, proposals.get(pk, 0), oldest.get(pk, ""), reports.get(pk, 0))
        for pk, (title, slug) in sections.items()
    ]
    return sorted(
        places, key=lambda place: (-place.proposals, -place.reports, place.title, place.slug)
    )


def _per_place(
    rows: QuerySet[Any], columns: Iterable[str], what: str, since: str, *, kind: int
) -> QuerySet[Any]:
    """(section, its title and slug, kind, how many, since when) of what waits there."""
    places: QuerySet[Any] = rows.order_by().values(*columns)
    places = places.annotate(
        kind=Value(kind, IntegerField()), n=Count(what, distinct=True), oldest=Min(since)
    )
    return places.values_list(*columns, "kind", "n", "oldest")
