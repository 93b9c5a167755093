"""How changes of every kind look on the page of their proposal."""

import pytest

from entries.models import Entry
from moderation.models import Operation, Subject
from tests import factories
from tests.moderation.helpers import approve, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    """The words of the page of a proposal."""
    return lambda proposal: words(client.get(proposal.get_absolute_url()))


def test_a_section_is_shown_by_its_fields(shown):
    section = factories.section("Storage")
    page = shown(factories.changing(section, title="Keeping data", kind="cost"))
    assert "Edit section Storage" in page
    assert "[removed: Storage] [added: Keeping data]" in page.replace("][", "] [")
    assert "[removed: General] [added: Cost]" in page.replace("][", "] [")


def test_a_service_is_shown_as_a_table_of_what_differs(shown):
    service = factories.service("S3", summary="Keeps files.")
    page = shown(factories.changing(service, summary="Keeps objects.", availability="preview"))
    assert "Summary Keeps [removed: files][added: objects]." in page
    assert "Availability [removed: Generally available][added: In preview]" in page
    assert "Full name" not in page


def test_a_new_service_shows_what_is_known_of_it(shown):
    provider = factories.provider("AWS")
    new = {"name": "EBS", "provider": provider.slug, "released": "2008", "note": ""}
    page = shown(factories.changing(Subject.SERVICE, Operation.ADD, **new))
    assert "Add service “EBS”" in page
    assert "First release [added: 2008]" in page
    assert "Note" not in page


def test_a_cell_is_shown_in_its_row(shown):
    cell = factories.offering("SQS", capability="Queue", provider="AWS")
    factories.offering("Pub/Sub", capability="Queue", provider="Google")
    page = shown(factories.changing(cell, name="Amazon SQS"))
    assert "“SQS” in the matrix, row “Queue”" in page
    assert "Queue SQS Amazon SQS Pub/Sub" in page


def test_an_emptied_cell_is_removed_and_stays_readable_after_the_merge(shown):
    cell = factories.offering("SQS", capability="Queue")
    proposal = factories.changing(cell, Operation.RETIRE)
    assert "Remove “SQS” in the matrix" in shown(proposal)
    approve(proposal)
    assert "Remove “SQS” in the matrix" in shown(proposal)


def test_a_service_beside_a_cell_is_shown_without_a_row(shown):
    cell = factories.offering("SQS")
    proposal = factories.changing(cell, name="SNS")
    factories.also(proposal, factories.service("S3"), summary="Objects.")
    page = shown(proposal)
    assert "(removed meanwhile)" not in page
    assert "New row" not in page


def test_a_legend_tag_is_shown_by_its_fields(shown):
    tag = factories.legend_tag("gotcha", "❗", label="Gotcha", meaning="A risk.")
    page = shown(factories.changing(tag, meaning="A great risk."))
    assert "legend tag ❗ Gotcha" in page
    assert "Meaning A [added: great ]risk." in page


def test_a_move_says_from_where_to_where(shown):
    section, other = factories.section("Here"), factories.section("There")
    factories.entry("Before.", section=section)
    entry = factories.entry("Moving.", section=section)
    target = factories.entry("Target.", section=other)
    place = {"section": other.pk, "parent": None, "after": target.pk}
    page = shown(factories.changing(entry, Operation.MOVE, **place))
    moves = "Moves from behind “Before.” in “Here” to the place behind “Target.” in “There”."
    assert moves in page


def test_a_section_that_moves_to_the_top_says_so(shown):
    parent = factories.section("Parent")
    section = factories.section("Child", parent=parent)
    page = shown(factories.changing(section, Operation.MOVE, parent=None, after="first"))
    assert "from the first place under “Parent” to the first place at the top of the guide" in page


def test_conflicts_are_told_by_field(shown):
    service = factories.service("S3", summary="Keeps files.")
    first = factories.changing(service, released="2006", summary="Keeps objects.")
    second = factories.changing(service, released="2007", summary="Keeps things.")
    approve(first)
    page = shown(second)
    assert "Conflict: First release" in page
    assert "Conflict: Summary" in page


def test_a_restoration_shows_the_text_that_comes_back(shown, entry):
    factories.retire(entry)
    entry.refresh_from_db()
    page = shown(factories.changing(entry, Operation.RESTORE))
    assert "Restore One, two, three, four." in page
    assert "AfterOne, two, three, four." in page


def test_long_unchanged_text_is_folded(shown):
    long = " ".join(f"word{number}" for number in range(200))
    page = shown(factories.proposal(factories.entry(f"One {long}"), f"Two {long}"))
    assert "unchanged characters" in page


def test_a_long_proposal_costs_as_many_queries_as_a_short_one(
    client, django_assert_max_num_queries
):
    section = factories.section()
    entries = [factories.entry(f"Point {number}.", section=section) for number in range(40)]
    proposal = factories.proposal(entries[0])
    for number, entry in enumerate(entries[1:], start=1):
        text = {"body": f"Point no. {number}.", "tags": []}
        place = {"section": section.pk, "parent": None, "after": entries[0].pk}
        factories.also(proposal, entry, **text, **(place if number % 2 else {}))
    with django_assert_max_num_queries(32):
        page = words(client.get(proposal.get_absolute_url()))
    assert "Show this change" in page
    assert Entry.objects.count() == 40


@pytest.mark.parametrize(("children", "part"), [("along", "Nested."), ("lift", "one level up")])
def test_a_retirement_shows_what_becomes_of_nested_entries(shown, entry, children, part):
    factories.entry("Nested.", section=entry.section, parent=entry)
    assert part in shown(factories.retirement(entry, children=children))


def test_an_addition_shows_its_place_and_kind(shown, entry):
    proposal = factories.addition(entry.section, "New.", after=entry)
    proposal.changes.update(proposed=proposal.changes.get().proposed | {"kind": "step"})
    page = shown(proposal)
    assert entry.body in page
    assert "numbered step" in page.lower()


@pytest.fixture
def reworded(entry):
    """A proposal that changes two words of a bullet which others tagged meanwhile."""
    tags = [factories.legend_tag(), factories.legend_tag("tip", "💡")]
    factories.edit(entry, entry.body, tags=["tip"])
    entry.refresh_from_db()
    proposal = factories.proposal(entry, "One, two, 3, 4.")
    factories.edit(entry, entry.body, tags=["gotcha"])
    return proposal, tags


OTHERS = "Others changed its tags since this was written: ❗ Gotcha was added; 💡 Tip was removed."


def test_tags_of_others_are_not_shown_as_what_the_proposal_does(shown, reworded):
    page = shown(reworded[0])
    assert "Tags:" not in page
    assert OTHERS in page


def test_nor_after_the_merge(shown, reworded):
    approve(reworded[0])
    page = shown(reworded[0])
    assert "Tags:" not in page
    assert OTHERS in page


def test_a_moved_entry_with_other_tags_now_shows_its_place_alone(shown, entry):
    factories.legend_tag()
    place = {"section": factories.section().pk, "parent": None, "after": None}
    proposal = factories.changing(entry, Operation.MOVE, **place)
    factories.edit(entry, entry.body, tags=["gotcha"])
    approve(proposal)
    assert "ags" not in shown(proposal)


def test_what_retires_along_is_shown_as_the_guide_shows_it(client):
    above = factories.entry("Above.")
    body = "**Below:** a [link](https://a.example/x)."
    factories.entry(body, section=above.section, parent=above)
    page = client.get(factories.retirement(above).get_absolute_url()).text
    assert "<strong>Below:</strong> a <a href=" in page
    assert "**Below" not in page
