"""The context that the HTML of entries is made in."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Self
from urllib.parse import quote, urljoin

from django.apps import apps
from django.urls import reverse
from django.utils.safestring import SafeString

from entries.models.guide import Guide
from entries.models.legend_tags import LegendTag
from entries.models.sections import Section, SectionAlias
from guide_site.core import definitions, markdown, relative_links
from guide_site.core.addresses import on_this_site
from guide_site.core.definitions import Links, Note
from guide_site.core.pictures.shown import Elsewhere, Picture, host_of, name_of

_IS_WHOLE = re.compile("https?://", re.I)
_WORDS = 300  # characters of a footnote that are shown where it is referred to


class _Definitions(NamedTuple):
    """What the entries of the guide define; of two definitions of a label the first counts.

    links   link definitions by normalized label
    owners  primary keys of the entries that they stand in, by the same label
    notes   footnotes by label
    """

    links: dict[str, Any]
    owners: dict[str, int]
    notes: dict[str, Note]


class RenderContext:
    """What the HTML of an entry depends on besides its body: the legend, sections, definitions.

    tags     all tags of the legend
    legend   {key of a live tag: (address, label)}
    anchors  {anchor of an internal link: address it leads to}
    """

    def __init__(self, tags: Collection[LegendTag], anchors: dict[str, str]) -> None:
        self.tags = tags
        self.legend = {
            tag.key: (tag.get_absolute_url(), tag.label) for tag in tags if not tag.retired_at
        }
        self.anchors = anchors
        self._others: Callable[[], Mapping[str, Picture]] = dict

    def show_also(self, others: Callable[[], Mapping[str, Picture]]) -> Self:
        """Show pictures that are not in the guide as well; returns the context.

        others  returns them by name; called when a text has a picture that is not in the guide
        """
        self._others = others
        return self

    def render(self, source: str, *, own: int | None = None) -> SafeString:
        """The HTML of some Markdown in this context.

        own  primary key of its entry, if the guide has link definitions that stand in it
        """
        notes = self._definitions.notes if "[^" in source else {}
        return markdown.render(
            source,
            legend=self.legend,
            address_of=self._address_of,
            file_of=self.file_of,
            links=self.links_for(source, own=own),
            notes=notes,
            picture_of=self.picture_of,
        )

    def links_for(self, source: str, *, own: int | None = None) -> Links:
        """The link definitions of the guide that some Markdown may use, by normalized label.

        own  primary key of an entry whose definitions are left out
        """
        used = {
            label for label in definitions.used_labels(source) if not definitions.is_note(label)
        }
        if not used:
            return {}  # as most texts: nothing has to be read
        links, owners, _ = self._definitions
        return {label: links[label] for label in used if label in links and owners[label] != own}

    @cached_property
    def _definitions(self) -> _Definitions:
        """Read when a text uses some; one query."""
        known = _Definitions({}, {}, {})
        entries = apps.get_model("entries", "Entry").objects  # they are saved with HTML made here
        for entry in entries.that_define().only("pk", "body"):
            found = definitions.defined(entry.body)
            for label, target in found.links.items():
                known.links.setdefault(label, target)
                known.owners.setdefault(label, entry.pk)
            for label in found.notes:
                words = markdown.plain(entry.body)[:_WORDS]
                note = Note(len(known.notes) + 1, entry.get_absolute_url(), words)
                known.notes.setdefault(label, note)
        return known

    def picture_of(self, address: str) -> Picture | Elsewhere | None:
        """What the address of a picture in a text means; None: nothing is known of it."""
        name = self.picture_name(address)
        if name and name in self._pictures:
            return self._pictures[name]
        if name and name in self._not_yet:
            return self._not_yet[name]
        if name and not _IS_WHOLE.match(address):
            base = self._facts.pictures_url or self._facts.source_url
            address = urljoin(base, quote(name)) if base else address
        if not _IS_WHOLE.match(address):
            return None
        is_shown = address.startswith("https://") and host_of(address) in self._hosts
        return Elsewhere(address, is_shown)

    def picture_name(self, address: str) -> str | None:
        """The name of the picture that an address in a text means, in the guide or not."""
        whole = _IS_WHOLE.match(address)
        facts = self._facts if whole else None
        return name_of(address, (facts.pictures_url, facts.source_url) if facts else ())

    @cached_property
    def _not_yet(self) -> Mapping[str, Picture]:
        """Pictures that are shown though they are not in the guide."""
        return self._others()

    @cached_property
    def _facts(self) -> Guide:
        """The facts of the guide, read when a text refers to something outside; one query."""
        return Guide.current()

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """The hosts whose pictures are shown."""
        return frozenset(self._facts.hosts_of_pictures)

    @cached_property
    def _pictures(self) -> dict[str, Picture]:
        """Those of the guide by name, read when a text has one; one query."""
        figures = apps.get_model("entries", "Figure").objects.values_list(
            "name", "picture__digest", "picture__kind", "picture__width", "picture__height"
        )
        return {
            name: Picture(reverse("picture", args=[digest, kind]), width, height)
            for name, digest, kind, width, height in figures
        }

    def _address_of(self, anchor: str) -> str | None:
        return markdown.destination(anchor, self.anchors)

    @property
    def source(self) -> str:
        """Where the guide's file stands on the web, or “”: see `core.relative_links`."""
        return self._facts.source_url

    def anchor_of(self, target: str) -> str | None:
        """The anchor in the guide that a link names, also as “README.md#anchor”; None if none."""
        if target.startswith("#"):
            return target[1:]
        return relative_links.anchor_in_guide(target, self.source) or None

    def file_of(self, target: str) -> str | None:
        """Where a relative link leads: a section, a picture, a page of this site, the source."""
        if anchor := self.anchor_of(target):
            address = self._address_of(anchor)
        else:
            is_whole = relative_links.anchor_in_guide(target, self.source) == ""
            name = self.picture_name(target)
            picture = self._pictures.get(name) if name else None
            address = reverse("guide") if is_whole else on_this_site(target)
            address = picture.address if picture else address
        return address or relative_links.resolved(target, self.source)

    def is_here(self, target: str) -> bool:
        """True for the target of a link that is a page or a picture of this site."""
        return bool(on_this_site(target)) or self.picture_name(target) in self._pictures

    @classmethod
    def current(cls) -> Self:
        """The context as the database holds it now; three queries, and one for definitions."""
        slugs = Section.objects.values_list("slug", flat=True)
        sections = {slug: reverse("section", args=[slug]) for slug in slugs}
        aliases = {  # they go before slugs, which the site made of titles
            slug: reverse("entry", args=[entry]) if entry else sections[section]
            for slug, section, entry in SectionAlias.objects.values_list(
                "slug", "section__slug", "entry"
            )
        }
        return cls(list(LegendTag.objects.all()), sections | aliases)
