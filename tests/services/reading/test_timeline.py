"""Where everything stands on the timeline."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from services.reading.timeline import LEAST_STEP, MOST_STEPS, RADIUS, Item, lay_out, width_of


def item(label, first, last=None):
    day = datetime.date.fromisoformat
    return Item(label, day(first), day(last or first), label)


def mark(timeline, label):
    return next(found for found in timeline.marks if found.label == label)


def clashes(timeline):
    """Pairs of marks whose space, with their labels, overlaps."""
    spaces = [
        (m.y, min(m.start, m.x - RADIUS), max(m.end, m.label_x + width_of(m.label)))
        for m in timeline.marks
    ]
    return [
        (a, b)
        for number, a in enumerate(spaces)
        for b in spaces[:number]
        if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]
    ]


def test_nothing_makes_no_timeline():
    assert lay_out([]) is None


def test_a_later_release_stands_further_right():
    found = lay_out([item("EFS", "2015-05-01"), item("S3", "2006-03-01")])
    assert mark(found, "S3").x < mark(found, "EFS").x


def test_the_years_reach_from_the_first_to_after_the_last():
    found = lay_out([item("S3", "2006-03-01"), item("SQS", "2008-07-01")])
    assert [year for _, year in found.years] == [2006, 2007, 2008, 2009]


def test_a_mark_stands_between_the_lines_of_its_year():
    found = lay_out([item("S3", "2006-03-01"), item("SQS", "2008-07-01")])
    (_, year_6), (_, year_7), *_ = [(year, x) for x, year in found.years]
    assert year_6 < mark(found, "S3").x < (year_6 + year_7) / 2


def test_neighbours_take_different_lanes_and_distant_ones_share_one():
    found = lay_out([item("S3", "2006-03-01"), item("S4", "2006-03-01"), item("EFS", "2015-05-01")])
    assert mark(found, "S3").y != mark(found, "S4").y
    assert mark(found, "S3").y == mark(found, "EFS").y


def test_where_only_the_year_is_known_the_mark_has_a_span():
    found = lay_out([item("S3", "2006-01-01", "2006-12-31"), item("EFS", "2015-05-01")])
    spread = mark(found, "S3")
    assert spread.start < spread.x < spread.end < spread.label_x
    assert mark(found, "EFS").start == mark(found, "EFS").end


def test_the_order_of_the_items_does_not_matter():
    items = [item(name, f"200{n}-03-01") for n, name in enumerate(("a", "b", "c"))]
    assert lay_out(items) == lay_out(items[::-1])


def test_the_longest_span_of_years_is_no_wider_than_a_few_screens():
    found = lay_out([item("old", "0001-01-01"), item("late", "9999-01-01", "9999-12-31")])
    assert len(found.years) <= MOST_STEPS + 1
    assert found.width < (MOST_STEPS + 2) * LEAST_STEP + 1000


days = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))
labels = st.text(min_size=1, max_size=40)


@given(st.lists(st.tuples(labels, days, st.integers(0, 364)), min_size=1, max_size=60))
def test_labels_never_overlap_and_nothing_leaves_the_picture(rows):
    items = [Item(text, day, day + datetime.timedelta(days=n), n) for text, day, n in rows]
    found = lay_out(items)
    assert clashes(found) == []
    assert len(found.marks) == len(rows)
    for one in found.marks:
        assert one.x - RADIUS >= 0
        assert one.label_x + width_of(one.label) <= found.width
        assert 0 < one.y < found.bottom < found.height
