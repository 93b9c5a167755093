"""Rows of the database with what the API shows besides."""

from dataclasses import dataclass

from guide_site.public.history.revisions import RevisionLine
from services.models import Provider


@dataclass(frozen=True, eq=False)
class ProviderRow:
    """A provider with how many services and offerings it has."""

    row: Provider
    services: int
    offerings: int


@dataclass(frozen=True, eq=False)
class RevisionRow:
    """A revision with how many rows of the guide it wrote."""

    line: RevisionLine
    changes: int
