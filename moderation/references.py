"""Where a change points: at rows of the guide, or at what another change will add.

In `proposed`, the keys section, parent and after hold a primary key, or {"change": number}
for an addition of the same proposal (or of the one it was split from), which is published
before. `after` may be “first”.
"""

from entries.actions import FIRST
from entries.models import Entry, LegendTag, Section
from moderation.models import Change, Operation, Subject


class Gone(Exception):
    """The place or the target of a change is no longer there; the message says what happened."""


class Pending(Exception):
    """The reference points at an addition that is not published yet."""


def to_change(change):
    """The reference to what `change` will add."""
    return {"change": change.pk}


def entry(reference, change):
    """The entry that `reference` of `change` names, or None. Raises Pending."""
    return _found(reference, change, Entry, "entry")


def section(reference, change):
    """The section that `reference` of `change` names, or None. Raises Pending."""
    return _found(reference, change, Section, "section")


def legend_tag(reference, change):
    """The legend tag that `reference` of `change` names, or None. Raises Pending."""
    return _found(reference, change, LegendTag, "legend_tag")


def is_restored(section, change):
    """True if the proposal of `change` brings a retired section back."""
    others = change.proposal.changes.filter(operation=Operation.RESTORE)
    return others.filter(subject=Subject.SECTION, section=section).exists()


def _found(reference, change, model, name):
    if reference == FIRST:
        return FIRST
    if isinstance(reference, dict):
        other = Change.objects.filter(pk=reference["change"]).first()
        row = getattr(other, name, None)
        if other is not None and row is None:
            raise Pending
        return row
    return model.objects.filter(pk=reference).first() if reference else None
