"""The checks of `manage.py verify`: functions that return a sentence for each problem.

The docstring of a check says what holds if it finds none; the command prints it.
"""

from collections.abc import Callable

from guide_site.public.search import upkeep


def search_index() -> list[str]:
    """The search index holds what the guide does."""
    return [f"{problem}; manage.py rebuild_search mends it" for problem in upkeep.problems()]


CHECKS: list[Callable[[], list[str]]] = [search_index]
