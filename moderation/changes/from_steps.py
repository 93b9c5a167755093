"""Steps of an import, or of somebody's edit of a section, as changes of a proposal."""

from entries.actions.positions import FIRST
from entries.models import Entry, LegendTag, Section
from moderation.models import Operation, Subject

_PLACE = ("section_id", "parent_id", "position")


def as_changes(steps):
    """The fields of a Change for each step, in order, as `save_draft` takes them."""
    writer = _Changes()
    return [writer.change(step) for step in steps]


class _Changes:
    """Remembers what is added: places refer to it by its key."""

    def __init__(self):
        self.slugs = dict(LegendTag.objects.values_list("pk", "slug"))
        self.added = set()  # (model, primary key that it has among the steps)

    def change(self, step):
        is_entry = isinstance(step.row, Entry)
        fields = self._entry(step) if is_entry else self._section(step)
        if not step.old:
            key = type(step.row), step.row.pk
            self.added.add(key)
            fields["key"] = key
        return fields

    def _entry(self, step):
        row, old = step.row, step.old
        target = {"subject": Subject.ENTRY, "entry_id": row.pk if old else None}
        target["section_id"] = self._stored_section(old.get("section_id") or row.section_id)
        text = {"body": row.body, "tags": self._tags(step.tags)}
        if not old:
            proposed = text | {"kind": row.kind} | self._place(step)
            return target | {"operation": Operation.ADD, "proposed": proposed}
        base = {"body": old["body"], "tags": self._tags(step.old_tags)}
        if row.retired_at:
            proposed = {"retired_because": row.retired_because, "children": "none"}
            return target | {"operation": Operation.RETIRE, "base": base, "proposed": proposed}
        if old["kind"] != row.kind:
            base, text = base | {"kind": old["kind"]}, text | {"kind": row.kind}
        if all(old[name] == getattr(row, name) for name in _PLACE):
            return target | {"operation": Operation.EDIT, "base": base, "proposed": text}
        stood, place = {"section": old["section_id"], "parent": old["parent_id"]}, self._place(step)
        if text == base:
            return target | {"operation": Operation.MOVE, "base": stood, "proposed": place}
        fields = {"base": base | stood, "proposed": text | place}
        return target | {"operation": Operation.EDIT} | fields

    def _section(self, step):
        row, old = step.row, step.old
        target = {"subject": Subject.SECTION, "section_id": row.pk if old else None}
        if old and row.retired_at:
            proposed = {"retired_because": row.retired_because}
            return target | {"operation": Operation.RETIRE, "base": {}, "proposed": proposed}
        place = {"parent": self._reference(Section, row.parent_id), "after": self._after(step)}
        base, proposed = {}, {"title": row.title}
        if step.tags != step.old_tags:
            base, proposed["tags"] = {"tags": self._tags(step.old_tags)}, self._tags(step.tags)
        if not old:
            return target | {"operation": Operation.ADD, "proposed": proposed | place}
        base |= {"title": old["title"], "parent": old["parent_id"]}
        if (old["parent_id"], old["position"]) != (row.parent_id, row.position):
            proposed |= place
        return target | {"operation": Operation.EDIT, "base": base, "proposed": proposed}

    def _place(self, step):
        return {
            "section": self._reference(Section, step.row.section_id),
            "parent": self._reference(Entry, step.row.parent_id),
            "after": self._after(step),
        }

    def _after(self, step):
        return self._reference(type(step.row), step.previous.pk) if step.previous else FIRST

    def _reference(self, model, pk):
        return {"new": (model, pk)} if (model, pk) in self.added else pk

    def _stored_section(self, pk):
        return None if (Section, pk) in self.added else pk

    def _tags(self, pks):
        return sorted(self.slugs[pk] for pk in pks if pk in self.slugs)
