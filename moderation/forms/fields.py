"""Fields that the forms of proposals share."""

from django import forms
from django.core.validators import URLValidator
from markdownx.fields import MarkdownxFormField

from entries.models import LegendTag
from moderation.models import Proposal
from moderation.states import Status

MAX_SOURCES = 20
MAX_ADDRESS = 2000  # characters
_is_url = URLValidator(schemes=["http", "https"], message="Not a web address.")


class LinesMixin:
    """Line ends as one character, as the browser counts them before it sends two."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class TextField(LinesMixin, forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea(attrs={"rows": 3})


class BodyField(LinesMixin, MarkdownxFormField):
    """The text of an entry, in the editor."""


class SourcesField(forms.CharField):
    """Web addresses, one a line, as a list."""

    widget = forms.Textarea(attrs={"rows": 2, "placeholder": "https://"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if "\0" in (value or ""):
            raise forms.ValidationError("A web address holds no NUL character.")
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value):
        super().validate(value)
        if len(value) > MAX_SOURCES:
            raise forms.ValidationError(f"Name at most {MAX_SOURCES} sources.")
        for line in value:
            if len(line) > MAX_ADDRESS:
                raise forms.ValidationError("One of the addresses is too long to be one.")
            try:
                _is_url(line)
            except forms.ValidationError:
                raise forms.ValidationError(
                    f"“{line[:80]}” is no web address: write one a line, with https://."
                ) from None


class IntoField(forms.ModelChoiceField):
    """One of the member's own proposals that can still change."""

    NAMES = {
        Status.DRAFT: "My draft",
        Status.OPEN: "My open proposal",
        Status.CHANGES_REQUESTED: "My proposal that came back",
    }

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Proposal.objects.none(), required=False, empty_label="A new proposal", **kwargs
        )

    def label_from_instance(self, proposal):
        return f"{self.NAMES[proposal.status]} “{proposal.title}”"


class TagsField(forms.ModelMultipleChoiceField):
    """Legend tags as toggles, as a sorted list of slugs."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(
            queryset=LegendTag.objects.live(), to_field_name="slug", required=False, **kwargs
        )

    def clean(self, value):
        return sorted(tag.slug for tag in super().clean(value))
