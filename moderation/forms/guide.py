"""The form for the guide's own facts: the page “Guide settings”."""

from typing import Any

from django import forms

from entries.models import Guide
from guide_site.core import guide_facts
from guide_site.core.guide_facts import LENGTHS
from moderation.forms.fields import TextField
from moderation.forms.proposal import ProposalForm
from moderation.forms.subjects import ChangeForm


def _address(label: str, help_text: str) -> forms.URLField:
    return forms.URLField(
        label=label,
        required=False,
        max_length=LENGTHS["source_url"],
        assume_scheme="https",
        help_text=help_text,
    )


class GuideForm(ChangeForm):
    """What the guide is called, under which licence, in which language, and so on."""

    HEADINGS = {
        "name": "What it is",
        "licence": "Whose it is",
        "language": "Language",
        "has_catalogue": "Catalogue",
        "synonyms": "Search",
        "source_url": "Links and pictures",
    }

    name = forms.CharField(
        max_length=LENGTHS["name"], help_text="It stands at the top of every page."
    )
    tagline = forms.CharField(
        required=False,
        max_length=LENGTHS["tagline"],
        help_text="One sentence on what the guide is.",
    )
    home_text = TextField(
        label="Text of the home page",
        required=False,
        max_length=LENGTHS["home_text"],
        help_text="Markdown. Without it the home page shows the tagline.",
    )
    accent = forms.CharField(
        label="Colour",
        required=False,
        max_length=LENGTHS["accent"],
        help_text="Of buttons and of the name, such as #1d4e6b; a lighter one is used in the dark.",
    )
    licence = forms.CharField(
        required=False,
        max_length=LENGTHS["licence"],
        help_text="Its name, such as CC BY-SA 4.0. Without one, no page speaks of a licence.",
    )
    licence_url = _address("Address of the licence", "Where everybody can read it.")
    credit = TextField(
        required=False,
        max_length=LENGTHS["credit"],
        help_text="Markdown. Where the text comes from, and who else deserves thanks.",
    )
    contact = forms.CharField(
        required=False,
        max_length=LENGTHS["contact"],
        help_text="An email address or a web address of those who look after the guide.",
    )
    language = forms.CharField(
        max_length=LENGTHS["language"],
        help_text="Of the text, as a tag such as en, pt-BR or zh-Hans.",
    )
    direction = forms.ChoiceField(choices=Guide.Direction.choices)
    has_catalogue = forms.BooleanField(
        label="Show the catalogue: services, the matrix and releases", required=False
    )
    home_provider = forms.CharField(
        required=False,
        max_length=LENGTHS["home_provider"],
        help_text="The provider whose services have pages, as the matrix calls it.",
    )
    vendor_words = forms.CharField(
        required=False,
        max_length=LENGTHS["vendor_words"],
        help_text="Words before the name of a service that add nothing, separated by commas.",
    )
    synonyms = TextField(
        required=False,
        max_length=LENGTHS["synonyms"],
        help_text="What search takes for the same: a group a line, separated by commas.",
    )
    source_url = _address(
        "Source of the text", "The address of the folder that relative links start from."
    )
    pictures_url = _address("Pictures", "The same for pictures, if they are elsewhere.")
    picture_hosts = TextField(
        label="Hosts of pictures",
        required=False,
        max_length=LENGTHS["picture_hosts"],
        help_text="Sites whose pictures pages show, one a line. Pictures of others are links.",
    )

    def clean(self) -> dict[str, Any]:
        """Keep each fact as the guide does, or say what is wrong with it."""
        data = super().clean()
        for own in self.OWN:
            if isinstance(data.get(own), str):
                try:
                    data[own] = guide_facts.checked(own, data[own])
                except forms.ValidationError as error:
                    self.add_error(own, error)
        return data


GuideForm.OWN = {
    name: name for name in GuideForm.base_fields if name not in ProposalForm.base_fields
}
