"""A proposal of several changes is published as a whole or not at all."""

import pytest
from reversion.models import Revision

from entries.actions import entries as entry_actions
from entries.actions import sections as section_actions
from entries.models import Entry, Section
from guide_site.core import history
from moderation.changes.references import to_change
from moderation.models import Change, Operation, Subject
from tests import factories
from tests.moderation.helpers import an_edit, approve, assert_not_merged, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(entry):
    """One that edits `entry`; tests add what else it changes."""
    return factories.proposal(entry, "One, two, three, 4.")


def also(proposal, **change):
    """Let the proposal change something more, after the rest."""
    return Change.objects.create(proposal=proposal, position=proposal.changes.count(), **change)


def also_section(proposal, operation=Operation.ADD, **change):
    return also(proposal, subject=Subject.SECTION, operation=operation, **change)


def new_entry(body, **place):
    """What an addition proposes."""
    return {"body": body, "tags": [], "kind": "bullet"} | place


def test_all_of_it_is_one_revision(entry, proposal):
    other = factories.entry("Five, six.")
    also(proposal, **an_edit(other, "Five, 6."))
    before = Revision.objects.count()
    approve(proposal)
    assert Revision.objects.count() == before + 1
    assert list(Entry.objects.values_list("body", flat=True)) == ["One, two, three, 4.", "Five, 6."]


@pytest.mark.parametrize("change_what_is_there", [factories.edit, factories.retire])
def test_if_one_change_conflicts_none_is_published(entry, proposal, change_what_is_there):
    other = factories.entry("Five, six.")
    also(proposal, **an_edit(other, "Five, 6."))
    change_what_is_there(other, "Five, sechs.")
    before = history.generation()
    assert_not_merged(approve(proposal))
    entry.refresh_from_db()
    assert (entry.body, history.generation()) == ("One, two, three, four.", before)


def test_an_entry_may_go_into_a_section_that_the_same_proposal_adds(proposal):
    added = also_section(proposal, proposed={"title": "Fresh", "parent": None})
    first = also(proposal, operation="add", proposed=new_entry("a", section=to_change(added)))
    place = {"section": to_change(added), "parent": to_change(first)}
    also(proposal, operation="add", proposed=new_entry("b", **place))
    approve(proposal)
    fresh = Section.objects.get(title="Fresh")
    a, b = fresh.entries.all()
    assert (a.body, b.body, b.parent) == ("a", "b", a)


def test_an_entry_moves_to_another_section_with_what_is_nested_in_it(entry, proposal):
    moved = factories.entry("Moved.")
    child = factories.entry("Child.", section=moved.section, parent=moved)
    stood = {"section": moved.section_id, "parent": None}
    place = {"section": entry.section_id, "parent": None, "after": "first"}
    also(proposal, operation="move", entry=moved, section=moved.section, base=stood, proposed=place)
    approve(proposal)
    child.refresh_from_db()
    assert entry.section.entries.filter(parent=None).first() == moved
    assert (child.section, child.parent) == (entry.section, moved)


def test_two_moves_of_one_entry_to_different_places_conflict(entry, proposal):
    elsewhere, target = factories.section(), factories.section()
    base = {"section": entry.section_id, "parent": None}
    place = {"section": target.pk, "parent": None, "after": None}
    proposal.changes.update(operation="move", base=base, proposed=place)
    with history.revision(by=None, comment="meanwhile"):
        entry_actions.move_entry(entry, section=elsewhere)
    assert_not_merged(approve(proposal))


def test_a_section_gets_another_title_and_keeps_its_address(entry, proposal):
    section = entry.section
    fields = {"base": {"title": section.title}, "proposed": {"title": "Better title"}}
    also_section(proposal, Operation.EDIT, section=section, **fields)
    approve(proposal)
    slug = section.slug
    section.refresh_from_db()
    assert (section.title, section.slug) == ("Better title", slug)


def test_an_empty_section_is_retired_with_its_reason(proposal):
    section = factories.section()
    reason = {"retired_because": "Merged into Tips."}
    also_section(proposal, Operation.RETIRE, section=section, proposed=reason)
    approve(proposal)
    section.refresh_from_db()
    assert section.retired_because == "Merged into Tips."


def test_a_section_with_something_in_it_is_not_and_nothing_is_published(entry, proposal):
    reason = {"retired_because": "Merged into Tips."}
    also_section(proposal, Operation.RETIRE, section=entry.section, proposed=reason)
    before = history.generation()
    assert_not_merged(approve(proposal), match="Retire or move its entries first")
    assert history.generation() == before
    assert proposal.reviews.exists()


def test_a_section_that_was_retired_meanwhile_takes_no_entry(proposal):
    section = factories.section()
    also(proposal, operation="add", section=section, proposed=new_entry("a"))
    with history.revision(by=None, comment="meanwhile"):
        section_actions.retire_section(section, because="Empty.")
    assert_not_merged(approve(proposal), match="retired meanwhile")


def test_the_page_shows_every_change(client, entry, proposal):
    also_section(proposal, proposed={"title": "Fresh", "parent": None})
    also(proposal, **an_edit(factories.entry("Five, six."), "Five, 6."))
    page = words(client.get(proposal.get_absolute_url()))
    for part in ("four", "section “Fresh”", "six"):
        assert part in page


def test_the_author_may_still_amend_what_it_says_about_itself(as_user, entry, proposal):
    also(proposal, **an_edit(factories.entry("Five, six."), "Five, 6."))
    member = as_user(proposal.author)
    url = f"{proposal.get_absolute_url()}amend/"
    page = member.get(url)
    assert 'name="body"' not in page.content.decode()
    form = page.context["form"].initial | {"title": "Two in one", "sources": ""}
    member.post(url, form)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.changes.count()) == ("Two in one", 2)


def also_retire(proposal, entry):
    proposed = {"retired_because": "Gone.", "children": "along"}
    change = an_edit(entry, "") | {"operation": Operation.RETIRE, "proposed": proposed}
    return also(proposal, **change)


def test_an_addition_under_what_the_same_proposal_retires_does_not_merge(proposal):
    parent = factories.entry("Up.")
    also_retire(proposal, parent)
    new = new_entry("a", parent=parent.pk)
    also(proposal, operation=Operation.ADD, section=parent.section, proposed=new)
    assert_not_merged(approve(proposal))
    assert Entry.objects.filter(body="a").count() == 0


def test_a_reference_to_a_later_addition_does_not_merge(entry, proposal):
    first, second = (
        also(proposal, operation=Operation.ADD, section=entry.section, proposed=new_entry("a"))
        for _ in range(2)
    )
    first.proposed = new_entry("a", parent=to_change(second))
    first.save()
    assert_not_merged(approve(proposal), match="comes later in the same proposal")


def test_what_retires_along_does_not_come_back_by_an_edit_of_the_same_proposal(proposal):
    parent = factories.entry("Up.")
    child = factories.entry("Child.", section=parent.section, parent=parent)
    also_retire(proposal, parent)
    also(proposal, **an_edit(child, "Child!"))
    assert_not_merged(approve(proposal))
    child.refresh_from_db()
    assert (child.body, child.is_live) == ("Child.", True)
