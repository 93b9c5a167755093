"""What a file changes in texts that follow facts, as changes of these facts.

A changed cell of the matrix is a change of an offering, a date of the releases table is one of a
service, and a line of the legend is one of its tag. What no change can say of them is told
instead, with the place where it is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from entries.actions import explanations, facts_following
from entries.actions.steps import Step, copy_with
from entries.markdown import front_matter
from entries.models import GUIDE, Entry, Guide, LegendTag
from guide_site.core.history import Written
from moderation.changes import elsewhere
from moderation.changes.elsewhere import Elsewhere
from moderation.changes.field_types import Values
from moderation.changes.versions import snapshot
from moderation.models import Operation, Subject
from services.models import Capability, Offering, Provider, Service
from services.tables import following

_TEXT = ("body", "kind", "verbatim")
_LONGEST_LABEL = 40  # characters


@dataclass(frozen=True)
class Catalogue:
    """What the tables of the guide say, by primary key, in the order of the matrix."""

    services: dict[int, Values]
    offerings: dict[int, Values]
    rows: dict[int, str]
    providers: frozenset[str]

    @classmethod
    def now(cls) -> Catalogue:
        """The catalogue as it is."""
        services = Service.objects.select_related("provider", "group").prefetch_related("tags")
        offerings = Offering.objects.select_related("provider", "service")
        offerings = offerings.order_by("capability__position", "position", "pk")
        rows = Capability.objects.order_by("position", "pk")
        return cls(
            {row.pk: snapshot(row) for row in services},
            {row.pk: snapshot(row) for row in offerings},
            dict(rows.values_list("pk", "name")),
            frozenset(Provider.objects.values_list("slug", flat=True)),
        )

    def written(self, after: Catalogue) -> Written:
        """What differs, as if a revision had written all of it."""
        return {
            Service: {*self.services, *after.services},
            Offering: {*self.offerings, *after.offerings},
            Capability: {*self.rows, *after.rows},
        }

    def changes(self, after: Catalogue, columns: Collection[str]) -> Iterator[Values]:
        """The fields of a Change for each service and offering that differs.

        columns  slugs of the providers that have a column: what others have stays
        """
        for pk, values in after.services.items():
            yield from _change(Subject.SERVICE, pk, self.services.get(pk), values)
        yield from self._changes_of_cells(after, columns)

    def _changes_of_cells(self, after: Catalogue, columns: Collection[str]) -> Iterator[Values]:
        gone, come = defaultdict(list), defaultdict(list)
        for pk, values in self.offerings.items():
            if pk in after.offerings:
                yield from _change(Subject.OFFERING, pk, values, after.offerings[pk])
            elif values["provider"] in columns:
                gone[_cell(values)].append((pk, values))
        for pk, values in after.offerings.items():
            if pk not in self.offerings and values["provider"] in self.providers:
                come[_cell(values)].append(self._addition(values, after))
        for cell in dict.fromkeys([*gone, *come]):
            yield from _changes_of_cell(gone[cell], come[cell])

    def _addition(self, values: Values, after: Catalogue) -> Values:
        row = values["capability"]
        place = {} if row in self.rows else {"capability": None, "row": after.rows[row]}
        is_known = Service.objects.filter(slug=values["service"], pk__in=self.services).exists()
        return values | place | ({} if is_known else {"service": ""})

    def says_all_of(self, after: Catalogue) -> bool:
        """False if anything differs that is no fact of an offering.

        Rows were renamed, taken out or put elsewhere, a new one is empty, a cell has another
        order than its changes give it, or there is a new provider.
        """
        known, rows = list(self.rows), list(after.rows)
        filled = {values["capability"] for values in after.offerings.values()}
        return (
            after.providers == self.providers
            and rows[: len(known)] == known
            and self.rows.items() <= after.rows.items()
            and filled.issuperset(rows[len(known) :])
            and self._orders(after)
        )

    def _orders(self, after: Catalogue) -> bool:
        """True if the changes bring all cells into their order."""
        here, there = self._cells(), after._cells()
        return all(_changed_order(here[cell], pks) == pks for cell, pks in there.items())

    def _cells(self) -> defaultdict[tuple[int, str], list[int]]:
        cells = defaultdict(list)
        for pk, values in self.offerings.items():
            cells[_cell(values)].append(pk)
        return cells


def lines_of_legend() -> dict[int, list[LegendTag]]:
    """The tags that are explained in the legend, by the primary key of their text."""
    found: dict[int, list[LegendTag]] = {}
    for line in explanations.find(list(LegendTag.objects.live())):
        found.setdefault(line.bullet.pk, []).append(line.tag)
    return found


def changes_of_legend(
    step: Step, tags: Iterable[LegendTag]
) -> tuple[list[Values], Elsewhere | None]:
    """The changes of tags that their text in the legend asks for; and where to do what is left."""
    row = cast(Entry, step.row)
    changes: list[Values] = []
    body = step.old["body"]
    for tag in tags:
        changes += _changes_of_tag(step, row, tag)
        body = explanations.written(tag, body)
    is_all = body == row.body
    return changes, None if is_all else elsewhere.place_of(Entry.objects.get(pk=row.pk))


def _changes_of_tag(step: Step, row: Entry, tag: LegendTag) -> list[Values]:
    """The change of a tag, which then has what the text says."""
    old = snapshot(tag)
    label, meaning = explanations.said_of(tag, row.body)
    wanted = {"label": label if len(label) <= _LONGEST_LABEL else tag.label, "meaning": meaning}
    here = Entry.objects.get(pk=row.pk)
    if step.old["body"] != here.body:  # the guide changed it since the file was made
        old |= zip(wanted, explanations.said_of(tag, step.old["body"]), strict=True)
    changes = list(_change(Subject.LEGEND_TAG, tag.pk, old, old | wanted))
    tag.label, tag.meaning = wanted["label"], wanted["meaning"]
    return changes


def change_of_front_matter(step: Step) -> tuple[list[Values], Elsewhere | None]:
    """The changes of the guide's facts that its front matter asks for; and where to do the rest."""
    row = cast(Entry, step.row)
    old, guide = step.old.get("body", ""), snapshot(Guide.current())
    wanted = facts_following.changed_facts(old, row.body)
    seen = guide | front_matter.facts_of(old)[0]
    changes = list(_change(Subject.GUIDE, GUIDE, seen, seen | wanted))
    is_all = front_matter.with_facts(old, front_matter.facts_of(row.body)[0]) == row.body
    return changes, None if is_all else elsewhere.FRONT_MATTER


def follows_facts(step: Step, lines: Collection[int]) -> bool:
    """True if a step of an import writes a text that follows facts.

    lines  as `lines_of_legend` returned them before the import
    """
    row = step.row
    if not isinstance(row, Entry):
        return False
    if facts_following.is_front_matter(row):
        return step.what in ("added", "edited")
    if row.pk in lines:
        return step.what == "edited"
    if row.is_listed or not row.is_live or step.what not in ("added", "edited"):
        return False
    texts = [row.body, *([step.old["body"]] if step.old else [])]
    return any(map(following.table_in_step, texts))


def without_text(step: Step) -> Step | None:
    """What else a step does to its row, such as a move; None for nothing."""
    if not step.old:
        return None
    row = copy_with(step.row, {name: step.old[name] for name in _TEXT})
    rest = replace(step, row=row, tags=step.old_tags)
    return rest if rest.what in ("edited", "moved") else None


def left_out(steps: Iterable[Step], before: Catalogue, after: Catalogue) -> list[Elsewhere | None]:
    """Where to change what tables say beyond the facts that differ. Writes the tables again."""
    says_all = before.says_all_of(after)
    asked = [(step, step.row) for step in steps if isinstance(step.row, Entry)]
    asked = [(s, row) for s, row in asked if not facts_following.is_front_matter(row)]
    tables = {step: row.body for step, row in asked if not row.is_listed}
    rows = {step: Entry.objects.get(pk=step.row.pk) for step in tables}
    for step, row in rows.items():
        copy_with(row, {name: step.old[name] for name in _TEXT if step.old}).save()
    if tables:
        following.bring_in_step(before.written(after))
    for row in rows.values():
        row.refresh_from_db(fields=["body"])
    return [
        elsewhere.of_text(text) or elsewhere.of_text(step.old.get("body", ""))
        for step, text in tables.items()
        if not (step.old and says_all and _cells(rows[step].body) == _cells(text))
    ]


def _changes_of_cell(gone: list[tuple[int, Values]], come: list[Values]) -> Iterator[Values]:
    """What goes and what comes; one of each is another name for what is there."""
    if len(gone) == len(come) == 1:
        (pk, old), new = gone[0], come[0]
        yield from _change(Subject.OFFERING, pk, old, old | new)
        return
    for pk, old in gone:
        yield _fields(Subject.OFFERING, Operation.RETIRE, pk, old, {})
    for new in come:
        yield _fields(Subject.OFFERING, Operation.ADD, None, {}, new)


def _changed_order(here: list[int], there: list[int]) -> list[int]:
    """The order in which the changes of a cell leave what it shall hold: what comes is last."""
    come = [pk for pk in there if pk not in here]
    gone = [pk for pk in here if pk not in there]
    if len(gone) == len(come) == 1:
        return [come[0] if pk in gone else pk for pk in here]
    return [pk for pk in here if pk not in gone] + come


def _cells(body: str) -> list[list[str]]:
    """The cells of each row; rows of the catalogue have an order of their own."""
    return sorted([part.strip() for part in line.split("|")] for line in body.splitlines())


def _cell(values: Values) -> tuple[int, str]:
    return values["capability"], values["provider"]


def _change(subject: Subject, pk: int, old: Values | None, new: Values) -> Iterator[Values]:
    """An addition, an edit, or nothing."""
    if old is None:
        yield _fields(subject, Operation.ADD, None, {}, new)
    elif differs := {name: value for name, value in new.items() if old.get(name) != value}:
        yield _fields(subject, Operation.EDIT, pk, old, differs)


def _fields(
    subject: Subject, operation: Operation, pk: int | None, base: Values, proposed: Values
) -> Values:
    target = {"subject": subject, "operation": operation, f"{subject}_id": pk}
    return target | {"base": base, "proposed": proposed}
