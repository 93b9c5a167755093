"""What the export writes around a change: what stood there, and what it needs to be read again."""

import pytest
from django.core.exceptions import ValidationError

from entries.actions import entries as entry_actions
from entries.actions import sections as section_actions
from entries.actions.positions import FIRST
from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from tests import factories
from tests.entries.acting import in_database, in_export
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def exported():
    """The export, which holds what the database holds."""
    assert in_export() == in_database()
    return export()


def entry(start):
    return Entry.objects.get(body__startswith=start)


def move(start, *, after=FIRST, section=None, parent=None):
    row = entry(start)
    with history.revision(by=None, comment="test"):
        entry_actions.move_entry(row, section=section or row.section, parent=parent, after=after)


def add(body, *, after=None, to=None, **fields):
    section = to or after.section
    return factories.entry(body, section=section, after=after, **fields)


def section(title):
    return Section.objects.get(title=title)


def retitle(old, new):
    with history.revision(by=None, comment="test"):
        section_actions.edit_section(section(old), title=new)


def move_section(title, *, parent, after=FIRST):
    with history.revision(by=None, comment="test"):
        section_actions.move_section(section(title), parent=parent, after=after)


def test_a_section_behind_a_list_of_which_the_last_bullet_moved_stays_one():
    imported("T\n=\n\nA\n-\n\n- one two\n- three four\n\nB\n-\n\n- x")
    move("three")
    assert exported() == "T\n=\n\nA\n-\n\n- three four\n- one two\n\nB\n-\n\n- x"


@pytest.mark.parametrize(
    "below", ["A paragraph.", "| a | b |\n|---|---|\n| c | d |", "```\nx\n```"]
)
def test_what_stands_behind_a_list_stays_apart_from_a_bullet_in_place_of_the_last_one(below):
    imported(f"- one\n- two\n\n{below}\n")
    factories.retire(entry("two"))
    add("new", after=entry("one"))
    assert exported() == f"- one\n- new\n\n{below}\n"


def test_a_section_that_is_underlined_stands_apart_from_a_new_one_before_it():
    imported("T\n=\n\nA\n-\n\n- one\n\nB\n-\n\n- x\n")
    with history.revision(by=None, comment="test"):
        made = section_actions.add_section(title="New", parent=section("A"))
    add("bullet", to=made)
    assert exported() == "T\n=\n\nA\n-\n\n- one\n\n### New\n\n- bullet\n\nB\n-\n\n- x\n"


def test_a_new_section_ends_with_a_blank_line_before_the_next_heading():
    imported("# T\n\n## A\n\n- one\n\n## B\n\n- x\n")
    with history.revision(by=None, comment="test"):
        made = section_actions.add_section(title="New", parent=section("T"), after=section("A"))
    add("bullet", to=made)
    assert exported() == "# T\n\n## A\n\n- one\n\n## New\n\n- bullet\n\n## B\n\n- x\n"


def test_a_bullet_behind_the_last_line_of_a_file_without_line_end_begins_a_line():
    imported("# G\n\n- a")
    add("new", after=entry("a"))
    assert exported() == "# G\n\n- a\n- new\n"


def test_the_last_section_of_a_file_may_move_up():
    imported("# G\n\n## A\n\n- a\n\n## B\n\n- b")
    move_section("B", parent=section("G"))
    assert exported() == "# G\n\n## B\n\n- b\n\n## A\n\n- a\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- d\n\nText\n", "- d\n- new\n\nText\n"),
        ("- c\n\n- d\n- e\n- f\n\nText\n", "- c\n\n- d\n- new\n- e\n- f\n\nText\n"),
        ("- c\n\n- d\n\n- e\n\nText\n", "- c\n\n- d\n\n- new\n\n- e\n\nText\n"),
    ],
)
def test_a_new_bullet_is_as_close_to_the_others_as_these_are(before, after):
    imported(before)
    add("new", after=entry("d"))
    assert exported() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. one\n2. two\n3. three\n", "1. three\n2. one\n3. two\n"),
        ("1. one\n1. two\n1. three\n", "1. three\n1. one\n1. two\n"),
        ("4) one\n5) two\n6) three\n", "4) three\n5) one\n6) two\n"),
        ("8. one\n9. two\n   - x\n10. three\n", "8. three\n9. one\n10. two\n    - x\n"),
    ],
)
def test_steps_are_numbered_again_after_a_move(before, after):
    imported(before)
    move("three")
    assert exported() == after


def test_steps_are_numbered_again_after_a_retirement():
    imported("1. one\n2. two\n3. three\n")
    factories.retire(entry("two"))
    assert exported() == "1. one\n2. three\n"


def test_steps_are_numbered_again_after_one_left_the_list():
    imported("1. one\n2. two\n3. three\n\n# B\n\n- x\n")
    move("two", section=section("B"))
    assert exported() == "1. one\n2. three\n\n# B\n\n1. two\n- x\n"


def test_numbers_with_gaps_stay_as_their_author_wrote_them():
    imported("1. one\n5. five\n9. nine\n")
    add("new", after=entry("nine"), kind="step")
    assert exported() == "1. one\n5. five\n9. nine\n10. new\n"


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ('## <a name="k"></a>Named', "Named", "Other", '## <a name="k"></a>Other'),
        ("## T ##", "T", "Other", "## Other ##"),
        ("Under\nlined\n---", "Under lined", "Under words", "Under\nwords\n---"),
        ("# Use `code` now", "Use code now", "Use code then", "# Use `code` then"),
        ("# Use `code` now", "Use code now", "Never use code", "# Never use `code`"),
        ("# See [a *b*](#c) d", "See a b d", "See a b", "# See [a *b*](#c)"),
        ("# Learn *it*", "Learn it", "Teach it", "# Teach *it*"),
        ("# ⚠️ Hot", "Hot", "Hotter", "# ⚠️ Hotter"),
        ("# Plain", "Plain", "*star* _u_", "# \\*star\\* \\_u\\_"),
        ("Plain\n=", "Plain", "1. x", "# 1. x"),
    ],
)
def test_a_heading_keeps_its_style_and_what_is_in_it_under_another_title(before, old, new, after):
    factories.legend_tag("warning", "⚠️")
    imported(f"{before}\n\n- x\n", signs=["⚠️"])
    retitle(old, new)
    assert exported() == f"{after}\n\n- x\n"


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Learn F #",
            "Trailing ##",
            "*star* _u_",
            "<b>",
            "Title {#x}",
            "1. x",
            "- x",
            "`a` & &amp;",
        ),
        *(
            "[a](b)",
            "\\",
            "\\#",
            "~~s~~",
            "!x",
            "===",
            "C# and C++",
            "#",
            "a | b",
            "http://a.example",
        ),
    ],
)
def test_a_title_reads_as_it_was_typed(title):
    imported("# A\n\n- x\n")
    with history.revision(by=None, comment="test"):
        made = section_actions.add_section(title=title)
    add("bullet", to=made)
    assert f"{title}" in [found[1] for found in in_export()]
    exported()


def test_a_title_of_two_lines_becomes_one():
    with history.revision(by=None, comment="test"):
        made = section_actions.add_section(title=" A title\nof  two lines ")
    assert made.title == "A title of two lines"


def test_a_legend_sign_typed_into_a_title_is_a_tag():
    factories.legend_tag("cost", "💸")
    with history.revision(by=None, comment="test"):
        made = section_actions.add_section(title="💸 Costs")
    assert (made.title, [tag.slug for tag in made.tags.all()]) == ("Costs", ["cost"])


def test_headings_below_a_section_that_moves_down_stay_below_it():
    imported("# T\n\n## A\n\n## B\n\n### C\n\n- x\n")
    move_section("B", parent=section("A"))
    assert exported() == "# T\n\n## A\n\n### B\n\n#### C\n\n- x\n"


def test_a_seventh_rank_of_headings_is_refused():
    imported("# A\n## B\n### C\n#### D\n##### E\n###### F\n\n- x\n")
    refused = pytest.raises(ValidationError, match="six ranks")
    with refused, history.revision(by=None, comment="test"):
        section_actions.add_section(title="G", parent=section("F"))


def test_signs_stay_as_they_were_written_when_the_text_behind_them_changes():
    factories.legend_tag("warning", "⚠️")
    factories.legend_tag("cost", "💸")
    imported("- ⚠️  💸 hot x\n", signs=["⚠️", "💸"])
    factories.edit(entry("hot"), "cold x")
    assert exported() == "- ⚠️  💸 cold x\n"


def test_a_paragraph_under_a_bullet_is_read_as_one_again():
    imported("- a\n- b\n")
    add("A paragraph.", to=entry("a").section, parent=entry("a"), kind="paragraph")
    assert exported() == "- a\n\n  <!-- -->\n\n  A paragraph.\n\n- b\n"


def test_code_behind_a_list_is_no_part_of_it():
    imported("# A\n\n    code\n")
    add("bullet", to=section("A"), after=FIRST)
    assert exported() == "# A\n\n- bullet\n\n<!-- -->\n\n    code\n"


@pytest.mark.parametrize("block", ["  Indented by two", "   | a |\n   |---|", "    code"])
def test_an_indented_block_stays_as_it_is_behind_a_bullet_that_comes_before_it(block):
    imported(f"# A\n\n- a\n\n## B\n\n{block}\n\n- b\n")
    move("a", section=section("B"))
    assert exported() == f"# A\n\n## B\n\n- a\n\n<!-- -->\n\n{block}\n\n- b\n"


def test_link_definitions_stay_when_the_entry_above_them_retires():
    imported("- see [a]\n- b\n\n[a]: http://a.example\n")
    factories.retire(entry("b"))
    assert exported() == "- see [a]\n\n[a]: http://a.example\n"
