"""The lines of a report on an import: equal ones are one."""

from entries.imports.report import Report
from entries.markdown.parsed import Note, ParsedGuide


def lines(*notes):
    report = Report(ParsedGuide([], [], [Note(*note) for note in notes]))
    return [line for line in report.lines() if "line" in line]


def test_equal_sentences_are_one_line_with_the_numbers_of_theirs():
    assert lines((3, "a block"), (9, "a bullet"), (17, "a block"), (40, "a block")) == [
        "a block (3 times: lines 3, 17, 40)",
        "line 9: a bullet",
    ]


def test_of_many_lines_ten_are_named():
    (line,) = lines(*((number, "a block") for number in range(1, 33)))
    assert line == "a block (32 times: lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …)"


def test_a_line_that_has_the_same_twice_is_named_once():
    assert lines((3, "a block"), (3, "a block")) == ["a block (2 times: line 3)"]
