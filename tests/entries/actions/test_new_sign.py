"""A sign that is new in the legend is a tag of all that has it; the file stays as it is."""

import pytest

from entries.actions import legend
from entries.actions.entries import add_entry, edit_entry
from entries.imports import importing
from entries.markdown import reader
from entries.markdown.writer import export
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from tests.entries.acting import in_database, in_export

pytestmark = pytest.mark.django_db

GUIDE = """\
# Guide

Text with ❤️ in it.

## ❤️  Loved

- ❤️  first
- ⭐ ❤️ second
  - third ❤
- ❤️‍🔥 another
- `❤️` code

| ❤️ | x |
|---|---|

## The `❤️` sign

- ⭐ no
"""
TABLE = """\
# Guide

## Icons

| Icon | Meaning |
|:-:|---|
| ⭐️ | Good |
| 🔥 | Hot \\| loud |

## Text

- ⭐ a
- 1️⃣ b
"""
LINES = TABLE.replace(
    "| Icon | Meaning |\n|:-:|---|\n| ⭐️ | Good |\n| 🔥 | Hot \\| loud |", "⭐️ = Good  \nHot: 🔥"
)
INLINE = TABLE.replace(
    "## Icons\n\n| Icon | Meaning |\n|:-:|---|\n| ⭐️ | Good |\n| 🔥 | Hot \\| loud |",
    "**Legend:** ⭐️ Good, 🔥 Hot",
)


def write(act, *args, **fields):
    with history.revision(by=None, comment="edit"):
        return act(*args, **fields)


def imported(text):
    signs = LegendTag.objects.values_list("sign", flat=True)
    write(importing.import_guide, reader.parse(text, signs=signs), replace=True)


def tag(sign):
    return LegendTag.objects.get(sign__startswith=sign)


def test_what_has_the_new_sign_carries_its_tag():
    write(legend.add_legend_tag, sign="⭐", label="Star")
    imported(GUIDE)
    write(legend.add_legend_tag, sign="❤️", label="Love")
    carry = Entry.objects.filter(tags__label="Love").order_by("pk").values_list("body", flat=True)
    assert list(carry) == [
        *("Text with ❤️ in it.", "first", "second", "third ❤", "| ❤️ | x |\n|---|---|"),
    ]
    titles = [(s.title, [t.label for t in s.tags.all()]) for s in Section.objects.order_by("pk")]
    assert titles == [("Guide", []), ("Loved", ["Love"]), ("The ❤️ sign", [])]
    assert export() == GUIDE
    assert in_export() == in_database()


def test_a_sign_that_is_new_in_the_guide_is_a_label_in_its_texts():
    imported(GUIDE)
    write(legend.add_legend_tag, sign="❤️", label="Love")
    assert 'title="Love"' in Entry.objects.get(body__startswith="Text with").body_html
    assert 'title="Love"' not in Entry.objects.get(body__contains="another").body_html


@pytest.mark.parametrize("old", ["- ❤️  first", "- ⭐ ❤️ second", "  - third ❤"])
def test_an_edit_leaves_the_sign_as_it_is_written(old):
    write(legend.add_legend_tag, sign="⭐", label="Star")
    imported(GUIDE)
    write(legend.add_legend_tag, sign="❤", label="Love")
    words = old.split()[-1] if "third" not in old else "third ❤"
    new = words.replace(words.split()[0], "changed")
    write(edit_entry, Entry.objects.get(body=words), body=new)
    assert export() == GUIDE.replace(old, old.replace(words, new))


def test_a_sign_in_code_does_not_stand_for_the_tag():
    imported("# Guide\n\n- a `❤️` b\n")
    write(legend.add_legend_tag, sign="❤️", label="Love")
    entry = Entry.objects.get()
    assert not entry.tags.exists()
    write(edit_entry, entry, tags=["love"])
    assert export() == "# Guide\n\n- ❤️ a `❤️` b\n"
    assert in_export() == in_database()


@pytest.mark.parametrize("text", [TABLE, LINES, INLINE])
def test_a_legend_in_any_form_has_tags_that_it_is_no_content_of(text):
    imported(text)
    assert {t.key: t.label for t in LegendTag.objects.all()} == {
        "⭐": "Good",
        "🔥": tag("🔥").label,
    }
    assert list(tag("⭐").entries.values_list("body", flat=True)) == ["a"]
    assert export() == text
    assert in_export() == in_database()


@pytest.mark.parametrize("text", [TABLE, LINES, INLINE])
def test_another_meaning_of_a_tag_changes_its_words_in_the_legend_only(text):
    imported(text)
    write(legend.edit_legend_tag, tag("⭐"), meaning="Very | good")
    bar = "Very \\| good" if text is TABLE else "Very | good"
    assert export() == text.replace("Good", bar)
    assert in_export() == in_database()


@pytest.mark.parametrize("text", [TABLE, LINES])
def test_a_file_with_another_meaning_changes_the_tag(text):
    imported(text)
    imported(text.replace("Good", "Better"))
    assert tag("⭐").meaning == "Better"


@pytest.mark.parametrize(("text", "line"), [(TABLE, "| 1️⃣ | First |\n"), (LINES, "1️⃣ = First  \n")])
def test_a_new_tag_gets_a_line_in_the_legend_and_a_retired_one_loses_it(text, line):
    imported(text)
    write(legend.add_legend_tag, sign="1️⃣", label="First", meaning="First", after=tag("⭐"))
    mark = "| 🔥" if text is TABLE else "Hot: 🔥"
    assert export() == text.replace(mark, line + mark)
    assert Entry.objects.get(body="b").tags.get().label == "First"
    write(edit_entry, Entry.objects.get(body="b"), tags=[])
    write(legend.retire_legend_tag, tag("1️⃣"), because="No.")
    assert line not in export()
    write(legend.restore_legend_tag, tag("1️⃣"))
    assert line in export()


def test_a_text_that_begins_with_the_word_legend_carries_no_tag():
    imported("# Guide\n\n- ⭐ a\n")
    write(legend.add_legend_tag, sign="⭐", label="Star")
    write(add_entry, section=Section.objects.get(), body="**Legend:** ⭐ good")
    assert not Entry.objects.get(body__contains="Legend").tags.exists()
    assert in_export() == in_database()
