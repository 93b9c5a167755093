"""Who looks after which part of the guide: its editors and its experts.

A section without an editor of its own is looked after by those of the nearest section above
that has some; the same with experts. Suspended accounts do not count.
"""

from entries.models import Entry, Section
from moderation.models import Subject


def editors(sections):
    """Primary keys of the users who edit these sections (primary keys): two queries."""
    return set().union(*(holders for _, holders in inherited("editors", sections).values()))


def experts(sections):
    """Primary keys of the users who know these sections (primary keys): two queries."""
    return set().union(*(holders for _, holders in inherited("experts", sections).values()))


def inherited(role, sections):
    """{section: (section that they are named at, or None, {users})}, all by primary key.

    role: “editors” or “experts”
    """
    parents = dict(Section.objects.values_list("pk", "parent_id"))
    named = {}
    users = f"{role}__pk"
    rows = Section.objects.filter(**{f"{role}__is_active": True}).values_list("pk", users)
    for pk, user in rows:
        named.setdefault(pk, set()).add(user)
    return {pk: _nearest(pk, parents, named) for pk in sections}


def _nearest(pk, parents, named):
    while pk is not None and pk not in named:
        pk = parents.get(pk)
    return pk, named.get(pk, set())


def places(proposal):
    """Primary keys of the sections that a proposal touches, where it moves things included."""
    found, entries = set(), set()
    columns = ("section", "entry__section", "service__section", "offering__service__section")
    for subject, proposed, *sections in proposal.changes.values_list(
        "subject", "proposed", *columns
    ):
        found |= {pk for pk in sections if pk}
        parents = found if subject == Subject.SECTION else entries
        _add_number(found, proposed.get("section"))
        _add_number(parents, proposed.get("parent"))
    if entries:  # what is put under an entry of another section
        found |= set(Entry.objects.filter(pk__in=entries).values_list("section", flat=True))
    return found


def _add_number(to, reference):
    """References may also point at what another change adds: that has no owner yet."""
    if isinstance(reference, int):
        to.add(reference)
