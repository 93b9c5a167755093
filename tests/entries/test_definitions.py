"""Link definitions and footnotes of a guide: entries of their own that others use."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from entries.actions import entries as actions
from entries.imports import importing
from entries.markdown import writer
from entries.models import Entry, EntryKind
from guide_site.core import history
from tests.entries.acting import in_database, in_export
from tests.entries.guides import imported, parse

GUIDE = """# Guide

- see [docs][d] now[^1]
- other

[d]: https://d.example
[e]: /e

## Notes

[^2]: Second.
[^1]: First
    and more.
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    imported(GUIDE)


def entry(words):
    return Entry.objects.get(body__contains=words, retired_at=None)


def html(words="now"):
    return entry(words).body_html


def edit(words, body):
    with history.revision(by=None, comment="edit"):
        return actions.edit_entry(entry(words), body=body)


def test_a_text_is_without_the_definitions_that_it_uses(guide):
    assert entry("now").body == "see [docs][d] now[^1]"
    assert '<a href="https://d.example" class="external"' in html()


def test_a_footnote_is_numbered_and_leads_to_its_entry(guide):
    note = entry("First")
    assert (note.kind, note.body_html[:8]) == (EntryKind.FOOTNOTE, "<p>2. Fi")
    assert f'<sup><a href="{note.get_absolute_url()}" title="First and more."' in html()
    assert ">2</a></sup>" in html()


def test_an_edit_changes_its_own_line_only(guide):
    edit("now", "see [docs][d] today[^1]")
    assert writer.export() == GUIDE.replace("now[", "today[")


def test_another_address_arrives_where_it_is_used_and_in_one_line(guide):
    edit("[d]: ", "[d]: https://new.example")
    assert 'href="https://new.example"' in html()
    assert writer.export() == GUIDE.replace("https://d.", "https://new.")


def test_other_words_of_a_footnote_arrive_where_it_is_used(guide):
    edit("First", "[^1]: Changed.")
    assert 'title="Changed."' in html()


def test_a_definition_that_retires_leaves_the_brackets(guide):
    with history.revision(by=None, comment="retire"):
        actions.retire_entry(entry("[d]: "), because="Gone.")
    assert "see [docs][d] now" in html()


def test_footnotes_count_on_without_one_that_retires(guide):
    with history.revision(by=None, comment="retire"):
        actions.retire_entry(entry("Second"), because="Gone.")
    assert ">1</a></sup>" in html()
    assert html("First").startswith("<p>1. First")
    with history.revision(by=None, comment="restore"):
        actions.restore_entry(Entry.objects.get(body__contains="Second"))
    assert ">2</a></sup>" in html()


def test_a_definition_that_is_added_arrives_where_it_is_used(guide):
    section = entry("other").section
    edit("other", "another [place][p]")
    assert "[place][p]" in html("another")
    with history.revision(by=None, comment="add"):
        actions.add_entry(
            section=section, body="[p]: https://e.example/p", kind=EntryKind.DEFINITION
        )
    assert '<a href="https://e.example/p"' in html("another")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[e]: /e", "[e]: /f"),
        ("[^2]: Second.", "[^2]: Another\n\n    with more"),
        ("[f]:\n  /f\n  'T'", "[f]: /g"),
        ("[g]: /g", "[g]: /h"),
    ],
)
def test_the_lines_around_a_definition_stay_as_they_are(old, new):
    guide = GUIDE + "\n[f]:\n  /f\n  'T'\n\n\n- a\n  - b\n\n  [g]: /g\n\n- c\n"
    imported(guide)
    edit(old, new)
    assert writer.export() == guide.replace(old, new)
    assert importing_again().is_empty


def test_of_two_definitions_the_first_counts(guide):
    with history.revision(by=None, comment="add"):
        actions.add_entry(
            section=entry("other").section, body="[d]: /later", kind=EntryKind.DEFINITION
        )
        actions.edit_entry(entry("other"), body="other [d]")
    assert 'href="https://d.example"' in html("other")


def test_a_bullet_may_bring_its_own_definition(guide):
    edit("other", "other [q]\n\n[q]: https://e.example/q")
    assert '<a href="https://e.example/q"' in html("other")
    edit("[q]: https://e.example/q", "other [q]\n\n[q]: https://e.example/r")
    assert '<a href="https://e.example/r"' in html("other")
    assert importing_again().is_empty


def importing_again(text=None):
    with history.revision(by=None, comment="import"):
        return importing.import_guide(parse(text or writer.export()))


@pytest.mark.parametrize(
    ("old", "new", "here"),
    [
        ("https://d.example", "https://new.example", 'href="https://new.example"'),
        ("First", "Other words", 'title="Other words and more."'),
        ("[^2]: Second.\n", "", ">1</a></sup>"),
        ("[d]: https://d.example\n", "", "[docs][d]"),
    ],
)
def test_a_file_in_which_only_a_definition_changed_is_a_change(guide, old, new, here):
    before = {row.pk: row.body for row in Entry.objects.all() if old.strip() not in row.body}
    report = importing_again(GUIDE.replace(old, new))
    assert len(report.steps) == 1
    assert here in html()
    assert before.items() <= {row.pk: row.body for row in Entry.objects.all()}.items()
    assert importing_again(GUIDE.replace(old, new)).is_empty


def test_the_own_export_is_nothing_to_do(guide):
    assert importing_again().is_empty
    assert writer.export() == GUIDE


@pytest.mark.parametrize("heading", ["# One", "One\n==="])
def test_definitions_above_the_first_heading_stay_there(heading):
    text = f"[d]: /e 'T'\n\n\n{heading}\n\n- see [docs][d]\n- other\n"
    imported(text)
    assert writer.export() == text
    with history.revision(by=None, comment="edit"):
        actions.edit_entry(entry("other"), body="another")
    assert writer.export() == text.replace("other", "another")
    assert importing.import_guide(parse(writer.export())).steps == []


def test_a_definition_that_moves_under_a_bullet_is_no_text_of_it():
    imported("# G\n\n- see [d]\n- b\n\n[d]: /d\n")
    moved = Entry.objects.get(kind=EntryKind.DEFINITION)
    with history.revision(by=None, comment="move"):
        actions.move_entry(moved, section=moved.section, parent=entry("see"))
    assert in_export() == in_database()


def test_texts_from_before_lose_the_definitions_that_were_added_to_them():
    """As an import of 2026-11-27 has left them: the lines of a file stay what they were."""
    text = "# G\n\n- see [docs][d] now\n- other\n\n[d]: https://d.example\n"
    imported(text)
    see, other = entry("docs"), entry("other")
    with history.revision(by=None, comment="as before"):
        Entry.objects.get(kind=EntryKind.DEFINITION).delete()
        see.body += "\n\n[d]: https://d.example"
        other.verbatim = "- other\n\n[d]: https://d.example\n"
        see.save()
        other.save()
    assert writer.export() == text
    with pytest.raises(CommandError, match="1 problem"):
        call_command("verify", stdout=StringIO())
    call_command("follow_catalogue", stdout=StringIO())
    assert (entry("docs").pk, entry("docs").body) == (see.pk, "see [docs][d] now")
    assert entry("[d]:").kind == EntryKind.DEFINITION
    assert 'href="https://d.example"' in html("docs")
    assert writer.export() == text
    assert in_export() == in_database()
    call_command("verify", stdout=StringIO())
