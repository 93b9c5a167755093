"""Taking an entry out of the guide, with or without its children, and bringing it back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    """before · parent (one (deep), two, three) · after."""
    section = factories.section()
    factories.entry("before", section=section)
    parent = factories.entry("parent", section=section)
    for body in ("one", "two", "three"):
        factories.entry(body, section=section, parent=parent)
    one = Entry.objects.get(body="one")
    factories.entry("deep", section=section, parent=one)
    factories.entry("after", section=section)
    return section


def get(body):
    return Entry.objects.get(body=body)


def bodies(parent=None):
    """The texts of live siblings, in their order."""
    return [entry.body for entry in Entry.objects.live().filter(parent=parent)]


def retire(entry, **options):
    with history.revision(by=None, comment="test"):
        return entry_actions.retire_entry(entry, **{"because": "No longer true."} | options)


def restore(entry):
    with history.revision(by=None, comment="test"):
        return entry_actions.restore_entry(entry)


def test_its_row_stays_with_the_reason(section):
    entry = retire(get("after"), because="AWS retired it.")
    entry.refresh_from_db()
    assert not entry.is_live
    assert entry.retired_because == "AWS retired it."
    assert entry.body == "after"


def test_its_children_retire_along_to_the_last(section):
    retire(get("parent"), because="Outdated.")
    assert bodies() == ["before", "after"]
    gone = Entry.objects.exclude(retired_at=None)
    assert {entry.body for entry in gone} == {"parent", "one", "two", "three", "deep"}
    assert {entry.retired_because for entry in gone} == {"Outdated."}


def test_its_children_are_lifted_to_its_place_in_their_order(section):
    retire(get("parent"), lift_children=True)
    assert bodies() == ["before", "one", "two", "three", "after"]
    assert bodies(parent=get("one")) == ["deep"]


def test_lifting_from_the_middle_goes_up_one_step(section):
    retire(get("one"), lift_children=True)
    assert bodies(parent=get("parent")) == ["deep", "two", "three"]


def test_lifting_where_the_gap_is_used_up_keeps_the_order(section):
    models.QuerySet(Entry).filter(body="after").update(position=get("parent").position + 1)
    retire(get("parent"), lift_children=True)
    assert bodies() == ["before", "one", "two", "three", "after"]


def test_a_lifted_child_forgets_the_lines_of_the_import(section):
    models.QuerySet(Entry).update(verbatim="source\n")
    retire(get("parent"), lift_children=True)
    lifted = {entry.body for entry in Entry.objects.filter(verbatim="")}
    assert lifted == {"one", "two", "three"}


def test_children_retired_earlier_keep_their_reason_and_place(section):
    retire(get("two"), because="Wrong from the start.")
    retire(get("parent"), lift_children=True)
    assert bodies() == ["before", "one", "three", "after"]
    two = get("two")
    assert (two.parent, two.retired_because) == (get("parent"), "Wrong from the start.")


def test_a_reason_too_long_is_refused_and_changes_nothing(section):
    before = history.generation()
    with pytest.raises(ValidationError, match="300"):
        retire(get("parent"), because="x" * 301)
    assert history.generation() == before
    assert bodies(parent=get("parent")) == ["one", "two", "three"]


def test_outside_a_revision_it_is_refused(section):
    with pytest.raises(history.WriteOutsideRevision):
        entry_actions.retire_entry(get("after"), because="Outdated.")
    assert get("after").is_live


def test_a_restored_entry_is_back_at_its_place(section):
    entry = restore(retire(get("before")))
    entry.refresh_from_db()
    assert entry.is_live
    assert entry.retired_because == ""
    assert bodies() == ["before", "parent", "after"]


def test_a_restored_entry_keeps_its_text_and_tags():
    factories.legend_tag("gotcha", "❗")
    entry = restore(retire(factories.entry("Use **roles**.", tags=["gotcha"])))
    entry.refresh_from_db()
    assert entry.body_html == "<p>Use <strong>roles</strong>.</p>\n"
    assert [tag.slug for tag in entry.tags.all()] == ["gotcha"]


def test_restoring_what_is_live_changes_no_word(section):
    restore(get("before"))
    assert bodies() == ["before", "parent", "after"]


def test_no_entry_leaves_the_database(section):
    before = Entry.objects.count()
    retire(get("parent"))
    retire(get("before"), lift_children=True)
    assert Entry.objects.count() == before


def test_a_long_imported_entry_can_be_lifted_and_retired():
    imported(f"# a\n- p\n  - {'x' * 30_000}\n")
    parent, child = Entry.objects.order_by("pk")
    with history.revision(by=None, comment="lift"):
        entry_actions.retire_entry(parent, because="No.", lift_children=True)
    with history.revision(by=None, comment="retire"):
        entry_actions.retire_entry(get(child.body), because="No.")
    assert not Entry.objects.live().exists()


def test_a_restored_entry_returns_to_its_place_though_its_neighbours_were_renumbered(section):
    retire = entry_actions.retire_entry
    for number, body in enumerate(("before", "parent", "after"), start=1):
        models.QuerySet(Entry).filter(body=body).update(position=number)
    with history.revision(by=None, comment="lift"):
        retire(get("parent"), because="No.", lift_children=True)
    with history.revision(by=None, comment="restore"):
        entry_actions.restore_entry(get("parent"))
    top = Entry.objects.filter(parent=None).order_by("position", "pk")
    assert [e.body for e in top] == ["before", "parent", "one", "two", "three", "after"]


@pytest.mark.parametrize("because", ["", "  "])
def test_nothing_retires_without_a_reason(because):
    entry = factories.entry()
    with pytest.raises(ValidationError, match="Say why"):
        factories.retire(entry, because)


def test_what_is_retired_keeps_its_first_reason():
    entry = factories.entry()
    factories.retire(entry, "One.")
    with pytest.raises(ValidationError, match="retired already: One"):
        factories.retire(entry, "Two.")


@pytest.mark.parametrize("block", ["A paragraph.", "| a |\n|---|\n| b |", "```\ncode\n```"])
@pytest.mark.parametrize("goes", ["retires", "moves"])
def test_the_block_after_a_list_stays_apart_when_the_last_bullet_goes(block, goes):
    imported(f"# G\n\n- One.\n- Two.\n\n{block}\n\n# Z\n\n- Three.\n")
    last = Entry.objects.get(body="Two.")
    with history.revision(by=None, comment="x"):
        if goes == "retires":
            entry_actions.retire_entry(last, because="Outdated.")
        else:
            entry_actions.move_entry(last, section=Section.objects.get(title="Z"))
    before = bodies()
    imported(export())
    assert bodies() == before


def test_what_was_nested_under_a_joined_bullet_comes_back_under_the_other(section):
    retire(get("deep"))
    with history.revision(by=None, comment="Join"):
        entry_actions.join_entries(get("two"), get("one"), body="both", tags=[])
    restore(get("deep"))
    assert get("deep").parent == get("both")
