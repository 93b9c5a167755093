"""Forms that move something to another place in the guide."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from entries.actions.positions import FIRST
from entries.models import Entry, LegendTag, Section
from entries.reading.choices import named_sections
from entries.reading.lines import EntryLine, nest, walk
from entries.reading.tree import Tree
from moderation.changes import places
from moderation.changes.field_types import Values
from moderation.forms.fields import set_choices
from moderation.forms.subjects import ChangeForm


class _MoveForm(ChangeForm):
    """Where a row stands; `place` is a field of each of them."""

    OWN = {"place": "place"}

    def clean(self) -> dict[str, Any]:
        """Refuse the present place, unless other changes of the proposal may move it on."""
        data = super().clean()
        is_alone = "version" not in self.fields and not data.get("into")
        if is_alone and "place" in data and places.stands_at(self.target, self.proposed):
            self.add_error("place", "It stands there already: choose another place.")
        return data


class MoveSectionForm(_MoveForm):
    """Where a section stands, with all below it."""

    place = forms.ChoiceField(label="Its new place")

    @classmethod
    def initial_of(cls, fields: Values) -> Values:
        parent, after = fields.get("parent"), fields.get("after")
        if parent is None and after == FIRST:
            return {"place": "first"}
        return {"place": _place(parent, after, first=f"first-{parent}")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = Tree(Section.objects.live().defer("verbatim"))
        own = tree.nodes.get(self.target.pk)
        below = {node.section.pk for node in own.walk()} if own else set()
        listed = [node for node in tree.walk() if node.section.pk not in below]
        self.parents = {node.section.pk: node.section.parent_id for node in listed}
        names = [(n.section.pk, "\u2003" * n.depth + n.section.title) for n in listed]
        choices = [
            ("first", "Before everything, at the top of the guide"),
            ("Behind", [(f"after-{pk}", name) for pk, name in names]),
            ("Below, as the first", [(f"first-{pk}", name) for pk, name in names]),
            ("Below, as the last", [(f"under-{pk}", name) for pk, name in names]),
        ]
        set_choices(self, "place", choices)

    @property
    def proposed(self) -> Values:
        relation, _, number = self.cleaned_data["place"].partition("-")
        pk = int(number) if number else None
        if pk and relation == "after":
            return {"parent": self.parents[pk], "after": pk}
        return {"parent": pk, "after": FIRST if relation == "first" else None}


class MoveEntryForm(_MoveForm):
    """Where an entry stands in the section `to`, with what is nested in it."""

    to = forms.ModelChoiceField(queryset=Section.objects.shown(), widget=forms.HiddenInput)
    place = forms.ChoiceField(required=False, label="Its new place in this section")

    @classmethod
    def initial_of(cls, fields: Values) -> Values:
        return {"place": _place(fields.get("parent"), fields.get("after"), first="first")}

    def __init__(self, *args: Any, to: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = to
        self.initial["to"] = to.pk
        entries = list(Entry.objects.live().filter(section=to))
        self.parents = {entry.pk: entry.parent_id for entry in entries}
        listed = _without(self.target, nest(entries))
        names = [
            (line.row, "\u2003" * depth + line.row.opening_words) for line, depth in walk(listed)
        ]
        choices = [
            ("", "At the end of the section"),
            ("first", "Before everything else in the section"),
            ("Behind", [(f"after-{e.pk}", name) for e, name in names]),
            ("Nested under", [(f"under-{e.pk}", name) for e, name in names if e.is_listed]),
        ]
        set_choices(self, "place", choices)

    @property
    def proposed(self) -> Values:
        relation, _, number = self.cleaned_data["place"].partition("-")
        pk = int(number) if number else None
        parent = pk if relation == "under" else self.parents[pk] if pk else None
        after = pk if relation == "after" else FIRST if relation == "first" else None
        return {"section": self.section.pk, "parent": parent, "after": after}


class MoveLegendTagForm(_MoveForm):
    """Where a sign stands in the legend, and so in the margin of an entry with several."""

    place = forms.ChoiceField(label="Its new place in the legend")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signs = list(LegendTag.objects.live())
        others = [tag for tag in signs if tag != self.target]
        number = signs.index(self.target) if self.target in signs else 0
        stands = str(signs[number - 1].pk) if number else FIRST
        self.initial.setdefault("place", stands)
        choices = [
            (FIRST, "Before all others"),
            ("Behind", [(str(tag.pk), str(tag)) for tag in others]),
        ]
        set_choices(self, "place", choices)

    @classmethod
    def initial_of(cls, fields: Values) -> Values:
        return {"place": str(fields["after"])} if fields.get("after") else {}

    @property
    def proposed(self) -> Values:
        place = self.cleaned_data["place"]
        return {"after": FIRST if place == FIRST else int(place)}


def destinations() -> list[tuple[Section, str]]:
    """The sections that an entry can move to, with their names."""
    return named_sections(Section.objects.shown().defer("verbatim"))


def _place(parent: int | None, after: int | str | None, *, first: str) -> str:
    """A place of a change as a choice of the form.

    first  the choice for the place before all siblings
    """
    if after:
        return first if after == FIRST else f"after-{after}"
    return f"under-{parent}" if parent else ""


def _without(target: Entry, lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Lines, at all depths, without `target` and what is nested in it."""
    return tuple(
        replace(line, nested=_without(target, line.nested)) for line in lines if line.row != target
    )
