"""Forms of proposals. They check what was typed; whether it may be done, policies say."""

import datetime
import uuid

from django import forms

from guide_site.core import history
from moderation.forms.fields import IntoField, SourcesField, TextField
from moderation.models import MAX_AFFILIATION, MAX_TITLE, MAX_WHY, Proposal

LOST = (
    "A part of this page that you cannot see came back broken. Your text is kept: "
    "compare it with the guide, then continue."
)


class ProposalForm(forms.Form):
    """What every proposal says about itself.

    by           the member who types; their proposals are offered to put the change into
    proposal     the one that is amended; then there is nothing to choose
    only_change  show one change of it without what it says about itself
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
    autosaved_at: datetime.datetime | None = None  # if it was saved while its author typed

    def __init__(self, *args, initial=None, by=None, proposal=None, only_change=False, **kwargs):
        self.fresh = {"form_key": uuid.uuid4(), "seen": history.generation()}
        if proposal:
            self.fresh["version"] = proposal.version
        super().__init__(*args, initial=self.fresh | (initial or {}), **kwargs)
        unused = {"into", "builds_on"} if proposal else {"version"}
        if by and not proposal:
            self.fields["into"].queryset = Proposal.objects.amendable_by(by)
            if self["into"].value():
                self.fields["title"].required = False  # that proposal has one
            elif not self.fields["into"].queryset.exists():
                unused.add("into")
        for name in unused | (set(self.TEXTS) if only_change else set()):
            del self.fields[name]

    def clean(self):
        """What the page holds unseen and came back broken is made anew, and the author told."""
        lost = [name for name in self.fresh if name in self.errors]
        if lost:
            self.data = self.data.copy()
            for name in lost:
                self.data[name] = self.fresh[name]
                del self._errors[name]
            self.add_error(None, LOST)
        return self.cleaned_data

    def take_version(self, version):
        """The author was told that the proposal changed: the next time they mean this version."""
        self.data = self.data.copy()
        self.data["version"] = version

    @property
    def texts(self):
        """The proposal's own fields, cleaned."""
        return {name: self.cleaned_data[name] for name in self.TEXTS if name in self.fields}


class VersionForm(forms.Form):
    """A step of the author on the version they saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


class CommentForm(forms.Form):
    """A remark in the discussion; `change`: number of the change it is about, if of one."""

    change = forms.IntegerField(required=False, widget=forms.HiddenInput)

    body = TextField(
        label="Comment",
        max_length=4000,
        error_messages={"required": "The comment is empty."},
    )
