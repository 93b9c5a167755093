"""Proposing a new entry: its text, its kind and its place."""

import pytest
from django.urls import reverse

from entries.actions import sections as section_actions
from guide_site.core import history
from moderation.models import Operation, Proposal
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db
NEW = {"body": "A new point.", "title": "One more"}


@pytest.fixture
def url(entry):
    return reverse("entry-add", args=[entry.section.slug])


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


def sent(member, url, **typed):
    """The change that a filled-in form makes."""
    member.post(url, fields(member.get(url)) | NEW | typed)
    return Proposal.objects.get().changes.get()


def test_it_opens_empty_for_a_bullet_at_the_end(member, url):
    factories.legend_tag()
    form = fields(member.get(url))
    assert (form["body"], form["tags"], form["kind"], form["place"]) == ("", [], "bullet", "")


def test_the_link_of_an_entry_fills_in_the_place(member, entry, url):
    form = fields(member.get(url, {"place": f"after-{entry.pk}"}))
    assert form["place"] == f"after-{entry.pk}"


@pytest.mark.parametrize("place", ["after-0", "<script>", "under-", "after-999999999"])
def test_a_made_up_place_in_the_link_is_passed_over(member, url, place):
    assert fields(member.get(url, {"place": place}))["place"] == ""


def test_it_becomes_a_draft_for_the_section(member, contributor, entry, url):
    change = sent(member, url)
    assert (change.operation, change.section, change.entry) == ("add", entry.section, None)
    assert (change.proposal.author, change.proposal.status) == (contributor, "draft")
    assert change.proposed == {
        "body": "A new point.",
        "tags": [],
        "kind": "bullet",
        "parent": None,
        "after": None,
    }


def test_it_stands_after_an_entry(member, entry, url):
    proposed = sent(member, url, place=f"after-{entry.pk}").proposed
    assert (proposed["parent"], proposed["after"]) == (None, entry.pk)


def test_it_stands_under_an_entry(member, entry, url):
    proposed = sent(member, url, place=f"under-{entry.pk}").proposed
    assert (proposed["parent"], proposed["after"]) == (entry.pk, None)


def test_after_a_nested_entry_it_is_nested_as_well(member, entry, url):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    proposed = sent(member, url, place=f"after-{child.pk}").proposed
    assert (proposed["parent"], proposed["after"]) == (entry.pk, child.pk)


def test_nothing_nests_under_a_paragraph(member, entry, url):
    table = factories.entry("Words.", section=entry.section, kind="paragraph")
    page = member.get(url).content.decode()
    assert f"after-{table.pk}" in page
    assert f"under-{table.pk}" not in page


OF_KINDS = {
    "bullet": "New.",
    "step": "New.",
    "paragraph": "New.",
    "table": "| a |\n|---|\n| b |",
    "code": "```\nls\n```",
    "footnote": "[^new]: New.",
    "definition": "[new]: https://a.example/",
}


@pytest.mark.parametrize(("kind", "body"), OF_KINDS.items())
def test_it_may_be_of_any_kind_that_people_write(member, url, kind, body):
    proposed = sent(member, url, kind=kind, body=body).proposed
    assert (proposed["kind"], proposed["body"]) == (kind, body)


def test_it_carries_legend_tags(member, url):
    factories.legend_tag()
    assert sent(member, url, tags=["gotcha"]).proposed["tags"] == ["gotcha"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"body": ""}, "The text is empty."),
        ({"title": ""}, "Say in one line what you changed"),
        ({"body": "x" * 30_000}, "at most 20000 characters"),
        ({"kind": "kept"}, "Select a valid choice. kept"),
        ({"kind": "html"}, "Select a valid choice. html"),
        ({"kind": ""}, "This field is required."),
        ({"place": "after-999999999"}, "is no longer there: choose another place"),
        ({"tags": ["galaxy"]}, "Select a valid choice. galaxy"),
    ],
)
def test_it_is_refused_with_a_sentence_and_keeps_what_was_typed(member, url, typed, sentence):
    form = fields(member.get(url)) | NEW | typed
    response = member.post(url, form)
    assert sentence in words(response)
    assert fields(response)["body"] == form["body"]
    assert not Proposal.objects.exists()


def test_a_place_in_another_section_is_refused(member, url):
    other = factories.entry()
    response = member.post(url, fields(member.get(url)) | NEW | {"place": f"under-{other.pk}"})
    assert "is no longer there" in words(response)


def test_a_place_that_was_retired_while_typing_keeps_the_text(member, entry, url):
    form = fields(member.get(url)) | NEW | {"place": f"after-{entry.pk}"}
    factories.retire(entry)
    response = member.post(url, form)
    assert "is no longer there" in words(response)
    assert fields(response)["body"] == "A new point."


def test_a_double_click_makes_one_proposal(member, url):
    form = fields(member.get(url)) | NEW
    assert member.post(url, form).url == member.post(url, form).url
    assert Proposal.objects.filter(changes__operation=Operation.ADD).count() == 1


@pytest.mark.parametrize("slug", ["no-such-section", "a%00b", "%27%20OR%201=1"])
def test_a_section_that_never_was_is_not_found(member, slug):
    assert member.get(f"/sections/{slug}/add/").status_code == 404


def test_a_reader_may_not(as_user, reader, url):
    assert as_user(reader).post(url, NEW).status_code == 403
    assert not Proposal.objects.exists()


def test_a_visitor_is_sent_to_the_log_in_and_back_to_the_place(client, url):
    response = client.get(f"{url}?place=after-1")
    assert response.url == f"/accounts/login/?next={url}%3Fplace%3Dafter-1"


def test_nothing_is_added_to_a_retired_section(member):
    with history.revision(by=None, comment="factory"):
        section_actions.retire_section(factories.section(slug="empty"), because="Empty.")
    page = member.get(reverse("entry-add", args=["empty"]))
    assert "This section was retired: Empty." in words(page)
