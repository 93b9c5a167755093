"""Who looks after which section: named there, or at the nearest section above."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide_site.core.access import Role
from moderation import owners
from moderation.models import Change, Operation, Subject
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    """A section, one below it and one below that, by name."""
    top = factories.section("Top")
    middle = factories.section("Middle", parent=top)
    return {"top": top, "middle": middle, "low": factories.section("Low", parent=middle)}


def test_nobody_looks_after_a_section_at_first(guide):
    assert owners.editors([guide["low"].pk]) == owners.experts([guide["low"].pk]) == set()


def test_a_section_without_editors_has_those_of_the_nearest_above(guide, editor, lead):
    guide["top"].editors.add(lead)
    guide["middle"].editors.add(editor)
    assert owners.editors([guide["low"].pk]) == {editor.pk}
    assert owners.editors([guide["top"].pk]) == {lead.pk}


def test_editors_and_experts_are_inherited_apart(guide, editor, expert):
    guide["middle"].editors.add(editor)
    guide["top"].experts.add(expert)
    assert owners.editors([guide["low"].pk]) == {editor.pk}
    assert owners.experts([guide["low"].pk]) == {expert.pk}


def test_several_sections_have_the_editors_of_all(guide, editor, lead):
    guide["top"].editors.add(lead)
    guide["low"].editors.add(editor, lead)
    assert owners.editors([guide["middle"].pk, guide["low"].pk]) == {editor.pk, lead.pk}


def test_suspended_editors_do_not_count(guide, editor, lead):
    guide["top"].editors.add(lead)
    guide["low"].editors.add(editor)
    editor.is_active = False
    editor.save()
    assert owners.editors([guide["low"].pk]) == {lead.pk}


def test_where_they_are_named_is_told(guide, editor):
    guide["top"].editors.add(editor)
    found = owners.inherited("editors", [guide["low"].pk])
    assert found == {guide["low"].pk: (guide["top"].pk, {editor.pk})}


def test_no_sections_have_no_editors():
    assert owners.editors([]) == set()


def test_many_sections_take_two_queries(guide):
    with CaptureQueriesContext(connection) as queries:
        owners.editors([section.pk for section in guide.values()])
    assert len(queries) == 2


def test_a_proposal_touches_the_section_of_its_entry(guide):
    entry = factories.entry(section=guide["low"])
    assert owners.places(factories.proposal(entry)) == {guide["low"].pk}


def test_a_move_touches_both_sections(guide):
    entry = factories.entry(section=guide["low"])
    proposal = factories.proposal(entry)
    proposal.changes.update(proposed={"section": guide["top"].pk, "parent": None})
    assert owners.places(proposal) == {guide["low"].pk, guide["top"].pk}


def test_a_move_below_an_entry_touches_its_section(guide):
    host = factories.entry(section=guide["top"])
    proposal = factories.proposal(factories.entry(section=guide["low"]))
    proposal.changes.update(proposed={"parent": host.pk})
    assert owners.places(proposal) == {guide["low"].pk, guide["top"].pk}


def test_a_move_of_a_section_touches_where_it_goes(guide):
    proposal = factories.proposal()
    proposal.changes.all().delete()
    Change.objects.create(
        proposal=proposal,
        subject=Subject.SECTION,
        operation=Operation.MOVE,
        section=guide["low"],
        proposed={"parent": guide["top"].pk},
    )
    assert owners.places(proposal) == {guide["low"].pk, guide["top"].pk}


def test_a_service_is_looked_after_by_the_editors_of_its_section(guide):
    proposal = factories.proposal()
    proposal.changes.all().delete()
    Change.objects.create(
        proposal=proposal,
        subject=Subject.SERVICE,
        operation=Operation.EDIT,
        service=factories.service(section=guide["low"]),
    )
    assert owners.places(proposal) == {guide["low"].pk}


def test_a_place_that_the_proposal_adds_itself_has_no_owner(guide):
    proposal = factories.addition(guide["low"])
    proposal.changes.update(proposed={"section": {"change": 7}, "parent": {"change": 8}})
    assert owners.places(proposal) == {guide["low"].pk}


def test_the_editors_of_a_proposal_are_found_by_its_places(guide, editor):
    guide["top"].editors.add(editor)
    proposal = factories.proposal(factories.entry(section=guide["low"]))
    assert owners.editors(owners.places(proposal)) == {editor.pk}


def test_an_expert_of_the_role_is_no_expert_of_a_section_by_itself(guide):
    factories.user(Role.EXPERT)
    assert owners.experts([guide["low"].pk]) == set()
