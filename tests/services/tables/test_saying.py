"""What an import says of tables that are no tables of Markdown by themselves."""

import pytest

from entries.markdown import reader
from services.tables.saying import on_tables


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "<table><tr><td>DNS</td></tr></table>",
            "table in line 3 (“G”): not read into the catalogue, because it is written in HTML",
        ),
        (
            "- Compare:\n\n  | Service | Alpha | Beta |\n  |---|---|---|\n  | DNS | a | b |",
            "table in line 3 (“G”): not read into the catalogue, because it is part of a bullet",
        ),
    ],
)
def test_it_says_of_other_tables_why_they_are_not_read(text, line):
    said = list(on_tables(reader.parse(f"# G\n\n{text}\n"), {}))
    assert said == [line]


def test_it_says_nothing_of_what_is_no_table():
    text = "# G\n\n- a | b\n- ---\n\nWords | words\n\n    | a |\n    |---|\n"
    assert list(on_tables(reader.parse(text), {})) == []
