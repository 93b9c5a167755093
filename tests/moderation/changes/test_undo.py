"""A revision is taken back by a proposal that is merged like any other."""

import pytest
from django.urls import reverse
from reversion.models import Revision

from entries.actions.entries import add_entry, move_entry, retire_entry
from entries.actions.legend import edit_legend_tag, move_legend_tag
from entries.actions.positions import FIRST
from entries.actions.sections import move_section
from entries.markdown.writer import export
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from moderation import actions
from moderation.changes import undo as undo_changes
from moderation.models import Operation, Proposal, Subject
from services.models import Offering
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, fields, words
from tests.services.guides_with_tables import GUIDE, change, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def undo(as_user, contributor):
    """Propose to take a revision (the last one) back; returns the proposal, sent."""

    def propose(pk=None):
        client = as_user(contributor)
        url = reverse("revision-undo", args=[pk or history.generation()])
        assert client.post(url, fields(client.get(url))).status_code == 302
        proposal = Proposal.objects.latest("pk")
        actions.send(proposal, by=contributor)
        return proposal

    return propose


def test_an_edit_is_taken_back_and_later_words_of_others_survive(entry, undo):
    factories.edit(entry, "One, two, three, 4.")
    edited = history.generation()
    factories.edit(entry, "1, two, three, 4.")
    proposal = undo(edited)
    assert proposal.reverts_id == edited
    approve(proposal)
    entry.refresh_from_db()
    assert entry.body == "1, two, three, four."


def test_what_was_edited_again_in_the_same_place_conflicts(entry, undo):
    factories.edit(entry, "One, two, three, 4.")
    edited = history.generation()
    factories.edit(entry, "One, two, three, vier.")
    assert_not_merged(approve(undo(edited)))


def test_a_retirement_is_taken_back_with_what_went_along(entry, undo):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    factories.retire(entry)
    approve(undo())
    assert Entry.objects.live().get(parent=entry) == child


def test_a_retirement_is_taken_back_with_what_it_lifted(entry, undo):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    with history.revision(by=None, comment="Retire"):
        retire_entry(entry, because="Outdated.", lift_children=True)
    approve(undo())
    assert Entry.objects.live().get(parent=entry) == child


def test_an_addition_is_taken_back_and_what_others_nested_under_it_stays(undo):
    entry = factories.entry("New.")
    added = history.generation()
    child = factories.entry("Mine.", section=entry.section, parent=entry)
    approve(undo(added))
    assert list(Entry.objects.live().values_list("pk", "parent")) == [(child.pk, None)]


@pytest.mark.parametrize("filled", [True, False])
def test_a_cell_goes_or_comes_back(undo, filled):
    cell = factories.offering("SQS")
    if filled:
        place = {"capability": cell.capability_id, "provider": cell.provider.slug}
        new = place | {"name": "SNS", "url": "", "note": "", "uncertain": False, "service": ""}
        approve(factories.changing(Subject.OFFERING, Operation.ADD, **new))
    else:
        approve(factories.changing(cell, Operation.RETIRE))
    approve(undo())
    assert [row.name for row in Offering.objects.all()] == ["SQS"]


def test_a_section_gets_its_title_back(undo):
    section = factories.section("Storage")
    approve(factories.changing(section, title="Keeping data"))
    approve(undo())
    section.refresh_from_db()
    assert section.title == "Storage"


def test_a_revision_with_nothing_to_undo_says_so(as_user, contributor):
    factories.provider("AWS")
    url = reverse("revision-undo", args=[history.generation()])
    client = as_user(contributor)
    assert "nothing that could be undone" in words(client.post(url, fields(client.get(url))))


def test_it_does_not_read_all_of_a_revision_that_is_too_large(monkeypatch):
    monkeypatch.setattr(undo_changes, "MOST", 2)
    section = factories.section()
    with history.revision(by=None, comment="import"):
        for number in range(6):
            add_entry(section=section, body=f"Point {number}.")
    assert len(undo_changes.changes_back(Revision.objects.latest("pk"))) == 3


def test_an_undo_of_a_cell_leaves_the_table_to_follow(undo):
    imported(GUIDE)
    change(Offering.objects.get(name="EC2"), note="old")
    proposal = undo()
    assert [made.subject for made in proposal.changes.all()] == [Subject.OFFERING]
    approve(proposal)
    assert export().replace("EC2       ", "EC2     ") == GUIDE


def test_an_undo_of_a_meaning_leaves_the_line_of_the_legend_to_follow(undo):
    text = "# Guide\n\n## Legend\n\n- 🔹 **Tip:** It matters.\n"
    imported(text)
    with history.revision(by=None, comment="Say more"):
        edit_legend_tag(LegendTag.objects.get(), meaning="It matters a lot.")
    proposal = undo()
    assert [made.subject for made in proposal.changes.all()] == [Subject.LEGEND_TAG]
    approve(proposal)
    assert export() == text


@pytest.fixture
def letters():
    """Four bullets of a section, in this order."""
    section = factories.section("Letters")
    return [factories.entry(f"{letter}.", section=section) for letter in "ABCD"]


def order(rows):
    live = Entry.objects.live().filter(section=rows[0].section, parent=None)
    return "".join(row.body[0] for row in live)


def move(rows, *steps):
    """One revision that moves bullets: (which, behind which, or FIRST); returns its number."""
    with history.revision(by=None, comment="Move"):
        for which, after in steps:
            row = Entry.objects.get(pk=rows[which].pk)
            sibling = after if after == FIRST else Entry.objects.get(pk=rows[after].pk)
            move_entry(row, section=row.section, parent=None, after=sibling)
    return history.generation()


@pytest.mark.parametrize(
    "steps",
    [
        [(2, FIRST)],
        [(0, 3)],
        [(0, 1)],
        [(0, 3), (1, 0)],
        [(3, FIRST), (0, 2), (1, 0)],
    ],
)
def test_an_order_is_taken_back(letters, undo, steps):
    move(letters, *steps)
    assert order(letters) != "ABCD"
    approve(undo())
    assert order(letters) == "ABCD"


def test_what_moved_away_comes_back_to_its_place(letters, undo):
    elsewhere = factories.section("Elsewhere")
    with history.revision(by=None, comment="Move"):
        move_entry(Entry.objects.get(pk=letters[1].pk), section=elsewhere)
    proposal = undo()
    assert [change.operation for change in proposal.changes.all()] == [Operation.MOVE]
    approve(proposal)
    assert order(letters) == "ABCD"


def test_what_is_nested_goes_back_with_what_moved_and_what_is_retired_stays_so(letters, undo):
    child = factories.entry("Child.", section=letters[1].section, parent=letters[1])
    gone = factories.entry("Gone.", section=letters[1].section, parent=letters[1])
    factories.retire(gone)
    elsewhere = factories.section("Elsewhere")
    with history.revision(by=None, comment="Move"):
        move_entry(Entry.objects.get(pk=letters[1].pk), section=elsewhere)
    proposal = undo()
    assert [change.entry for change in proposal.changes.all()] == [letters[1]]
    assert approve(proposal).is_merged
    for row in (child, gone):
        row.refresh_from_db()
        assert (row.section, row.parent) == (letters[1].section, letters[1])
    assert (child.is_live, gone.is_live) == (True, False)


def test_two_that_changed_places_as_parent_and_child_go_back(letters, undo):
    one, two = letters[:2]
    with history.revision(by=None, comment="Nest"):
        move_entry(Entry.objects.get(pk=two.pk), section=one.section, parent=one)
    with history.revision(by=None, comment="Swap"):
        move_entry(Entry.objects.get(pk=two.pk), section=one.section, after=FIRST)
        above = Entry.objects.get(pk=two.pk)
        move_entry(Entry.objects.get(pk=one.pk), section=one.section, parent=above)
    assert approve(undo()).is_merged
    assert list(Entry.objects.live().values_list("pk", "parent"))[:2] == [
        (one.pk, None),
        (two.pk, one.pk),
    ]


def test_two_sections_that_changed_places_as_parent_and_child_go_back(undo):
    one = factories.section("One")
    two = factories.section("Two", parent=one)
    with history.revision(by=None, comment="Swap"):
        move_section(Section.objects.get(pk=two.pk), parent=None)
        move_section(Section.objects.get(pk=one.pk), parent=Section.objects.get(pk=two.pk))
    assert approve(undo()).is_merged
    found = dict(Section.objects.live().values_list("pk", "parent"))
    assert found == {one.pk: None, two.pk: one.pk}


def test_where_all_were_numbered_again_only_what_moved_goes_back(letters, undo):
    for _ in range(10):  # uses up the gap in front
        move(letters, (3, FIRST), (2, FIRST))
    before = order(letters)
    moved = move(letters, (1, FIRST))
    changes = undo_changes.changes_back(Revision.objects.get(pk=moved))
    assert [change["entry"].body for change in changes] == ["B."]
    approve(undo(moved))
    assert order(letters) == before


def test_it_stands_behind_the_nearest_that_is_still_there(letters, undo):
    moved = move(letters, (2, FIRST))
    factories.retire(letters[1])
    approve(undo(moved))
    assert order(letters) == "ACD"


def test_what_somebody_moved_on_since_is_a_conflict(letters, undo):
    moved = move(letters, (2, FIRST))
    move(letters, (2, 3))
    assert_not_merged(approve(undo(moved)), "was moved to the place behind “D.”")


def test_a_section_and_a_sign_go_back_to_their_places(undo):
    one, two, three = (factories.section(title) for title in ("One", "Two", "Three"))
    with history.revision(by=None, comment="Move"):
        move_section(three, parent=None, after=FIRST)
    approve(undo())
    assert list(Section.objects.live()) == [one, two, three]
    with history.revision(by=None, comment="Move"):
        move_section(Section.objects.get(pk=two.pk), parent=one)
    approve(undo())
    assert list(Section.objects.live().filter(parent=None)) == [one, two, three]
    signs = (("a", "🔸"), ("b", "❗"), ("c", "💸"))
    tags = [factories.legend_tag(slug, sign) for slug, sign in signs]
    with history.revision(by=None, comment="Move"):
        move_legend_tag(tags[2], after=FIRST)
    approve(undo())
    assert list(LegendTag.objects.all()) == tags
