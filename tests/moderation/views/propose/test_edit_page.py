"""The editor: what is typed becomes a draft or comes back with a sentence, never lost."""

import pytest
from django.urls import reverse

from guide_site.core import history, markdown
from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db
NEW = {"body": "One, two, three, 4.", "title": "Digits"}


@pytest.fixture
def url(entry):
    return reverse("entry-edit", args=[entry.pk])


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


def opened(member, url):
    """The form as a browser has it after opening the page."""
    return fields(member.get(url))


def test_it_opens_with_the_text_and_the_tags_of_the_entry(member):
    factories.legend_tag()
    factories.legend_tag("cost", "💸")
    entry = factories.entry("Run it:\n\n    code\n\nand <b> & “more”", tags=["cost"])
    form = opened(member, reverse("entry-edit", args=[entry.pk]))
    assert (form["body"], form["tags"], form["title"]) == (entry.body, ["cost"], "")


def test_what_is_typed_becomes_a_draft_that_is_shown_next(member, contributor, url):
    about = {"why": "Shorter.", "sources": " https://a.example/ \r\n\r\nhttp://b.example/x"}
    response = member.post(url, opened(member, url) | NEW | about | {"affiliation": "ACME"})
    proposal = Proposal.objects.get()
    assert response.url == proposal.get_absolute_url()
    assert (proposal.author, proposal.status, proposal.why) == (contributor, "draft", "Shorter.")
    assert proposal.sources == ["https://a.example/", "http://b.example/x"]
    assert proposal.changes.get().proposed == {"body": NEW["body"], "tags": []}


def test_nothing_is_published_yet(member, entry, url):
    before = history.generation()
    member.post(url, opened(member, url) | NEW)
    entry.refresh_from_db()
    assert (history.generation(), entry.body) == (before, "One, two, three, four.")


def test_other_tags_alone_are_a_change(member, url):
    factories.legend_tag()
    member.post(url, opened(member, url) | {"title": "A risk", "tags": ["gotcha"]})
    change = Proposal.objects.get().changes.get()
    assert change.proposed == {"body": "One, two, three, four.", "tags": ["gotcha"]}
    assert change.base["tags"] == []


def test_line_ends_of_browsers_are_no_change(member):
    entry = factories.entry("One\n\n```\ntwo  \n```")
    url = reverse("entry-edit", args=[entry.pk])
    sent = entry.body.replace("\n", "\r\n") + "\r\n\r\n"
    response = member.post(url, opened(member, url) | {"title": "Same", "body": sent})
    assert "Nothing is changed yet" in words(response)


REFUSED = [
    ({"body": "One:\r\n- two"}, "the list in it would be bullets of their own"),
    ({"body": ""}, "The text is empty. To take an entry out of the guide, retire it."),
    ({"body": " \r\n\t\r\n "}, "The text is empty."),
    ({"body": "One, two, three, four."}, "Nothing is changed yet"),
    ({"body": "x" * 30_000}, "at most 20000 characters (it has 30000)"),
    ({"body": "x\x00y"}, "Null characters are not allowed"),
    ({"title": ""}, "Say in one line what you changed and why."),
    ({"title": "   "}, "Say in one line what you changed and why."),
    ({"title": "x" * 121}, "at most 120 characters"),
    ({"why": "x" * 4001}, "at most 4000 characters"),
    ({"affiliation": "x" * 201}, "at most 200 characters"),
    ({"sources": "a colleague"}, "“a colleague” is no web address"),
    ({"sources": "https://a.example/\njavascript:alert(1)"}, "“javascript:alert(1)” is no web"),
    ({"sources": "https://a.example/\n" * 21}, "Name at most 20 sources."),
    ({"tags": ["galaxy"]}, "Select a valid choice. galaxy is not one of"),
    ({"tags": ["x\x00y"]}, "Null characters are not allowed."),
]


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_it_is_refused_with_a_sentence_and_keeps_what_was_typed(member, url, typed, sentence):
    form = opened(member, url) | NEW | {"why": "My reasons."} | typed
    response = member.post(url, form)
    kept = fields(response)
    assert sentence in words(response)
    assert not Proposal.objects.exists()
    for name in ("body", "title", "why", "sources", "affiliation"):
        assert kept[name] == form[name]


@pytest.mark.parametrize("length", [markdown.MAX_LENGTH, markdown.MAX_LENGTH - 1])
def test_a_text_of_the_greatest_length_is_taken(member, url, length):
    member.post(url, opened(member, url) | NEW | {"body": "x" * length})
    assert len(Proposal.objects.get().changes.get().proposed["body"]) == length


@pytest.mark.parametrize("name", ["form_key", "seen"])
@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40])
def test_a_tampered_form_makes_no_proposal(member, url, name, value):
    response = member.post(url, opened(member, url) | NEW | {name: value})
    assert response.status_code == 200
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("name", ["form_key", "seen"])
def test_a_broken_part_is_told_and_made_anew(member, url, name):
    shown = member.post(url, opened(member, url) | NEW | {name: "x"})
    assert "A part of this page that you cannot see came back broken." in words(shown)
    assert member.post(url, fields(shown)).url == Proposal.objects.get().get_absolute_url()


@pytest.mark.parametrize("pk", [10**6, 10**30])
@pytest.mark.parametrize("page", ["entry-edit", "entry-retire"])
def test_an_entry_that_never_was_is_not_found(member, page, pk):
    assert member.get(reverse(page, args=[pk])).status_code == 404


def test_what_is_kept_for_the_export_only_is_not_found(member):
    kept = factories.entry("[toc]", kind="kept")
    assert member.get(reverse("entry-edit", args=[kept.pk])).status_code == 404


def test_the_editor_of_a_retired_entry_says_why_it_cannot_be_sent(member, entry, url):
    factories.retire(entry, "It was wrong.")
    response = member.get(url)
    assert "This entry was retired: It was wrong." in words(response)
    assert b'<button class="button" type="submit" disabled>' in response.content


def test_an_entry_that_vanished_while_typing_keeps_the_text(member, entry, url):
    form = opened(member, url) | NEW
    factories.retire(entry, "It was wrong.")
    response = member.post(url, form)
    assert "This entry was retired: It was wrong." in words(response)
    assert fields(response)["body"] == NEW["body"]
    assert not Proposal.objects.exists()


def test_a_double_click_makes_one_proposal(member, url):
    form = opened(member, url) | NEW
    first, second = member.post(url, form), member.post(url, form)
    assert first.url == second.url == Proposal.objects.get().get_absolute_url()


def test_the_back_button_with_other_words_amends_the_same_proposal(member, url):
    form = opened(member, url) | NEW
    member.post(url, form)
    member.post(url, form | {"body": "One, two, three, vier.", "title": "German"})
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.version) == ("German", 2)
    assert proposal.changes.get().proposed["body"] == "One, two, three, vier."


def test_two_opened_forms_are_two_proposals(member, url):
    for form in [opened(member, url) | NEW, opened(member, url) | NEW]:
        member.post(url, form)
    assert Proposal.objects.count() == 2


def test_the_base_is_what_the_author_saw(member, entry, url):
    form = opened(member, url) | NEW
    factories.edit(entry, "1, two, three, four.")
    member.post(url, form)
    proposal = Proposal.objects.get()
    assert proposal.changes.get().base["body"] == "One, two, three, four."
    Proposal.objects.update(status=Status.OPEN, opened_at=proposal.created_at)
    approve(proposal)
    entry.refresh_from_db()
    assert entry.body == "1, two, three, 4."


def test_a_form_that_came_back_with_an_error_still_knows_what_was_seen(member, entry, url):
    form = opened(member, url) | NEW | {"title": ""}
    factories.edit(entry, "1, two, three, four.")
    returned = fields(member.post(url, form))
    assert (returned["seen"], returned["form_key"]) == (form["seen"], form["form_key"])


def test_it_points_at_the_open_proposals_of_others(member, entry, url):
    open_one = factories.proposal(entry, title="Already better")
    factories.proposal(entry, title="Private", status=Status.DRAFT)
    page = words(member.get(url))
    assert open_one.title in page
    assert "Private" not in page


def test_a_reader_is_told_what_to_do(as_user, reader, url):
    client = as_user(reader)
    for response in (client.get(url), client.post(url, NEW)):
        assert response.status_code == 403
        assert "ask a lead to add you" in words(response)


def test_a_visitor_is_sent_to_the_log_in(client, url):
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_a_form_that_another_account_sends_again_makes_a_proposal_of_its_own(
    client, contributor, editor, url
):
    client.force_login(contributor)
    form = opened(client, url) | NEW
    client.post(url, form)
    client.force_login(editor)
    response = client.post(url, form | {"body": "Other words."})
    assert response.status_code in (200, 302)
    assert Proposal.objects.get(author=contributor).changes.get().proposed["body"] == NEW["body"]


def test_a_null_character_in_a_source_is_refused(member, url):
    form = opened(member, url) | NEW | {"sources": "https://a.example/\x00b"}
    assert member.post(url, form).status_code == 200
    assert not Proposal.objects.exists()


def test_a_line_end_counts_as_one_character(member, url):
    form = opened(member, url) | NEW | {"body": "x\r\n" * 9990 + "x"}
    assert member.post(url, form).status_code == 302


@pytest.mark.parametrize("body", ["\u200b", "&nbsp;", "[a]: https://a.example/"])
def test_a_text_that_shows_nothing_is_refused_as_empty(member, url, body):
    assert member.post(url, opened(member, url) | NEW | {"body": body}).status_code == 200
    assert not Proposal.objects.exists()


PASTED = "- One.\n- Two.\n- Three."


@pytest.fixture
def pasted(as_user, contributor, entry):
    """Post a pasted list in the editor of one bullet, with further fields; returns the page."""
    member, url = as_user(contributor), reverse("entry-edit", args=[entry.pk])

    def post(body=PASTED, **typed):
        return member.post(url, fields(member.get(url)) | {"body": body, "title": "x"} | typed)

    return post


def test_a_pasted_list_is_offered_as_a_split_and_kept(pasted):
    response = pasted()
    assert "What you typed is a list of bullets" in words(response)
    assert "Split it: one entry for each" in words(response)
    assert fields(response)["body"] == PASTED
    assert not Proposal.objects.exists()


def test_a_pasted_list_becomes_a_split(pasted, entry):
    pasted(as_list="split")
    change = Proposal.objects.get().changes.get()
    assert (change.operation, change.proposed["body"]) == ("split", "One.")
    assert [bullet["body"] for bullet in change.proposed["rest"]] == ["Two.", "Three."]


def test_a_pasted_list_of_very_many_bullets_is_no_split(pasted):
    response = pasted("- x\n" * 51, as_list="split")
    assert "Make at most 50 bullets of one." in words(response)
    assert not Proposal.objects.exists()


def test_a_pasted_list_may_stay_one_entry(pasted):
    pasted(as_list="one")
    change = Proposal.objects.get().changes.get()
    assert (change.operation, change.proposed["body"]) == ("edit", PASTED)


@pytest.mark.parametrize("body", ["- One.", "> - One.\n> - Two.", "- One.\n  - Nested."])
def test_what_is_no_plain_list_is_an_edit_as_always(pasted, body):
    pasted(body)
    assert Proposal.objects.get().changes.get().operation == "edit"
