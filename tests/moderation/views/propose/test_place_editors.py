"""Moves, new sections and restores in a draft have editors as well."""

import pytest
from django.urls import reverse

from moderation.models import Operation, Subject
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(contributor, entry):
    """One that has a change already, so that each of its changes has a page of its own."""
    return factories.proposal(entry, author=contributor)


@pytest.fixture
def also(proposal):
    """Put one more change into the proposal; returns the change and the address of its editor."""

    def put(*args, **proposed):
        change = factories.also(proposal, *args, **proposed)
        return change, reverse("proposal-change", args=[proposal.pk, change.pk])

    return put


def moved(entry, **place):
    return {"section": entry.section_id, "parent": None, "after": None} | place


@pytest.mark.parametrize("relation", ["after", "under", "", "first"])
def test_a_move_of_an_entry_starts_with_its_place(member, also, relation):
    section = factories.section()
    target = factories.entry("Target.", section=section)
    entry = factories.entry("Moving.", section=section)
    places = {"after": {"after": target.pk}, "under": {"parent": target.pk}, "": {}}
    places["first"] = {"after": "first"}
    _, url = also(entry, Operation.MOVE, **moved(entry, **places[relation]))
    place = f"{relation}-{target.pk}" if relation in ("after", "under") else relation
    assert fields(member.get(url))["place"] == place


def test_it_goes_to_another_section(member, also):
    entry, target = factories.entry("Moving."), factories.entry("Target.")
    change, url = also(entry, Operation.MOVE, **moved(entry))
    page = member.get(url, {"to": target.section.slug})
    member.post(url, fields(page) | {"place": f"after-{target.pk}"})
    change.refresh_from_db()
    assert change.proposed == moved(target, after=target.pk)


def test_a_place_that_is_none_is_refused(member, also):
    entry = factories.entry("Moving.")
    change, url = also(entry, Operation.MOVE, **moved(entry))
    response = member.post(url, fields(member.get(url)) | {"place": f"after-{entry.pk}"})
    assert "is not one of the available choices" in words(response)
    change.refresh_from_db()
    assert change.proposed == moved(entry)


def test_first_under_an_entry_has_no_name_and_so_no_editor(member, also, proposal):
    target = factories.entry("Target.")
    entry = factories.entry("Moving.", section=target.section)
    place = moved(entry, parent=target.pk, after="first")
    _, url = also(entry, Operation.MOVE, **place)
    assert f'href="{url}"' not in member.get(proposal.get_absolute_url()).text
    assert "no text to edit" in words(member.get(url, follow=True))


@pytest.mark.parametrize("relation", ["after", "first", "under"])
def test_a_section_moves_elsewhere(member, also, relation):
    above = factories.section("Above")
    there = factories.section("There", parent=above)
    change, url = also(factories.section("Moving"), Operation.MOVE, parent=None, after="first")
    form = fields(member.get(url))
    assert form["place"] == "first"
    typed = f"{relation}-{(there if relation == 'after' else above).pk}"
    member.post(url, form | {"place": typed})
    change.refresh_from_db()
    assert change.proposed["parent"] == above.pk
    assert fields(member.get(url))["place"] == typed


def test_a_new_section_gets_another_title_and_keeps_its_place(member, also):
    above = factories.section("Above")
    place = {"parent": above.pk, "after": None}
    change, url = also(Subject.SECTION, Operation.ADD, title="Tape gotchas", **place)
    form = fields(member.get(url))
    assert (form["heading"], form["kind"]) == ("Tape gotchas", "gotchas")
    member.post(url, form | {"heading": "Tapes"})
    change.refresh_from_db()
    assert change.proposed == {"title": "Tapes", "kind": "gotchas", "tags": []} | place


def test_a_new_section_needs_a_title(member, also):
    change, url = also(Subject.SECTION, Operation.ADD, title="Tape", parent=None, after=None)
    response = member.post(url, fields(member.get(url)) | {"heading": " "})
    assert "This field is required" in words(response)
    change.refresh_from_db()
    assert change.proposed["title"] == "Tape"


@pytest.mark.parametrize("proposed", [{}, {"body": "Gone.", "tags": []}])
def test_an_entry_comes_back_with_another_text(member, also, proposed):
    entry = factories.entry("Gone.")
    factories.retire(entry)
    entry.refresh_from_db()
    change, url = also(entry, Operation.RESTORE, **proposed)
    form = fields(member.get(url))
    assert form["body"] == "Gone."
    member.post(url, form | {"body": "Back."})
    change.refresh_from_db()
    assert change.proposed == {"body": "Back.", "tags": []}
