"""Amending one's own proposal, also one that no longer merges."""

import pytest
from django.urls import reverse

from moderation.models import Proposal
from moderation.states import CLOSED, Status
from tests import factories
from tests.moderation.helpers import approve, fields, in_state, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


@pytest.fixture
def proposal(contributor, entry):
    return factories.proposal(entry, "One, two, three, 4.", author=contributor)


@pytest.fixture
def url(proposal):
    return reverse("proposal-amend", args=[proposal.pk])


def test_it_opens_with_what_was_proposed(member, contributor, entry):
    factories.legend_tag()
    about = {"title": "Digits", "why": "So.", "sources": ["https://a.example/"]}
    made = factories.proposal(entry, "One, 2.", author=contributor, affiliation="ACME", **about)
    made.changes.update(proposed={"body": "One, 2.", "tags": ["gotcha"]})
    form = fields(member.get(reverse("proposal-amend", args=[made.pk])))
    assert (form["body"], form["tags"], form["title"]) == ("One, 2.", ["gotcha"], "Digits")
    assert (form["why"], form["sources"]) == ("So.", "https://a.example/")
    assert form["affiliation"] == "ACME"


def test_saving_makes_a_new_version(member, proposal, url):
    form = fields(member.get(url)) | {"body": "One, two, three, IV.", "title": "Roman"}
    response = member.post(url, form, follow=True)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.version) == ("Roman", 2)
    assert proposal.changes.get().proposed["body"] == "One, two, three, IV."
    assert "Reviewers see the new version" in words(response)


def test_other_edits_that_fit_are_taken_over(member, entry, url):
    factories.edit(entry, "1, two, three, four.")
    response = member.get(url)
    assert fields(response)["body"] == "1, two, three, 4."
    assert "Their edit and this one fit together" in words(response)


def test_a_conflict_shows_what_others_did_beside_ones_own_text(member, entry, url):
    factories.edit(entry, "One, two, three, vier.")
    response = member.get(url)
    page = words(response)
    assert fields(response)["body"] == "One, two, three, 4."
    assert "The entry has changed since this was written" in page
    assert "One, two, three, [removed: four][added: vier]." in page
    assert "In the guide now: vier This proposal: 4" in page


def test_saving_a_conflicting_one_brings_it_up_to_date_and_it_merges(
    member, editor, entry, proposal, url
):
    factories.edit(entry, "One, two, three, vier.")
    member.post(url, fields(member.get(url)) | {"body": "One, two, three, 4 (vier)."})
    proposal.refresh_from_db()
    assert proposal.changes.get().base["body"] == "One, two, three, vier."
    assert approve(proposal, editor).is_merged
    entry.refresh_from_db()
    assert entry.body == "One, two, three, 4 (vier)."


def test_what_others_do_while_it_is_open_is_still_a_conflict(member, entry, proposal, url):
    form = fields(member.get(url)) | {"body": "One, two, three, IV."}
    factories.edit(entry, "One, two, three, vier.")
    response = member.post(url, form, follow=True)
    assert proposal.changes.get().base["body"] == "One, two, three, four."
    assert "This does not merge at present" in words(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"body": "  "}, "The text is empty."),
        ({"body": "One, two, three, four."}, "Nothing is changed yet"),
        ({"body": "x" * 30_000}, "at most 20000 characters"),
        ({"title": ""}, "Say in one line"),
        ({"sources": "nowhere"}, "“nowhere” is no web address"),
        ({"tags": ["galaxy"]}, "galaxy is not one of"),
    ],
)
def test_it_is_refused_with_a_sentence_and_keeps_what_was_typed(
    member, proposal, url, typed, sentence
):
    form = fields(member.get(url)) | {"why": "My reasons."} | typed
    response = member.post(url, form)
    proposal.refresh_from_db()
    assert sentence in words(response)
    assert (fields(response)["body"], fields(response)["why"]) == (form["body"], "My reasons.")
    assert proposal.version == 1


def test_the_proposal_of_an_entry_that_was_retired_tells_so_and_keeps_the_text(member, entry, url):
    factories.retire(entry, "It was wrong.")
    response = member.get(url)
    assert "This entry was retired meanwhile: It was wrong." in words(response)
    assert fields(response)["body"] == "One, two, three, 4."


def test_an_addition_is_amended_at_its_place(member, contributor, entry):
    made = factories.addition(entry.section, "New.", author=contributor, parent=entry)
    url = reverse("proposal-amend", args=[made.pk])
    member.post(url, fields(member.get(url)) | {"body": "Newer."})
    proposed = made.changes.get().proposed
    assert (proposed["body"], proposed["parent"], proposed["kind"]) == (
        "Newer.",
        entry.pk,
        "bullet",
    )


def test_a_retirement_is_amended(member, contributor, entry):
    made = factories.retirement(entry, because="Old.", children="lift", author=contributor)
    url = reverse("proposal-amend", args=[made.pk])
    form = fields(member.get(url))
    assert form["retired_because"] == "Old."
    member.post(url, form | {"retired_because": "Older than it looks.", "children": "lift"})
    expected = {"retired_because": "Older than it looks.", "children": "lift"}
    assert made.changes.get().proposed == expected


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_one_is_not_amended(member, contributor, status):
    made = in_state(status, author=contributor)
    url = reverse("proposal-amend", args=[made.pk])
    response = member.get(url, follow=True)
    assert response.redirect_chain[0][0] == made.get_absolute_url()
    assert "This proposal is closed" in words(response)


def test_that_of_somebody_else_is_not_found(as_user, lead, url):
    client = as_user(lead)
    assert client.get(url).status_code == 404
    assert client.post(url, {"body": "Mine now.", "title": "T"}).status_code == 404


def test_a_draft_is_edited_further_without_being_sent(member, contributor, entry):
    made = factories.proposal(entry, author=contributor, status=Status.DRAFT)
    url = reverse("proposal-amend", args=[made.pk])
    member.post(url, fields(member.get(url)) | {"body": "One, 2."})
    assert Proposal.objects.get().status == Status.DRAFT
    assert not made.events.exists()


def test_a_visitor_is_sent_to_the_log_in(client, url):
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_saving_a_conflicting_retirement_brings_it_up_to_date(member, contributor, lead, entry):
    made = factories.retirement(entry, author=contributor)
    factories.edit(entry, "One, two, three, vier.")
    url = reverse("proposal-amend", args=[made.pk])
    member.post(url, fields(member.get(url)))
    made.refresh_from_db()
    assert approve(made, lead).is_merged


@pytest.mark.parametrize("is_logged_out", [False, True])
def test_an_amendment_that_comes_after_the_merge_keeps_the_text(
    client, contributor, proposal, url, is_logged_out
):
    client.force_login(contributor)
    form = fields(client.get(url)) | {"body": "My later words."}
    approve(proposal)
    if is_logged_out:
        client.logout()
        client.post(url, form)
        client.force_login(contributor)
        response = client.get(url, follow=True)
    else:
        response = client.post(url, form, follow=True)
    assert "My later words." in response.content.decode()


def test_an_addition_whose_place_was_retired_gets_another_one(member, contributor, entry):
    made = factories.addition(entry.section, author=contributor, parent=entry)
    factories.retire(entry)
    url = reverse("proposal-amend", args=[made.pk])
    member.post(url, fields(member.get(url)) | {"place": ""})
    made.refresh_from_db()
    assert approve(made).is_merged


def test_amending_a_retirement_says_that_others_changed_the_entry(member, contributor, entry):
    made = factories.retirement(entry, author=contributor)
    factories.edit(entry, "One, two, three, vier.")
    page = words(member.get(reverse("proposal-amend", args=[made.pk])))
    assert "The entry has changed since this was written" in page
