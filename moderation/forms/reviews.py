"""Forms of reviewers: a decision, another class, a way out of a conflict, another text, spam."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from entries.models import Section
from guide_site.core.addresses import whole_number
from moderation.forms.fields import TextField, set_choices
from moderation.models import ReviewClass

# What the contribution rules of the guide ask of a reviewer.
QUESTIONS = [
    ("accurate", "Accurate", "Is it true, does the source say so, is it clear where it holds?"),
    ("current", "Current", "Is it true today, or does it carry its date?"),
    ("brief", "Brief", "Would it be clear with half the words?"),
    ("practical", "Practical", "Does it help an engineer decide or act?"),
    ("new", "New", "Does the guide not say it already, and is this the place to look for it?"),
    ("honest", "Honest", "Does it read like advice, not like an advertisement?"),
    ("reasoned", "Reasoned", "Has an opinion its grounds, and the sign that marks it?"),
    ("fair", "Fair", "Are drawbacks and alternatives named where they matter?"),
]


class DecisionForm(forms.Form):
    """A reviewer's decision on the version that they saw.

    changes  primary keys of the changes, each of which can be accepted alone
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = TextField(required=False, max_length=4000)
    checklist = forms.MultipleChoiceField(
        required=False, choices=[(name, name) for name, _, _ in QUESTIONS]
    )
    accepted = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args: Any, changes: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "accepted", [(pk, pk) for pk in changes])

    @property
    def questions(self) -> list[tuple[str, str, str, bool]]:
        """(name, label, question, True if ticked) for the page."""
        ticked = self["checklist"].value() or ()
        return [(name, label, text, name in ticked) for name, label, text in QUESTIONS]


class ClassForm(forms.Form):
    """Which class of review the version that was seen needs, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    review_class = forms.ChoiceField(label="Class", choices=ReviewClass.choices)
    note = forms.CharField(
        label="Reason",
        max_length=300,
        error_messages={"required": "Say why: the author and everyone after will read it."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "class_%s"  # the decision has a note as well
        super().__init__(*args, **kwargs)


class ResolveForm(forms.Form):
    """Resolves a conflict with something retired or moved meanwhile.

    place    what becomes of something that was moved: it stays there, or moves as proposed
    section  where to put what lost its place; without both, what was retired is restored
    """

    version = forms.IntegerField(min_value=0, max_value=2**31)
    section = forms.ModelChoiceField(
        queryset=Section.objects.shown(), to_field_name="slug", required=False
    )
    place = forms.ChoiceField(choices=[("keep", "keep"), ("move", "move")], required=False)


class EditNoteForm(forms.Form):
    """The note of a reviewer who edits a change; it shares a form with the fields of the change."""

    note_to_author = TextField(
        label="Note to the author",
        required=False,
        max_length=4000,
        help_text="Public. The author stays the author; you are named beside.",
    )


class KeysField(forms.Field):
    """Primary keys of what a page showed, as hidden fields; invalid ones are left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Iterable[str] | None) -> list[int]:
        return [key for key in map(whole_number, value or ()) if key is not None]


class SpamForm(forms.Form):
    """Closes all that a spammer has open: the reason, and what of it the reviewer saw."""

    note = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="Public. It is kept with each of them.",
        error_messages={"required": "Say why: everyone after will read it."},
    )
    proposals = KeysField(required=False)
    reports = KeysField(required=False)
