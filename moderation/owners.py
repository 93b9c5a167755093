"""Who looks after which part of the guide: its editors and its experts.

A section without editors has those of the nearest section above it that has some; the same
holds for experts. Suspended accounts do not count. Users and sections are given and returned as
primary keys.
"""

from collections.abc import Collection

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from entries.models import Entry, Section
from guide_site.core.access import Permission
from guide_site.models import User
from moderation.models import Change, Proposal, Subject

# The permission that an editor or expert of a section needs, by role.
ROLES = {"editors": Permission.DECIDE, "experts": Permission.REVIEW}


def editors(sections: Collection[int]) -> set[int]:
    """Return the editors of these sections, in two queries."""
    return _holders("editors", sections)


def experts(sections: Collection[int]) -> set[int]:
    """Return the experts of these sections, in two queries."""
    return _holders("experts", sections)


def inherited(role: str, sections: Collection[int]) -> dict[int, tuple[int | None, set[int]]]:
    """Return {section: (section that names them, or None, users)}, in two queries.

    role  “editors” or “experts”
    """
    if not sections:
        return {}
    parents, named = _parents(), _named(role)
    return {pk: _nearest(pk, parents, named) for pk in sections}


def looked_after_by(user: User) -> set[int]:
    """Return all sections that `user` is an editor or expert of, in three queries."""
    parents, sections = _parents(), set[int]()
    for named in (_named("editors"), _named("experts")):
        sections |= {pk for pk in parents if user.pk in _nearest(pk, parents, named)[1]}
    return sections


def _holders(role: str, sections: Collection[int]) -> set[int]:
    return set[int]().union(*(holders for _, holders in inherited(role, sections).values()))


def _parents() -> dict[int, int | None]:
    return dict(Section.objects.values_list("pk", "parent_id"))


def _named(role: str) -> dict[int, set[int]]:
    """{section: {users}} of the sections that name somebody themselves."""
    named: dict[int, set[int]] = {}
    rows = Section.objects.filter(**{f"{role}__is_active": True})
    for pk, user in rows.values_list("pk", f"{role}__pk"):
        named.setdefault(pk, set()).add(user)
    return named


def _nearest(
    section: int | None, parents: dict[int, int | None], named: dict[int, set[int]]
) -> tuple[int | None, set[int]]:
    """The nearest of a section and those above it that names somebody, and whom."""
    while section is not None:
        if section in named:
            return section, named[section]
        section = parents.get(section)
    return None, set()


def places(proposal: Proposal) -> set[int]:
    """Return the sections that a proposal touches, also those that it moves something to."""
    return places_of([proposal])[proposal.pk]


def places_of(proposals: Collection[Proposal]) -> dict[int, set[int]]:
    """Return {proposal: sections that it touches}, in two queries for all of them."""
    touched: dict[int, set[int]] = {proposal.pk: set() for proposal in proposals}
    new_parents: dict[int, set[int]] = {}  # {entry that others are put under: {proposals}}
    columns = ("section", "entry__section", "service__section", "offering__service__section")
    rows = Change.objects.filter(proposal__in=proposals)
    for proposal, subject, proposed, *sections in rows.values_list(
        "proposal", "subject", "proposed", *columns
    ):
        touched[proposal] |= {pk for pk in sections if pk}
        _add_number(touched[proposal], proposed.get("section"))
        if subject == Subject.SECTION:
            _add_number(touched[proposal], proposed.get("parent"))
        elif isinstance(proposed.get("parent"), int):
            new_parents.setdefault(proposed["parent"], set()).add(proposal)
    for entry, section in Entry.objects.filter(pk__in=new_parents).values_list("pk", "section"):
        for proposal in new_parents[entry]:  # it may stand in another section
            touched[proposal].add(section)
    return touched


def _add_number(sections: set[int], reference: object) -> None:
    """Add a place that exists; what another change adds has no owner yet."""
    if isinstance(reference, int):
        sections.add(reference)


def sections_of(user: User) -> list[Section]:
    """The sections that name `user` as editor or expert, by title: one query."""
    named = Section.objects.live().filter(Q(editors=user) | Q(experts=user)).distinct()
    return sorted(named, key=lambda section: (section.title.casefold(), section.pk))


def appointments(section: Section) -> QuerySet[LogEntry]:
    """Who appointed whom to a section, newest first (`actions.appoint` writes it)."""
    kind = ContentType.objects.get_for_model(Section)
    logged = LogEntry.objects.filter(
        content_type=kind, object_id=str(section.pk), action_flag=CHANGE
    )
    return logged.select_related("user").order_by("-pk")
