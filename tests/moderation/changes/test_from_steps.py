"""What was typed into the text of a section is found as what was done: no more and no less."""

import pytest
from django.db import models

from entries.actions import entries as actions_of_entries
from entries.models import Entry, Section
from guide_site.core import history
from moderation.changes.from_steps import as_changes
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged
from tests.moderation.section_texts import edited, propose, source_of, the_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return the_guide()


def found(section, *replacements, **options):
    """The changes after some words of the text were replaced by others."""
    text = source_of(section, below=options.get("below", False)).text
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return as_changes(edited(section, text, **options).steps)


def kinds(changes):
    return [str(change["operation"]) for change in changes]


def row(start):
    return Entry.objects.get(body__startswith=start)


def test_the_text_is_that_of_its_own_entries(section):
    text = source_of(section).text
    assert text.startswith("Objects in **buckets**.\n\n- 🔹 **Basics:**")
    assert "  - A bucket has a name.\n" in text
    assert "Count" not in text


def test_the_sections_below_come_with_their_headings(section):
    text = source_of(section, below=True).text
    assert text.startswith("## S3\n\nObjects")
    assert "### S3 cost\n\n1. Count the requests.\n" in text
    assert "Machines" not in text


@pytest.mark.parametrize("below", [False, True])
def test_nothing_typed_is_no_change(section, below):
    assert found(section, below=below) == []


@pytest.mark.parametrize(
    ("old", "new"), [("- ", "* "), ("\n\n", "\n\n\n"), ("  - ", "   - "), ("\n", "\r\n")]
)
def test_other_spacing_and_markers_are_no_change(section, old, new):
    assert found(section, (old, new)) == []


def test_another_word_is_an_edit_of_that_entry(section):
    (change,) = found(section, ("Buckets hold", "A bucket holds"))
    assert (change["operation"], change["entry_id"]) == ("edit", row("**Basics").pk)
    assert change["base"] == {"body": "**Basics:** Buckets hold objects.", "tags": ["basics"]}
    assert change["proposed"]["body"] == "**Basics:** A bucket holds objects."


def test_signs_in_front_are_tags(section):
    (change,) = found(section, ("- **Versions", "- ❗ **Versions"))
    assert change["proposed"]["tags"] == ["gotcha"]
    assert change["proposed"]["body"] == change["base"]["body"]


def test_a_line_that_moved_is_one_move(section):
    public = "- ❗ **Public:** Never make a bucket public.\n"
    (change,) = found(section, (public, ""), ("- 🔹", f"{public}- 🔹"))
    assert (change["operation"], change["entry_id"]) == ("move", row("**Public").pk)
    assert change["proposed"]["after"] == row("Objects in").pk


def test_an_indented_line_goes_under_the_one_above(section):
    (change,) = found(section, ("- **Versions", "  - **Versions"))
    assert change["operation"] == "move"
    assert change["proposed"]["parent"] == row("**Basics").pk
    assert change["proposed"]["after"] == row("A bucket has a region").pk


def test_an_outdented_line_comes_out(section):
    line = "  - A bucket has a region.\n"
    (change,) = found(section, (line, line.strip() + "\n"))
    assert (change["operation"], change["proposed"]["parent"]) == ("move", None)


def test_moved_and_edited_is_one_change_of_the_same_entry(section):
    (change,) = found(section, ("- **Versions:** Old", "  - **Versions:** Older"))
    assert (change["operation"], change["entry_id"]) == ("edit", row("**Versions").pk)
    assert change["proposed"]["parent"] == row("**Basics").pk


def test_a_new_line_is_an_addition_at_its_place(section):
    (change,) = found(section, ("- **Versions", "- Fresh.\n  - And below.\n- **Versions"))[:1]
    assert (change["operation"], change["proposed"]["body"]) == ("add", "Fresh.")
    assert change["proposed"]["after"] == row("**Basics").pk


def test_what_was_taken_out_is_retired_with_what_is_below_it_first(section):
    text = source_of(section).text
    start, end = text.index("- 🔹"), text.index("- **Versions")
    changes = as_changes(edited(section, text[:start] + text[end:], because="Old.").steps)
    assert kinds(changes) == ["retire"] * 3
    assert changes[-1]["entry_id"] == row("**Basics").pk
    assert changes[0]["proposed"] == {"retired_because": "Old.", "children": "none"}


def test_a_bullet_that_was_rewritten_in_its_place_stays_itself(section):
    new = "Keep every state of what you store, and never lose objects again."
    (change,) = found(section, ("**Versions:** Old objects can be kept.", new))
    assert (change["operation"], change["entry_id"]) == ("edit", row("**Versions").pk)


def test_a_heading_that_was_renamed_keeps_its_section(section):
    (change,) = found(section, ("### S3 cost", "### S3 costs and bills"), below=True)
    assert (change["subject"], change["operation"]) == ("section", "edit")
    assert change["proposed"] == {"title": "S3 costs and bills"}


def test_signs_in_a_heading_are_tags_of_the_section(section):
    text = source_of(section, below=True).text.replace("### S3 cost", "### ❗ S3 cost")
    approve(propose(section, text, by=factories.user(), below=True))
    cost = Section.objects.get(title="S3 cost")
    assert [tag.slug for tag in cost.tags.all()] == ["gotcha"]
    assert "### ❗ S3 cost" in source_of(section, below=True).text


def test_a_new_heading_takes_over_what_is_below_it(section):
    changes = found(section, ("2. Count the bytes", "### Bytes\n\n2. Count the bytes"), below=True)
    assert kinds(changes) == ["add", "move"]
    assert changes[1]["proposed"]["section"] == {"new": changes[0]["key"]}


def test_a_section_that_moved_is_moved_with_its_entries(section):
    tips = "### S3 tips\n\n- Use lifecycle rules.\n"
    text = source_of(section, below=True).text.replace(f"\n{tips}", "")
    text = text.replace("### S3 cost", f"{tips}\n### S3 cost")
    (change,) = as_changes(edited(section, text, below=True).steps)
    assert change["section_id"] in Section.objects.filter(parent=section).values_list(
        "pk", flat=True
    )
    assert "after" in change["proposed"]


def test_numbers_instead_of_bullets_are_another_kind(section):
    text = source_of(section).text.replace("- **Versions", "1. **Versions")
    approve(propose(section, text, by=factories.user()))
    assert row("**Versions").kind == "step"
    assert "1. **Versions" in source_of(section).text


def test_a_bullet_moves_into_a_section_below(section):
    line = "- ❗ **Public:** Never make a bucket public.\n"
    text = source_of(section, below=True).text.replace(line, "")
    text = text.replace("- Use lifecycle", f"{line}- Use lifecycle")
    public = row("**Public")
    approve(propose(section, text, by=factories.user(), below=True))
    public.refresh_from_db()
    assert public.section.title == "S3 tips"


def test_others_edits_meanwhile_are_not_undone(section):
    seen, text = history.generation(), source_of(section).text
    factories.edit(row("**Versions"), "**Versions:** Old objects are kept.")
    factories.retire(row("**Public"))
    factories.entry("New by others.", section=section)
    made = edited(section, text.replace("Buckets hold", "A bucket holds"), generation=seen)
    (change,) = as_changes(made.steps)
    assert change["entry_id"] == row("**Basics").pk


def test_an_edit_of_what_others_moved_away_meanwhile_goes_there(section):
    seen, text = history.generation(), source_of(section).text
    with history.revision(by=None, comment="meanwhile"):
        actions_of_entries.move_entry(row("**Public"), section=Section.objects.get(title="EC2"))
    typed = text.replace("Never make", "Do not make")
    approve(propose(section, typed, by=factories.user(), generation=seen))
    public = row("**Public")
    assert (public.section.title, public.body) == (
        "EC2",
        "**Public:** Do not make a bucket public.",
    )


def test_an_edit_of_what_others_edited_meanwhile_merges(section):
    seen, text = history.generation(), source_of(section).text
    factories.edit(row("**Versions"), "**Versions:** Old objects can be retained.")
    typed = text.replace("Old objects", "Former objects")
    approve(propose(section, typed, by=factories.user(), generation=seen))
    assert row("**Versions").body == "**Versions:** Former objects can be retained."


def test_what_others_put_under_a_bullet_meanwhile_is_not_retired_along(section):
    text = source_of(section).text.replace("- **Versions:** Old objects can be kept.\n", "")
    proposal = propose(section, text, by=factories.user())
    factories.entry("Nested by others.", section=section, parent=row("**Versions"))
    assert_not_merged(approve(proposal), match="was put under it meanwhile")


def test_an_entry_that_holds_a_list_stays_whole_until_it_is_touched(section):
    held = models.QuerySet(Entry).filter(pk=row("**Versions").pk)
    held.update(body="**Versions:** two\n\n- kinds\n- of them", verbatim="")
    assert found(section, ("Never make", "Do not make"))[0]["entry_id"] == row("**Public").pk
    changes = found(section, ("- kinds", "- sorts"))
    assert sorted(kinds(changes)) == ["add", "add", "edit"]


def problems(section, text, **options):
    return " ".join(words for _, words in edited(section, text, **options).problems)


def test_no_text_is_no_way_to_retire_everything(section):
    assert "the text is empty" in problems(section, "\n")


def test_a_heading_needs_the_sections_below(section):
    text = source_of(section).text + "\n### More\n\n- a\n"
    assert "include the sections below" in problems(section, text)


def test_a_heading_beside_the_section_is_not_of_it(section):
    text = source_of(section, below=True).text + "\n## More\n\n- a\n"
    assert "begins another section" in problems(section, text, below=True)


def test_an_entry_has_its_greatest_length(section):
    text = source_of(section).text + f"- {'x' * 20_001}\n"
    assert "over 20,000 characters" in problems(section, text)


def test_what_is_only_kept_as_it_stands_is_told_by_line(section):
    text = source_of(section).text + "- \n\n<div>Words.</div>\n\n"
    notes = edited(section, text).notes
    assert [words for _, words in notes] == ["an empty bullet", "a block of HTML"]
    assert text.split("\n")[notes[0][0] - 1] == "- "


def test_html_that_shows_nothing_is_kept_for_the_export(section):
    (change,) = found(section, ("- **Versions", "<!-- note -->\n\n- **Versions"))
    assert (change["operation"], change["proposed"]["kind"]) == ("add", "kept")
