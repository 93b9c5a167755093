"""A cell of the matrix in the context of its row."""

from typing import NamedTuple

from moderation.models import Operation, Subject
from services.models import Capability, Offering, Provider


class Cell(NamedTuple):
    """What a provider has in the row. `is_here`: the change is about this cell."""

    provider: str
    names: list
    is_here: bool


class Rows:
    """The rows of the matrix that changes are about: three queries, however many they are."""

    def __init__(self, changes):
        changes = [change for change in changes if change.subject == Subject.OFFERING]
        self.capabilities, self.offerings, self.providers = {}, {}, []
        if changes:
            wanted = {_fields(change).get("capability") for change in changes} - {None}
            self.capabilities = Capability.objects.in_bulk(wanted)
            self.providers = list(Provider.objects.all())
            for row in Offering.objects.filter(capability__in=wanted):
                key = row.capability_id, row.provider_id
                self.offerings.setdefault(key, []).append(row)

    def name(self, change):
        """What the row is called."""
        capability = self.capabilities.get(_fields(change).get("capability"))
        return capability.name if capability else change.proposed.get("row", "")

    def cells(self, change):
        """The row as Cells, without the providers that have nothing there."""
        fields, found = _fields(change), []
        for provider in self.providers:
            offers = self.offerings.get((fields.get("capability"), provider.pk), [])
            is_here = provider.slug == fields.get("provider")
            if offers or is_here:
                names = [offer.name for offer in offers if offer.pk != change.offering_id]
                found.append(Cell(provider.name, names, is_here))
        return found


def _fields(change):
    return change.proposed if change.operation == Operation.ADD else change.base
