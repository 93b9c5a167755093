"""The service matrix for reading: what each provider has for each capability."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import F, QuerySet

from services.models import Capability, Offering, Provider, Service

Cell = tuple[Provider, list[Offering]]


@dataclass(frozen=True, eq=False)
class Row:
    """A capability with its cells, one for each provider of the matrix."""

    capability: Capability
    cells: list[Cell]

    def words(self) -> str:
        """All text of the row that a query can match, folded."""
        offered = [offering for _, offerings in self.cells for offering in offerings]
        texts = [self.capability.name]
        for offering in offered:
            texts += [offering.name, offering.note]
            if offering.service:
                texts += [offering.service.name, offering.service.full_name]
        return _folded("\n".join(texts))


@dataclass(frozen=True, eq=False)
class Matrix:
    """Rows under `providers`. Read with `current()`, narrowed with `find()` and `under()`."""

    providers: list[Provider]
    rows: list[Row]

    @classmethod
    def current(cls) -> Self:
        """Return the whole matrix, in three queries."""
        providers = list(Provider.objects.all())
        offerings: dict[tuple[int, int], list[Offering]] = {}
        for offering in Offering.objects.select_related("service", "provider").order_by(
            "position", "pk"
        ):
            cell = offering.capability_id, offering.provider_id
            offerings.setdefault(cell, []).append(offering)
        rows = [
            Row(row, [(each, offerings.get((row.pk, each.pk), [])) for each in providers])
            for row in Capability.objects.all()
        ]
        return cls(providers, rows)

    def find(self, query: str) -> "Matrix":
        """Return the matrix of the rows in which every word of `query` occurs, in any column."""
        wanted = _folded(query).split()
        texts = [(row, row.words()) for row in self.rows]
        matches = [row for row, text in texts if all(word in text for word in wanted)]
        return Matrix(self.providers, matches)

    def under(self, slugs: Collection[str]) -> "Matrix":
        """Return the matrix with only the columns of these providers; all if none is named."""
        shown = [each for each in self.providers if each.slug in slugs] or self.providers
        rows = [
            Row(row.capability, [cell for cell in row.cells if cell[0] in shown])
            for row in self.rows
        ]
        return Matrix(shown, rows)

    def as_table(self) -> tuple[list[str], list[list[str]]]:
        """Return the header and rows of text, for a spreadsheet."""
        header = ["Capability", *(provider.name for provider in self.providers)]
        rows = [
            [row.capability.name, *("; ".join(map(_text, offered)) for _, offered in row.cells)]
            for row in self.rows
        ]
        return header, rows

    def as_data(self) -> dict[str, Any]:
        """Return the matrix as plain data, with all facts of every offering."""
        return {
            "providers": [{"slug": each.slug, "name": each.name} for each in self.providers],
            "capabilities": [
                {
                    "name": row.capability.name,
                    "offerings": [
                        _data(provider, offering)
                        for provider, offerings in row.cells
                        for offering in offerings
                    ],
                }
                for row in self.rows
            ],
        }


def service_with_rows(slug: str) -> tuple[Service | None, list[Row]]:
    """Return the service with this slug, if there is one, and its Rows. Two queries."""
    services: QuerySet[Any] = (
        Service.objects.filter(slug=slug).select_related("group").annotate(**_IN_ITS_ROWS)
    )
    lines = list(services.order_by(*_BY_ROW))
    providers = list(Provider.objects.all()) if lines else []
    capabilities: dict[int, Capability] = {}
    cells: dict[tuple[int, int], dict[int, Offering]] = {}
    for line in (line for line in lines if line.cell):
        pk = line.capability
        capabilities[pk] = Capability(pk=pk, name=line.capability_name)
        cells.setdefault((pk, line.cell_provider), {})[line.cell] = _offering(line)
    rows = [
        Row(capability, [(p, list(cells.get((pk, p.pk), {}).values())) for p in providers])
        for pk, capability in capabilities.items()
    ]
    return (lines[0] if lines else None), rows


def turned(rows: Iterable[Row]) -> list[tuple[Provider, list[list[Offering]]]]:
    """Return the rows by provider, each with its offerings in each row."""
    return [
        (cells[0][0], [offerings for _, offerings in cells])
        for cells in zip(*(row.cells for row in rows), strict=True)
    ]


_CAPABILITY = "offerings__capability"
_CELL = f"{_CAPABILITY}__offerings"
_OF_A_CELL = ("name", "url", "note", "uncertain")
_IN_ITS_ROWS = {  # of a service: what all providers offer for the capabilities that it is for
    "capability": F(_CAPABILITY),
    "capability_name": F(f"{_CAPABILITY}__name"),
    "capability_position": F(f"{_CAPABILITY}__position"),
    "cell": F(_CELL),
    "cell_position": F(f"{_CELL}__position"),
    "cell_provider": F(f"{_CELL}__provider"),
    "cell_service": F(f"{_CELL}__service__slug"),
    **{f"cell_{name}": F(f"{_CELL}__{name}") for name in _OF_A_CELL},
}
_BY_ROW = ("capability_position", "capability", "cell_position", "cell")


def _offering(line: Any) -> Offering:
    """The offering of an annotated row."""
    service = Service(slug=line.cell_service) if line.cell_service else None
    own = {name: getattr(line, f"cell_{name}") for name in _OF_A_CELL}
    return Offering(pk=line.cell, service=service, **own)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _text(offering: Offering) -> str:
    note = f" ({offering.note})" if offering.note else ""
    return f"{offering.name}{'?' * offering.uncertain}{note}"


def _data(provider: Provider, offering: Offering) -> dict[str, Any]:
    return {
        "provider": provider.slug,
        "name": offering.name,
        "note": offering.note,
        "uncertain": offering.uncertain,
        "url": offering.url,
        "service": offering.service and offering.service.get_absolute_url(),
    }
