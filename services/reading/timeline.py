"""Where everything stands on a timeline: geometry only, in pixels of an SVG."""

import datetime
from typing import NamedTuple

WIDTH = 1220  # of the whole where the years leave room: fits a page of 1280
LANE, HEAD, FOOT = 26, 34, 26  # heights; a lane is as high as a finger is wide
RADIUS = 6  # of a mark
MARGIN = 24  # left of the first year
AFTER_MARK, AFTER_LABEL = 11, 14  # between a mark and its label, and before the next mark
LEAST_STEP, MOST_STEP, MOST_STEPS = 66, 240, 30  # pixels from a line to the next; lines
_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500]  # years from one line to the next

# Generous widths of letters as parts of the font's size, so that labels keep apart in any face.
_FONT_SIZE, _LAST_LABEL = 14, 110
_NARROW, _WIDE = set("iljtfrI.,:;'|!()[] -"), set("mwMW@%—…")


class Item(NamedTuple):
    """What is to stand on the timeline. `last` is after `first` if only the year is known."""

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
    width: int
    height: int
    bottom: int  # where the lanes end
    years: list  # [(x, year)]
    marks: list


def lay_out(items):
    """The Timeline of some Items, or None if there are none. No two labels overlap."""
    if not items:
        return None
    scale = _Scale(min(i.first for i in items).year, max(i.last for i in items).year + 1)
    lanes, marks = [], []
    for item in sorted(items, key=lambda item: (item.first, item.last, item.label)):
        start, end = scale.x(item.first), scale.x(item.last)
        middle = (start + end) // 2
        label_x = max(middle + RADIUS, end) + AFTER_MARK - RADIUS
        left, right = min(start, middle - RADIUS), label_x + width_of(item.label)
        lane = next((n for n, taken in enumerate(lanes) if taken <= left), len(lanes))
        lanes[lane : lane + 1] = [right + AFTER_LABEL]
        y = HEAD + lane * LANE + LANE // 2
        marks.append(Mark(item.subject, item.label, middle, y, label_x, start, end))
    width = max(scale.right, *lanes) + MARGIN
    bottom = HEAD + len(lanes) * LANE
    return Timeline(width, bottom + FOOT, bottom, scale.lines, marks)


def width_of(label):
    """At most how wide a label is."""
    return round(_FONT_SIZE * sum(map(_letter, label)))


class _Scale:
    """From dates to pixels."""

    def __init__(self, first, last):
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

    def x(self, date):
        return MARGIN + round((date - self._first).days / 365.2425 * self._per_year)


def _letter(letter):
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE or ord(letter) > 0x2E7F:
        return 1.05
    return 0.72 if letter.isupper() else 0.6
