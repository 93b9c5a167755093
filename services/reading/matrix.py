"""The service matrix for reading: what each provider has for each capability."""

import unicodedata

from django.db.models import F

from services.models import Capability, Offering, Provider, Service


class Row:
    """A capability with its cells, one for each provider of the matrix."""

    def __init__(self, capability, cells):
        self.capability = capability
        self.cells = cells  # [(provider, [offerings])]

    def words(self):
        """All that one may look for in the row, folded."""
        offered = [offering for _, offerings in self.cells for offering in offerings]
        texts = [self.capability.name]
        for offering in offered:
            texts += [offering.name, offering.note]
            if offering.service:
                texts += [offering.service.name, offering.service.full_name]
        return _folded("\n".join(texts))


class Matrix:
    """Rows under `providers`. Read with `current()`, narrowed with `find()` and `under()`."""

    def __init__(self, providers, rows):
        self.providers, self.rows = providers, rows

    @classmethod
    def current(cls):
        """The whole matrix, in three queries."""
        providers = list(Provider.objects.all())
        offerings = {}
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

    def find(self, query):
        """The rows in which every word of a query occurs, in whatever column."""
        wanted = _folded(query).split()
        texts = [(row, row.words()) for row in self.rows]
        found = [row for row, text in texts if all(word in text for word in wanted)]
        return Matrix(self.providers, found)

    def under(self, slugs):
        """The columns of these providers only; all columns if none is named."""
        shown = [each for each in self.providers if each.slug in slugs] or self.providers
        rows = [
            Row(row.capability, [cell for cell in row.cells if cell[0] in shown])
            for row in self.rows
        ]
        return Matrix(shown, rows)

    def as_table(self):
        """Header and rows of text, for a spreadsheet."""
        header = ["Capability", *(provider.name for provider in self.providers)]
        rows = [
            [row.capability.name, *("; ".join(map(_text, offered)) for _, offered in row.cells)]
            for row in self.rows
        ]
        return header, rows

    def as_data(self):
        """The matrix as plain data, with all that is known of every offering."""
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


def service_with_rows(slug):
    """A service (None: there is none) and the Rows in which it stands. Two queries."""
    services = Service.objects.filter(slug=slug).select_related("group").annotate(**_IN_ITS_ROWS)
    lines = list(services.order_by(*_BY_ROW))
    providers = list(Provider.objects.all()) if lines else []
    capabilities, cells = {}, {}
    for line in (line for line in lines if line.cell):
        pk = line.capability
        capabilities[pk] = Capability(pk=pk, name=line.capability_name)
        cells.setdefault((pk, line.cell_provider), {})[line.cell] = _offering(line)
    rows = [
        Row(capability, [(p, list(cells.get((pk, p.pk), {}).values())) for p in providers])
        for pk, capability in capabilities.items()
    ]
    return (lines[0] if lines else None), rows


def turned(rows):
    """Rows by provider: [(provider, [its offerings in each row])]."""
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


def _offering(line):
    service = Service(slug=line.cell_service) if line.cell_service else None
    own = {name: getattr(line, f"cell_{name}") for name in _OF_A_CELL}
    return Offering(pk=line.cell, service=service, **own)


def _folded(text):
    return unicodedata.normalize("NFKC", text).casefold()


def _text(offering):
    note = f" ({offering.note})" if offering.note else ""
    return f"{offering.name}{'?' * offering.uncertain}{note}"


def _data(provider, offering):
    return {
        "provider": provider.slug,
        "name": offering.name,
        "note": offering.note,
        "uncertain": offering.uncertain,
        "url": offering.url,
        "service": offering.service and offering.service.get_absolute_url(),
    }
