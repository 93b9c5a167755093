"""Which bullets a reader chose to see: with all or any of some legend tags, and without others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from entries.models import LegendTag

MOST = 5  # tags chosen at once, and as many hidden
PARAMETERS = ("tag", "tag_mode", "hide")  # of an address that holds a choice
ALL, ANY = "all", "any"

Pairs = Iterable[tuple[str, str]]  # of name and value, of an address


@dataclass(frozen=True)
class TagChoice:
    """What was chosen, by slugs of legend tags.

    tags    those that an entry must carry: all of them, or any if `is_any`
    hide    those that it must not carry; it goes with all that is nested in it
    """

    tags: tuple[str, ...] = ()
    is_any: bool = False
    hide: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> TagChoice:
        """The choice in an address, known tags or not."""
        return cls(
            tags=tuple(dict.fromkeys(filter(None, query.getlist("tag")))),
            is_any=query.get("tag_mode") == ANY,
            hide=tuple(dict.fromkeys(filter(None, query.getlist("hide")))),
        )

    def __bool__(self) -> bool:
        return bool(self.tags or self.hide)

    @property
    def too_many(self) -> str:
        """A sentence if more was chosen than can be, else ""."""
        if len(self.tags) > MOST:
            return f"Choose at most {MOST} tags."
        return f"Hide at most {MOST} tags." if len(self.hide) > MOST else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The choice as parameters of an address."""
        mode = [("tag_mode", ANY)] if self.is_any and len(self.tags) > 1 else []
        return [*(("tag", t) for t in self.tags), *mode, *(("hide", t) for t in self.hide)]

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        return urlencode(self.pairs)

    def hides(self, slugs: Collection[str]) -> bool:
        """True for an entry with a tag that was hidden."""
        return not set(self.hide).isdisjoint(slugs)

    def fits(self, slugs: Collection[str]) -> bool:
        """True for an entry that carries the chosen tags, whatever is hidden."""
        if self.is_any and self.tags:
            return not set(self.tags).isdisjoint(slugs)
        return set(self.tags).issubset(slugs)

    def is_as_typed(self, query: QueryDict, known: Collection[str]) -> bool:
        """True for an address that the site itself makes of this choice.

        Only such a page is worth keeping: otherwise made-up addresses would fill a cache.

        known  slugs of tags, in the order of the legend
        """
        places = {slug: number for number, slug in enumerate(known)}
        if self.too_many or not places.keys() >= {*self.tags, *self.hide}:
            return False
        in_order = replace(
            self,
            tags=tuple(sorted(self.tags, key=places.__getitem__)),
            hide=tuple(sorted(self.hide, key=places.__getitem__)),
        )
        typed = [(name, value) for name in PARAMETERS for value in query.getlist(name)]
        modes = [("tag_mode", ANY)] if in_order.is_any else [("tag_mode", ALL), ("tag_mode", "")]
        bare = [pair for pair in in_order.pairs if pair[0] != "tag_mode"]
        of_mode = [pair for pair in typed if pair[0] == "tag_mode"]
        return [p for p in typed if p not in modes] == bare and len(of_mode) < 2

    def in_words(self, legend: Mapping[str, LegendTag], rest: Pairs = ()) -> InWords:
        """The choice in words, each part with the address without it.

        legend  {slug: tag}; unknown ones are left out
        rest    other parameters of the address, which stay
        """
        rest = list(rest)

        def address(choice: TagChoice) -> str:
            return "?" + urlencode([*rest, *choice.pairs])

        def without(slugs: Iterable[str], slug: str) -> tuple[str, ...]:
            return tuple(other for other in slugs if other != slug)

        return InWords(
            tags=[
                Taken(legend[slug], address(replace(self, tags=without(self.tags, slug))))
                for slug in self.tags
                if slug in legend
            ],
            hidden=[
                Taken(legend[slug], address(replace(self, hide=without(self.hide, slug))))
                for slug in self.hide
                if slug in legend
            ],
            is_any=self.is_any,
            other=address(replace(self, is_any=not self.is_any)),
        )


class Taken(NamedTuple):
    """A legend tag that was chosen or hidden, and the address without it."""

    tag: LegendTag
    url: str


class InWords(NamedTuple):
    """A choice as a page says it: “bullets with all of … , without …”.

    other  the address with “any of” for “all of”, or the other way round
    """

    tags: list[Taken]
    hidden: list[Taken]
    is_any: bool
    other: str

    @property
    def mode(self) -> str:
        """“all of ” or “any of ”, before several tags."""
        if len(self.tags) < 2:
            return ""
        return "any of " if self.is_any else "all of "
