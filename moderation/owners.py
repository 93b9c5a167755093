"""Who looks after which part of the guide: its editors and its experts.

A section without an editor of its own is looked after by those of the nearest section above
that has some; the same with experts. Suspended accounts do not count.
"""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from entries.models import Entry, Section
from guide_site.core.access import Permission
from moderation.models import Change, Subject

# What somebody must be able to do before they look after a section, by what they are to it.
ROLES = {"editors": Permission.DECIDE, "experts": Permission.REVIEW}


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
    if not sections:
        return {}
    parents, named = _parents(), _named(role)
    return {pk: _nearest(pk, parents, named) for pk in sections}


def looked_after_by(user):
    """Primary keys of all sections that `user` edits or knows: three queries."""
    parents, found = _parents(), set()
    for named in (_named("editors"), _named("experts")):
        found |= {pk for pk in parents if user.pk in _nearest(pk, parents, named)[1]}
    return found


def _parents():
    return dict(Section.objects.values_list("pk", "parent_id"))


def _named(role):
    """{section: {users}} of the sections that name somebody themselves."""
    named = {}
    rows = Section.objects.filter(**{f"{role}__is_active": True})
    for pk, user in rows.values_list("pk", f"{role}__pk"):
        named.setdefault(pk, set()).add(user)
    return named


def _nearest(pk, parents, named):
    while pk is not None and pk not in named:
        pk = parents.get(pk)
    return pk, named.get(pk, set())


def places(proposal):
    """Primary keys of the sections that a proposal touches, where it moves things included."""
    return places_of([proposal])[proposal.pk]


def places_of(proposals):
    """{proposal: sections that it touches}, by primary key: two queries for all of them."""
    found = {proposal.pk: set() for proposal in proposals}
    entries = {}  # what things are put under: {entry: {proposals}}
    columns = ("section", "entry__section", "service__section", "offering__service__section")
    rows = Change.objects.filter(proposal__in=proposals)
    for proposal, subject, proposed, *sections in rows.values_list(
        "proposal", "subject", "proposed", *columns
    ):
        found[proposal] |= {pk for pk in sections if pk}
        _add_number(found[proposal], proposed.get("section"))
        if subject == Subject.SECTION:
            _add_number(found[proposal], proposed.get("parent"))
        elif isinstance(proposed.get("parent"), int):
            entries.setdefault(proposed["parent"], set()).add(proposal)
    for entry, section in Entry.objects.filter(pk__in=entries).values_list("pk", "section"):
        for proposal in entries[entry]:  # it may stand in another section
            found[proposal].add(section)
    return found


def _add_number(to, reference):
    """References may also point at what another change adds: that has no owner yet."""
    if isinstance(reference, int):
        to.add(reference)


def sections_of(user):
    """The sections that `user` is named at, in the order of their titles: one query."""
    named = Section.objects.live().filter(Q(editors=user) | Q(experts=user))
    return named.order_by("title", "pk").distinct()


def appointments(section: Section) -> QuerySet[LogEntry]:
    """Who appointed whom to a section, newest first (`actions.appoint` writes it)."""
    kind = ContentType.objects.get_for_model(Section)
    found = LogEntry.objects.filter(content_type=kind, object_id=section.pk, action_flag=CHANGE)
    return found.select_related("user").order_by("-pk")
