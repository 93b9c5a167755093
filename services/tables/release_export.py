"""The releases table of the guide, row by row as the catalogue has it."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from entries.models import Entry
from services.models import Provider, Service
from services.release_dates import release_text
from services.tables.matching import Names, key
from services.tables.published_since import Past
from services.tables.table import FoundReleases, Row

Found: TypeAlias = FoundReleases[Entry]


def write_releases(
    releases: Sequence[Found], vendor: Provider | None, past: Past, vendor_words: Sequence[str]
) -> None:
    """Change some tables of releases into what the catalogue says.

    vendor        the Provider whose services are due in the first of them, or None
    past          a Past, to tell what was published later
    vendor_words  words before the name of a service that add nothing to it
    """
    if releases:
        _Releases(releases, vendor, past, vendor_words).update_tables()


class _Releases:
    def __init__(
        self,
        releases: Sequence[Found],
        vendor: Provider | None,
        past: Past,
        vendor_words: Sequence[str],
    ) -> None:
        self.releases, self.past = releases, past
        self.vendor = vendor.pk if vendor else None
        self.services = {row.pk: row for row in Service.objects.prefetch_related("tags")}
        self.names = Names(self.services.values(), self.vendor, vendor_words)
        rows = [
            (release_table, row) for release_table in releases for row in release_table.table.rows
        ]
        self.named = {self.names.find(release_table.name(row)) for release_table, row in rows}
        self.seen: set[int] = set()

    def update_tables(self) -> None:
        for release_table in self.releases:
            ruled = self._ruled(release_table)
            for row in list(release_table.table.rows):
                name = release_table.name(row)
                service = self._find(name)
                if service and service.pk not in self.seen:
                    self.seen.add(service.pk)
                    self._write_row(release_table, row, service, ruled)
                elif name and not service and self._is_gone(release_table, row, name):
                    release_table.table.rows.remove(row)
        for service in sorted(self.services.values(), key=lambda row: (row.name, row.pk)):
            released = service.released if service.provider_id == self.vendor else None
            if released and service.pk not in self.seen and self._is_new(service):
                self._add(service, released)

    def _ruled(self, release_table: Found) -> set[str]:
        """The signs that a table uses: it shows these for every service."""
        return {
            s
            for row in release_table.table.rows
            for s in release_table.cells.service(row.cell(0))[2]
        }

    def _find(self, name: str) -> Service | None:
        """The service of a row: the one of that name, or one that had it and no row now."""
        if not name:
            return None
        if service := self.names.find(name):
            return service
        former = [self.services.get(pk) for pk in self.past.former(Service)[key(name)]]
        return next((row for row in former if row and row not in self.named), None)

    def _is_gone(self, release_table: Found, row: Row, name: str) -> bool:
        """True if the service of a row was deleted after the row was written."""
        latest = self.past.latest(Service)
        deleted = self.past.former(Service)[key(name)] - self.services.keys()
        return any(self.past.is_older(release_table, row, latest[pk]) for pk in deleted)

    def _write_row(
        self, release_table: Found, row: Row, service: Service, ruled: Collection[str]
    ) -> None:
        cells = release_table.cells
        changes: dict[int, str] = {}
        first = cells.service(row.cell(0))
        wanted = (self._name(service, first[0]), service.release_notes_url)
        signs = _signs(service, ruled, first[2])
        if wanted != first[:2] or set(signs) != set(first[2]):
            changes[0] = cells.write_service(*wanted, signs, row.cell(0))
        date = service.released, service.released_precision
        if date != cells.date(row.cell(release_table.date_column)):
            changes[release_table.date_column] = release_text(*date)
        state, column = _state(service), release_table.availability_column
        if column and state != cells.availability(row.cell(column)):
            changes[column] = cells.write_availability(*state)
        changed = self.past.latest(Service).get(service.pk, 0) if changes else 0
        if changes and self.past.is_older(release_table, row, changed):
            for column, text in changes.items():
                row.replace(column, text)

    def _name(self, service: Service, name: str) -> str:
        """What to call a service in its row: as the row does, unless that is a former name."""
        if self.names.is_current(name, service):
            return name
        return service.name if service.pk in self.past.former(Service)[key(name)] else name

    def _is_new(self, service: Service) -> bool:
        """True if it was written after the last table that had its row."""
        release_table = self.releases[0]
        since = self.past.lacks_since(release_table, lambda name: self.names.find(name) is service)
        return self.past.latest(Service).get(service.pk, 0) > since

    def _add(self, service: Service, released: datetime.date) -> None:
        """Add a row to the first table, where its date belongs."""
        release_table = self.releases[0]
        cells, table = release_table.cells, release_table.table
        dates = [cells.date(row.cell(release_table.date_column))[0] for row in table.rows]
        known = list(filter(None, dates))
        steps = [(a > b) - (a < b) for a, b in pairwise(known)]
        sign = -1 if sum(steps) < 0 else 1  # 1: the newest first
        later = [n for n, d in enumerate(dates) if d and sign * (released - d).days > 0]
        place = later[0] if later else len(table.rows)
        signs = _signs(service, self._ruled(release_table))
        texts = {
            0: cells.write_service(service.name, service.release_notes_url, signs),
            release_table.date_column: service.released_text,
        }
        if column := release_table.availability_column:
            texts[column] = cells.write_availability(*_state(service))
        table.insert(place, texts)


def _state(service: Service) -> tuple[str, bool, str]:
    return service.availability, service.availability_uncertain, service.note


def _signs(service: Service, ruled: Collection[str], old: Iterable[str] = ()) -> list[str]:
    """Signs to write in front of a service, of those that its table rules; the old ones first."""
    tags = [tag.key for tag in service.tags.all() if tag.key in ruled]
    return [sign for sign in old if sign in tags] + [sign for sign in tags if sign not in old]
