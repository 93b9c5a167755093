"""What becomes of the legend when proposals about it are merged."""

import pytest

from entries.models import Entry, LegendTag
from moderation.models import Operation, Subject
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db
NEW = {"sign": "🐢", "label": "Slow", "meaning": "Takes its time.", "after": None}


@pytest.fixture
def tag():
    return factories.legend_tag("gotcha", "❗", label="Gotcha", meaning="A risk.")


def add(**fields):
    return factories.changing(Subject.LEGEND_TAG, Operation.ADD, **NEW | fields)


def test_a_new_sign_is_linked_in_the_texts_that_hold_it(tag):
    entry = factories.entry("Slow 🐢 today.")
    approve(add())
    assert LegendTag.objects.get(sign="🐢").slug == "slow"
    assert "/legend/slow/" in Entry.objects.get(pk=entry.pk).body_html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"sign": "❗"}, "“Gotcha” has it already"),
        ({"sign": "❗\ufe0f"}, "“Gotcha” has it already"),
        ({"sign": "a"}, "one picture"),
        ({"sign": "*"}, "one picture"),
        ({"sign": "🐢 "}, "one picture"),
        ({"label": ""}, "cannot be blank"),
        ({"label": "x" * 41}, "at most 40 characters"),
    ],
)
def test_a_new_sign_is_refused_with_a_sentence(tag, fields, sentence):
    assert_not_merged(approve(add(**fields)), match=sentence)
    assert LegendTag.objects.get() == tag


def test_a_label_is_edited_and_the_texts_say_it(tag):
    entry = factories.entry("Mind ❗ this.")
    approve(factories.changing(tag, label="Trap", meaning="Bites."))
    tag.refresh_from_db()
    assert (tag.label, tag.meaning, tag.slug) == ("Trap", "Bites.", "gotcha")
    assert "Trap" in Entry.objects.get(pk=entry.pk).body_html


def test_edits_of_two_people_merge(tag):
    first = factories.changing(tag, meaning="A great risk.")
    second = factories.changing(tag, label="Trap")
    approve(first)
    approve(second)
    tag.refresh_from_db()
    assert (tag.label, tag.meaning) == ("Trap", "A great risk.")


@pytest.mark.parametrize(("after", "order"), [("first", "💸❗"), (None, "❗💸")])
def test_a_tag_moves(tag, after, order):
    cost = factories.legend_tag("cost", "💸", position=2048)
    approve(factories.changing(cost, Operation.MOVE, after=after))
    assert "".join(row.sign for row in LegendTag.objects.all()) == order


def test_a_tag_in_use_does_not_retire(tag):
    factories.entry(tags=["gotcha"])
    assert_not_merged(
        approve(factories.changing(tag, Operation.RETIRE, retired_because="Vague.")),
        match="in use: 1 entry carries it",
    )


def test_a_tag_of_a_service_does_not_retire(tag):
    service = factories.service("S3")
    approve(factories.changing(service, tags=["gotcha"]))
    assert_not_merged(
        approve(factories.changing(tag, Operation.RETIRE, retired_because="Vague.")),
        match="S3 carry it",
    )


def test_a_tag_retires_with_the_edit_that_takes_it_off_the_last_entry(tag):
    entry = factories.entry("Mind ❗ this.", tags=["gotcha"])
    proposal = factories.proposal(entry, "Mind that.")
    proposal.changes.update(proposed={"body": "Mind that.", "tags": []})
    factories.also(proposal, tag, Operation.RETIRE, retired_because="Vague.")
    approve(proposal)
    tag.refresh_from_db()
    assert tag.retired_because == "Vague."
    assert "/legend/" not in Entry.objects.get(pk=entry.pk).body_html


def test_a_retired_tag_goes_on_no_entry_and_comes_back(tag):
    approve(factories.changing(tag, Operation.RETIRE, retired_because="Vague."))
    entry = factories.entry("One.")
    tagged = factories.changing(entry, body="One.", tags=["gotcha"])
    assert_not_merged(approve(tagged), match="“Gotcha” was retired: Vague")
    assert_not_merged(approve(add(sign="❗")), match="was retired: restore it instead")
    tag.refresh_from_db()
    approve(factories.changing(tag, Operation.RESTORE))
    tagged.refresh_from_db()
    assert tagged.status == "merged"  # by itself: it had the approval
