"""Which provider, capability or service of the catalogue a table speaks of. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from services.models import Provider, Service

_BRACKET = re.compile(r"(.*\S)\s*\(([^()]+)\)")


def key(name: str) -> str:
    """What two spellings of one name have in common: “Route53” is “Route 53”."""
    return "".join(filter(str.isalnum, name.casefold())) or name.casefold().strip()


def match_providers(titles: Sequence[str], providers: Iterable[Provider]) -> list[Provider | None]:
    """For each title of a column its provider, or None; each provider counts once.

    The same name or slug is best; else one name must begin with all the words of the other:
    “Microsoft Azure” and “Microsoft”.
    """
    by_column: list[Provider | None] = [None] * len(titles)
    free = list(providers)
    for field in ("name", "slug"):
        for number, title in enumerate(titles):
            same = [p for p in free if key(getattr(p, field)) == key(title)]
            if title and same and by_column[number] is None:
                by_column[number] = same[0]
                free.remove(same[0])
    pairs = [
        (number, provider)
        for number, title in enumerate(titles)
        if title and by_column[number] is None
        for provider in free
        if is_alike(title, provider.name)
    ]
    columns, rivals = Counter(n for n, _ in pairs), Counter(p.pk for _, p in pairs)
    for number, provider in pairs:
        if columns[number] == rivals[provider.pk] == 1:
            by_column[number] = provider
    return by_column


def is_alike(one: str, other: str) -> bool:
    """True if one of two names begins with all the words of the other."""
    return _begins(one, other) or _begins(other, one)


def _begins(title: str, beginning: str) -> bool:
    words = re.findall(r"\w+", title.casefold())
    first = re.findall(r"\w+", beginning.casefold())
    return bool(first) and words[: len(first)] == first


class Names:
    """Finds services by name, slug, full name or abbreviation, in this order."""

    def __init__(
        self,
        services: Iterable[Service],
        vendor: int | None = None,
        vendor_words: Iterable[str] = (),
    ) -> None:
        """
        vendor        primary key of the provider whose services come before those of others
        vendor_words  words before a name that add nothing to it
        """
        words = "|".join(map(re.escape, vendor_words))
        self.vendor = re.compile(rf"(?:{words})\s+", re.I) if words else None
        self.sure: dict[str, Service] = {}
        self.slugs: dict[str, Service] = {}
        self.full: dict[str, Service] = {}
        self.short: dict[str, Service | None] = {}  # None: it is short for two, and means neither
        for service in sorted(services, key=lambda s: s.provider_id != vendor):
            self.add(service)

    def add(self, service: Service) -> None:
        """Take in one more service."""
        self.sure.setdefault(key(service.name), service)
        self.slugs.setdefault(key(service.slug), service)
        for name in self._full_names(service):
            self.full.setdefault(key(name), service)
        for name in self._abbreviations(service):
            if self.short.setdefault(key(name), service) is not service:
                self.short[key(name)] = None

    def find(self, name: str) -> Service | None:
        """The service that `name` means, or None."""
        levels = self.sure, self.slugs, self.full, self.short
        matches = (level.get(word) for word in self._spellings(name) for level in levels)
        return next(filter(None, matches), None) or self.sure.get(key(_initials(name)))

    def is_current(self, name: str, service: Service) -> bool:
        """True if `service` bears that name now: not only its address does."""
        names = [service.name, *self._full_names(service), *self._abbreviations(service)]
        return not {*self._spellings(name), key(_initials(name))}.isdisjoint(map(key, names))

    def _spellings(self, name: str) -> list[str]:
        """Keys of a name, of it without the vendor, and of what is before and in its bracket."""
        words = [name, self._without_vendor(name)]
        if match := _BRACKET.fullmatch(name):
            words += [match[1], match[2]]
        return [key(word) for word in words]

    def _full_names(self, service: Service) -> list[str]:
        full, name = service.full_name, service.name
        names = [full, self._without_vendor(full), self._without_vendor(name)]
        return list(filter(None, names))

    def _abbreviations(self, service: Service) -> list[str]:
        full = [service.name, self._without_vendor(service.full_name)]
        brackets = [_BRACKET.fullmatch(name) for name in (service.name, service.full_name)]
        names = [*(group for match in brackets if match for group in match.groups())]
        return list(filter(None, names + [_initials(name) for name in full]))

    def _without_vendor(self, name: str) -> str:
        return (
            self.vendor.sub("", name, count=1) if self.vendor and self.vendor.match(name) else name
        )


def _initials(name: str) -> str:
    """“ECS” of “Elastic Container Service”; "" of a single word."""
    words = re.findall(r"\w+", name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""
