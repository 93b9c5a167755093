"""What a revision did to an entry, a section or another row: two states and their difference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model, QuerySet
from reversion.errors import RevertError
from reversion.models import Version

from entries.models import Entry, EntryKind, LegendTag, Section
from guide_site.core import words
from moderation.changes.field_types import Type
from moderation.changes.fields import SNAPSHOTS
from moderation.models import Subject

MOST_STEPS = 100  # how many differences of entries, and of sections, one page shows

_ENTRY_WORDS = [field.name for field in SNAPSHOTS[Subject.ENTRY] if field.type != Type.TAGS]

State = Mapping[str, Any]  # the fields of a row at a revision; {} if it was not there


@dataclass(frozen=True)
class Target:
    """What a step changed, as pages speak of it."""

    title: str
    url: str


@dataclass(frozen=True, eq=False)
class Step:
    """What one revision, or several, did to one row. Made by `step`, or from facts by `recent`.

    old, new  the row before and after
    pieces    the difference of its text
    """

    target: Target
    old: State
    new: State
    pieces: list[words.Piece]
    tags_removed: list[LegendTag]
    tags_added: list[LegendTag]

    @property
    def what(self) -> str:
        """A word or two for it."""
        if not self.old:
            return "split off" if self.new.get("origin_id") else "added"
        if self.new.get("joined_into_id") and not self.old.get("joined_into_id"):
            return "joined"
        if self.new.get("retired_at") and not self.old.get("retired_at"):
            return "retired"
        if self.old.get("retired_at") and not self.new.get("retired_at"):
            return "restored"
        return "edited"

    @property
    def is_readable(self) -> bool:
        """False if nothing changed that a reader could see, such as a position."""
        edited = any(piece.kind != "same" for piece in self.pieces)
        return bool(edited or self.tags_removed or self.tags_added or self.what != "edited")


class Legend:
    """Legend tags by primary key: those given, or one query when the first is asked for."""

    def __init__(self, tags: Iterable[LegendTag] = ()) -> None:
        self._given = {tag.pk: tag for tag in tags}

    @cached_property
    def _tags(self) -> dict[int, LegendTag]:
        return self._given or LegendTag.objects.in_bulk()

    def named(self, pks: list[int]) -> list[LegendTag]:
        """The tags with these primary keys, without those that are gone."""
        return [self._tags[pk] for pk in pks if pk in self._tags]


def step(target: Target, old: State, new: State, texts: tuple[str, str], legend: Legend) -> Step:
    """The Step from one state of a row to another; `texts` are its words before and after."""
    before, after = _tags(old), _tags(new)
    return Step(
        target=target,
        old=old,
        new=new,
        pieces=words.difference(*texts),
        tags_removed=legend.named([pk for pk in before if pk not in after]),
        tags_added=legend.named([pk for pk in after if pk not in before]),
    )


def texts_of(model: type[Model], old: State, new: State) -> tuple[str, str]:
    """The words of a section or entry in two states: its title, or all that its text holds."""
    names = ["title"] if model is Section else _ENTRY_WORDS
    before, after = (
        "\n\n".join(filter(None, (state.get(name, "") for name in names))) for state in (old, new)
    )
    return before, after


def _tags(state: State) -> list[int]:
    return [int(pk) for pk in state.get("tags", [])]


def state_of(version: Version) -> State:
    """The fields of a version; {} if the software can no longer read it."""
    try:
        fields: State = version.field_dict
    except (RevertError, LookupError):
        return {}
    return fields


def versions_of(model: type[Model], pks: Iterable[int] | None) -> QuerySet[Version]:
    """All versions of the rows with these primary keys; None: of all rows of the model."""
    kind = ContentType.objects.get_for_model(model)
    versions = Version.objects.filter(db="default", content_type=kind)
    return versions if pks is None else versions.filter(object_id__in=[str(pk) for pk in pks])


def steps_between(
    first: int,
    last: int,
    *,
    entries: Iterable[int] | None = None,
    sections: Iterable[int] | None = None,
) -> tuple[list[Step], bool]:
    """The Steps from revision `first` to `last`, and whether there are more than MOST_STEPS.

    Arguments:
        first, last: numbers of revisions.
        entries, sections: primary keys to look at; None looks at all.
    """
    steps: list[Step] = []
    more, legend = False, Legend()
    for model, pks in ((Section, sections), (Entry, entries)):
        changed = versions_of(model, pks).filter(revision__gt=first, revision__lte=last)
        newest = _newest(changed)
        more = more or len(newest) > MOST_STEPS
        if newest:
            steps += _steps(model, newest[:MOST_STEPS], first, legend)
    return steps, more


def _newest(versions: QuerySet[Version]) -> list[Version]:
    """The last of `versions` of each object, in the order of their making: one query."""
    last = versions.order_by().values("object_id").annotate(last=Max("pk")).values("last")
    return list(Version.objects.filter(pk__in=last).order_by("pk")[: MOST_STEPS + 1])


def _steps(
    model: type[Section] | type[Entry], newest: list[Version], first: int, legend: Legend
) -> list[Step]:
    pks = [int(version.object_id) for version in newest]
    before = _newest(versions_of(model, pks).filter(revision__lte=first))
    old = {int(version.object_id): state_of(version) for version in before}
    targets = _entries(pks) if model is Entry else _sections(pks)
    made = []
    for version in newest:
        pk = int(version.object_id)
        if target := targets.get(pk):
            was, now = old.get(pk, {}), state_of(version)
            made.append(step(target, was, now, texts_of(model, was, now), legend))
    return [each for each in made if each.is_readable]


def _entries(pks: list[int]) -> dict[int, Target]:
    shown = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section")
    return {pk: target_of(entry) for pk, entry in shown.in_bulk(pks).items()}


def _sections(pks: list[int]) -> dict[int, Target]:
    rows = Section.objects.in_bulk(pks)
    return {pk: Target(row.title, row.get_absolute_url()) for pk, row in rows.items()}


def target_of(entry: Entry) -> Target:
    """An entry as a list of changes speaks of it: after its section."""
    return Target(f"{entry.section.title}: {entry.opening_words}", entry.get_absolute_url())
