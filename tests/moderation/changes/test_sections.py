"""What becomes of sections when proposals about them are merged."""

import pytest

from entries.actions import sections as section_actions
from entries.models import Entry, Section, SectionAlias
from guide_site.core import history
from moderation.changes import versions
from moderation.models import Operation, Subject
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


def meanwhile(action, section, **fields):
    with history.revision(by=None, comment="meanwhile"):
        getattr(section_actions, action)(Section.objects.get(pk=section.pk), **fields)


def now(section):
    return versions.snapshot(Section.objects.get(pk=section.pk))


@pytest.fixture
def section():
    factories.legend_tag()
    factories.legend_tag("cost", "💸")
    return factories.section("Storage")


def test_title_kind_and_tags_are_edited_and_the_address_stays(section):
    approve(factories.changing(section, title="Keeping data", kind="basics", tags=["cost"]))
    assert now(section) == {
        "title": "Keeping data",
        "kind": "basics",
        "tags": ["cost"],
        "parent": None,
    }
    assert Section.objects.get(pk=section.pk).slug == "storage"


def test_the_anchor_of_a_new_title_leads_to_the_section_and_links_to_it_work(section):
    entry = factories.entry("See [it](#keeping-data).")
    approve(factories.changing(section, title="Keeping data"))
    assert SectionAlias.objects.get().slug == "keeping-data"
    assert 'href="/sections/storage/"' in Entry.objects.get(pk=entry.pk).body_html


def test_an_anchor_that_leads_elsewhere_stays_there(section):
    factories.section("Keeping data")
    approve(factories.changing(section, title="Keeping data"))
    assert not SectionAlias.objects.exists()


@pytest.mark.parametrize(
    ("theirs", "ours", "result"),
    [
        ({"title": "Data storage"}, {"kind": "cost"}, {"title": "Data storage", "kind": "cost"}),
        ({"tags": ["cost"]}, {"tags": ["gotcha"]}, {"tags": ["cost", "gotcha"]}),
        ({"title": "Cold storage"}, {"title": "Cold storage"}, {"title": "Cold storage"}),
    ],
)
def test_edits_of_two_people_merge_by_field(section, theirs, ours, result):
    proposal = factories.changing(section, **ours)
    meanwhile("edit_section", section, **theirs)
    approve(proposal)
    assert now(section).items() >= result.items()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [({"title": "Files"}, {"title": "Objects"}), ({"kind": "cost"}, {"kind": "tips"})],
)
def test_edits_of_the_same_words_conflict(section, theirs, ours):
    proposal = factories.changing(section, **ours)
    meanwhile("edit_section", section, **theirs)
    assert_not_merged(approve(proposal))
    assert now(section).items() >= theirs.items()


def test_a_section_moves_behind_another(section):
    first, parent = factories.section("First"), factories.section("Parent")
    child = factories.section("Child", parent=parent)
    approve(factories.changing(section, Operation.MOVE, parent=parent.pk, after=child.pk))
    approve(factories.changing(first, Operation.MOVE, parent=parent.pk, after="first"))
    assert [row.title for row in parent.children.all()] == ["First", "Child", "Storage"]


def test_a_section_does_not_move_below_itself(section):
    child = factories.section("Child", parent=section)
    proposal = factories.changing(section, Operation.MOVE, parent=child.pk, after=None)
    assert_not_merged(approve(proposal), match="“Storage” cannot go under it")


def test_a_section_with_something_in_it_does_not_retire(section):
    factories.entry(section=section)
    assert_not_merged(
        approve(factories.changing(section, Operation.RETIRE, retired_because="Old.")),
        match="move its entries first",
    )


def test_a_retired_section_comes_back(section):
    approve(factories.changing(section, Operation.RETIRE, retired_because="Old."))
    section.refresh_from_db()
    approve(factories.changing(section, Operation.RESTORE))
    section.refresh_from_db()
    assert (section.retired_at, section.retired_because) == (None, "")


def test_what_is_restored_already_is_done(section):
    proposal = factories.changing(section, Operation.RESTORE)
    before = history.generation()
    approve(proposal)
    assert history.generation() == before


def test_a_section_comes_back_with_the_one_above_it_or_not_at_all(section):
    child = factories.section("Child", parent=section)
    for row in (child, section):
        approve(factories.changing(row, Operation.RETIRE, retired_because="Old."))
        row.refresh_from_db()
    assert_not_merged(
        approve(factories.changing(child, Operation.RESTORE)), match="above was retired: Old"
    )
    both = factories.changing(section, Operation.RESTORE)
    factories.also(both, child, Operation.RESTORE)
    assert approve(both).is_merged


def test_a_new_section_takes_kind_and_tags(section):
    new = {"title": "Tape", "parent": section.pk, "after": None}
    approve(factories.changing(Subject.SECTION, Operation.ADD, **new, kind="cost", tags=["cost"]))
    child = section.children.get()
    assert (child.title, child.kind, child.tags.get().slug) == ("Tape", "cost", "cost")


def test_a_new_section_is_what_its_title_announces(section):
    new = {"title": "Tape gotchas", "parent": None, "after": None}
    approve(factories.changing(Subject.SECTION, Operation.ADD, **new))
    assert Section.objects.get(title="Tape gotchas").kind == "gotchas"
