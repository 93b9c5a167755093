"""What one may ask of each list of the API. Each has `results`, and refuses what makes no sense."""

from copy import deepcopy

import django_filters
from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind, LegendTag, Section, SectionKind
from guide_site.public.history import recent
from guide_site.public.history.revisions import with_people
from guide_site.public.pages.filters import EntryFilter
from services.models import Provider, Service
from services.reading import releases
from services.reading.coverage import service_lines
from services.reading.filters import MatrixForm, ReleaseFilter, ServiceFilter
from services.reading.matrix import Matrix

PAGE_SIZE, MOST = 100, 500  # rows of a page
_KINDS = [choice for choice in EntryKind.choices if choice[0] != EntryKind.KEPT]


class Paging(forms.Form):
    """Which page of a list."""

    page = forms.IntegerField(
        min_value=1, max_value=1_000_000, required=False, help_text="Number of the page, from 1."
    )
    page_size = forms.IntegerField(
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=f"Rows of a page: {PAGE_SIZE} unless told.",
    )


class Query(django_filters.FilterSet):
    """A list without parameters. `form` tells whether they are valid, `results` is the answer."""

    def __init__(self, data, guide):
        super().__init__(data, self.rows(guide))
        self.guide = guide
        for name, choices in self.choices(guide).items():
            self.filters[name].extra["choices"] = choices

    def rows(self, guide):
        """All rows."""
        return self._meta.model.objects.all()

    def choices(self, guide):
        """{parameter: function that gives its choices}, called only when it is asked for."""
        return {}

    @property
    def results(self):
        """The rows that match, once the parameters are known to be valid."""
        return self.qs


def _choice(label, words, **extra):
    """A filter by one of the slugs that there are."""
    return django_filters.ChoiceFilter(
        label=label, error_messages={"invalid_choice": f"There is no {words} “%(value)s”."}, **extra
    )


class EntryQuery(EntryFilter):
    """Live entries."""

    section = _choice(
        "Section",
        "section",
        method="in_section",
        help_text="Slug of a section: entries in it and in all below.",
    )
    kind = _choice("Kind", "kind of entry", choices=_KINDS, help_text="What the entry is.")

    class Meta(EntryFilter.Meta):
        fields = [*EntryFilter.Meta.fields, "section", "kind"]

    def __init__(self, data, guide):
        live = Entry.objects.live().filter(section__in=Section.objects.shown()).order_by("pk")
        super().__init__(
            data, live.defer("verbatim"), tree=guide.tree, legend=LegendTag.objects.all()
        )
        self.filters["section"].extra["choices"] = lambda: [(s, s) for s in guide.tree.by_slug]

    @property
    def results(self):
        """The entries that match."""
        return self.matches

    def in_section(self, entries, name, slug):
        below = self.tree.by_slug[slug].walk()
        return entries.filter(section__in=[node.section.pk for node in below])


class SectionQuery(Query):
    """Sections that the site shows, as nodes of the tree."""

    kind = _choice(
        "Kind", "kind of section", choices=SectionKind.choices, help_text="What it is about."
    )
    below = _choice(
        "Below",
        "section",
        method="as_below",
        help_text="Slug of a section: that one and all below.",
    )

    class Meta:
        model = Section
        fields = ["kind", "below"]

    def choices(self, guide):
        return {"below": lambda: [(slug, slug) for slug in guide.tree.by_slug]}

    def as_below(self, sections, name, slug):
        below = self.guide.tree.by_slug[slug].walk()
        return sections.filter(pk__in=[node.section.pk for node in below])

    @property
    def results(self):
        """The nodes that match, in the order of the guide."""
        pks = set(self.qs.values_list("pk", flat=True))
        return [node for node in self.guide.tree.walk() if node.section.pk in pks]


class TagQuery(Query):
    """The legend."""

    class Meta:
        model = LegendTag
        fields = []


class ServiceQuery(ServiceFilter):
    """The catalogue, as its page filters and sorts it."""

    def __init__(self, data, guide):
        super().__init__(data, service_lines(guide.tree, with_tags=True))

    @property
    def results(self):
        """The services that match, in the order that was asked for."""
        return self.arranged_lines


class ReleaseQuery(ReleaseFilter):
    """The table of releases, as its page filters and sorts it."""

    def __init__(self, data, guide):
        super().__init__(data, releases.known())

    @property
    def results(self):
        """The services that match, in the order that was asked for."""
        return self.arranged


class MatrixQuery:
    """The service matrix, as its page is searched: its form is no FilterSet."""

    base_fields = MatrixForm.base_fields

    def __init__(self, data, guide):
        self.matrix = Matrix.current()
        self.form = MatrixForm(data, self.matrix.providers)

    @property
    def results(self):
        """The Rows that match, under the providers that were asked for."""
        asked = self.form.cleaned_data
        return self.matrix.find(asked["q"]).under(asked["provider"]).rows


class ProviderQuery(Query):
    """Providers with what they have."""

    class Meta:
        model = Provider
        fields = []

    def rows(self, guide):
        return Provider.objects.annotate(
            service_count=Count("services", distinct=True),
            offering_count=Count("offerings", distinct=True),
        ).order_by("position", "pk")


class RevisionQuery(Query):
    """Revisions, newest first; of a part of the guide, as its feed has them."""

    section = _choice(
        "Section",
        "section",
        method="of_section",
        help_text="Slug of a section: what touched it or anything below.",
    )
    service = _choice(
        "Service",
        "service",
        method="of_service",
        help_text="Slug of a service: what touched it or its section.",
    )
    tag = _choice(
        "Legend tag",
        "legend tag",
        method="of_tag",
        help_text="Slug of a legend tag: what touched it or an entry that carries it.",
    )

    class Meta:
        model = Revision
        fields = ["section", "service", "tag"]

    def choices(self, guide):
        return {
            "section": lambda: [(slug, slug) for slug in guide.tree.by_slug],
            "service": lambda: list(Service.objects.values_list("slug", "name")),
            "tag": lambda: [(tag.slug, tag.label) for tag in guide.legend],
        }

    def rows(self, guide):
        written = Version.objects.filter(revision=OuterRef("pk")).order_by().values("revision")
        counted = Subquery(written.annotate(n=Count("pk")).values("n"))
        known = with_people(Revision.objects.order_by("-pk"))
        return known.annotate(change_count=Coalesce(counted, 0))

    def _touching(self, found, part):
        return found.filter(pk__in=part.versions().order_by().values("revision"))

    def of_section(self, found, name, slug):
        return self._touching(found, recent.of_section(self.guide.tree, slug))

    def of_service(self, found, name, slug):
        return self._touching(found, recent.of_service(self.guide.tree, slug))

    def of_tag(self, found, name, slug):
        return self._touching(found, recent.of_legend_tag(self.guide.tree, self.guide.legend, slug))


def parameters(query):
    """{name: form field} of the parameters of a list, those of the paging too."""
    if query is MatrixQuery:
        own = query.base_fields
    else:
        # A filter keeps the field it made, so copies make them: choices differ by request.
        own = {name: found.field for name, found in deepcopy(query.base_filters).items()}
    return own | Paging.base_fields
