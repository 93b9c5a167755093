"""Forms of proposals. They check what was typed; whether it may be done, policies say."""

import uuid

from django import forms

from entries.models import Entry, EntryKind
from entries.reading.tree import lines, nest
from guide_site.core import history, markdown
from moderation.form_fields import BodyField, IntoField, SourcesField, TagsField, TextField
from moderation.models import Proposal

LOST = (
    "A part of this page that you cannot see came back broken. Your text is kept: "
    "compare it with the guide, then continue."
)
_INVISIBLE = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"


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
        max_length=120,
        help_text="One line that every history page will show.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say in one line what you changed and why."},
    )
    why = TextField(
        label="Why",
        required=False,
        max_length=4000,
        help_text="What the reviewers should know. Everyone can read it.",
    )
    sources = SourcesField(required=False, help_text="Web addresses that prove it, one a line.")
    affiliation = forms.CharField(
        label="Your affiliation",
        required=False,
        max_length=200,
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


class EntryForm(ProposalForm):
    """Edit an entry: its text, its legend tags."""

    body = BodyField(
        label="Text",
        max_length=markdown.MAX_LENGTH,
        strip=False,
        help_text="Markdown, without the bullet in front.",
        error_messages={
            "required": "The text is empty. To take an entry out of the guide, retire it.",
        },
    )
    tags = TagsField(label="Legend tags")

    def clean_body(self):
        body = self.cleaned_data["body"].strip("\n").rstrip()
        if not markdown.plain(body).strip(_INVISIBLE):
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body


class AddForm(EntryForm):
    """Add an entry to a section: what kind, and where."""

    KINDS = [
        (kind.value, kind.label)
        for kind in (
            EntryKind.BULLET,
            EntryKind.STEP,
            EntryKind.PARAGRAPH,
            EntryKind.TABLE,
            EntryKind.CODE,
        )
    ]
    place = forms.ChoiceField(
        required=False,
        error_messages={
            "invalid_choice": "The entry at this place is no longer there: choose another place."
        },
    )
    kind = forms.ChoiceField(choices=KINDS, initial=EntryKind.BULLET)

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        entries = Entry.objects.live().filter(section=section)
        self.known = {entry.pk: entry for entry in entries}
        listed = list(lines(nest(list(self.known.values()))))
        self.fields["place"].choices = [
            ("", "At the end of the section"),
            ("After", [(f"after-{e.pk}", _option(e, depth)) for e, depth in listed]),
            (
                "Nested under",
                [(f"under-{e.pk}", _option(e, depth)) for e, depth in listed if e.is_listed],
            ),
        ]

    @property
    def proposed(self):
        """The fields of the change: text, tags, kind, and the place by primary keys."""
        data = self.cleaned_data
        relation, _, number = data["place"].partition("-")
        anchor = self.known.get(int(number)) if number else None
        parent = anchor.pk if relation == "under" else anchor and anchor.parent_id
        return {
            "body": data["body"],
            "tags": data["tags"],
            "kind": data["kind"],
            "parent": parent,
            "after": anchor.pk if relation == "after" else None,
        }


class RetireForm(ProposalForm):
    """Take an entry out of the guide."""

    retired_because = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="Stays with the entry for everyone to read.",
        error_messages={"required": "Say why the guide should no longer have this entry."},
    )
    children = forms.ChoiceField(
        label="What is nested under it",
        choices=[("along", "Retire it along"), ("lift", "Keep it, one level up")],
        initial="along",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, has_children=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_have_children = has_children

    def clean_children(self):
        return self.cleaned_data["children"] or "along"


class RestoreForm(EntryForm):
    """Bring an entry back, or a version of it; nested: what retired with it, or nothing."""

    along = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, nested, **kwargs):
        super().__init__(*args, **kwargs)
        if nested:
            leads = "; ".join(f"“{entry.lead}”" for entry in nested[:5])
            more = f" and {len(nested) - 5} more" if len(nested) > 5 else ""
            self.fields["along"].label = f"Bring back what was nested under it: {leads}{more}"
        else:
            del self.fields["along"]


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


def _option(entry, depth):
    return "\u2003" * depth + entry.lead
