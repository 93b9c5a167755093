"""The difference between a file and the guide as a proposal, instead of an import."""

from django.db import transaction

from entries import importing
from entries.actions import FIRST
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from moderation.actions import Refused, send
from moderation.models import Change, Operation, Proposal, Subject
from moderation.references import to_change

_PLACE = ("section_id", "parent_id", "position")


class _Undo(Exception):
    """Ends the trial import, whose rows must not stay."""


def propose(guide, *, by, title, because, replace=False):
    """Send a proposal of user `by` that makes the guide what the parsed `guide` says.

    Returns (proposal, report); the proposal is None if nothing differs. Raises Refused, or
    AnotherGuide as the import does. Source lines that differ only in their spacing stay.
    """
    with history.writing():
        report = _trial(guide, title, because, replace)
        if not report.steps:
            return None, report
        if _brings_a_legend(guide):
            raise Refused("The file brings legend signs that the guide does not have: import it.")
        proposal = Proposal(author=by, title=title)
        proposal.full_clean(validate_constraints=False)
        proposal.save()
        _Changes(proposal).add(report.steps)
        send(proposal, by=by)
    return proposal, report


def _trial(guide, title, because, replace):
    """Import, look at what was done, and take it back."""
    try:
        with transaction.atomic(), history.revision(by=None, comment=title):
            report = importing.write(guide, because=because, replace=replace)
            raise _Undo
    except _Undo:
        return report


def _brings_a_legend(guide):
    known = set(LegendTag.objects.values_list("sign", flat=True))
    return any(sign not in known for sign, _ in guide.legend)


class _Changes:
    """Turns the steps of the trial into changes; what it added is referred to by change."""

    def __init__(self, proposal):
        self.proposal = proposal
        self.slugs = dict(LegendTag.objects.values_list("pk", "slug"))
        self.added = {}  # (model, primary key in the trial): Change

    def add(self, steps):
        for position, step in enumerate(steps):
            is_entry = isinstance(step.row, Entry)
            fields = self._entry(step) if is_entry else self._section(step)
            change = Change.objects.create(proposal=self.proposal, position=position, **fields)
            if not step.old:
                self.added[type(step.row), step.row.pk] = change

    def _entry(self, step):
        row, old = step.row, step.old
        target = {"subject": Subject.ENTRY, "entry": row if old else None}
        target["section"] = self._stored_section(old.get("section_id") or row.section_id)
        text = {"body": row.body, "tags": self._tags(step.tags)}
        if not old:
            proposed = text | {"kind": row.kind} | self._place(step)
            return target | {"operation": Operation.ADD, "proposed": proposed}
        base = {"body": old["body"], "tags": self._tags(step.old_tags)}
        if row.retired_at:
            proposed = {"retired_because": row.retired_because, "children": "along"}
            return target | {"operation": Operation.RETIRE, "base": base, "proposed": proposed}
        if old["kind"] != row.kind:
            base, text = base | {"kind": old["kind"]}, text | {"kind": row.kind}
        if all(old[name] == getattr(row, name) for name in _PLACE):
            return target | {"operation": Operation.EDIT, "base": base, "proposed": text}
        stood = {"section": old["section_id"], "parent": old["parent_id"]}
        if text == base:
            return target | {
                "operation": Operation.MOVE,
                "base": stood,
                "proposed": self._place(step),
            }
        proposed = text | self._place(step)
        return target | {"operation": Operation.EDIT, "base": base | stood, "proposed": proposed}

    def _section(self, step):
        row, old = step.row, step.old
        target = {"subject": Subject.SECTION, "section": row if old else None}
        if old and row.retired_at:
            proposed = {"retired_because": row.retired_because}
            return target | {"operation": Operation.RETIRE, "proposed": proposed}
        proposed = {
            "title": row.title,
            "parent": self._reference(Section, row.parent_id),
            "after": self._after(step),
        }
        if not old:
            return target | {"operation": Operation.ADD, "proposed": proposed}
        base = {"title": old["title"], "parent": old["parent_id"]}
        if (old["parent_id"], old["position"]) == (row.parent_id, row.position):
            proposed = {"title": row.title}
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
        change = self.added.get((model, pk))
        return to_change(change) if change else pk

    def _stored_section(self, pk):
        return None if (Section, pk) in self.added else Section.objects.get(pk=pk)

    def _tags(self, pks):
        return sorted(self.slugs[pk] for pk in pks if pk in self.slugs)
