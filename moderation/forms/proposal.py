"""The form that all changes build on, and small forms of the page of a proposal."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, cast

from django import forms

from guide_site.core import history
from guide_site.models import User
from moderation.forms.fields import IntoField, SourcesField, TextField, replace_typed
from moderation.models import MAX_AFFILIATION, MAX_TITLE, MAX_WHY, Proposal

LOST = (
    "A part of this page that you cannot see came back broken. Your text is kept: "
    "compare it with the guide, then continue."
)


class ProposalForm(forms.Form):
    """What every proposal says about itself.

    data         what was posted, or None for a fresh form
    initial      {name of a field: what it starts with}
    by           the member who types: the form offers their proposals to put the change into
    proposal     the proposal to amend; then there is nothing to choose
    only_change  True to show a change without what the proposal says about itself
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    title = forms.CharField(
        label="Edit summary",
        max_length=MAX_TITLE,
        help_text="One line that every history page will show.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say in one line what you changed and why."},
    )
    why = TextField(
        label="Why",
        required=False,
        max_length=MAX_WHY,
        help_text="What the reviewers should know. Everyone can read it.",
    )
    sources = SourcesField(required=False, help_text="Web addresses that prove it, one a line.")
    affiliation = forms.CharField(
        label="Your affiliation",
        required=False,
        max_length=MAX_AFFILIATION,
        help_text="If you work for, or sell, what this text is about: say so here.",
    )
    into = IntoField(
        label="Put this into", help_text="Changes that belong together are reviewed together."
    )
    builds_on = forms.ModelChoiceField(
        queryset=Proposal.objects.public(), required=False, widget=forms.HiddenInput
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    TEXTS = ("title", "why", "sources", "affiliation")
    picture_refused = ""  # why the picture that came with it was not taken
    takes_pictures = False  # True for a form with a text that pages show
    autosaved_at: datetime.datetime | None = None  # if it was saved while its author typed

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        by: User | None = None,
        proposal: Proposal | None = None,
        only_change: bool = False,
        **kwargs: Any,
    ) -> None:
        self.fresh: dict[str, Any] = {"form_key": uuid.uuid4(), "seen": history.generation()}
        if proposal:
            self.fresh["version"] = proposal.version
        super().__init__(data, initial={**self.fresh, **(initial or {})}, **kwargs)
        unused = {"into", "builds_on"} if proposal else {"version"}
        if by and not proposal:
            into = cast(IntoField, self.fields["into"])
            into.queryset = offered = Proposal.objects.amendable_by(by)
            if self["into"].value():
                self.fields["title"].required = False  # that proposal has one
            elif not offered.exists():
                unused.add("into")
        for name in unused | (set(self.TEXTS) if only_change else set()):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Replace hidden fields that came back broken, and say so to the author."""
        lost = [name for name in self.fresh if name in self.errors]
        if lost:
            replace_typed(self, {name: self.fresh[name] for name in lost})
            for name in lost:
                del self.errors[name]
            self.add_error(None, LOST)
        return self.cleaned_data

    def refuse_picture(self, reason: str) -> None:
        """Show why the picture that came with the form was not taken."""
        self.picture_refused = reason
        self.add_error(None, f"The picture was not taken. {reason} Your text is kept.")

    def take_version(self, version: int) -> None:
        """Expect this version when the form is sent again: the author was told of the new one."""
        replace_typed(self, {"version": version})

    @property
    def texts(self) -> dict[str, Any]:
        """The fields of the proposal itself, cleaned."""
        return {name: self.cleaned_data[name] for name in self.TEXTS if name in self.fields}


class VersionForm(forms.Form):
    """A step of the author, on the version that they saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


class CommentForm(forms.Form):
    """A remark in the discussion; `change`: primary key of the change that it is about, if any."""

    change = forms.IntegerField(required=False, widget=forms.HiddenInput)

    body = TextField(
        label="Comment",
        max_length=4000,
        error_messages={"required": "The comment is empty."},
    )
