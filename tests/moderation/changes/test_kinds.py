"""What a change means: its base, what it becomes now, and whether it is there already."""

import pytest

from guide_site.core import history
from moderation.changes import kinds, references, versions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tags():
    return [factories.legend_tag(), factories.legend_tag("cost", "💸")]


def only(proposal):
    """The one change of a proposal, read anew."""
    return proposal.changes.get()


def test_a_snapshot_is_the_text_and_the_sorted_tags(tags):
    entry = factories.entry("Use roles.", tags=["gotcha", "cost"])
    assert versions.snapshot(entry) == {"body": "Use roles.", "tags": ["cost", "gotcha"]}


def test_an_earlier_snapshot_is_what_the_guide_held_then(tags):
    entry = factories.entry("First.", tags=["gotcha"])
    seen = history.generation()
    factories.edit(entry, "Second.", tags=["cost"])
    assert versions.snapshot_at(entry, seen) == {"body": "First.", "tags": ["gotcha"]}
    assert versions.snapshot_at(entry, seen + 1) == {"body": "Second.", "tags": ["cost"]}


def test_revisions_of_other_entries_do_not_matter(entry):
    seen = history.generation()
    factories.entry("Another.")
    factories.edit(entry, "Second.")
    assert versions.snapshot_at(entry, seen + 1)["body"] == "One, two, three, four."


@pytest.mark.parametrize("generation", [0, 2**31])
def test_a_generation_that_never_was_counts_as_now(entry, generation):
    factories.edit(entry, "Second.")
    entry.refresh_from_db()
    assert versions.snapshot_at(entry, generation)["body"] == "Second."


def test_an_edit_is_merged_into_what_the_guide_holds(entry):
    change = only(factories.proposal(entry, "One, two, three, 4."))
    factories.edit(entry, "1, two, three, four.")
    assert kinds.merged(change).values["body"] == "1, two, three, 4."


def test_tags_are_merged_as_sets(tags):
    entry = factories.entry("Use roles.", tags=["gotcha"])
    change = only(factories.proposal(entry, "Use roles, always."))
    factories.edit(entry, "Use roles.", tags=["gotcha", "cost"])
    assert kinds.merged(change).values["tags"] == ["cost", "gotcha"]


def test_an_edit_of_one_word_in_two_ways_conflicts(entry):
    change = only(factories.proposal(entry, "One, two, three, 4."))
    factories.edit(entry, "One, two, three, vier.")
    (clash,) = kinds.merged(change).conflicts["body"]
    assert (clash.base, clash.current, clash.proposed) == ("four", "vier", "4")


def test_an_edit_of_what_was_retired_meanwhile_tells_why(entry):
    change = only(factories.proposal(entry))
    factories.retire(entry, "It was wrong.")
    with pytest.raises(references.Gone, match=r"retired meanwhile: It was wrong\."):
        kinds.merged(change)


def test_a_retirement_of_what_was_retired_meanwhile_is_done(entry):
    change = only(factories.retirement(entry))
    factories.retire(entry, "It was wrong.")
    assert kinds.is_done(change, kinds.merged(change).values)


def test_a_retirement_of_what_was_edited_meanwhile_conflicts(entry):
    change = only(factories.retirement(entry))
    factories.edit(entry, "One, two, three, four and five.")
    assert kinds.merged(change).conflicts["body"]


def test_a_retirement_of_what_was_tagged_meanwhile_conflicts(tags, entry):
    change = only(factories.retirement(entry))
    factories.edit(entry, entry.body, tags=["gotcha"])
    assert kinds.merged(change).conflicts["tags"]


def test_an_addition_under_what_was_retired_meanwhile_tells_why(entry):
    change = only(factories.addition(entry.section, parent=entry))
    factories.retire(entry, "It was wrong.")
    with pytest.raises(references.Gone, match="under was retired meanwhile: It was wrong"):
        kinds.merged(change)


def test_an_addition_after_what_was_retired_meanwhile_still_merges(entry):
    change = only(factories.addition(entry.section, after=entry))
    factories.retire(entry)
    assert kinds.merged(change).conflicts == {}


@pytest.mark.parametrize("field", ["parent", "after"])
def test_an_addition_at_a_place_that_never_was_still_merges(entry, field):
    change = only(factories.addition(entry.section))
    change.proposed[field] = 10**9
    assert kinds.merged(change).values["body"] == "A new point."


def test_looking_at_a_merge_writes_nothing(entry):
    change = only(factories.proposal(entry, "One, two, three, 4."))
    before = history.generation()
    kinds.merged(change)
    entry.refresh_from_db()
    assert (history.generation(), entry.body) == (before, "One, two, three, four.")


@pytest.mark.parametrize(
    ("body", "slugs", "done"),
    [
        ("Use roles.", ["cost", "gotcha"], True),
        ("Use roles.", ["gotcha", "cost"], True),
        ("Use roles.", ["gotcha"], False),
        ("Use roles!", ["cost", "gotcha"], False),
    ],
)
def test_an_edit_is_done_if_the_guide_has_it_already(tags, body, slugs, done):
    entry = factories.entry("Use roles.", tags=["gotcha", "cost"])
    change = only(factories.proposal(entry))
    assert kinds.is_done(change, {"body": body, "tags": slugs}) is done


def test_an_addition_is_never_done_already(entry):
    change = only(factories.addition(entry.section, entry.body))
    assert not kinds.is_done(change, change.proposed)
