"""The geometry of a timeline, in pixels of an SVG."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 1220  # of the whole where the years leave room: fits a page of 1280
LANE, HEAD, FOOT = 26, 34, 26  # heights; a lane is as high as a finger is wide
RADIUS = 6  # of a mark
MARGIN = 24  # left of the first year
AFTER_MARK, AFTER_LABEL = 11, 14  # between a mark and its label, and before the next mark
LEAST_STEP, MOST_STEP, MOST_STEPS = 66, 240, 30  # pixels from a line to the next; lines
_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500]  # years from one line to the next

# Generous widths of characters as parts of the font size, so that labels never overlap.
_FONT_SIZE, _LAST_LABEL = 14, 110
_NARROW, _WIDE = set("iljtfrI.,:;'|!()[] -"), set("mwMW@%—…")


class Item(NamedTuple):
    """What the timeline shows. `last` is after `first` if only the year is known."""

    label: str
    first: datetime.date
    last: datetime.date
    subject: object


class Mark(NamedTuple):
    """Where an Item stands: its mark, its label, and the span in which it lies."""

    subject: object
    label: str
    x: int
    y: int
    label_x: int
    start: int
    end: int


class Timeline(NamedTuple):
    """All marks and lines of the SVG.

    bottom  where the lanes end
    years   (x, year) of each vertical line
    """

    width: int
    height: int
    bottom: int
    years: list[tuple[int, int]]
    marks: list[Mark]


def lay_out(items: Sequence[Item]) -> Timeline | None:
    """Return the Timeline of `items`, or None if there are none. No two labels overlap."""
    if not items:
        return None
    scale = _Scale(min(i.first for i in items).year, max(i.last for i in items).year + 1)
    lanes: list[int] = []  # where each is free
    marks: list[Mark] = []
    for item in sorted(items, key=lambda item: (item.first, item.last, item.label)):
        start, end = scale.x(item.first), scale.x(item.last)
        middle = (start + end) // 2
        label_x = max(middle + RADIUS, end) + AFTER_MARK - RADIUS
        left, right = min(start, middle - RADIUS), label_x + width_of(item.label)
        lane = next((n for n, free in enumerate(lanes) if free <= left), len(lanes))
        lanes[lane : lane + 1] = [right + AFTER_LABEL]
        y = HEAD + lane * LANE + LANE // 2
        marks.append(Mark(item.subject, item.label, middle, y, label_x, start, end))
    width = max(scale.right, *lanes) + MARGIN
    bottom = HEAD + len(lanes) * LANE
    return Timeline(width, bottom + FOOT, bottom, scale.lines, marks)


def width_of(label: str) -> int:
    """Return the largest width that a label can have in any font."""
    return round(_FONT_SIZE * sum(map(_width_of_character, label)))


class _Scale:
    """From dates to pixels, for the years from `first` to `last`."""

    def __init__(self, first: int, last: int) -> None:
        span = last - first
        step = next((s for s in _STEPS if span / s <= MOST_STEPS), _STEPS[-1])
        steps = -(-span // step)
        room = WIDTH - 2 * MARGIN - _LAST_LABEL
        self._per_year = max(LEAST_STEP, min(MOST_STEP, room // steps)) / step
        self._first = datetime.date(first, 1, 1)
        self.lines = [
            (MARGIN + round(n * step * self._per_year), first + n * step) for n in range(steps + 1)
        ]
        self.right = self.lines[-1][0]

    def x(self, date: datetime.date) -> int:
        """The pixel of a date, from the left."""
        return MARGIN + round((date - self._first).days / 365.2425 * self._per_year)


def _width_of_character(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE or ord(character) > 0x2E7F:
        return 1.05
    return 0.72 if character.isupper() else 0.6
