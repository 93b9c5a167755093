"""Forms of the operations on one entry that need a page of their own: one class for each.

`ENTRY_OPERATIONS` makes their addresses, their page and the editor of a change from the classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from entries.markdown import bullets
from entries.markdown.bullets import Bullet, NotBullets
from entries.models import Entry, LegendTag
from guide_site.core import markdown
from moderation.changes import entry as entry_changes
from moderation.changes import versions
from moderation.changes.field_types import Values
from moderation.changes.fields import content
from moderation.forms.fields import BodyField, TagsField, read_text, shows_nothing
from moderation.forms.proposal import ProposalForm
from moderation.models import Operation

MOST_BULLETS = 50  # that one entry may become
NO_BULLET = "Only bullets can be split."
NOTHING_FOLLOWS = "No bullet follows this one: open the one before it."


class EntryOperationForm(ProposalForm):
    """One operation on `entry`.

    HEADING   of the page
    VERB      begins the edit summary that the form suggests
    """

    HEADING: ClassVar[str]
    VERB: ClassVar[str]

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        self.entry = entry
        super().__init__(*args, **kwargs)

    @classmethod
    def initial_of(cls, entry: Entry, values: Values) -> Values:
        """What the form starts with, from a snapshot of the entry or what a change proposes."""
        return dict(values)

    @property
    def why_not(self) -> str | None:
        """Why it cannot be done to this entry, where that is clear before anybody types."""
        return None

    @property
    def base(self) -> Values:
        """What the change keeps of the guide: what its author saw."""
        return versions.snapshot_at(self.entry, self.cleaned_data["seen"])

    @property
    def proposed(self) -> Values:
        """The fields of the change."""
        raise NotImplementedError


class RetireForm(EntryOperationForm):
    """Take an entry out of the guide."""

    HEADING = "Retire this entry"
    VERB = "Retire"

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nested = entry_changes.nested(self.entry)

    @property
    def may_have_children(self) -> bool:
        """True if there is a choice of what becomes of nested entries."""
        return bool(self.nested)

    def clean_children(self) -> str:
        """The choice; without one, nested entries retire as well."""
        return self.cleaned_data["children"] or "along"

    @property
    def base(self) -> Values:
        return super().base | {"nested": self.nested}

    @property
    def proposed(self) -> Values:
        return {name: self.cleaned_data[name] for name in ("retired_because", "children")}


class SplitForm(EntryOperationForm):
    """Make one bullet several."""

    HEADING = "Split this entry"
    VERB = "Split"

    body = BodyField(
        label="Text",
        max_length=2 * markdown.MAX_LENGTH,
        strip=False,
        help_text="Begin each bullet with “- ”, its legend signs in front. The first one keeps the "
        "history, the links and what is nested under it.",
        error_messages={"required": "The text is empty."},
    )

    @classmethod
    def initial_of(cls, entry: Entry, values: Values) -> Values:
        """The bullets as a list."""
        contents = [values, *values.get("rest", ())]
        written = (Bullet(content["body"], tuple(content["tags"])) for content in contents)
        return {"body": bullets.as_list(written, LegendTag.objects.slugs())}

    @property
    def why_not(self) -> str | None:
        return None if self.entry.is_listed else NO_BULLET

    def clean_body(self) -> list[Values]:
        """The content of each bullet."""
        if not self.entry.is_listed:
            raise forms.ValidationError(NO_BULLET)
        try:
            typed = bullets.read(self.cleaned_data["body"], LegendTag.objects.slugs())
        except NotBullets as reason:
            raise forms.ValidationError(str(reason)) from None
        if len(typed) < 2:
            raise forms.ValidationError("This is one bullet: begin each further one with “- ”.")
        if problem := why_not_become(typed):
            raise forms.ValidationError(problem)
        return [{"body": bullet.body, "tags": list(bullet.tags)} for bullet in typed]

    @property
    def proposed(self) -> Values:
        first, *rest = self.cleaned_data["body"]
        return {**first, "rest": rest}


class JoinForm(EntryOperationForm):
    """Make one bullet of this and the one that follows it."""

    HEADING = "Join this entry with the next"
    VERB = "Join"

    other = forms.ModelChoiceField(Entry.objects.live(), widget=forms.HiddenInput, required=False)
    body = BodyField(
        label="Text",
        max_length=markdown.MAX_LENGTH,
        strip=False,
        help_text="One text for both. The address of the second one will lead here.",
        error_messages={"required": "The text is empty."},
    )
    tags = TagsField(label="Legend tags")

    @classmethod
    def initial_of(cls, entry: Entry, values: Values) -> Values:
        """Both texts, one after the other; of a change what it proposes."""
        if "other" in values:
            return dict(values)
        following = _next_bullet(entry)
        if following is None:
            return dict(values)
        other = versions.snapshot(following)
        return {
            "other": following.pk,
            "body": bullets.joined(values["body"], other["body"]),
            "tags": sorted({*values["tags"], *other["tags"]}),
        }

    @property
    def why_not(self) -> str | None:
        return None if _next_bullet(self.entry) else NOTHING_FOLLOWS

    def clean_body(self) -> str:
        """Refuse a text of which a page would show nothing."""
        body: str = self.cleaned_data["body"].strip("\n").rstrip()
        if shows_nothing(body):
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body

    def clean(self) -> Values:
        """Refuse anything but two bullets of one list."""
        data, entry = super().clean(), self.entry
        other = data.get("other")
        if other is None or other == entry or not (other.is_listed and entry.is_listed):
            raise forms.ValidationError(NOTHING_FOLLOWS)
        if (other.section_id, other.parent_id) != (entry.section_id, entry.parent_id):
            raise forms.ValidationError(NOTHING_FOLLOWS)
        read_text(self, entry.kind, entry)
        return data

    @property
    def base(self) -> Values:
        seen = versions.snapshot_at(self.cleaned_data["other"], self.cleaned_data["seen"])
        return super().base | {"joined": [seen]}

    @property
    def proposed(self) -> Values:
        return content(self.cleaned_data) | {"other": self.cleaned_data["other"].pk}


def why_not_become(typed: Sequence[Bullet]) -> str | None:
    """Why an entry cannot become these bullets, or None."""
    if any(len(bullet.body) > markdown.MAX_LENGTH for bullet in typed):
        return f"Keep each under {markdown.MAX_LENGTH:,} characters."
    if len(typed) > MOST_BULLETS:
        return f"Make at most {MOST_BULLETS} bullets of one."
    if any(shows_nothing(bullet.body) for bullet in typed):
        return "One of the bullets is empty."
    return None


def _next_bullet(entry: Entry) -> Entry | None:
    """The bullet right after this one in its list, or None."""
    following = entry.following()
    return following if following and entry.is_listed and following.is_listed else None


ENTRY_OPERATIONS: dict[Operation, type[EntryOperationForm]] = {
    Operation.RETIRE: RetireForm,
    Operation.SPLIT: SplitForm,
    Operation.JOIN: JoinForm,
}
