"""The catalogue from the tables of an imported guide. Callers hold `history.revision()`.

The tables are believed: what they say becomes providers, capabilities, offerings and release
facts, and what they do not say any more is removed (reversion keeps it). Services stay for
ever, and a guide without such a table leaves the catalogue alone.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from entries.actions import positions
from entries.imports.report import Report
from entries.markdown.parsed import ParsedEntry, ParsedGuide
from entries.models import EntryKind, Guide, LegendTag
from guide_site.core import definitions
from services import actions
from services.models import Capability, Offering, Provider, Service, free_slug
from services.tables import saying, table
from services.tables.cells import Offer
from services.tables.matching import Names, key
from services.tables.providers import facts_with, take_columns
from services.tables.table import FoundMatrix, FoundReleases
from services.tables.title_words import is_remark

_Matrix: TypeAlias = FoundMatrix[ParsedEntry]
_Releases: TypeAlias = FoundReleases[ParsedEntry]
_Offerings: TypeAlias = dict[tuple[int, str], Offering]  # {(provider's key, name): offering}


class _Line(NamedTuple):
    """A row of the matrix as the file has it."""

    name: str
    offers: list[tuple[Provider, Offer]]


def import_tables(guide: ParsedGuide, report: Report) -> frozenset[str]:
    """Make the catalogue what the tables of a parsed guide say; figures go into its Report.

    Returns the slugs of the providers that have a column of the matrix.
    """
    facts = facts_with(guide)
    if not facts.has_catalogue:
        report.tables.append("tables: not read, because the guide has no catalogue (settings)")
        return frozenset()
    work = _Import(guide, report)
    if work.matrices or work.releases:
        work.run(facts)
    report.tables.extend(saying.on_tables(guide, work.brought))
    return frozenset(work.with_column)


class _Import:
    """Reads the tables, finds the rows of the catalogue they mean, writes what differs."""

    def __init__(self, guide: ParsedGuide, report: Report) -> None:
        self.report = report
        self.tags = {tag.key: tag for tag in LegendTag.objects.all()}
        entries = [entry for entry in guide.walk() if entry.kind == EntryKind.TABLE]
        texts = [entry.verbatim for entry in guide.walk()]
        links = definitions.all_links(entry.body for entry in guide.walk())
        self.tables = table.find(
            entries, signs=list(self.tags), texts=lambda: texts, links=lambda: links
        )
        self.matrices, self.releases = self.tables.matrices, self.tables.releases
        self.listed: dict[int, int] = {}  # primary key of a service: the line of its release
        self.gone: list[Capability | Offering] = []
        self.with_column: set[str] = set()  # slugs of providers
        self.brought: dict[ParsedEntry, str] = {}  # by the entry of a table

    def run(self, facts: Guide) -> None:
        self.by_title, self.home = take_columns(self.tables, facts, self.report)
        services = Service.objects.prefetch_related("tags")
        self.names = Names(services, self.home.pk if self.home else None, facts.vendors)
        for release_table in self.releases:
            self._write_releases(release_table)
        if self.matrices:
            self._write_matrix(self._read_matrix())
        self._remove_what_is_gone()

    # Releases

    def _write_releases(self, release_table: _Releases) -> None:
        before = len(self.listed)
        odd: dict[table.Row, list[str]] = {row: [] for row in release_table.table.rows}
        read = {row: release_table.cells.service(row.cell(0), odd[row]) for row in odd}
        ruled = {sign for _, _, signs in read.values() for sign in signs}
        for row in release_table.table.rows:
            name, link, signs = read[row]
            if service := self._service_of(name, odd[row]):
                facts = _release_facts(release_table, row, odd[row]) | {"release_notes_url": link}
                self._write(service, facts, tags=self._tags(service, ruled, signs))
                self.names.add(service)
                self.listed[service.pk] = _line(release_table, row)
            self._remark(release_table, row, odd[row])
        said = f"{len(self.listed) - before} services"
        if others := release_table.table.other_titles:
            said += f" (columns that stay in the table only: {', '.join(others)})"
        self.brought[release_table.entry] = said

    def _service_of(self, name: str, odd: list[str]) -> Service | None:
        """The service, perhaps a new one, of a release; None, with a note, if there is none."""
        if not name:
            odd.append("a release without the name of a service: left out")
            return None
        service = self.names.find(name)
        if service is None:
            return Service(name=name, slug=free_slug(name, Service), provider=self.home)
        if service.pk in self.listed:
            line = self.listed[service.pk]
            odd.append(f"“{name}” has its release in line {line} already: left out")
            return None
        return service

    def _tags(
        self, service: Service, ruled: Collection[str], signs: Iterable[str]
    ) -> set[LegendTag]:
        """The legend tags of a service.

        ruled  the signs that its table uses: it tells of every service which of them it has
        signs  those that it has
        """
        old = service.tags.all() if service.pk else ()
        return {tag for tag in old if tag.key not in ruled} | {self.tags[sign] for sign in signs}

    # The matrix

    def _read_matrix(self) -> dict[str, _Line]:
        """{key of a capability: its line}, in the order of the rows."""
        lines: dict[str, _Line] = {}
        for matrix in self.matrices:
            before, providers = len(lines), self._columns(matrix)
            for row in matrix.table.rows:
                odd: list[str] = []
                name = matrix.cells.name(row.cell(0), odd=odd)
                if not name:
                    odd.append("a row of the service matrix without a name: left out")
                elif key(name) in lines:
                    odd.append(f"“{name}” is in the service matrix already: left out")
                else:
                    lines[key(name)] = _Line(name, _offers(matrix, row, providers, odd))
                self._remark(matrix, row, odd)
            added = list(lines.values())[before:]
            offers = sum(len(line.offers) for line in added)
            self.brought[matrix.entry] = (
                f"{len(added)} capabilities, {offers} offerings, {len(providers)} providers"
            )
        return lines

    def _columns(self, matrix: _Matrix) -> dict[int, Provider]:
        """{number of a column: its provider}."""
        columns = {}
        for number, title in enumerate(matrix.table.providers, start=1):
            if title:
                columns[number] = self.by_title[key(title)]
                self.with_column.add(columns[number].slug)
            elif is_remark(matrix.table.titles[number]):
                self._left_out(matrix, number, "has remarks: it stays in the table only")
            else:
                self._left_out(matrix, number, "has no name of its own: left out")
        return columns

    def _left_out(self, matrix: _Matrix, number: int, why: str) -> None:
        note = f"column {number + 1} of the service matrix {why}"
        self.report.note(matrix.entry.line, note)

    def _write_matrix(self, lines: dict[str, _Line]) -> None:
        here: dict[int, _Offerings] = {
            pk: {} for pk in Capability.objects.values_list("pk", flat=True)
        }
        for offering in Offering.objects.all():
            here[offering.capability_id][offering.provider_id, offering.name] = offering
        known = _match_capabilities(lines, here)
        assigned = positions.assign([row.position if row else None for row in known])
        for line, row, position in zip(lines.values(), known, assigned, strict=True):
            capability = row or Capability()
            self._write(capability, {"name": line.name, "position": position})
            self._write_offers(capability, line.offers, here.pop(capability.pk, {}))
        capabilities = Capability.objects.in_bulk(here)
        for pk, offerings in here.items():
            self.gone += [*offerings.values(), capabilities[pk]]

    def _write_offers(
        self, capability: Capability, offers: list[tuple[Provider, Offer]], here: _Offerings
    ) -> None:
        rows = [here.pop((provider.pk, offer.name), None) for provider, offer in offers]
        self.gone += here.values()
        assigned = positions.assign([row.position if row else None for row in rows])
        for (provider, offer), row, position in zip(offers, rows, assigned, strict=True):
            offering = row or Offering(capability=capability, provider=provider, name=offer.name)
            service = offering.service
            if provider == self.home and service is None:
                service = self.names.find(offer.name)
            fields = {
                "url": offer.url,
                "note": offer.note,
                "uncertain": offer.uncertain,
                "service": service,
                "position": position,
            }
            self._write(offering, fields)

    # What both need

    def _write(
        self, row: actions.Row, fields: Mapping[str, Any], tags: Collection[LegendTag] | None = None
    ) -> None:
        if what := actions.write_row(row, fields, tags=tags):
            self.report.count(row, what)

    def _remove_what_is_gone(self) -> None:
        trace = self.home or next(iter(self.by_title.values()))
        staying = actions.remove_rows(self.gone, trace=trace)
        for row in self.gone:
            if row in staying:
                line = self.matrices[0].entry.line
                note = f"“{row}” is not there, but kept: something still refers to it"
                self.report.note(line, note)
            else:
                self.report.count(row, "removed")

    def _remark(self, source: _Matrix | _Releases, row: table.Row, sentences: list[str]) -> None:
        ragged = source.table.why_ragged(row)
        for sentence in [ragged, *sentences] if ragged else sentences:
            self.report.note(_line(source, row), sentence)


def _line(source: _Matrix | _Releases, row: table.Row) -> int:
    """Number of a row's line in the file."""
    return source.entry.line + (row.number or 0)


def _release_facts(release_table: _Releases, row: table.Row, odd: list[str]) -> dict[str, Any]:
    """The fields of a Service that a row of the releases table tells."""
    cells = release_table.cells
    date, precision = cells.date(row.cell(release_table.date_column), odd)
    facts: dict[str, Any] = {"released": date, "released_precision": precision}
    if column := release_table.availability_column:
        availability, uncertain, note = cells.availability(row.cell(column), odd)
        facts |= {
            "availability": availability,
            "availability_uncertain": uncertain,
            "note": note,
        }
    return facts


def _offers(
    matrix: _Matrix, row: table.Row, providers: Mapping[int, Provider], odd: list[str]
) -> list[tuple[Provider, Offer]]:
    """What each provider offers in a row of the matrix."""
    return [
        (provider, offer)
        for column, provider in providers.items()
        for offer in matrix.cells.offers(row.cell(column), odd)
    ]


def _match_capabilities(
    lines: Mapping[str, _Line], here: Mapping[int, _Offerings]
) -> list[Capability | None]:
    """The Capability of each line, or None: of the same name, else with the same offers."""
    free = {key(row.name): row for row in Capability.objects.all()}
    matched = {name: free.pop(name) for name in lines if name in free}
    for name, line in lines.items():
        if name in matched:
            continue
        new = {(provider.pk, offer.name) for provider, offer in line.offers}
        for spelling, row in free.items():
            old = set(here[row.pk])
            if len(new & old) > 1 and (new <= old or old <= new):
                matched[name] = free.pop(spelling)
                break
    return [matched.get(name) for name in lines]
