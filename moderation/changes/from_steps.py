"""Steps of an import, or of an edit of a section, as changes of a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from entries.actions.positions import FIRST
from entries.actions.steps import Step
from entries.models import Entry, LegendTag, Section
from entries.section_editor.split_and_join import AnyStep, Content, Join, Split
from guide_site.core import history
from moderation.changes import places
from moderation.changes.field_types import Values
from moderation.models import Operation, Subject

Key = tuple[type[Entry] | type[Section], int]  # of an addition: its primary key among the steps
_PLACE = ("section_id", "parent_id", "position")


def as_changes(steps: Iterable[AnyStep], seen: int | None = None) -> list[Values]:
    """The fields of a Change for each step, in order, as `save_draft` takes them.

    seen   number of the revision that the steps start from; None: the guide as it is
    """
    writer = _Changes(history.generation() if seen is None else seen)
    return [fields for step in steps for fields in writer.changes(step)]


class _Changes:
    """Remembers what is added, so that places can refer to it by its key."""

    def __init__(self, seen: int) -> None:
        self.seen = seen
        self.slugs = dict(LegendTag.objects.values_list("pk", "slug"))
        self.added: set[Key] = set()

    def changes(self, step: AnyStep) -> Iterator[Values]:
        """The fields of the Changes for one step: two for a row that comes back and moves."""
        if isinstance(step, Step) and step.old.get("retired_at") and not step.row.retired_at:
            yield self._restoration(step)
            if isinstance(step.row, Section) or not self._is_moved(step):
                return
            before = {"section": step.old["section_id"], "parent": step.old["parent_id"]}
            place = self._place(step, step.row)
            yield self._operation(Operation.MOVE, step, place) | {"base": before}
        else:
            yield self.change(step)

    def _restoration(self, step: Step) -> Values:
        row = step.row
        if isinstance(row, Section):
            target = {"subject": Subject.SECTION, "section_id": row.pk}
            return target | {"operation": Operation.RESTORE, "base": {}, "proposed": {}}
        text = {"body": row.body, "tags": self._tags(step.tags)}
        return self._operation(Operation.RESTORE, step, text)

    def _is_moved(self, step: Step) -> bool:
        return any(step.old[name] != getattr(step.row, name) for name in _PLACE[:2])

    def change(self, step: AnyStep) -> Values:
        """The fields of the Change for one step that brings nothing back."""
        if isinstance(step, Split):
            first, *rest = [self._content(content) for content in step.contents]
            return self._operation(Operation.SPLIT, step.row, first | {"rest": rest})
        if isinstance(step, Join):
            proposed = self._content(step.content) | {"other": step.other.row.pk}
            fields = self._operation(Operation.JOIN, step.row, proposed)
            fields["base"]["joined"] = [self._old_content(step.other)]
            return fields
        row = step.row
        fields = self._entry(step, row) if isinstance(row, Entry) else self._section(step, row)
        if not step.old:
            key = type(row), row.pk
            self.added.add(key)
            fields["key"] = key
        return fields

    def _entry(self, step: Step, row: Entry) -> Values:
        old = step.old
        target: Values = {"subject": Subject.ENTRY, "entry_id": row.pk if old else None}
        target["section_id"] = self._stored_section(old.get("section_id") or row.section_id)
        text: Values = {"body": row.body, "tags": self._tags(step.tags)}
        if not old:
            proposed = text | {"kind": row.kind} | self._place(step, row)
            return target | {"operation": Operation.ADD, "proposed": proposed}
        base = self._old_content(step)
        if row.retired_at:
            proposed = {"retired_because": row.retired_because, "children": "none"}
            return target | {"operation": Operation.RETIRE, "base": base, "proposed": proposed}
        if old["kind"] != row.kind:
            base, text = base | {"kind": old["kind"]}, text | {"kind": row.kind}
        if all(old[name] == getattr(row, name) for name in _PLACE):
            return target | {"operation": Operation.EDIT, "base": base, "proposed": text}
        before = self._place_before(step)
        place = self._place(step, row)
        if text == base:
            return target | {"operation": Operation.MOVE, "base": before, "proposed": place}
        fields = {"base": base | before, "proposed": text | place}
        return target | {"operation": Operation.EDIT} | fields

    def _operation(self, operation: Operation, step: Step, proposed: Values) -> Values:
        return {
            "subject": Subject.ENTRY,
            "operation": operation,
            "entry_id": step.row.pk,
            "section_id": step.old["section_id"],
            "base": self._old_content(step),
            "proposed": proposed,
        }

    def _content(self, content: Content) -> Values:
        return {"body": content.body, "tags": self._tags(content.tags)}

    def _old_content(self, step: Step) -> Values:
        return {"body": step.old["body"], "tags": self._tags(step.old_tags)}

    def _section(self, step: Step, row: Section) -> Values:
        old = step.old
        target: Values = {"subject": Subject.SECTION, "section_id": row.pk if old else None}
        if old and row.retired_at:
            reason = {"retired_because": row.retired_because}
            return target | {"operation": Operation.RETIRE, "base": {}, "proposed": reason}
        place = {"parent": self._reference(Section, row.parent_id), "after": self._after(step)}
        base: Values = {}
        proposed: Values = {"title": row.title}
        if step.tags != step.old_tags:
            base, proposed["tags"] = {"tags": self._tags(step.old_tags)}, self._tags(step.tags)
        if not old:
            return target | {"operation": Operation.ADD, "proposed": proposed | place}
        base["title"] = old["title"]
        if (old["parent_id"], old["position"]) != (row.parent_id, row.position):
            base |= self._place_before(step)
            proposed |= place
        return target | {"operation": Operation.EDIT, "base": base, "proposed": proposed}

    def _place(self, step: Step, row: Entry) -> Values:
        return {
            "section": self._reference(Section, row.section_id),
            "parent": self._reference(Entry, row.parent_id),
            "after": self._after(step),
        }

    def _place_before(self, step: Step) -> Values:
        """Where a row stood, as the base of a move holds it: positions of steps are their own.

        Who made a file may have seen another place than the guide had at last.
        """
        model = type(step.row)
        seen = places.place_at(model._default_manager.get(pk=step.row.pk), self.seen)
        above = places.above_in(model, step.old)
        return seen if above == {name: seen[name] for name in above} else above

    def _after(self, step: Step) -> Any:
        return self._reference(type(step.row), step.previous.pk) if step.previous else FIRST

    def _reference(self, model: type[Entry] | type[Section], pk: int | None) -> Any:
        return {"new": (model, pk)} if (model, pk) in self.added else pk

    def _stored_section(self, pk: int) -> int | None:
        return None if (Section, pk) in self.added else pk

    def _tags(self, pks: Iterable[int]) -> list[str]:
        return sorted(self.slugs[pk] for pk in pks if pk in self.slugs)
