"""What the search index does on each database; the modules `sqlite` and `postgresql` do it.

Both are written to one Protocol, so that mypy compares them.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.db.backends.utils import CursorWrapper

from guide_site.public.search.triggers import Trigger


class Sql(NamedTuple):
    """SQL and its parameters."""

    text: str
    parameters: list[Any]


class Form(NamedTuple):
    """Words side by side."""

    words: tuple[str, ...]
    is_beginning: bool  # the last word is only the beginning of one


class Dialect(Protocol):
    """The search index on one database. Statements are run in the order of the list."""

    FRAGMENTS: dict[str, str]  # SQL that replaces each {name} in the statements of `documents`
    CREATE: list[str]  # statements that create the index; migrations run them
    REMOVE: list[str]
    REFILL: list[str]  # build the index again from the documents
    SETTLE: list[str]  # after many writes: let the database tidy the index up
    INSTALLED: str  # a query for the names of the triggers that exist

    def create_trigger(self, trigger: Trigger, /) -> list[str]:
        """Statements that create a trigger on a table of the guide."""

    def create_own_triggers(self) -> list[str]:
        """Statements that create the triggers on the documents themselves."""

    def own_triggers(self) -> set[str]:
        """Names of the triggers on the documents themselves."""

    def drop_trigger(self, name: str, table: str, /) -> list[str]:
        """Statements that remove a trigger, if it is there."""

    def matching(self, groups: Sequence[Sequence[Form]], /, *, head_only: bool = False) -> Sql:
        """A query for the `id` of documents that have one form of each group.

        head_only  look for the first group in titles, names and leads only
        """

    def problem(self, cursor: CursorWrapper, /) -> str | None:
        """What is wrong with the index itself, or None."""
