"""What the history pages show, read from django-reversion."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Q
from reversion.errors import RevertError
from reversion.models import Revision, Version

from entries.models import Entry, LegendTag, Section
from entries.tree import subtree
from guide_site.core import words
from moderation.models import Verdict

SHOWN = 12  # how many changed objects a list names before it only counts the rest


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
        "merge_note__proposal__reviews__reviewer"
    )


def approvers(revision):
    """Who approved the proposal that a revision published."""
    note = getattr(revision, "merge_note", None)
    if note is None:
        return []
    return [
        review.reviewer
        for review in note.proposal.reviews.all()
        if review.verdict == Verdict.APPROVE and review.version == note.proposal.version
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
    entries = Entry.objects.select_related("section").in_bulk(
        {pk for found in touched.values() for pk in found}
    )
    for revision in revisions:
        revision.approvers = approvers(revision)
        revision.total = total.get(revision.pk, 0)
        revision.entries = [entries[pk] for pk in touched[revision.pk] if pk in entries]
    return revisions


def of_entry(entry):
    """Versions of an entry, newest first."""
    return _versions(Entry, [entry.pk]).order_by("-revision_id")


def of_section(section):
    """Numbers of the revisions that touched a section, what is below it, or its entries."""
    places = subtree(section)
    entries = Entry.objects.filter(section__in=places).values_list("pk", flat=True)
    touched = [
        _versions(model, pks).order_by().values("revision_id")
        for model, pks in ((Entry, entries), (Section, places))
    ]
    return Revision.objects.filter(Q(pk__in=touched[0]) | Q(pk__in=touched[1]))


def step(target, old, new, legend):
    """The Step from one state of `target` to another (dicts of fields; {} for “not there”)."""
    text = "title" if isinstance(target, Section) else "body"
    before, after = _tag_set(old, legend), _tag_set(new, legend)
    return Step(
        target,
        old,
        new,
        pieces=words.difference(old.get(text, ""), new.get(text, "")),
        tags_removed=[tag for tag in before if tag not in after],
        tags_added=[tag for tag in after if tag not in before],
    )


def steps_between(targets, first, last, limit=100):
    """Steps of the entries and sections in `targets` from revision `first` to `last`.

    targets: {model: primary keys}, or None for all. Returns (steps, how many were left out).
    """
    legend = {tag.pk: tag for tag in LegendTag.objects.all()}
    steps, left_out = [], 0
    for model in (Section, Entry):
        versions = _versions(model, targets and targets[model])
        changed = list(
            versions.filter(revision__gt=first, revision__lte=last)
            .values_list("object_id", flat=True)
            .order_by("object_id")
            .distinct()
        )
        left_out += max(0, len(changed) - limit)
        old, new = (_states(model, changed[:limit], at) for at in (first, last))
        objects = model.objects.in_bulk([int(pk) for pk in new])
        for pk in sorted(new, key=int):
            if int(pk) in objects:
                found = step(objects[int(pk)], old.get(pk, {}), new[pk], legend)
                if found.pieces and (found.what != "edited" or _changed(found)):
                    steps.append(found)
    return steps, left_out


def fields(version):
    """The fields of a version; {} if the software can no longer read it."""
    try:
        return version.field_dict
    except (RevertError, LookupError):
        return {}


def _changed(found):
    edited = any(piece.kind != "same" for piece in found.pieces)
    return edited or found.tags_added or found.tags_removed


def _states(model, pks, at):
    """Fields of each object as revision number `at` left it, by object_id."""
    newest = (
        _versions(model, pks)
        .filter(revision__lte=at)
        .values("object_id")
        .annotate(last=Max("pk"))
        .values("last")
        .order_by()
    )
    return {v.object_id: fields(v) for v in Version.objects.filter(pk__in=newest)}


def _versions(model, pks):
    kind = ContentType.objects.get_for_model(model)
    found = Version.objects.filter(db="default", content_type=kind)
    return found if pks is None else found.filter(object_id__in=[str(pk) for pk in pks])


def _tag_set(state, legend):
    return [legend[pk] for pk in map(int, state.get("tags", [])) if pk in legend]
