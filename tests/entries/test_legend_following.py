"""What a sign means is said once: the legend of the guide and its tags follow each other."""

import pytest
from django.core.exceptions import ValidationError
from reversion.models import Revision

from entries.actions import legend
from entries.actions.entries import edit_entry, move_entry, restore_entry, retire_entry
from entries.actions.positions import FIRST
from entries.actions.sections import edit_section
from entries.imports import importing
from entries.markdown import reader
from entries.markdown.writer import export
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from tests.entries.acting import in_database, in_export

pytestmark = pytest.mark.django_db

GUIDE = """\
# Guide

## Legend

- 🔹 **Tip:** What matters.
- ❗ **Gotcha:** A trap; see [why](https://example.org).
- 🔸 **Limit:** What you cannot do.

## Text

- 🔹 Use it.
- ❗ Do not.
"""
PLAIN = "# Guide\n\n- Legend:\n  - 🔹 Important tip\n  - ❗ Gotcha\n\n## Text\n\n- 🔹 Use it.\n"


def imported(text):
    guide = reader.parse(text, signs=LegendTag.objects.values_list("sign", flat=True))
    with history.revision(by=None, comment="import"):
        return importing.import_guide(guide, replace=True)


def tag(sign):
    return LegendTag.objects.get(sign=sign)


def write(act, *args, **fields):
    with history.revision(by=None, comment="edit"):
        return act(*args, **fields)


@pytest.mark.parametrize("text", [GUIDE, PLAIN])
def test_the_legend_of_a_file_becomes_tags_and_comes_out_to_the_letter(text):
    imported(text)
    assert export() == text
    assert imported(text).is_empty


def test_a_tag_has_the_label_and_the_meaning_of_its_bullet():
    imported(GUIDE)
    assert (tag("❗").label, tag("❗").meaning) == ("Gotcha", "A trap; see why.")


def test_a_bullet_of_the_legend_is_no_content_with_its_tag(client):
    imported(GUIDE)
    assert tag("🔹").entries.count() == 1
    assert "1 entry" in client.get("/legend/tip/").text
    assert client.get("/api/entries/?tag=tip").json()["count"] == 1


def test_another_meaning_changes_the_line_of_the_bullet_only():
    imported(GUIDE)
    write(legend.edit_legend_tag, tag("🔹"), meaning="Worth *knowing*.")
    assert export() == GUIDE.replace("What matters.", "Worth \\*knowing\\*.")
    assert imported(export()).is_empty


def test_another_label_changes_the_lead_of_the_bullet():
    imported(GUIDE)
    write(legend.edit_legend_tag, tag("❗"), label="Trap")
    assert export() == GUIDE.replace("**Gotcha:**", "**Trap:**")


def test_a_legend_without_leads_shows_the_meaning():
    imported(PLAIN)
    write(legend.edit_legend_tag, tag("🔹"), meaning="Tip")
    assert export() == PLAIN.replace("Important tip", "Tip")


def test_a_bullet_of_another_file_changes_its_tag():
    imported(GUIDE)
    imported(GUIDE.replace("What matters.", "What counts."))
    assert tag("🔹").meaning == "What counts."


def test_a_bullet_that_is_written_in_the_guide_changes_its_tag():
    imported(GUIDE)
    bullet = Entry.objects.get(body__startswith="🔸")
    write(edit_entry, bullet, body="🔸 **Limit:** No more.")
    assert tag("🔸").meaning == "No more."


def test_a_new_tag_gets_a_bullet_after_the_one_before_it():
    imported(GUIDE)
    write(legend.add_legend_tag, sign="🐥", label="New", meaning="Young.", after=tag("❗"))
    line = "- 🐥 **New:** Young.\n"
    assert export() == GUIDE.replace("- 🔸", f"{line}- 🔸", 1)
    assert imported(export()).done["entries"].keys() <= {"respaced"}


def test_a_retired_tag_takes_its_bullet_along_and_brings_it_back():
    imported(GUIDE)
    write(legend.retire_legend_tag, tag("🔸"), because="Nobody uses it.")
    assert export() == GUIDE.replace("- 🔸 **Limit:** What you cannot do.\n", "")
    write(legend.restore_legend_tag, tag("🔸"))
    assert export() == GUIDE


def test_a_revision_about_something_else_writes_nothing_more():
    imported(GUIDE)
    write(edit_entry, Entry.objects.get(body="Use it."), body="Use it well.")
    assert Revision.objects.latest("pk").version_set.count() == 1


def test_a_bullet_that_came_back_follows_its_tag_unless_a_file_brought_it():
    imported(GUIDE)
    bullet = Entry.objects.get(body__startswith="🔸")
    write(retire_entry, bullet, because="Gone.")
    write(legend.edit_legend_tag, tag("🔸"), meaning="A wall.")
    write(restore_entry, bullet)
    assert export() == GUIDE.replace("What you cannot do.", "A wall.")
    imported("# Guide\n\n## Legend\n\n- 🔸 **Limit:** Small.\n\n## Text\n\n- 🔹 Use it.\n")
    imported(GUIDE)
    assert (export(), tag("🔸").meaning) == (GUIDE, "What you cannot do.")


def moved(words, to, parent=None, after=FIRST):
    entry = Entry.objects.get(body__contains=words)
    section = Section.objects.get(slug=to)
    write(move_entry, entry, section=section, parent=parent, after=after)
    entry.refresh_from_db()
    return entry.body, [tag.sign for tag in entry.tags.all()]


@pytest.mark.parametrize("text", [GUIDE, PLAIN])
def test_a_bullet_that_leaves_the_legend_has_its_sign_as_a_tag(text):
    imported(text)
    body, signs = moved("otcha", "text")
    assert (body.strip("*")[:6], signs) == ("Gotcha", ["❗"])
    assert in_export() == in_database()


def test_a_bullet_that_comes_into_the_legend_has_its_sign_in_its_text():
    imported(GUIDE)
    assert moved("Do not", "legend", after=None) == ("❗ Do not.", [])
    assert in_export() == in_database()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (GUIDE, lambda: edit_section(Section.objects.get(slug="legend"), title="Signs")),
        (PLAIN, lambda: edit_entry(Entry.objects.get(body="Legend:"), body="Signs:")),
        (
            PLAIN,
            lambda: retire_entry(
                Entry.objects.get(body="Legend:"), because="No.", lift_children=True
            ),
        ),
    ],
)
def test_the_lines_of_what_is_no_legend_any_more_carry_their_tags(text, act):
    imported(text)
    write(act)
    assert not Entry.objects.live().filter(body__startswith="❗").exists()
    assert in_export() == in_database()


def test_the_lines_behind_a_legend_that_moves_away_carry_their_tags():
    imported("# Guide\n\n- Legend:\n- 🔹 Tip\n- ❗ Risk\n\n## Text\n\n- a\n")
    moved("Legend", "text")
    assert in_export() == in_database()


def test_a_line_of_the_legend_becomes_nothing_that_is_no_bullet():
    imported(PLAIN)
    with pytest.raises(ValidationError, match="not a bullet"):
        write(edit_entry, Entry.objects.get(body="❗ Gotcha"), body="- - -")
