"""Changes that belong together come together in one proposal."""

import uuid

import pytest

from entries.models import Entry, Section
from moderation import actions
from moderation.changes import versions
from moderation.models import Proposal, Subject
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import an_edit, approve, draft, in_state, state_of, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(contributor, entry):
    """A draft that makes “four” into “4”."""
    return draft(contributor, entry)


def put(into, *made, form_key=None, **fields):
    """Put changes into a proposal of its author."""
    typed = {"texts": texts(**{"title": ""} | fields), "changes": made}
    key = form_key or uuid.uuid4()
    return actions.save_draft(by=into.author, form_key=key, into=into, **typed)


def addition(section, body="New.", **place):
    fields = {"body": body, "tags": [], "kind": "bullet"} | place
    return {"operation": "add", "section": section, "proposed": fields}


def test_a_change_of_another_entry_comes_behind(mine):
    put(mine, an_edit(factories.entry("Five, six."), "Five, 6."))
    bodies = [change.proposed["body"] for change in mine.changes.all()]
    assert bodies == ["One, two, three, 4.", "Five, 6."]
    assert Proposal.objects.get().version == 2


def test_it_keeps_its_title_and_takes_over_the_reasons(mine):
    about = {"title": "And digits", "why": "Shorter.", "sources": ["https://a.example/"]}
    made = put(mine, an_edit(factories.entry("Five."), "5."), **about)
    assert (made.title, made.why) == ("Say it better", "And digits\n\nShorter.")
    assert made.sources == ["https://a.example/"]


def test_a_double_click_puts_it_in_once(mine):
    new, key = addition(factories.section()), uuid.uuid4()
    for _ in range(2):
        put(mine, new, form_key=key, why="Shorter.")
    mine.refresh_from_db()
    assert (mine.changes.count(), mine.version, mine.why) == (2, 2, "Shorter.")


def test_the_same_form_with_another_text_replaces_what_it_added(mine):
    section, key = factories.section(), uuid.uuid4()
    put(mine, addition(section, "a"), addition(section, "b"), form_key=key)
    put(mine, addition(section, "A"), form_key=key)
    assert [change.proposed["body"] for change in mine.changes.all()][1:] == ["A"]


def test_two_edits_of_one_entry_are_one_change_with_both(mine, entry):
    put(mine, an_edit(entry, "1, two, three, four."))
    assert mine.changes.get().proposed["body"] == "1, two, three, 4."


def test_a_second_edit_is_made_from_what_the_guide_holds_by_now(mine, entry):
    factories.edit(entry, "One, 2, three, four.")
    entry.refresh_from_db()
    put(mine, an_edit(entry, "One, 2, III, four."))
    change = mine.changes.get()
    assert change.base["body"] == "One, 2, three, four."
    assert change.proposed["body"] == "One, 2, III, 4."


def test_two_edits_of_the_same_words_are_refused_and_change_nothing(mine, entry):
    before = state_of(mine)
    with pytest.raises(actions.Refused, match="changes the same words already"):
        put(mine, an_edit(entry, "One, two, three, vier."))
    assert state_of(mine) == before


def test_a_retirement_takes_the_place_of_an_edit(mine, entry):
    reason = {"retired_because": "Wrong.", "children": "along"}
    put(mine, an_edit(entry, "") | {"operation": "retire", "proposed": reason})
    change = mine.changes.get()
    assert (change.operation, change.proposed) == ("retire", reason)


def test_an_edit_and_a_move_of_one_entry_are_one_change(mine, entry):
    place = {"section": factories.section().pk, "parent": None, "after": None}
    stood = {"section": entry.section_id, "parent": None}
    put(mine, an_edit(entry, "") | {"operation": "move", "base": stood, "proposed": place})
    change = mine.changes.get()
    assert change.operation == "edit"
    assert change.proposed == versions.snapshot(entry) | {"body": "One, two, three, 4."} | place


def test_an_addition_may_go_to_what_the_same_form_adds(contributor, lead):
    fresh = {"subject": Subject.SECTION, "operation": "add"}
    fresh |= {"key": "s", "proposed": {"title": "Fresh", "parent": None, "after": None}}
    first, second = addition(None, "a") | {"key": "a"}, addition(None, "b")
    first["proposed"]["section"] = {"new": "s"}
    second["proposed"] |= {"section": {"new": "s"}, "parent": {"new": "a"}}
    typed = {"texts": texts(), "changes": [fresh, first, second]}
    made = actions.save_draft(by=contributor, form_key=uuid.uuid4(), **typed)
    actions.send(made, by=contributor)
    assert approve(made, lead).is_merged
    a, b = Entry.objects.filter(section=Section.objects.get(title="Fresh"))
    assert (a.body, b.body, b.parent) == ("a", "b", a)


def test_what_is_put_into_an_open_one_makes_approvals_lapse(entry):
    made = factories.proposal(entry)
    put(made, an_edit(factories.entry("Five."), "5."))
    assert made.version == 2
    assert made.events.get().what == "amended"


@pytest.mark.parametrize("status", [Status.MERGED, Status.DECLINED, Status.WITHDRAWN])
def test_a_closed_one_takes_nothing_more(status):
    made = in_state(status)
    before = state_of(made)
    with pytest.raises(actions.Refused, match="is closed"):
        put(made, an_edit(factories.entry("Five."), "5."))
    assert state_of(made) == before


def test_nobody_puts_anything_into_what_is_anothers(mine, lead):
    typed = {"texts": texts(), "changes": [an_edit(factories.entry("Five."), "5.")]}
    with pytest.raises(actions.Refused, match="Only its author"):
        actions.save_draft(by=lead, form_key=uuid.uuid4(), into=mine, **typed)
    assert mine.changes.count() == 1


def test_reasons_that_get_too_long_are_refused_with_a_sentence(mine):
    put(mine, an_edit(factories.entry("Five."), "5."), why="x" * 4000)
    with pytest.raises(actions.Refused, match="Together with what is there"):
        put(mine, an_edit(factories.entry("Six."), "6."), why="One more reason.")
    assert mine.changes.count() == 2
