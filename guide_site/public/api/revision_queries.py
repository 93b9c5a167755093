"""The rows and the query parameters of the list of revisions."""

from collections.abc import Callable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from reversion.models import Revision, Version

from guide_site.public.api.guide import Guide
from guide_site.public.api.queries import Choices, Query, choice
from guide_site.public.history import recent
from guide_site.public.history.revisions import with_people
from services.models import Service


class RevisionQuery(Query):
    """Revisions, newest first; of a part of the guide those that its feed has."""

    section = choice(
        "Section",
        "section",
        method="of_section",
        help_text="Slug of a section: what touched it or anything below.",
    )
    service = choice(
        "Service",
        "service",
        method="of_service",
        help_text="Slug of a service: what touched it or its section.",
    )
    tag = choice(
        "Legend tag",
        "legend tag",
        method="of_tag",
        help_text="Slug of a legend tag: what touched it or an entry that carries it.",
    )

    class Meta:
        model = Revision
        fields = ["section", "service", "tag"]

    def choices(self, guide: Guide) -> dict[str, Callable[[], Choices]]:
        """The slugs of all sections, services and live legend tags."""
        return {
            "section": lambda: [(slug, slug) for slug in guide.tree.by_slug],
            "service": lambda: list(Service.objects.values_list("slug", "name")),
            "tag": lambda: [(tag.slug, tag.label) for tag in guide.legend],
        }

    def rows(self, guide: Guide) -> QuerySet[Revision]:
        """Revisions with author, proposal and approvers, and with `change_count`."""
        written = Version.objects.filter(revision=OuterRef("pk")).order_by().values("revision")
        counted = Subquery(written.annotate(n=Count("pk")).values("n"))
        rows = Revision.objects.annotate(change_count=Coalesce(counted, 0))
        return with_people(rows.order_by("-pk"))

    def of_section(self, among: QuerySet[Revision], name: str, slug: str) -> QuerySet[Revision]:
        """Revisions that touched this section or anything below it."""
        return _touching(among, recent.of_section(self.guide.tree, slug))

    def of_service(self, among: QuerySet[Revision], name: str, slug: str) -> QuerySet[Revision]:
        """Revisions that touched this service or its section."""
        return _touching(among, recent.of_service(self.guide.tree, slug))

    def of_tag(self, among: QuerySet[Revision], name: str, slug: str) -> QuerySet[Revision]:
        """Revisions that touched this legend tag or an entry that carries it."""
        return _touching(among, recent.of_legend_tag(self.guide.tree, self.guide.legend, slug))


def _touching(among: QuerySet[Revision], part: recent.Part | None) -> QuerySet[Revision]:
    versions: QuerySet[Version] = part.versions() if part else Version.objects.none()
    return among.filter(pk__in=versions.order_by().values("revision"))
