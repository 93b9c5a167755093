"""Revisions with their people and the entries they touched, for the pages of the history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind, Section
from entries.reading.tree import subtree
from guide_site.models import User
from guide_site.public.history.steps import versions_of
from moderation.models import MergeNote, Proposal, Review, Verdict

SHOWN = 12  # how many changed entries a list names before it only counts them


@dataclass(frozen=True, eq=False)
class RevisionLine:
    """A revision with its people. Made by `revision_lines`.

    proposal   the one that it published, or None
    approvers  who approved that proposal (None: an account that is gone), and
    editors    the reviewers who wrote words of it, if they were read
    """

    row: Revision
    proposal: Proposal | None
    approvers: tuple[User | None, ...] = ()
    editors: tuple[User, ...] = ()


@dataclass(frozen=True, eq=False)
class RevisionSummary:
    """A revision in a list. Made by `summaries`.

    entries  the entries that it touched; none if they are more than SHOWN, or were not read
    total    how many entries it touched; 0 if they were not counted
    """

    line: RevisionLine
    entries: Sequence[Entry] = ()
    total: int = 0


def with_people(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Revisions with author and proposal, as `revision_lines` reads them, in the same query."""
    return revisions.select_related("user", "merge_note__proposal")


def revision_lines(
    revisions: Iterable[Revision], *, with_approvers: bool = True
) -> list[RevisionLine]:
    """Revisions with their people; they come from `with_people`.

    with_approvers   with those who approved and edited their proposals

    Two queries for these people, if they are asked for and any has a proposal.
    """
    rows = [(revision, _proposal(revision)) for revision in revisions]
    published = [proposal for _, proposal in rows if proposal]
    approvers: dict[int, list[User | None]] = {proposal.pk: [] for proposal in published}
    editors: dict[int, list[User]] = {proposal.pk: [] for proposal in published}
    if with_approvers and published:
        written = MergeNote.editors.through.objects.filter(mergenote__proposal__in=published)
        for row in written.select_related("user", "mergenote").order_by("pk"):
            editors[row.mergenote.proposal_id].append(row.user)
        approvals = Review.objects.filter(
            verdict=Verdict.APPROVE, proposal__in=published, version=F("proposal__version")
        )
        for review in approvals.select_related("reviewer"):
            approvers[review.proposal_id].append(review.reviewer)
    return [
        RevisionLine(
            revision,
            proposal,
            tuple(approvers[proposal.pk]) if proposal else (),
            tuple(editors[proposal.pk]) if proposal else (),
        )
        for revision, proposal in rows
    ]


def _proposal(revision: Revision) -> Proposal | None:
    note = getattr(revision, "merge_note", None)
    proposal: Proposal | None = note.proposal if note else None
    return proposal


def latest(count: int, before: int | None = None) -> list[RevisionSummary]:
    """The last `count` revisions (older than number `before`), newest first."""
    revisions = Revision.objects.order_by("-pk")
    if before:
        revisions = revisions.filter(pk__lt=before)
    return summaries(with_people(revisions)[:count])


def summaries(revisions: Iterable[Revision]) -> list[RevisionSummary]:
    """Revisions with people and entries; they come from `with_people`. Four queries more."""
    rows = list(revisions)
    pks = [row.pk for row in rows]
    kind = ContentType.objects.get_for_model(Entry)
    touching = Version.objects.filter(content_type=kind)
    counted = touching.filter(revision__in=pks).values_list("revision").order_by()
    total = dict(counted.annotate(Count("pk")))
    few = [pk for pk in pks if total.get(pk, 0) <= SHOWN]
    touched: dict[int, list[int]] = {pk: [] for pk in pks}
    versions = touching.filter(revision__in=few).order_by("pk")
    for revision, entry in versions.values_list("revision_id", "object_id"):
        touched[revision].append(int(entry))
    shown = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section")
    entries = shown.in_bulk({pk for entries in touched.values() for pk in entries})
    return [
        RevisionSummary(
            line=line,
            entries=[entries[pk] for pk in touched[line.row.pk] if pk in entries],
            total=total.get(line.row.pk, 0),
        )
        for line in revision_lines(rows)
    ]


def of_entry(entry: Entry) -> QuerySet[Version]:
    """Versions of an entry with their revisions and people, newest first."""
    people = ("revision__user", "revision__merge_note__proposal")
    return versions_of(Entry, [entry.pk]).select_related(*people).order_by("-revision_id")


def of_section(section: Section) -> QuerySet[Revision]:
    """The revisions that touched a section, what is below it, or its entries."""
    places = subtree(section)
    entries = Entry.objects.filter(section__in=places).values_list("pk", flat=True)
    touched = [
        versions_of(model, pks).order_by().values("revision_id")
        for model, pks in ((Entry, entries), (Section, places))
    ]
    return Revision.objects.filter(Q(pk__in=touched[0]) | Q(pk__in=touched[1]))
