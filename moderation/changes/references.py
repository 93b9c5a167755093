"""Where a change points: at rows of the guide, or at what another change will add.

In `proposed`, the keys section, parent and after hold a primary key, or {"change": number}
for an addition of the same proposal (or of the one it was split from), which is published
before. `after` may be “first”.
"""

from entries.actions.entries import FIRST
from entries.models import Entry, LegendTag, Section
from moderation.models import Change, Operation, Subject

# Where references to entries and to sections stand, by the subject of the change.
_OF_ENTRIES = {Subject.ENTRY: ("parent", "after")}
_OF_SECTIONS = {
    Subject.ENTRY: ("section",),
    Subject.SECTION: ("parent", "after"),
    Subject.SERVICE: ("section",),
}


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


def remember(changes):
    """Let references of these changes be found without a query each: for pages, which only read."""
    rows = {(Change, change.pk): change for change in changes}
    for model, names in ((Entry, _OF_ENTRIES), (Section, _OF_SECTIONS)):
        pks = {
            reference
            for change in changes
            for name in names.get(change.subject, ())
            for reference in (change.base.get(name), change.proposed.get(name))
            if isinstance(reference, int)
        }
        if pks:
            found = model.objects.select_related("parent").in_bulk(pks)
            rows |= {(model, pk): found.get(pk) for pk in pks}
    for change in changes:
        change.remembered = rows


def _found(reference, change, model, name):
    if reference == FIRST:
        return FIRST
    if isinstance(reference, dict):
        other = _row(Change, reference["change"], change)
        row = getattr(other, name, None)
        if other is not None and row is None:
            raise Pending
        return row
    return _row(model, reference, change) if reference else None


def _row(model, pk, change):
    known = getattr(change, "remembered", {})
    return known[model, pk] if (model, pk) in known else model.objects.filter(pk=pk).first()
