"""Forms for changes of everything but the text of entries: one class for each kind of change."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from entries.models import Entry, Section, SectionKind
from entries.reading.lines import EntryLine, walk
from moderation.changes import cascades
from moderation.changes.field_types import Values
from moderation.changes.undo import MOST
from moderation.forms.fields import TagsField, set_choices
from moderation.forms.proposal import ProposalForm


class ChangeForm(ProposalForm):
    """A change of one row of the guide.

    target   the row, or None for an addition
    OWN      {name of a form field: name of the field of the change}
    HEADINGS {name of the first field of a group: heading of the group}
    """

    OWN: ClassVar[Mapping[str, str]] = {}
    HEADINGS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, target: Any = None, **kwargs: Any) -> None:
        self.target = target
        super().__init__(*args, **kwargs)

    @classmethod
    def initial_of(cls, fields: Values) -> Values:
        """Return what the form starts with, from the fields of a change or a snapshot."""
        return {own: fields[name] for own, name in cls.OWN.items() if name in fields}

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields that not every proposal has, in the order of the page."""
        return [self[own] for own in self.OWN if own in self.fields]

    @property
    def headed_fields(self) -> list[tuple[str, forms.BoundField]]:
        """The same, each with the heading above it, or ""."""
        return [(self.HEADINGS.get(field.name, ""), field) for field in self.own_fields]

    @property
    def proposed(self) -> Values:
        """The fields of the change, cleaned."""
        return {name: self.cleaned_data[own] for own, name in self.OWN.items()}

    @property
    def first(self) -> Sequence[Values]:
        """Fields of further Changes that have to come before this one."""
        return []

    @property
    def then(self) -> Sequence[Values]:
        """Fields of further Changes that have to come after this one."""
        return []


class ReasonForm(ChangeForm):
    """Take something out of the guide, with a reason."""

    OWN = {"reason": "retired_because"}
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="Stays with it for everyone to read.",
        error_messages={"required": "Say why the guide should no longer have this."},
    )


class RetireSectionForm(ReasonForm):
    """Take a section out of the guide with what is in it."""

    along = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if held := cascades.held_by(self.target):
            names = _counted(held)
            self.fields["along"].label = f"Retire what is in it along, for the same reason: {names}"
        else:
            del self.fields["along"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.held = cascades.held_by(self.target, data.get("into"))
        if "along" in self.fields and self.held and not data["along"]:
            self.add_error("along", "First move it elsewhere, in the same proposal.")
        elif len(self.held) >= MOST:
            self.add_error("along", f"More than {MOST} changes: retire it in several proposals.")
        return data

    @property
    def first(self) -> Sequence[Values]:
        return cascades.retirements(self.held, self.cleaned_data["reason"])


class PlainForm(ChangeForm):
    """A change that needs only a summary: emptying a cell, bringing something back."""


class RestoreSectionForm(PlainForm):
    """Bring a section back, with what retired together with it."""

    along = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = cascades.retired_with_section(self.target)
        if self.held:
            names = _counted(self.held)
            self.fields["along"].label = f"Bring back what retired with it: {names}"
        else:
            del self.fields["along"]

    def clean_along(self) -> bool:
        """Refuse more changes than fit into a proposal."""
        along: bool = self.cleaned_data["along"]
        if along and len(self.held) >= MOST:
            raise forms.ValidationError(
                f"More than {MOST} changes: bring back the section alone, then those below it."
            )
        return along

    @property
    def then(self) -> Sequence[Values]:
        return cascades.restorations(self.held) if self.cleaned_data.get("along") else []


class SectionForm(ChangeForm):
    """The heading of a section, its kind, its legend tags."""

    OWN = {"heading": "title", "kind": "kind", "tags": "tags"}
    heading = forms.CharField(
        label="Title of the section",
        max_length=300,
        help_text="Its address stays; the anchor of a new title leads to it as well.",
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[c for c in SectionKind.choices if c[0] not in ("contents", "preface")],
        initial=SectionKind.GENERAL,
    )
    tags = TagsField(label="Legend tags")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target and self.target.kind in ("contents", "preface"):
            set_choices(self, "kind", [(self.target.kind, self.target.get_kind_display())])

    def clean_heading(self) -> str:
        """A heading is one line."""
        return " ".join(self.cleaned_data["heading"].split())


class NewSectionForm(SectionForm):
    """A new section: the last one below `above`, or the last one of the guide."""

    def __init__(self, *args: Any, above: Section | None = None, **kwargs: Any) -> None:
        self.above = above
        super().__init__(*args, **kwargs)

    @property
    def proposed(self) -> Values:
        place = {"parent": self.above and self.above.pk, "after": None}
        return super().proposed | place


def _counted(held: Sequence[EntryLine | Entry | Section]) -> str:
    """How many entries, lines with what is nested in them, and sections there are."""
    sections = sum(isinstance(each, Section) for each in held)
    lines = walk(each for each in held if isinstance(each, EntryLine))
    entries = sum(isinstance(each, Entry) for each in held) + sum(1 for _ in lines)
    counts = [(entries, "entry", "entries"), (sections, "section", "sections")]
    return " and ".join(f"{n} {word if n == 1 else words}" for n, word, words in counts if n)
