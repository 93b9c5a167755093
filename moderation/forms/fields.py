"""Fields that the forms of proposals share, and changes to the fields of one form."""

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import URLValidator
from markdownx.fields import MarkdownxFormField

from entries.actions import texts
from entries.models import Entry, LegendTag
from guide_site.core import markdown
from moderation.models import Proposal
from moderation.states import Status

MAX_SOURCES = 20
MAX_ADDRESS = 2000  # characters
_is_url = URLValidator(schemes=["http", "https"], message="Not a web address.")

_INVISIBLE = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"

if TYPE_CHECKING:
    _ProposalField = forms.ModelChoiceField[Proposal]
    _LegendTagsField = forms.ModelMultipleChoiceField[LegendTag]
else:  # they take no type arguments at runtime
    _ProposalField = forms.ModelChoiceField
    _LegendTagsField = forms.ModelMultipleChoiceField


def shows_nothing(body: str) -> bool:
    """True for a text of which a page would show no word: blanks, comments, invisible signs."""
    return not markdown.plain(body).strip(_INVISIBLE)


def read_text(form: forms.Form, kind: str, entry: Entry | None = None) -> None:
    """Make the text and the tags of a form what they are in the guide, or tell what is wrong.

    kind   a value of EntryKind
    entry  the entry that has the text from now on, if there is one

    A text that an export of the guide could not say becomes an error of its field; legend signs
    in the text are tags.
    """
    data = form.cleaned_data
    if "body" not in data or "tags" not in data:
        return
    try:
        text = texts.read(data["body"], kind, texts.legend_tags(data["tags"]), instead_of=entry)
    except forms.ValidationError as error:
        form.add_error("body", error.message_dict.get("body", error.messages))
    else:
        data["body"], data["tags"] = text.body, sorted(tag.slug for tag in text.tags)


def set_choices(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Set what the choice field `name` of this form offers: (value, label), or groups of them."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def replace_typed(form: forms.Form, values: Mapping[str, Any]) -> None:
    """Replace what was typed into some fields of a bound form, for when the page shows it again.

    values  {name of a field: new value}
    """
    data: Any = copy.copy(form.data)  # that of a request cannot be changed
    for name, value in values.items():
        data[name] = value
    form.data = data


class LinesMixin(forms.CharField):
    """Line ends as one character: browsers count one of them but send two."""

    def to_python(self, value: object) -> str:
        typed: str = super().to_python(value) or ""
        return typed.replace("\r\n", "\n").replace("\r", "\n")


class TextField(LinesMixin):
    """A text of several lines."""

    widget = forms.Textarea(attrs={"rows": 3})


class BodyField(LinesMixin, MarkdownxFormField):
    """The text of an entry, in the Markdown editor."""


class SourcesField(forms.CharField):
    """Web addresses, one a line; its value is a list."""

    widget = forms.Textarea(attrs={"rows": 2, "placeholder": "https://"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if "\0" in (value or ""):
            raise forms.ValidationError("A web address holds no NUL character.")
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
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


class IntoField(_ProposalField):
    """One of the member's own proposals that can still change."""

    NAMES = {
        Status.DRAFT: "My draft",
        Status.OPEN: "My open proposal",
        Status.CHANGES_REQUESTED: "My proposal that came back",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Proposal.objects.none(), required=False, empty_label="A new proposal", **kwargs
        )

    def label_from_instance(self, obj: Proposal) -> str:
        return f"{self.NAMES[Status(obj.status)]} “{obj.title}”"


class TagsField(_LegendTagsField):
    """Legend tags as toggles; its value is a sorted list of slugs."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=LegendTag.objects.live(), to_field_name="slug", required=False, **kwargs
        )

    def clean(self, value: Any) -> Any:
        return sorted(tag.slug for tag in super().clean(value))
