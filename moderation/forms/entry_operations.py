"""Forms of the operations on one entry that need a page of their own: one class for each.

`ENTRY_OPERATIONS` makes their addresses, their page and the editor of a change from the classes.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from entries.models import Entry
from moderation.changes import entry as entry_changes
from moderation.changes import versions
from moderation.changes.fields import Values
from moderation.forms.proposal import ProposalForm
from moderation.models import Operation


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


ENTRY_OPERATIONS: dict[Operation, type[EntryOperationForm]] = {Operation.RETIRE: RetireForm}
