"""Adding an entry to a section."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from entries.actions import entries as entry_actions
from entries.models import GAP, Entry, EntryKind
from guide_site.core import history, markdown
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return factories.section()


def bodies(section, parent=None):
    """The texts of siblings, in their order."""
    return [entry.body for entry in Entry.objects.filter(section=section, parent=parent)]


def used_up(section):
    """Two siblings without a position between them."""
    first, second = (factories.entry(body, section=section) for body in ("first", "second"))
    models.QuerySet(Entry).filter(pk=second.pk).update(position=first.position + 1)
    return first, second


def test_the_first_has_room_before_it(section):
    assert factories.entry(section=section).position == GAP


def test_it_comes_last(section):
    for body in ("one", "two", "three"):
        factories.entry(body, section=section)
    assert bodies(section) == ["one", "two", "three"]


def test_it_comes_after_a_sibling_and_moves_nobody(section):
    first, last = (factories.entry(body, section=section) for body in ("first", "last"))
    added = factories.entry("added", section=section, after=first)
    assert bodies(section) == ["first", "added", "last"]
    assert first.position < added.position < last.position


def test_after_the_last_is_the_end(section):
    first = factories.entry("first", section=section)
    factories.entry("second", section=section, after=first)
    assert bodies(section) == ["first", "second"]


def test_two_after_the_same_both_stay_the_later_one_in_front(section):
    first = factories.entry("first", section=section)
    for body in ("early", "late"):
        factories.entry(body, section=section, after=first)
    assert bodies(section) == ["first", "late", "early"]


def test_a_used_up_gap_renumbers_the_siblings_and_keeps_their_order(section):
    first, _ = used_up(section)
    factories.entry("added", section=section, after=first)
    assert bodies(section) == ["first", "added", "second"]


def test_siblings_at_one_position_keep_their_order(section):
    first, second = used_up(section)
    models.QuerySet(Entry).filter(pk=second.pk).update(position=first.position)
    factories.entry("added", section=section, after=first)
    assert bodies(section) == ["first", "added", "second"]


def test_a_renumbering_leaves_other_lists_alone(section):
    first, second = used_up(section)
    nested = factories.entry("nested", section=section, parent=second)
    models.QuerySet(Entry).filter(pk=nested.pk).update(position=7)
    factories.entry("added", section=section, after=first)
    nested.refresh_from_db()
    assert nested.position == 7


def test_thirty_after_the_same_keep_their_order(section):
    first = factories.entry("first", section=section)
    for number in range(30):
        factories.entry(str(number), section=section, after=first)
    assert bodies(section) == ["first", *map(str, reversed(range(30)))]


def test_it_nests_under_a_parent(section):
    parent = factories.entry("parent", section=section)
    for body in ("one", "two"):
        factories.entry(body, section=section, parent=parent)
    assert bodies(section) == ["parent"]
    assert bodies(section, parent) == ["one", "two"]


def test_it_is_rendered_and_carries_its_tags():
    factories.legend_tag("gotcha", "❗")
    factories.legend_tag("cost", "💸")
    entry = factories.entry("**Roles**", tags=["cost", "gotcha", "cost"])
    assert entry.body_html == "<p><strong>Roles</strong></p>\n"
    assert {tag.slug for tag in entry.tags.all()} == {"cost", "gotcha"}


def test_line_ends_and_blank_lines_around_it_do_not_stay():
    assert factories.entry("\r\n\r\none\r\ntwo\rthree\r\n  \n").body == "one\ntwo\nthree"


@pytest.mark.parametrize("body", ["", "   ", "\n\r\n", "\t"])
def test_nothing_but_white_space_is_refused(section, body):
    with pytest.raises(ValidationError, match="blank"):
        factories.entry(body, section=section)
    assert bodies(section) == []


def test_the_longest_text_is_taken_and_one_more_is_refused(section):
    factories.entry("x" * markdown.MAX_LENGTH, section=section)
    with pytest.raises(ValidationError, match="under 20,000 characters"):
        factories.entry("x" * (markdown.MAX_LENGTH + 1), section=section)
    assert len(bodies(section)) == 1


def test_an_unknown_tag_is_refused_by_name_and_adds_nothing(section):
    factories.legend_tag("gotcha", "❗")
    with pytest.raises(ValidationError, match="Unknown legend tag: poem, song"):
        factories.entry(section=section, tags=["song", "gotcha", "poem"])
    assert bodies(section) == []


def test_an_unknown_kind_is_refused(section):
    with pytest.raises(ValidationError, match="poem"):
        factories.entry(section=section, kind="poem")


OF_KINDS = {
    EntryKind.BULLET: "Use roles.",
    EntryKind.NUMBERED: "Use roles.",
    EntryKind.PARAGRAPH: "Use roles.",
    EntryKind.TABLE: "| a |\n|---|\n| b |",
    EntryKind.CODE: "```\nls\n```",
    EntryKind.FIGURE: "![Plan](http://example.org/p)",
    EntryKind.HTML: "<div>\nUse roles.\n</div>",
    EntryKind.FOOTNOTE: "[^1]: Words.",
    EntryKind.DEFINITION: "[a]: /b",
    EntryKind.KEPT: '<a name="x"></a>',
}


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_kind_is_taken(section, kind):
    assert factories.entry(OF_KINDS[kind], section=section, kind=kind).kind == kind


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("paragraph", "# x", "“x” would be the heading of a section"),
        ("paragraph", "x\n---", "“x” would be the heading of a section"),
        ("paragraph", "- x", "would be a bullet, not a paragraph"),
        ("paragraph", "1. x", "would be a step, not a paragraph"),
        ("paragraph", "    x", "would be a block of code, not a paragraph"),
        ("paragraph", "```\nx\n```", "would be a block of code, not a paragraph"),
        ("paragraph", "| a |\n|---|", "would be a table, not a paragraph"),
        ("paragraph", "a\n\nb", "several entries: a paragraph and a paragraph"),
        ("paragraph", "[x]: http://a.example", "would be a link definition, not a paragraph"),
        ("paragraph", "[^1]: x", "would be a footnote, not a paragraph"),
        ("paragraph", "x\n\n[y]: /z", "several entries: a paragraph and a link definition"),
        ("footnote", "Words.", "would be a paragraph, not a footnote"),
        ("footnote", "[a]: /b", "would be a link definition, not a footnote"),
        ("definition", "[^1]: Words.", "would be a footnote, not a link definition"),
        ("definition", "[a]: /b\n\nWords.", "several entries: a link definition and a paragraph"),
        ("paragraph", "<!-- x", "does not end"),
        ("paragraph", "<!-- x -->", "would be nothing that is shown"),
        ("code", "```\nx", "does not end"),
        ("code", "x", "would be a paragraph, not a block of code"),
        ("table", "a, b", "would be a paragraph, not a table"),
        ("bullet", "x\n- y", "bullets of their own"),
        ("bullet", "x\n\n1. y", "bullets of their own"),
        ("bullet", "<!-- x", "does not end"),
        ("bullet", "***", "would be a paragraph, not a bullet"),
        ("bullet", "- - -", "would be a paragraph, not a bullet"),
    ],
)
def test_a_text_that_a_file_would_say_otherwise_is_refused(section, kind, body, reason):
    with pytest.raises(ValidationError, match=reason):
        factories.entry(body, section=section, kind=kind)
    assert bodies(section) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        *[("bullet", text) for text in ("# x", "- x", "> x", "x\n\ny", "```\nx\n```", "a | b")],
        *[("bullet", text) for text in ("    x", "x\n---", "+", "| a |\n|---|\n| b |")],
        *[("paragraph", text) for text in ("\\# x", "\\- x", "> x", "a\nb", "***")],
    ],
)
def test_a_text_that_a_file_says_as_it_is_is_taken(section, kind, body):
    assert factories.entry(body, section=section, kind=kind).body == body


def test_signs_of_the_legend_in_a_text_are_its_tags(section):
    factories.legend_tag("gotcha", "❗")
    factories.legend_tag("cost", "💸")
    made = factories.entry("❗ Use 💸 roles.", section=section)
    assert made.body == "Use 💸 roles."
    assert {tag.slug for tag in made.tags.all()} == {"gotcha", "cost"}


def test_a_table_with_a_tag_whose_sign_it_lacks_is_refused(section):
    factories.legend_tag("cost", "💸")
    with pytest.raises(ValidationError, match="write their signs into its text"):
        factories.entry("| a |\n|---|\n| b |", section=section, kind="table", tags=["cost"])


def test_outside_a_revision_it_is_refused(section):
    with pytest.raises(history.WriteOutsideRevision):
        entry_actions.add_entry(section=section, body="Use roles.")
    assert bodies(section) == []


def test_nothing_is_nested_under_an_entry_of_another_section(section):
    with pytest.raises(ValidationError, match="another section"):
        factories.entry("Lost.", section=section, parent=factories.entry())


def test_nothing_follows_an_entry_of_another_list(section):
    with pytest.raises(ValidationError, match="stands elsewhere"):
        factories.entry("Lost.", section=section, after=factories.entry())
