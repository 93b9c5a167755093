"""The services and legend tags of the guide by name, and its synonyms, in one query."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Value
from django.db.models.functions import Coalesce
from rapidfuzz import fuzz

from entries.models import Guide, LegendTag
from guide_site.core import emoji
from guide_site.public.search.query import Names
from guide_site.public.search.thesaurus import Lexicon, lexicon
from guide_site.public.search.words import folded
from services.models import Service
from services.reading.presence import published

MOST_NEAR = 4
LIKE = 60  # percent of letters in common from which on names are near


@dataclass(frozen=True)
class Name:
    """A service or a legend tag."""

    pk: int
    slug: str
    short: str  # name of the service, or sign of the tag
    long: str  # full name of the service, or label of the tag
    section: str = ""  # slug of the section whose page shows the service


class Vocabulary:
    """The services and legend tags as they are now, by primary key and in order; the lexicon."""

    def __init__(self) -> None:
        home = Coalesce("section__slug", Value(""))
        services = (
            published(Service.objects.all())
            .order_by()
            .values_list(Value(0), Value(0), "pk", "slug", "name", "full_name", home)
        )
        tags = LegendTag.objects.order_by().values_list(
            Value(1), "position", "pk", "slug", "sign", "label", Value("")
        )
        facts = Guide.objects.order_by().values_list(
            Value(2), Value(0), "pk", "vendor_words", "language", "synonyms", Value("")
        )
        self.services: dict[int, Name] = {}
        self.tags: dict[int, Name] = {}
        self.lexicon: Lexicon = lexicon()
        for kind, _, *fields in sorted(services.union(tags, facts, all=True)):
            name = Name(*fields)
            if kind == 2:
                self.lexicon = lexicon(name.short, name.long, name.slug)
            else:
                (self.tags if kind else self.services)[name.pk] = name

    @cached_property
    def names(self) -> Names:
        """The names and full names of the services, which mean the same in a query."""
        return Names((name.short, name.long) for name in self.services.values())

    def near(self, text: str) -> list[Name]:
        """The services whose names are nearest to a typed text, nearest first; may be none."""
        typed = [word for word in folded(text) if word not in self.lexicon.stop] or folded(text)
        scored = []
        for service in self.services.values():
            known = folded(f"{service.short} {service.long}")
            score = max((fuzz.ratio(a, b) for a in typed for b in known), default=0)
            scored.append((-score, service.pk))
        near = sorted(pair for pair in scored if -pair[0] >= LIKE)
        return [self.services[pk] for _, pk in near[:MOST_NEAR]]

    @property
    def signs(self) -> dict[str, str]:
        """{legend sign: its label}."""
        return {emoji.bare(tag.short): tag.long for tag in self.tags.values()}
