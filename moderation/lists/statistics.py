"""How moderation is doing, in figures that everybody may see: six queries, whatever there is."""

import datetime
import statistics
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, IntegerField, Min, OuterRef, Q, Subquery, Value
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
SENT = "sent"


@dataclass
class Month:
    """What came and went in a month. `answers`: how long the first answer to each took."""

    start: datetime.date
    sent: int = 0
    merged: int = 0
    declined: int = 0
    answers: list = field(default_factory=list)
    unanswered: int = 0

    @property
    def first_answer(self):
        """The median time to a first answer, in words, or ""."""
        return in_words(statistics.median(self.answers)) if self.answers else ""


@dataclass
class Place:
    """What waits in a section."""

    title: str
    slug: str
    proposals: int = 0
    oldest: str = ""
    reports: int = 0


@dataclass
class Health:
    """The figures of the page; ages in words, "" where there is nothing to tell."""

    waiting: int
    with_authors: int
    median_age: str
    oldest_age: str
    reports: int
    first_answer: str
    months: list
    places: list


def health(now=None):
    """The Health at a time (now)."""
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
        first_answer=in_words(statistics.median(answers)) if answers else "",
        months=months,
        places=places[:MOST_PLACES],
    )


def in_words(span):
    """A span of time (timedelta) in its largest sensible unit."""
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


def _median_age(waiting, now):
    if not waiting:
        return ""
    middle = (waiting - 1) // 2
    times = Proposal.objects.open().values_list("opened_at", flat=True)
    found = times[middle : middle + 2 - waiting % 2]
    return in_words(statistics.median([now - opened for opened in found] or [now - now]))


def _months(now):
    """The last MONTHS months, the oldest first."""
    number = now.year * 12 + now.month - 1
    starts = [datetime.date(n // 12, n % 12 + 1, 1) for n in range(number + 1 - MONTHS, number + 1)]
    months = {start: Month(start) for start in starts}
    since = datetime.datetime(starts[0].year, starts[0].month, 1, tzinfo=datetime.UTC)
    for start, what, count in _came_and_went(since, now):
        setattr(months[start.date()], what, count)
    for opened, answered in _answers(since, now):
        month = months[opened.astimezone(datetime.UTC).date().replace(day=1)]
        if answered:
            month.answers.append(answered - opened)
        else:
            month.unanswered += 1
    return list(months.values())


def _came_and_went(since, now):
    """(start of a month, what, how many): sent, merged and declined, in one query."""

    def per_month(time, what, found):
        found = found.filter(**{f"{time}__gte": since, f"{time}__lte": now})
        month = TruncMonth(time, tzinfo=datetime.UTC)
        return found.order_by().annotate(month=month, what=what).values_list("month", "what")

    sent = per_month("opened_at", Value(SENT, CharField()), Proposal.objects.all())
    closed = Proposal.objects.filter(status__in=[Status.MERGED, Status.DECLINED])
    closed = per_month("closed_at", F("status"), closed)
    both = sent.annotate(n=Count("pk")).union(closed.annotate(n=Count("pk")), all=True)
    return both.order_by()


def _answers(since, now):
    """(when it was sent, when somebody else first answered, or None) of the newest proposals."""
    answer = (
        Event.objects.filter(
            proposal=OuterRef("pk"), what__in=ANSWERS, at__gte=OuterRef("opened_at")
        )
        .filter(Q(by=None) | Q(proposal__author=None) | ~Q(by=F("proposal__author")))
        .order_by("at")
        .values("at")[:1]
    )
    sent = Proposal.objects.public().filter(opened_at__gte=since, opened_at__lte=now)
    # What its author took back before anybody looked was never waited for.
    sent = sent.annotate(answered=Subquery(answer)).exclude(
        status=Status.WITHDRAWN, answered__isnull=True
    )
    return sent.order_by("-opened_at").values_list("opened_at", "answered")[:MOST_ANSWERS]


def _places(now):
    """Sections where something waits, the most first, in one query."""
    columns = ("section", "section__title", "section__slug")
    waiting = Change.objects.filter(proposal__status=Status.OPEN, section__isnull=False)
    told = Report.objects.open()
    proposed = _per_place(waiting, columns, "proposal", "proposal__opened_at", kind=0)
    reported = _per_place(told, [f"entry__{name}" for name in columns], "pk", "at", kind=1)
    found = {}
    rows = proposed.union(reported, all=True).order_by()
    for pk, title, slug, kind, number, oldest in rows:
        place = found.setdefault(pk, Place(title, slug))
        if kind:
            place.reports = number
        else:
            place.proposals, place.oldest = number, in_words(now - oldest)
    return sorted(found.values(), key=lambda p: (-p.proposals, -p.reports, p.title))


def _per_place(rows, columns, what, since, *, kind):
    """(section, its title and slug, kind, how many, since when) of what waits there."""
    return (
        rows.order_by()
        .values(*columns)
        .annotate(kind=Value(kind, IntegerField()), n=Count(what, distinct=True), oldest=Min(since))
        .values_list(*columns, "kind", "n", "oldest")
    )
