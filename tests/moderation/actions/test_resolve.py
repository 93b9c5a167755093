"""Ways out of a conflict with what was retired meanwhile."""

import pytest
from django.urls import reverse

from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.changes import conflicts
from moderation.models import Operation
from tests import factories
from tests.moderation.helpers import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def stale(entry, contributor):
    """An open edit of an entry that was retired meanwhile."""
    made = factories.proposal(entry, "One, two, three, five.", author=contributor)
    factories.retire(entry, because="Counting is over.")
    return made


@pytest.fixture
def homeless(contributor):
    """An open addition to a section that was retired meanwhile."""
    section = factories.section("Old place")
    made = factories.addition(section, "A new point.", author=contributor)
    with history.revision(by=None, comment="factory"):
        factories.Section.objects.get(pk=section.pk)
        section.retired_at, section.retired_because = made.opened_at, "Empty."
        section.save()
    return made


def url(proposal):
    return reverse("change-resolve", args=[proposal.pk, proposal.changes.get().pk])


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_an_edit_of_what_was_retired_becomes_its_restoration(as_user, request, entry, stale, who):
    client = as_user(request.getfixturevalue(who))
    assert "Propose to restore it with this text" in words(client.get(stale.get_absolute_url()))
    page = words(client.post(url(stale), {"version": 1}, follow=True))
    assert "it merges again" in page
    assert stale.changes.get().operation == Operation.RESTORE
    assert conflicts.problems() == {}


def test_the_restoration_is_merged_with_the_text(editor, entry, stale):
    actions.restore_with_text(stale.changes.get(), by=stale.author, version=1)
    stale.refresh_from_db()
    assert actions.approve(stale, by=editor, version=2).is_merged
    entry.refresh_from_db()
    assert (entry.is_live, entry.body) == (True, "One, two, three, five.")


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_an_addition_without_a_place_gets_another(as_user, request, homeless, who):
    factories.section("New place")
    client = as_user(request.getfixturevalue(who))
    assert "Put it at the end of" in words(client.get(homeless.get_absolute_url()))
    client.post(url(homeless), {"version": 1, "section": "new-place"})
    assert homeless.changes.get().section.title == "New place"
    assert conflicts.problems() == {}
    assert actions.approve(homeless, by=factories.user(Role.LEAD), version=2).is_merged


@pytest.mark.parametrize("section", ["", "old-place", "nowhere", "\0"])
def test_an_addition_stays_where_no_place_was_chosen(as_user, contributor, homeless, section):
    as_user(contributor).post(url(homeless), {"version": 1, "section": section})
    change = homeless.changes.get()
    assert (change.section.title, change.operation) == ("Old place", Operation.ADD)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EXPERT])
def test_nobody_else_resolves_it(as_user, stale, role):
    page = words(as_user(factories.user(role)).post(url(stale), {"version": 1}, follow=True))
    assert "Only editors and leads" in page
    assert stale.changes.get().operation == Operation.EDIT


def test_a_stale_page_resolves_nothing(as_user, editor, stale):
    page = words(as_user(editor).post(url(stale), {"version": 7}, follow=True))
    assert "changed while you were reading" in page
    assert stale.changes.get().operation == Operation.EDIT


def test_what_is_back_already_is_not_restored(as_user, contributor, entry):
    made = factories.proposal(entry, author=contributor)
    page = words(as_user(contributor).post(url(made), {"version": 1}, follow=True))
    assert "This entry is back already." in page


def test_a_retirement_is_no_restoration(as_user, contributor, entry):
    made = factories.retirement(entry, author=contributor)
    factories.retire(entry)
    page = words(as_user(contributor).post(url(made), {"version": 1}, follow=True))
    assert "Only an edit of its text brings an entry back." in page


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_words_that_clash_lead_to_the_editor(as_user, request, entry, contributor, who):
    made = factories.proposal(entry, "One, two, three, five.", author=contributor)
    factories.edit(entry, "One, two, three, six.")
    page = as_user(request.getfixturevalue(who)).get(made.get_absolute_url())
    assert "Resolve the conflict" in words(page)


def test_a_reader_sees_the_conflict_and_no_button(client, stale):
    page = words(client.get(stale.get_absolute_url()))
    assert "Counting is over." in page
    assert "Propose to restore" not in page


@pytest.mark.parametrize("make", [factories.section, factories.service, factories.offering])
def test_only_entries_are_put_elsewhere(as_user, contributor, make):
    row, place = make(), factories.section("New place")
    name = "title" if make is factories.section else "name"
    made = factories.changing(row, author=contributor, **{name: "Another"})
    data = {"version": made.version, "section": place.slug}
    page = words(as_user(contributor).post(url(made), data, follow=True))
    assert "This change has no place to choose." in page
    assert made.changes.get().proposed == {name: "Another"}
