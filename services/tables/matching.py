"""Which provider, capability or service of the catalogue a table speaks of. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from services.models import Provider, Service

AWS = "AWS"  # the provider whose offerings are services, and whose services have releases
_VENDOR = re.compile(r"(?:amazon|aws)\s+", re.I)
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
        if _begins(title, provider.name) or _begins(provider.name, title)
    ]
    columns, rivals = Counter(n for n, _ in pairs), Counter(p.pk for _, p in pairs)
    for number, provider in pairs:
        if columns[number] == rivals[provider.pk] == 1:
            by_column[number] = provider
    return by_column


def _begins(title: str, beginning: str) -> bool:
    words = re.findall(r"\w+", title.casefold())
    first = re.findall(r"\w+", beginning.casefold())
    return bool(first) and words[: len(first)] == first


class Names:
    """Finds services by name, slug, full name or abbreviation, in this order."""

    def __init__(self, services: Iterable[Service], vendor: int | None = None) -> None:
        """Services of the provider `vendor` (a primary key) come before those of others."""
        self.levels: list[dict[str, Service | None]] = [{} for _ in _LEVELS]
        for service in sorted(services, key=lambda s: s.provider_id != vendor):
            self.add(service)

    def add(self, service: Service) -> None:
        """Take in one more service."""
        for level, names_of in zip(self.levels, _LEVELS, strict=True):
            for name in filter(None, names_of(service)):
                level.setdefault(key(name), service)
                if names_of is _abbreviations and level[key(name)] is not service:
                    level[key(name)] = None  # of two services: it means neither

    def find(self, name: str) -> Service | None:
        """The service that `name` means, or None."""
        matches = (level.get(word) for word in _spellings(name) for level in self.levels)
        return next(filter(None, matches), None) or self.levels[0].get(key(_initials(name)))

    def is_current(self, name: str, service: Service) -> bool:
        """True if `service` bears that name now: not only its address does."""
        levels = [names_of for names_of in _LEVELS if names_of != _slugs]
        known = {key(word) for names_of in levels for word in names_of(service) if word}
        return bool(known & {*_spellings(name), key(_initials(name))})


def _spellings(name: str) -> list[str]:
    """Keys of a name, of it without “Amazon”, and of what is before and in its bracket."""
    words = [name, _without_vendor(name)]
    if match := _BRACKET.fullmatch(name):
        words += [match[1], match[2]]
    return [key(word) for word in words]


def _names(service: Service) -> list[str]:
    return [service.name]


def _slugs(service: Service) -> list[str]:
    return [service.slug]


def _full_names(service: Service) -> list[str]:
    return [service.full_name, _without_vendor(service.full_name), _without_vendor(service.name)]


def _abbreviations(service: Service) -> list[str]:
    full = [service.name, _without_vendor(service.full_name)]
    brackets = [_BRACKET.fullmatch(name) for name in (service.name, service.full_name)]
    return [*(group for match in brackets if match for group in match.groups())] + [
        initials for name in full if (initials := _initials(name))
    ]


_LEVELS: list[Callable[[Service], list[str]]] = [_names, _slugs, _full_names, _abbreviations]


def _without_vendor(name: str) -> str:
    return _VENDOR.sub("", name, count=1) if _VENDOR.match(name) else name


def _initials(name: str) -> str:
    """“ECS” of “Elastic Container Service”; "" of a single word."""
    words = re.findall(r"\w+", name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""
