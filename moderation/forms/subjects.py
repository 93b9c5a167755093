"""Forms for changes of everything but the text of entries: one class for each kind of change."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from entries.models import Entry, Section, SectionKind
from entries.reading.choices import SectionChoiceField
from entries.reading.lines import EntryLine, walk
from moderation.changes import cascades
from moderation.changes.field_types import Values
from moderation.changes.undo import MOST
from moderation.forms.fields import TagsField, TextField, set_choices
from moderation.forms.proposal import ProposalForm
from services.models import Availability, Offering, Provider, Service, ServiceGroup


class ChangeForm(ProposalForm):
    """A change of one row of the guide.

    target   the row, or None for an addition
    OWN      {name of a form field: name of the field of the change}
    """

    OWN: ClassVar[Mapping[str, str]] = {}

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


class ServiceForm(ChangeForm):
    """The facts of a service."""

    name = forms.CharField(max_length=80)
    full_name = forms.CharField(required=False, max_length=120)
    provider = forms.ModelChoiceField(queryset=Provider.objects.all(), to_field_name="slug")
    group = forms.ModelChoiceField(
        queryset=ServiceGroup.objects.all(), to_field_name="slug", required=False
    )
    summary = TextField(required=False, max_length=300, help_text="One sentence.")
    section = SectionChoiceField(
        label="Its section",
        queryset=Section.objects.shown().defer("verbatim"),
        required=False,
    )
    released = forms.RegexField(
        label="First release",
        regex=r"(?a)^[12]\d{3}(-(0[1-9]|1[0-2]))?$",
        required=False,
        help_text="Year, or year and month: 2006 or 2006-03.",
        error_messages={"invalid": "Write the year, or year and month: 2006 or 2006-03."},
    )
    availability = forms.ChoiceField(choices=Availability.choices, initial=Availability.GENERAL)
    availability_uncertain = forms.BooleanField(
        label="The availability is uncertain", required=False
    )
    note = forms.CharField(required=False, max_length=300)
    homepage_url = forms.URLField(
        label="Home page", required=False, max_length=500, assume_scheme="https"
    )
    docs_url = forms.URLField(
        label="Documentation", required=False, max_length=500, assume_scheme="https"
    )
    pricing_url = forms.URLField(
        label="Pricing", required=False, max_length=500, assume_scheme="https"
    )
    faq_url = forms.URLField(label="FAQ", required=False, max_length=500, assume_scheme="https")
    release_notes_url = forms.URLField(
        label="Release notes", required=False, max_length=500, assume_scheme="https"
    )
    tags = TagsField(label="Legend tags")

    @property
    def proposed(self) -> Values:
        data = super().proposed
        for name in ("provider", "group"):
            data[name] = data[name].slug if data[name] else ""
        return data | {"section": data["section"] and data["section"].pk}


ServiceForm.OWN = {
    name: name for name in ServiceForm.base_fields if name not in ProposalForm.base_fields
}


class OfferingForm(ChangeForm):
    """An offering in a cell of the matrix."""

    name = forms.CharField(max_length=120)
    url = forms.URLField(label="Link", required=False, max_length=500, assume_scheme="https")
    service = forms.ModelChoiceField(
        label="Service of the catalogue",
        queryset=Service.objects.all(),
        to_field_name="slug",
        required=False,
    )
    note = forms.CharField(required=False, max_length=300)
    uncertain = forms.BooleanField(label="It is uncertain", required=False)
    OWN = {name: name for name in ("name", "url", "service", "note", "uncertain")}

    @property
    def proposed(self) -> Values:
        data = super().proposed
        return data | {"service": data["service"].slug if data["service"] else ""}


class NewOfferingForm(OfferingForm):
    """A further offering in a cell of the matrix.

    cell  {"capability": primary key, "provider": slug}
    """

    def __init__(self, *args: Any, cell: Values, **kwargs: Any) -> None:
        self.cell = cell
        super().__init__(*args, **kwargs)

    @property
    def proposed(self) -> Values:
        return super().proposed | self.cell

    def clean_name(self) -> str:
        """Refuse a name that the cell has already."""
        name: str = self.cleaned_data["name"]
        here = Offering.objects.filter(
            capability=self.cell["capability"], provider__slug=self.cell["provider"], name=name
        )
        if here.exists():
            raise forms.ValidationError(f"The cell holds “{name}” already.")
        return name


class CapabilityForm(OfferingForm):
    """A new row of the matrix with the offering of one provider."""

    row = forms.CharField(
        label="What one needs", max_length=120, help_text="Name of the new row of the matrix."
    )
    provider = forms.ModelChoiceField(queryset=Provider.objects.all(), to_field_name="slug")
    OWN = {"row": "row", "provider": "provider"} | OfferingForm.OWN

    @property
    def proposed(self) -> Values:
        data = super().proposed
        return data | {"provider": data["provider"].slug, "capability": None}


def _counted(held: Sequence[EntryLine | Entry | Section]) -> str:
    """How many entries, lines with what is nested in them, and sections there are."""
    sections = sum(isinstance(each, Section) for each in held)
    lines = walk(each for each in held if isinstance(each, EntryLine))
    entries = sum(isinstance(each, Entry) for each in held) + sum(1 for _ in lines)
    counts = [(entries, "entry", "entries"), (sections, "section", "sections")]
    return " and ".join(f"{n} {word if n == 1 else words}" for n, word, words in counts if n)
