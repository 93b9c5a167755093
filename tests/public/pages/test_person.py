"""What a member has given to the guide."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from guide_site.core.access import Role
from moderation import actions
from moderation.states import Status
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def ada():
    return factories.user(username="ada", email="ada@example.org")


def test_a_new_member_has_a_page(client, ada):
    text = words(client.get("/people/ada/"))
    assert text.startswith("ada Contributor · member since")
    assert "0 proposals merged" in text
    assert "No proposals yet." in text


def test_it_lists_what_was_sent_newest_first_and_counts_what_was_merged(client, editor, ada):
    first = factories.proposal(author=ada, title="First")
    factories.proposal(author=ada, title="Second")
    actions.approve(first, by=editor, version=first.version)
    page = client.get("/people/ada/")
    assert "1 proposal merged" in words(page)
    assert words(page).index("Second") < words(page).index("First")
    assert first.get_absolute_url() in links(page)


def test_drafts_are_not_shown_also_not_to_their_author(client, as_user, ada):
    factories.proposal(author=ada, title="Half-baked", status=Status.DRAFT)
    assert "Half-baked" not in words(client.get("/people/ada/"))
    assert "Half-baked" not in words(as_user(ada).get("/people/ada/"))


def test_a_draft_that_was_thrown_away_is_not_shown(client, ada):
    draft = factories.proposal(author=ada, title="Half-baked", status=Status.DRAFT)
    actions.withdraw(draft, by=ada)
    assert "Half-baked" not in words(client.get("/people/ada/"))


def test_proposals_of_others_are_not_hers(client, ada):
    factories.proposal(title="Not hers")
    assert "Not hers" not in words(client.get("/people/ada/"))


def test_the_roles_are_told(client):
    factories.user(Role.EDITOR, username="emma")
    factories.user(None, username="rita")
    assert "Editor · member since" in words(client.get("/people/emma/"))
    assert words(client.get("/people/rita/")).startswith("rita member since")


def test_a_new_role_shows_at_once(client, ada):
    assert "Lead" not in words(client.get("/people/ada/"))
    ada.groups.set(Group.objects.filter(name=Role.LEAD.value))
    assert "Lead" in words(client.get("/people/ada/"))


def test_the_address_works_whatever_its_case(client, ada):
    assert words(client.get("/people/ADA/")).startswith("ada ")


def test_the_e_mail_address_is_nobodys_business(client, as_user, lead, ada):
    assert "example.org" not in client.get("/people/ada/").text
    assert "ada@example.org" not in as_user(lead).get("/people/ada/").text


def test_many_proposals_are_paged(client, ada):
    entry = factories.entry()
    for number in range(31):
        factories.proposal(entry, author=ada, title=f"Proposal {number:02}")
    first, second = client.get("/people/ada/"), client.get("/people/ada/?page=2")
    assert "Page 1 of 2" in words(first)
    shown = words(first) + words(second)
    assert [n for n in range(31) if shown.count(f"Proposal {n:02}") != 1] == []


@pytest.mark.parametrize(("number", "shown"), [("x", 1), ("0", 2), ("-1", 2), ("9999", 2)])
def test_a_page_that_is_not_there_is_the_nearest(client, ada, number, shown):
    entry = factories.entry()
    for _ in range(31):
        factories.proposal(entry, author=ada)
    assert f"Page {shown} of 2" in words(client.get(f"/people/ada/?page={number}"))


def test_the_page_of_a_member_who_is_suspended_is_gone_at_once(client, ada):
    assert client.get("/people/ada/").status_code == 200
    ada.is_active = False
    ada.save()
    assert client.get("/people/ada/").status_code == 404


@pytest.mark.parametrize("name", ["nobody", "%C3%84da", "ada%3Cb%3E", "admin", "a%20b", "%00"])
def test_an_unknown_name_is_not_found(client, ada, name):
    assert client.get(f"/people/{name}/").status_code == 404


def test_what_somebody_looks_after_is_named_once(client):
    ada = factories.user(Role.EDITOR, username="ada")
    section, old = (
        factories.section("Storage"),
        factories.section("Old", retired_at=timezone.now(), retired_because="Gone."),
    )
    for one in (section, old):
        one.editors.add(ada), one.experts.add(ada)
    said = words(client.get("/people/ada/"))
    assert "Looks after Storage." in said
