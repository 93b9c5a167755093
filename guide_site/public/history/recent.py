"""The last revisions of a part of the guide, and what each of them changed there."""

from dataclasses import dataclass, field, replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, OuterRef, Q, Subquery, Window
from django.db.models.functions import Cast, RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind, LegendTag, Section
from guide_site.core import words
from guide_site.public.history import revisions
from services.models import Service

MOST_STEPS = 12  # differences of one revision


@dataclass
class Part:
    """A part of the guide that one may follow. `rows` is None for the whole guide.

    rows    {model: primary keys, as a list or a queryset}
    titles  {primary key of a section: its title}, of the sections that entries may be in
    """

    title: str
    url: str
    titles: dict
    rows: dict | None = None
    legend: list = field(default_factory=list)

    def versions(self):
        """All Versions of what is in it."""
        found = Version.objects.filter(db="default")
        if self.rows is None:
            return found
        where = Q(pk=None)
        for model, pks in self.rows.items():
            if isinstance(pks, list):
                keys = [str(pk) for pk in pks]
            else:
                keys = pks.order_by().annotate(key=Cast("pk", CharField())).values("key")
            kind = ContentType.objects.get_for_model(model)
            where |= Q(content_type=kind, object_id__in=keys)
        return found.filter(where)

    def revisions(self):
        """The Revisions that touched it, newest first."""
        found = Revision.objects.select_related("user", "merge_note").order_by("-pk")
        if self.rows is None:
            return found
        return found.filter(pk__in=self.versions().order_by().values("revision"))


def whole(tree, name, url):
    """The whole guide, with the legend and the catalogue."""
    return Part(name, url, _titles(tree.nodes.values()))


def of_section(tree, slug):
    """A section with all below it; None if the guide has no such section."""
    node = tree.by_slug.get(slug)
    return node and _of_node(node)


def of_service(tree, slug):
    """A service, with its section and all below."""
    for node in tree.nodes.values():
        if node.home and node.home.slug == slug:
            part = _of_node(node)
            rows = part.rows | {Service: Service.objects.filter(slug=slug)}
            return replace(part, title=node.home.name, rows=rows)
    service = get_object_or_404(Service, slug=slug)
    return Part(service.name, service.get_absolute_url(), {}, {Service: [service.pk]})


def of_legend_tag(tree, legend, slug):
    """A legend tag, and the entries that carry it now."""
    tag = next((tag for tag in legend if tag.slug == slug), None)
    if tag is None:
        raise Http404("There is no such legend tag.")
    rows = {Entry: Entry.objects.filter(tags=tag), LegendTag: [tag.pk]}
    return Part(str(tag), tag.get_absolute_url(), _titles(tree.nodes.values()), rows, legend)


def _of_node(node):
    below = list(node.walk())
    pks = [one.section.pk for one in below]
    rows = {Section: pks, Entry: Entry.objects.filter(section__in=pks)}
    return Part(node.section.title, node.url, _titles(below), rows)


def _titles(nodes):
    return {node.section.pk: node.section.title for node in nodes}


def changes(part, count):
    """The last `count` revisions of a Part, each with `steps` and `total`: at most four queries.

    steps   Steps of at most MOST_STEPS rows that it changed, without those that changed no text
    total   how many rows it touched
    """
    found = list(part.revisions()[:count])
    touched = {revision.pk: [] for revision in found}
    for version in _versions(part, list(touched)):
        touched[version.revision_id].append(version)
    before = Version.objects.in_bulk(
        [version.before for versions in touched.values() for version in versions if version.before]
    )
    for revision in found:
        versions = touched[revision.pk]
        revision.total = versions[0].total if versions else 0
        steps = [_step(version, before.get(version.before), part) for version in versions]
        revision.steps = list(filter(None, steps))
    legend = {tag.pk: tag for tag in part.legend}
    revisions.name_tags([step for revision in found for step in revision.steps], legend)
    return found


def _versions(part, pks):
    """The first MOST_STEPS versions of each revision, with `total` and what was `before`."""
    earlier = Version.objects.filter(
        db="default",
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        revision__lt=OuterRef("revision"),
    ).order_by("-revision_id")
    found = part.versions().filter(revision__in=pks).order_by("pk")
    return found.annotate(
        number=Window(RowNumber(), partition_by="revision_id", order_by="pk"),
        total=Window(Count("pk"), partition_by="revision_id"),
        before=Subquery(earlier.values("pk")[:1]),
    ).filter(number__lte=MOST_STEPS)


def _step(version, before, part):
    """The Step of a version; None if it shows nothing to read."""
    new, old = revisions.fields(version), revisions.fields(before) if before else {}
    target = _target(version, new, part)
    if target is None:
        return None
    if isinstance(target, Entry | Section):
        step = revisions.step(target, old, new)
    else:
        pieces = words.difference(_facts(target, old), _facts(target, new))
        step = revisions.Step(target, old, new, pieces)
    says = any(piece.kind != "same" for piece in step.pieces)
    return step if says or step.tags_removed or step.tags_added or step.what != "edited" else None


def _target(version, fields, part):
    """What a version is of, as that version left it, with a `title` and `url` to speak of it."""
    if not fields or fields.get("kind") == EntryKind.KEPT:
        return None
    model = ContentType.objects.get_for_id(version.content_type_id).model_class()
    names = {field.attname for field in model._meta.concrete_fields}
    target = model(**{name: value for name, value in fields.items() if name in names})
    if model is Entry:
        section = part.titles.get(target.section_id)
        target.title = f"{section}: {target.opening_words}" if section else target.opening_words
    elif model is not Section:
        target.title = f"{model._meta.verbose_name.capitalize()} {target}"
    target.url = target.get_absolute_url() if hasattr(model, "get_absolute_url") else part.url
    return target


def _facts(row, fields):
    """The plain fields of a row of the catalogue or the legend, one a line."""
    shown = [
        field
        for field in row._meta.concrete_fields
        if not (field.is_relation or field.primary_key or field.name == "position")
    ]
    lines = [(field.verbose_name, fields.get(field.attname)) for field in shown]
    return "\n".join(f"{name}: {value}" for name, value in lines if value not in ("", None, False))
