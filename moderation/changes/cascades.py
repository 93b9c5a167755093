"""What goes out of the guide along with a section, and comes back along with an entry."""

from entries.models import Entry, EntryKind, Section
from entries.reading.tree import Tree, lines, nest
from moderation.changes import versions
from moderation.changes.versions import retired_in
from moderation.models import Operation, Subject


def held_by(section, proposal=None):
    """Entries and sections that retire along with `section`, in the order in which they can go.

    proposal   the one that the retirement goes into: what it moves elsewhere stays
    """
    tree = Tree(Section.objects.live().defer("verbatim").prefetch_related("tags"))
    whole = [node.section.pk for node in tree.nodes[section.pk].walk()]
    moved = _moved_by(proposal)
    below = list(_from_below(tree.nodes[section.pk], whole, moved))
    going = [section.pk, *(row.pk for row in below)]
    rows = Entry.objects.filter(section__in=going, retired_at=None)
    entries = [
        entry
        for entry in nest(list(rows.select_related("section").prefetch_related("tags")))
        if entry.kind != EntryKind.KEPT
        and moved.get((Subject.ENTRY, entry.pk), entry.section_id) in going
    ]
    return [*sorted(entries, key=lambda entry: whole.index(entry.section_id)), *below]


def retirements(rows, because):
    """Fields of the Changes that take out what `held_by` found."""
    return [_retirement(row, because) for row in rows]


def retired_with(entry):
    """What was nested under a retired entry and went in the same revision, from the top down."""
    revision, found = retired_in(entry), []
    for child in entry.children.exclude(retired_at=None).order_by("position", "pk"):
        if revision and retired_in(child) == revision:
            found += [child, *retired_with(child)]
    return found


def restorations(entries):
    """Fields of the Changes that bring `entries` back as they were."""
    return [
        {
            "subject": Subject.ENTRY,
            "operation": Operation.RESTORE,
            "entry": entry,
            "section": entry.section,
            "base": versions.snapshot(entry),
            "proposed": {},
        }
        for entry in entries
    ]


def _moved_by(proposal):
    """{(subject, primary key): the section to which the proposal moves it}."""
    moved = {}
    for change in proposal.changes.all() if proposal else ():
        for subject, name in ((Subject.ENTRY, "section"), (Subject.SECTION, "parent")):
            if change.subject == subject and name in change.proposed:
                moved[subject, getattr(change, f"{subject}_id")] = change.proposed[name]
    return moved


def _from_below(node, whole, moved):
    for child in node.children:
        section = child.section
        if moved.get((Subject.SECTION, section.pk), section.parent_id) in whole:
            yield from _from_below(child, whole, moved)
            yield section


def _retirement(row, because):
    fields = {"operation": Operation.RETIRE, "base": versions.snapshot(row)}
    proposed = {"retired_because": because}
    if isinstance(row, Section):
        return fields | {"subject": Subject.SECTION, "section": row, "proposed": proposed}
    nested = [f"{entry.pk}: {entry.body}" for entry, _ in lines(row.nested)]
    return fields | {
        "subject": Subject.ENTRY,
        "entry": row,
        "section": row.section,
        "base": fields["base"] | {"nested": nested},
        "proposed": proposed | {"children": "along"},
    }
