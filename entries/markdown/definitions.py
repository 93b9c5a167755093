"""Link definitions of a file: `[docs]: https://…`, on a line of its own between two blocks."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any


class Definitions:
    """Where link definitions stand. They are no blocks, so the parser makes no tokens of them.

    environment  that of the parser, after it read the text
    """

    def __init__(self, environment: Mapping[str, Any]) -> None:
        counted = environment.get("references", {}).values()
        again = environment.get("duplicate_refs", ())  # of a label that is defined before
        places = [definition["map"] for definition in (*counted, *again)]
        self.lines = sorted((first, after) for first, after in places)

    def between(self, start: int, stop: int) -> list[tuple[int, int]]:
        """(first line, line after the last) of those that begin from `start` to before `stop`.

        Lines are counted from 0.
        """
        low, high = (bisect_left(self.lines, (line,)) for line in (start, stop))
        return self.lines[low:high]
