"""The last revisions of a part of the guide, and what each of them changed there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Model, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Cast, RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind, LegendTag, Picture, Section
from entries.reading.tree import Node, Tree
from guide_site.core import words
from guide_site.public.history import revisions
from guide_site.public.history.steps import Legend, State, Step, Target, state_of, step, texts_of
from services.models import Service
from services.reading.presence import published

MOST_STEPS = 12  # differences of one revision


Rows = Mapping[type[Model], list[int] | QuerySet[Any]]  # primary keys, or a query of rows


@dataclass(frozen=True)
class Part:
    """A part of the guide that one may follow.

    titles  {primary key of a section: its title}, of the sections that entries may be in
    rows    what is in it; None: the whole guide
    legend  all legend tags, if they were read already
    """

    title: str
    url: str
    titles: Mapping[int, str]
    rows: Rows | None = None
    legend: Sequence[LegendTag] = ()

    def versions(self) -> QuerySet[Version]:
        """All Versions of what is in it."""
        everything = Version.objects.filter(db="default")
        if self.rows is None:
            return everything
        where = Q(pk=None)
        for model, pks in self.rows.items():
            if isinstance(pks, list):
                keys = [str(pk) for pk in pks]
            else:
                keys = pks.order_by().annotate(key=Cast("pk", CharField())).values("key")
            kind = ContentType.objects.get_for_model(model)
            where |= Q(content_type=kind, object_id__in=keys)
        return everything.filter(where)

    def revisions(self) -> QuerySet[Revision]:
        """The revisions that touched it, newest first, with their people."""
        newest = revisions.with_people(Revision.objects.order_by("-pk"))
        if self.rows is None:
            return newest
        return newest.filter(pk__in=self.versions().order_by().values("revision"))


def whole(tree: Tree, name: str, url: str) -> Part:
    """The whole guide, with the legend and the catalogue."""
    return Part(name, url, _titles(tree.nodes.values()))


def of_section(tree: Tree, slug: str) -> Part | None:
    """A section with all below it; None if the guide has no such section."""
    node = tree.by_slug.get(slug)
    return _of_node(node, {}) if node else None


def of_service(tree: Tree, slug: str) -> Part:
    """A service, with its section and all below. Raises Http404."""
    for node in tree.nodes.values():
        if node.home and node.home.slug == slug:
            part = _of_node(node, {Service: Service.objects.filter(slug=slug)})
            return replace(part, title=node.home.name)
    service = get_object_or_404(published(Service.objects.all()), slug=slug)
    return Part(service.name, service.get_absolute_url(), {}, {Service: [service.pk]})


def of_legend_tag(tree: Tree, legend: Sequence[LegendTag], slug: str) -> Part:
    """A legend tag, and the entries that carry it now. Raises Http404."""
    tag = next((tag for tag in legend if tag.slug == slug), None)
    if tag is None:
        raise Http404("There is no such legend tag.")
    rows: Rows = {Entry: Entry.objects.filter(tags=tag), LegendTag: [tag.pk]}
    return Part(str(tag), tag.get_absolute_url(), _titles(tree.nodes.values()), rows, legend)


def _of_node(node: Node, others: Rows) -> Part:
    """A section with all below it, and `others`."""
    nodes = list(node.walk())
    pks = [below.section.pk for below in nodes]
    rows: Rows = {Section: pks, Entry: Entry.objects.filter(section__in=pks), **others}
    return Part(node.section.title, node.url, _titles(nodes), rows)


def _titles(nodes: Iterable[Node]) -> dict[int, str]:
    return {node.section.pk: node.section.title for node in nodes}


@dataclass(frozen=True, eq=False)
class RecentRevision:
    """A revision and what it changed in a Part. Made by `changes`.

    steps  Steps of at most MOST_STEPS rows, without those that changed no text
    total  how many rows of the Part it touched
    """

    line: revisions.RevisionLine
    steps: list[Step]
    total: int


def changes(part: Part, count: int) -> list[RecentRevision]:
    """The last `count` revisions of a Part, newest first: at most four queries."""
    lines = revisions.revision_lines(part.revisions()[:count], with_approvers=False)
    touched: dict[int, list[_Touched]] = {line.row.pk: [] for line in lines}
    for each in _touched(part, list(touched)):
        touched[each.version.revision_id].append(each)
    earlier = {each.before for rows in touched.values() for each in rows if each.before}
    before = Version.objects.in_bulk(earlier)
    legend = Legend(part.legend)
    recent = []
    for line in lines:
        rows = touched[line.row.pk]
        steps = [_step(each.version, before.get(each.before), part, legend) for each in rows]
        total = rows[0].total if rows else 0
        recent.append(RecentRevision(line, [step for step in steps if step], total))
    return recent


class _Touched(NamedTuple):
    """A version in a Part, with the primary key of the version before it, or None.

    total  how many versions its revision has in the Part
    """

    version: Version
    before: int | None
    total: int


def _touched(part: Part, pks: list[int]) -> list[_Touched]:
    """The first MOST_STEPS versions of each revision, in one query."""
    earlier = Version.objects.filter(
        db="default",
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        revision__lt=OuterRef("revision"),
    ).order_by("-revision_id")
    versions = part.versions().filter(revision__in=pks).order_by("pk")
    numbered = versions.annotate(
        number=Window(RowNumber(), partition_by="revision_id", order_by="pk"),
        total=Window(Count("pk"), partition_by="revision_id"),
        before=Subquery(earlier.values("pk")[:1]),
    ).filter(number__lte=MOST_STEPS)
    return [_Touched(version, version.before, version.total) for version in numbered]


def _step(version: Version, before: Version | None, part: Part, legend: Legend) -> Step | None:
    """The Step of a version; None if it shows nothing to read."""
    new, old = state_of(version), state_of(before) if before else {}
    if not new or new.get("kind") == EntryKind.KEPT:
        return None
    row = _row(version, new)
    if isinstance(row, Picture):  # the name that it was given is told
        return None
    target = _target(row, part)
    if isinstance(row, Entry | Section):
        made = step(target, old, new, texts_of(type(row), old, new), legend)
    else:
        facts = words.difference(_facts(row, old), _facts(row, new))
        made = Step(target, old, new, facts, tags_removed=[], tags_added=[])
    return made if made.is_readable else None


def _row(version: Version, state: State) -> Model:
    """What a version is of, as that version left it."""
    kind = ContentType.objects.get_for_id(version.content_type_id)
    model = cast(type[Model], kind.model_class())  # the state of a lost model is {}
    names = {field.attname for field in model._meta.concrete_fields}
    return model(**{name: value for name, value in state.items() if name in names})


def _target(row: Model, part: Part) -> Target:
    """How a feed speaks of a row."""
    if isinstance(row, Entry):
        section = part.titles.get(row.section_id)
        title = f"{section}: {row.opening_words}" if section else row.opening_words
    elif isinstance(row, Section):
        title = row.title
    else:
        title = f"{str(row._meta.verbose_name).capitalize()} {row}"
    return Target(title, getattr(row, "get_absolute_url", lambda: part.url)())


def _facts(row: Model, state: State) -> str:
    """The plain fields of a row of the catalogue or the legend, one a line."""
    shown = [
        field
        for field in row._meta.concrete_fields
        if not (field.is_relation or field.primary_key or field.name == "position")
    ]
    lines = [(field.verbose_name, state.get(field.attname)) for field in shown]
    return "\n".join(f"{name}: {value}" for name, value in lines if value not in ("", None, False))
