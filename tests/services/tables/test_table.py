"""The lines of a table: cells found as Markdown finds them, every line kept to the letter."""

import pytest

from guide_site.core import markdown
from services.tables.shapes import MATRIX, RELEASES
from services.tables.table import Row, Table
from tests.services import guides_with_tables as guides

ROWS = [
    "| a | b |",
    "| a | b",
    "a | b |",
    "a | b",
    "|a|b|",
    "||b|",
    "|  |  |",
    "| a \\| c | b |  ",
    "  |\ta\t|\tb\t|",
    "  | `a \\| c` | b |",
    "| a | b | c | d |",
    "| a |",
    "|",
    "||",
    "a",
]


@pytest.mark.parametrize("line", ROWS)
def test_a_row_has_the_cells_that_markdown_sees(line):
    source = f"| x | y | z | w |\n|---|---|---|---|\n{line}\n"
    tokens = markdown.parser().parse(source)
    cells = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "td_open"]
    row = Row(line)
    assert [row.cell(n).replace("\\|", "|") for n in range(4)] == cells or line in ("|", "||", "a")


@pytest.mark.parametrize("line", ROWS)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_row_keeps_its_source(line, end):
    row = Row(line + end)
    assert row.text + row.end == line + end


@pytest.mark.parametrize(
    ("line", "column", "text", "changed"),
    [
        ("| a      | b |", 0, "words", "| words  | b |"),
        ("| a      | b |", 0, "more words", "| more words | b |"),
        ("| abcdef | b |", 0, "a", "| a      | b |"),
        ("|a|b|", 0, "words", "|words|b|"),
        ("| a\t\t| b |", 0, "x", "| x\t\t| b |"),
        ("| a |   |", 1, "x", "| a | x |"),
        ("| a ||", 1, "x", "| a | x |"),
        ("| a | |", 1, "words", "| a | words |"),
        ("| a | b    |", 1, "", "| a |      |"),
        ("| a |", 2, "x", "| a | | x |"),
        ("| a", 1, "x", "| a | x "),
    ],
)
def test_another_text_takes_the_space_of_the_old_one(line, column, text, changed):
    row = Row(line)
    row.replace(column, text)
    assert row.text == changed


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("| Service | AWS | A | B | C |", MATRIX),
        ("| **Capability** | A | aws | B | C |", MATRIX),
        ("| Service | AWS |", None),
        ("| What | AWS | A | B | C |", None),
        ("| Service | Original release | Availability |", RELEASES),
        ("| Name | Availability | First release | CLI |", RELEASES),
        ("| Name | Released | Availability |", RELEASES),
        ("| Service | Release date | Availability |", RELEASES),
        ("| Released | Availability | Name |", None),
        ("| Service | Original release | Status |", None),
        ("| Durability | Availability | Price |", None),
    ],
)
def test_the_header_tells_which_table_it_is(header, kind):
    source = f"{header}\n{'|---' * header.count('|')}\n"
    table = Table.read(source)
    assert (table.kind if table else None) == kind


@pytest.mark.parametrize("source", ["", "words", "| Service | AWS | A | B | C |\n| x |\n", "\n\n"])
def test_what_is_no_table_is_none(source):
    assert Table.read(source) is None


@pytest.mark.parametrize("source", [guides.MATRIX, guides.RELEASES])
@pytest.mark.parametrize("before", ["", "\n", " \n\n"])
@pytest.mark.parametrize("after", ["", "\n", "\n\n[x]: http://example.org\n"])
def test_an_untouched_table_is_its_source(source, before, after):
    assert Table.read(before + source + after).source == before + source + after
    text = (before + source).rstrip("\n")
    assert Table.read(text).source == text
    text = text.replace("\n", "\r\n")
    assert Table.read(text).source == text


def test_a_new_row_is_as_wide_as_the_others():
    table = Table.read(
        "| Service | Released | Availability |\n|---|---|---|\n| S3      | 2006 | x |\n"
    )
    table.insert(0, {0: "EC2", 2: "General"})
    assert table.source.splitlines()[2] == "| EC2     | | General |"
    table = Table.read("Service|Released|Availability\r\n-|-|-\r\nS3|2006|General")
    table.insert(1, {0: "EC2", 1: "2006"})
    assert table.source.splitlines(True)[2:] == ["S3|2006|General\r\n", " EC2 | 2006 | "]


def test_a_new_column_changes_the_header_only():
    table = Table.read(guides.MATRIX)
    assert table.add_column("Oracle") == 5
    header, delimiter, *rows = table.source.splitlines()
    assert header.endswith("| Open source | Oracle |")
    assert delimiter.endswith("|-------------| --- |")
    assert rows == guides.MATRIX.splitlines()[2:]


def test_a_title_that_occurs_again_is_no_provider():
    table = Table.read("| Service | AWS | B | | aws | C |\n|---|---|---|---|---|---|\n")
    assert table.providers == ["AWS", "B", "", "", "C"]
