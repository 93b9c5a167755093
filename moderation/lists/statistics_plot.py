"""Where the bars of the months stand: geometry only, in pixels of an SVG."""

from datetime import date
from typing import NamedTuple

from moderation.lists.statistics import Month

WIDTH, HEIGHT = 720, 220
LEFT, TOP, FOOT = 40, 12, 28
BAR, GAP = 13, 2  # width of a bar, and between the bars of a month
KINDS = ["sent", "merged", "declined"]
_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]


class Bar(NamedTuple):
    """One of the KINDS in a month: how many, and the left edge, top and height of its bar."""

    kind: str
    number: int
    x: int
    y: int
    height: int


class Plot(NamedTuple):
    """Lines: [(y, number)]. Months: [(x of its middle, start)]."""

    width: int
    height: int
    left: int
    bottom: int
    bar: int
    lines: list[tuple[int, int]]
    months: list[tuple[int, date]]
    bars: list[Bar]

    @property
    def kinds(self) -> list[str]:
        """What the bars of a month stand for, in their order."""
        return KINDS


def plot(months: list[Month]) -> Plot | None:
    """The Plot of some Months, or None if nothing happened in them."""
    most = max((getattr(month, kind) for month in months for kind in KINDS), default=0)
    if not most:
        return None
    step = next((step for step in _STEPS if most / step <= 5), most)
    top = -(-most // step) * step
    bottom, room = HEIGHT - FOOT, HEIGHT - FOOT - TOP
    wide = (WIDTH - LEFT) // len(months)
    bars, labels = [], []
    for at, month in enumerate(months):
        middle = LEFT + at * wide + wide // 2
        labels.append((middle, month.start))
        for place, kind in enumerate(KINDS):
            number = getattr(month, kind)
            height = round(number / top * room)
            x = middle + (place - 1) * (BAR + GAP) - BAR // 2
            bars.append(Bar(kind, number, x, bottom - height, height))
    lines = [(bottom - round(n / top * room), n) for n in range(0, top + 1, step)]
    return Plot(WIDTH, HEIGHT, LEFT, bottom, BAR, lines, labels, bars)
