"""The service matrix of the guide, row by row as the catalogue has it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from entries.models import Entry
from services.models import Capability, Offering, Provider
from services.tables.cells import Offer
from services.tables.matching import key
from services.tables.published_since import Past
from services.tables.table import FoundMatrix, Row

Found: TypeAlias = FoundMatrix[Entry]


def write_matrices(
    matrices: Sequence[Found], providers: Mapping[str, Provider], past: Past
) -> None:
    """Change the tables of some matrices into what the catalogue says.

    providers  {key of a title of a column: the provider}
    past       a Past, to tell what was published later
    """
    if matrices:
        _Matrices(matrices, providers, past).update_tables()


class _Matrices:
    def __init__(
        self, matrices: Sequence[Found], providers: Mapping[str, Provider], past: Past
    ) -> None:
        self.matrices, self.past = matrices, past
        self.columns = [
            {
                provider.pk: number
                for number, title in enumerate(matrix.table.providers, start=1)
                if (provider := providers.get(key(title)))
            }
            for matrix in matrices
        ]
        self.capabilities = {row.pk: row for row in Capability.objects.all()}
        self.by_name = {key(row.name): row for row in self.capabilities.values()}
        self.offerings: dict[int, list[Offering]] = defaultdict(list)
        for offering in Offering.objects.all():
            self.offerings[offering.capability_id].append(offering)
        self.named = {key(f.name(r)) for f in matrices for r in f.table.rows}
        self.seen: set[int] = set()

    def update_tables(self) -> None:
        for matrix, columns in zip(self.matrices, self.columns, strict=True):
            standing = {}
            for row in list(matrix.table.rows):
                name = matrix.name(row)
                capability = self._find(name)
                if capability and capability.pk not in self.seen:
                    self.seen.add(capability.pk)
                    standing[row] = capability
                    self._write_row(matrix, columns, row, capability)
                elif name and not capability and self._is_gone(matrix, row, name):
                    matrix.table.rows.remove(row)
            self._sort(matrix, standing)
        for capability in self.capabilities.values():
            if capability.pk not in self.seen and self._is_new(capability):
                self._add(capability)

    def _find(self, name: str) -> Capability | None:
        """The capability of a row: the one of that name, or one that had it and no row now."""
        if key(name) in self.by_name or not name:
            return self.by_name.get(key(name))
        former = [self.capabilities.get(pk) for pk in self.past.former(Capability)[key(name)]]
        return next((row for row in former if row and key(row.name) not in self.named), None)

    def _is_gone(self, matrix: Found, row: Row, name: str) -> bool:
        """True if the capability of a row was deleted after the row was written."""
        latest = self.past.latest(Capability)
        deleted = self.past.former(Capability)[key(name)] - self.capabilities.keys()
        return any(self.past.is_older(matrix, row, latest[pk]) for pk in deleted)

    def _write_row(
        self, matrix: Found, columns: dict[int, int], row: Row, capability: Capability
    ) -> None:
        changes, offers = {}, self._offers(capability)
        if matrix.name(row) != capability.name:
            changes[0] = matrix.cells.write_words(capability.name)
        for provider, column in columns.items():
            old, new = row.cell(column), offers.pop(provider, [])
            if matrix.cells.offers(old) != new:
                changes[column] = matrix.cells.write_offers(new, old)
        is_to_write = bool(changes or offers)
        if is_to_write and self.past.is_older(matrix, row, self._changed(capability)):
            changes |= self._further(matrix, columns, offers)
            for column, text in changes.items():
                row.replace(column, text)

    def _offers(self, capability: Capability) -> dict[int, list[Offer]]:
        """{primary key of a provider: its Offers for a capability}."""
        offers: dict[int, list[Offer]] = defaultdict(list)
        for row in self.offerings[capability.pk]:
            offers[row.provider_id].append(Offer(row.name, row.url, row.note, row.uncertain))
        return offers

    def _further(
        self, matrix: Found, columns: dict[int, int], offers: Mapping[int, Sequence[Offer]]
    ) -> dict[int, str]:
        """Cells for providers that had no column: {number of a new column: text}."""
        cells = {}
        for provider in Provider.objects.filter(pk__in=[pk for pk in offers if pk not in columns]):
            title = matrix.cells.write_words(provider.name)
            columns[provider.pk] = matrix.table.add_column(title)
        for pk, found_offers in offers.items():
            cells[columns[pk]] = matrix.cells.write_offers(found_offers)
        return cells

    def _changed(self, capability: Capability) -> int:
        """The last revision that wrote a capability or one of its offerings."""
        latest = self.past.latest(Offering)
        offerings = [latest.get(row.pk, 0) for row in self.offerings[capability.pk]]
        return max([self.past.latest(Capability).get(capability.pk, 0), *offerings])

    def _sort(self, matrix: Found, standing: Mapping[Row, Capability]) -> None:
        """Bring the rows into the order of their capabilities if that is newer than the text."""
        positions = [row.position for row in standing.values()]
        latest = self.past.latest
        if positions == sorted(positions) or self.past.text_since(matrix.entry) >= max(
            latest(Capability).get(row.pk, 0) for row in standing.values()
        ):
            return
        place = 0
        places: dict[Row, int] = {}
        for row in matrix.table.rows:  # a row that is none of ours stays behind the one before it
            place = standing[row].position if row in standing else place
            places[row] = place
        matrix.table.rows.sort(key=places.__getitem__)

    def _is_new(self, capability: Capability) -> bool:
        """True if it was written after the last table that had its row."""
        spelling = key(capability.name)
        since = self.past.lacks_since(self.matrices[0], lambda name: key(name) == spelling)
        return self._changed(capability) > since

    def _add(self, capability: Capability) -> None:
        """Add a row to the first matrix, before those whose capabilities come later."""
        matrix, columns = self.matrices[0], self.columns[0]
        place = len(matrix.table.rows)
        for number, row in enumerate(matrix.table.rows):
            other = self._find(matrix.name(row))
            if other and other.position > capability.position:
                place = number
                break
        cells = self._further(matrix, columns, self._offers(capability))
        cells[0] = matrix.cells.write_words(capability.name)
        matrix.table.insert(place, cells)
