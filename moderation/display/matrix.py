"""A cell of the matrix in the context of its row."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from moderation.models import Change, Operation, Subject
from services.models import Capability, Offering, Provider


class Cell(NamedTuple):
    """What a provider has in the row. `is_here`: the change is about this cell."""

    provider: str
    names: list[str]
    is_here: bool


class Rows:
    """The rows of the matrix that changes are about: three queries, however many they are."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.capabilities: dict[int | None, Capability] = {}
        self.offerings: dict[tuple[int | None, int], list[Offering]] = {}
        self.providers: list[Provider] = []
        of_cells = [change for change in changes if change.subject == Subject.OFFERING]
        if of_cells:
            wanted = {_fields(change).get("capability") for change in of_cells} - {None}
            self.capabilities |= Capability.objects.in_bulk(wanted)
            self.providers = list(Provider.objects.all())
            for row in Offering.objects.filter(capability__in=wanted):
                key = row.capability_id, row.provider_id
                self.offerings.setdefault(key, []).append(row)

    def name(self, change: Change) -> str:
        """What the row of a change is called; "" if it is gone or the change is of no cell."""
        capability = self.capabilities.get(_fields(change).get("capability"))
        return capability.name if capability else str(change.proposed.get("row", ""))

    def cells(self, change: Change) -> list[Cell]:
        """The row of a change, without the providers that have nothing there.

        None for a change of something else.
        """
        if change.subject != Subject.OFFERING:
            return []
        fields, cells = _fields(change), []
        for provider in self.providers:
            offers = self.offerings.get((fields.get("capability"), provider.pk), [])
            is_here = provider.slug == fields.get("provider")
            if offers or is_here:
                names = [offer.name for offer in offers if offer.pk != change.offering_id]
                cells.append(Cell(provider.name, names, is_here))
        return cells


def _fields(change: Change) -> dict[str, Any]:
    is_new = change.operation == Operation.ADD
    fields: dict[str, Any] = change.proposed if is_new else change.base
    return fields
