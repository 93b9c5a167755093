"""What the history pages show, read from django-reversion."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Prefetch, Q
from reversion.errors import RevertError
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.tree import subtree
from guide_site.core import words
from moderation.models import Review, Verdict

SHOWN = 12  # how many changed objects a list names before it only counts the rest
MOST_STEPS = 100  # how many differences one page shows


@dataclass
class Step:
    """What one revision did to one entry or section: two states and their difference."""

    target: object
    old: dict
    new: dict
    pieces: list = field(default_factory=list)
    tags_removed: list = field(default_factory=list)
    tags_added: list = field(default_factory=list)

    @property
    def what(self):
        """One word for it."""
        if not self.old:
            return "added"
        if self.new.get("retired_at") and not self.old.get("retired_at"):
            return "retired"
        if self.old.get("retired_at") and not self.new.get("retired_at"):
            return "restored"
        return "edited"


def with_people(revisions):
    """Revisions with author, proposal and approvers, in a fixed number of queries."""
    return revisions.select_related("user", "merge_note__proposal").prefetch_related(
        _approvals("merge_note__proposal__reviews")
    )


def approvers(revision):
    """Who approved the proposal that a revision published."""
    note = getattr(revision, "merge_note", None)
    if note is None:
        return []
    return [
        review.reviewer
        for review in note.proposal.approvals
        if review.version == note.proposal.version
    ]


def latest(count, before=None):
    """The last `count` revisions (older than number `before`), newest first, with their entries.

    Each gets `approvers`, `entries` (at most SHOWN), `sections` and `total`.
    """
    found = Revision.objects.order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    return describe(with_people(found)[:count])


def describe(revisions):
    """Give each revision `approvers`, `entries`, `sections` and `total`: five queries."""
    revisions = list(revisions)
    pks = [revision.pk for revision in revisions]
    kinds = {kind: ContentType.objects.get_for_model(kind) for kind in (Entry, Section)}
    total = dict(
        Version.objects.filter(revision__in=pks, content_type=kinds[Entry])
        .values_list("revision")
        .annotate(Count("pk"))
        .order_by()
    )
    few = [pk for pk in pks if total.get(pk, 0) <= SHOWN]
    touched = {pk: [] for pk in pks}
    rows = Version.objects.filter(revision__in=few, content_type=kinds[Entry])
    for revision, entry in rows.values_list("revision_id", "object_id").order_by("pk"):
        touched[revision].append(int(entry))
    shown = Entry.objects.exclude(kind=EntryKind.KEPT)
    entries = shown.select_related("section").in_bulk(
        {pk for found in touched.values() for pk in found}
    )
    for revision in revisions:
        revision.approvers = approvers(revision)
        revision.total = total.get(revision.pk, 0)
        revision.entries = [entries[pk] for pk in touched[revision.pk] if pk in entries]
    return revisions


def of_entry(entry):
    """Versions of an entry with their revisions and people, newest first."""
    return (
        _versions(Entry, [entry.pk])
        .select_related("revision__user", "revision__merge_note__proposal")
        .prefetch_related(_approvals("revision__merge_note__proposal__reviews"))
        .order_by("-revision_id")
    )


def of_section(section):
    """Numbers of the revisions that touched a section, what is below it, or its entries."""
    places = subtree(section)
    entries = Entry.objects.filter(section__in=places).values_list("pk", flat=True)
    touched = [
        _versions(model, pks).order_by().values("revision_id")
        for model, pks in ((Entry, entries), (Section, places))
    ]
    return Revision.objects.filter(Q(pk__in=touched[0]) | Q(pk__in=touched[1]))


def step(target, old, new):
    """The Step from one state of `target` to another (dicts of fields; {} for “not there”)."""
    text = "title" if isinstance(target, Section) else "body"
    before, after = _tags(old), _tags(new)
    return Step(
        target,
        old,
        new,
        pieces=words.difference(old.get(text, ""), new.get(text, "")),
        tags_removed=[pk for pk in before if pk not in after],
        tags_added=[pk for pk in after if pk not in before],
    )


def name_tags(steps, legend=None):
    """Put LegendTags in place of their numbers.

    legend  {primary key: LegendTag}; without it a query, if some step changed tags
    """
    if any(found.tags_removed or found.tags_added for found in steps):
        legend = legend or LegendTag.objects.in_bulk()
        for found in steps:
            for tags in (found.tags_removed, found.tags_added):
                tags[:] = [legend[pk] for pk in tags if pk in legend]
    return steps


def steps_between(first, last, *, entries=None, sections=None):
    """Steps from revision `first` to `last`; returns (steps, whether there are more).

    entries, sections: primary keys to look at; None looks at all.
    """
    steps, more = [], False
    for model, pks in ((Section, sections), (Entry, entries)):
        newest = _newest(_versions(model, pks).filter(revision__gt=first, revision__lte=last))
        more = more or len(newest) > MOST_STEPS
        newest = newest[:MOST_STEPS]
        if newest:
            steps += _steps(model, newest, first)
    return name_tags(steps), more


def _steps(model, newest, first):
    pks = [version.object_id for version in newest]
    old = {
        v.object_id: fields(v) for v in _newest(_versions(model, pks).filter(revision__lte=first))
    }
    rows = model.objects.all()
    if model is Entry:
        rows = rows.exclude(kind=EntryKind.KEPT).select_related("section")
    targets = rows.in_bulk([int(pk) for pk in pks])
    found = [
        step(targets[int(version.object_id)], old.get(version.object_id, {}), fields(version))
        for version in newest
        if int(version.object_id) in targets
    ]
    return [one for one in found if one.what != "edited" or _is_edit(one)]


def fields(version):
    """The fields of a version; {} if the software can no longer read it."""
    try:
        return version.field_dict
    except (RevertError, LookupError):
        return {}


def _is_edit(found):
    """False for a version that changed nothing to read, such as a position."""
    edited = any(piece.kind != "same" for piece in found.pieces)
    return edited or found.tags_added or found.tags_removed


def _newest(versions):
    """The last of `versions` of each object, in the order of their making: one query."""
    last = versions.order_by().values("object_id").annotate(last=Max("pk")).values("last")
    return list(Version.objects.filter(pk__in=last).order_by("pk")[: MOST_STEPS + 1])


def _versions(model, pks):
    kind = ContentType.objects.get_for_model(model)
    found = Version.objects.filter(db="default", content_type=kind)
    return found if pks is None else found.filter(object_id__in=[str(pk) for pk in pks])


def _approvals(path):
    reviews = Review.objects.filter(verdict=Verdict.APPROVE).select_related("reviewer")
    return Prefetch(path, reviews, to_attr="approvals")


def _tags(state):
    return [int(pk) for pk in state.get("tags", [])]
