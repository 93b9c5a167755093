"""Forms for changes of services and of cells of the matrix."""

from typing import Any

from django import forms

from entries.models import Section
from entries.reading.choices import SectionChoiceField
from moderation.changes.field_types import Values
from moderation.forms.fields import TagsField, TextField
from moderation.forms.proposal import ProposalForm
from moderation.forms.subjects import ChangeForm
from services.models import Availability, Offering, Provider, Service, ServiceGroup


class _NewProvider(forms.Form):
    """Fields for the provider of an addition: one of the list, or the name of a new one."""

    provider = forms.ModelChoiceField(
        queryset=Provider.objects.all(), to_field_name="slug", required=False
    )
    new_provider = forms.CharField(
        required=False, max_length=80, help_text="Its name, if the list does not have it."
    )

    def clean_new_provider(self) -> str:
        """Ask for one of the two."""
        new = " ".join(self.cleaned_data["new_provider"].split())
        if bool(new) == bool(self.cleaned_data.get("provider")) and "provider" not in self.errors:
            raise forms.ValidationError("Choose a provider, or name a new one.")
        return new


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


class NewServiceForm(_NewProvider, ServiceForm):
    """A service for the catalogue, perhaps of a provider that comes with it."""

    OWN = {
        own: own
        for name in ServiceForm.OWN
        for own in ((name, "new_provider") if name == "provider" else (name,))
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


class CapabilityForm(_NewProvider, OfferingForm):
    """A new row of the matrix with the offering of one provider."""

    row = forms.CharField(
        label="What one needs", max_length=120, help_text="Name of the new row of the matrix."
    )
    OWN = {name: name for name in ("row", "provider", "new_provider")} | OfferingForm.OWN

    @property
    def proposed(self) -> Values:
        data = super().proposed
        provider = data["provider"].slug if data["provider"] else ""
        return data | {"provider": provider, "capability": None}
