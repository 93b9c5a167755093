"""The names that a guide has beside its texts: services and legend tags, in one query."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Value
from django.db.models.functions import Coalesce

from entries.models import LegendTag
from guide_site.public.search.query import Names
from services.models import Service


@dataclass(frozen=True)
class Name:
    """A service (name, full name) or a legend tag (sign, label)."""

    pk: int
    slug: str
    short: str
    long: str
    section: str = ""  # slug of the section that is the service's home


class Vocabulary:
    """The services and legend tags as they are now, by primary key and in order."""

    def __init__(self):
        home = Coalesce("section__slug", Value(""))
        services = Service.objects.order_by().values_list(
            Value(0), Value(0), "pk", "slug", "name", "full_name", home
        )
        tags = LegendTag.objects.order_by().values_list(
            Value(1), "position", "pk", "slug", "sign", "label", Value("")
        )
        self.services, self.tags = {}, {}
        for is_tag, _, *fields in sorted(services.union(tags, all=True)):
            name = Name(*fields)
            (self.tags if is_tag else self.services)[name.pk] = name

    @cached_property
    def names(self):
        """What stands for what in a query."""
        return Names((name.short, name.long) for name in self.services.values())

    @property
    def signs(self):
        """{sign of the legend: its label}."""
        return {tag.short.removesuffix("\ufe0f"): tag.long for tag in self.tags.values()}
