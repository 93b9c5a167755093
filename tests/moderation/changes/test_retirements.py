"""Publishing a retirement: the entry goes with a reason, what is nested goes along or stays."""

import pytest
from reversion.models import Revision, Version

from entries.models import Entry
from guide_site.core import history
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    """An entry between two others, with two nested in it and one in the first of those."""
    section = factories.section("Tips")
    names = {body: factories.entry(body, section=section) for body in ("a", "b", "c")}
    for body, parent in (("b1", "b"), ("b2", "b"), ("b11", "b1")):
        names[body] = factories.entry(body, section=section, parent=names[parent])
    return names


def shown(parent=None):
    """Live entries under `parent`, in order."""
    return [e.body for e in Entry.objects.live().filter(parent=parent)]


def test_it_goes_with_its_reason(entry):
    approve(factories.retirement(entry, because="Gone since 2020."))
    entry.refresh_from_db()
    assert (entry.is_live, entry.retired_because) == (False, "Gone since 2020.")
    assert entry.body == "One, two, three, four."


def test_what_is_nested_retires_along(family):
    approve(factories.retirement(family["b"], because="Gone."))
    assert list(Entry.objects.live().values_list("body", flat=True)) == ["a", "c"]
    assert {e.retired_because for e in Entry.objects.exclude(retired_at=None)} == {"Gone."}


def test_what_is_nested_is_lifted_to_its_place(family):
    approve(factories.retirement(family["b"], children="lift"))
    assert shown() == ["a", "b1", "b2", "c"]
    assert shown(parent=family["b1"]) == ["b11"]


def test_all_of_it_is_one_revision(family):
    before = Revision.objects.count()
    approve(factories.retirement(family["b"]))
    revision = Revision.objects.latest("pk")
    assert Revision.objects.count() == before + 1
    assert Version.objects.filter(revision=revision).count() == 4


def test_an_entry_that_was_edited_meanwhile_is_not_taken_away(entry):
    proposal = factories.retirement(entry)
    factories.edit(entry, "One, two, three, four and five.")
    before = history.generation()
    assert_not_merged(approve(proposal), match="The guide has changed since")
    entry.refresh_from_db()
    assert (entry.is_live, history.generation()) == (True, before)


def test_an_entry_that_was_tagged_meanwhile_is_not_taken_away(entry):
    factories.legend_tag()
    proposal = factories.retirement(entry)
    factories.edit(entry, entry.body, tags=["gotcha"])
    assert_not_merged(approve(proposal), match="added “❗ Gotcha”")


def test_an_entry_that_was_retired_meanwhile_keeps_its_reason_and_the_page_says_it(entry, client):
    proposal = factories.retirement(entry, because="Mine.")
    factories.retire(entry, "Theirs.")
    assert "It was retired: Theirs." in words(client.get(proposal.get_absolute_url()))
    assert approve(proposal).is_there
    entry.refresh_from_db()
    assert entry.retired_because == "Theirs."


def test_an_edit_of_what_was_retired_meanwhile_says_so_and_keeps_the_text(entry):
    edit = factories.proposal(entry, "One, two, three, 4.")
    approve(factories.retirement(entry, because="Gone."))
    assert_not_merged(approve(edit), match=r"retired meanwhile: Gone\.")
    entry.refresh_from_db()
    assert entry.body == "One, two, three, four."
    assert edit.changes.get().proposed["body"] == "One, two, three, 4."


def test_lifting_goes_up_by_one_level_only(family):
    approve(factories.retirement(family["b1"], children="lift"))
    assert shown(parent=family["b"]) == ["b11", "b2"]


@pytest.mark.parametrize("meanwhile", ["edited", "added"])
def test_nested_words_of_others_do_not_retire_along(entry, meanwhile):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    proposal = factories.retirement(entry)
    if meanwhile == "edited":
        factories.edit(child, "Nested, and worth keeping.")
    else:
        factories.entry("Also nested.", section=entry.section, parent=entry)
    assert_not_merged(approve(proposal))
