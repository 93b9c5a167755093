"""Each change of a proposal with several has its own editor."""

import pytest
from django.urls import reverse

from entries.actions import sections as section_actions
from guide_site.core import history
from moderation.models import Change, Proposal
from tests import factories
from tests.moderation.helpers import an_edit, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(contributor, entry):
    made = factories.proposal(entry, "One, two, three, 4.", author=contributor)
    other = an_edit(factories.entry("Five, six."), "Five, 6.")
    Change.objects.create(proposal=made, position=1, **other)
    return made


@pytest.fixture
def url(proposal):
    return reverse("proposal-change", args=[proposal.pk, proposal.changes.last().pk])


def bodies(proposal):
    return [change.proposed["body"] for change in proposal.changes.all()]


def test_it_shows_and_saves_one_change_and_leaves_the_rest(member, proposal, url):
    form = fields(member.get(url))
    assert form["body"] == "Five, 6."
    assert "title" not in form
    member.post(url, form | {"body": "Five, VI."})
    assert bodies(proposal) == ["One, two, three, 4.", "Five, VI."]
    assert Proposal.objects.get().version == 2


def test_the_page_of_the_proposal_leads_there(member, proposal, url):
    assert f'href="{url}"' in member.get(proposal.get_absolute_url()).content.decode()


def test_its_texts_are_amended_on_a_page_of_their_own(member, proposal):
    amend = reverse("proposal-amend", args=[proposal.pk])
    form = fields(member.get(amend))
    assert "body" not in form
    member.post(amend, form | {"title": "Digits"})
    assert Proposal.objects.get().title == "Digits"


def test_a_stale_window_is_told_and_keeps_its_text(member, proposal, url):
    stale = fields(member.get(url)) | {"body": "Five, VI."}
    member.post(url, fields(member.get(url)) | {"body": "Five, sechs."})
    shown = member.post(url, stale)
    assert "This proposal changed in another window" in words(shown)
    assert "Five, [removed: sechs][added: VI]." in words(shown)
    assert fields(shown)["body"] == "Five, VI."
    assert bodies(proposal)[1] == "Five, sechs."


def test_who_was_told_may_replace_it(member, proposal, url):
    stale = fields(member.get(url)) | {"body": "Five, VI."}
    member.post(url, fields(member.get(url)) | {"body": "Five, sechs."})
    member.post(url, fields(member.post(url, stale)))
    assert bodies(proposal)[1] == "Five, VI."


def test_a_stale_window_with_another_fault_is_still_told(member, proposal, url):
    stale = fields(member.get(url)) | {"body": ""}
    member.post(url, fields(member.get(url)) | {"body": "Five, sechs."})
    again = fields(member.post(url, stale)) | {"body": "Five, VI."}
    assert "changed in another window" in words(member.post(url, again))


def test_a_double_click_saves_once(member, url):
    form = fields(member.get(url)) | {"body": "Five, VI."}
    assert member.post(url, form).status_code == member.post(url, form).status_code == 302
    assert Proposal.objects.get().version == 2


def test_what_was_typed_into_a_change_that_was_removed_can_be_copied(member, proposal, url):
    form = fields(member.get(url)) | {"body": "Five, VI."}
    proposal.changes.last().delete()
    shown = member.post(url, form)
    assert shown.status_code == 409
    assert "Five, VI." in words(shown)


def test_the_only_change_is_edited_with_the_texts(member, proposal, url):
    proposal.changes.first().delete()
    assert {"title", "body"} <= fields(member.get(url)).keys()


def test_a_move_to_what_the_proposal_adds_has_no_editor(member, proposal, url):
    to = {"section": {"change": 1}, "parent": None, "after": None}
    proposal.changes.filter(position=1).update(operation="move", base={}, proposed=to)
    assert "no text to edit" in words(member.get(url, follow=True))


def test_that_of_somebody_else_is_not_found(as_user, lead, url):
    assert as_user(lead).get(url).status_code == 404


def test_an_edit_whose_new_place_is_gone_can_still_be_edited(member, contributor, entry):
    place = factories.section("New place")
    made = factories.changing(
        entry,
        author=contributor,
        body="One.",
        tags=[],
        section=place.pk,
        parent=None,
        after=None,
    )
    with history.revision(by=None, comment="factory"):
        section_actions.retire_section(place, because="Empty.")
    page = member.get(reverse("proposal-amend", args=[made.pk]))
    assert fields(page)["body"] == "One."
    built_on = member.get(reverse("entry-edit", args=[entry.pk]), {"on": made.pk})
    assert fields(built_on)["body"] == "One."


def test_a_change_of_few_fields_keeps_the_others(member, contributor):
    service = factories.service(summary="Old.", note="Keep me.")
    made = factories.changing(service, author=contributor, summary="New.")
    url = reverse("proposal-amend", args=[made.pk])
    form = fields(member.get(url))
    assert (form["summary"], form["note"]) == ("New.", "Keep me.")
    member.post(url, form | {"summary": "Newer."})
    proposed = made.changes.get().proposed
    assert (proposed["summary"], proposed["note"]) == ("Newer.", "Keep me.")
