"""The page that brings back a retired entry, or an earlier version of one."""

import pytest
from django.urls import reverse

from entries.models import Entry
from guide_site.core import history
from moderation.models import Change, Proposal
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


@pytest.fixture
def url(entry):
    return reverse("entry-restore", args=[entry.pk])


def test_a_retired_entry_links_to_it(client, entry, url):
    factories.retire(entry)
    assert url in client.get(entry.get_absolute_url()).content.decode()


def test_a_retired_entry_is_restored_with_its_text(member, entry, url):
    factories.retire(entry)
    assert member.post(url, fields(member.get(url))).status_code == 302
    change = Change.objects.get()
    assert (change.operation, change.proposed["body"]) == ("restore", entry.body)


def test_its_text_can_be_edited_on_the_way(member, entry, url):
    factories.retire(entry)
    member.post(url, fields(member.get(url)) | {"body": "One, two."})
    assert Change.objects.get().proposed == {"body": "One, two.", "tags": []}


def test_an_earlier_version_is_an_edit_to_what_it_said(member, entry, url):
    seen = history.generation()
    factories.edit(entry, "Worse.")
    form = fields(member.get(url, {"revision": seen}))
    assert (form["body"], form["title"]) == (entry.body, f"Restore the version of revision {seen}")
    member.post(url, form)
    change = Change.objects.get()
    assert (change.operation, change.base["body"]) == ("edit", "Worse.")


def test_the_history_links_each_earlier_version(client, entry, url):
    seen = history.generation()
    factories.edit(entry, "Worse.")
    page = client.get(reverse("entry-history", args=[entry.pk])).content.decode()
    assert f"{url}?revision={seen}" in page
    assert f"{url}?revision={seen + 1}" not in page


def test_what_the_guide_has_is_no_proposal(member, url):
    assert "Nothing is changed yet" in words(member.post(url, fields(member.get(url))))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("revision", ["x", "0", "99999999999", "\u0661", "-1"])
def test_a_revision_that_never_was_counts_as_now(member, entry, url, revision):
    assert fields(member.get(url, {"revision": revision}))["body"] == entry.body


@pytest.fixture
def nested(entry):
    """Under the entry, one in the other."""
    child = factories.entry("Child.", section=entry.section, parent=entry)
    return [child, factories.entry("Grandchild.", section=entry.section, parent=child)]


def test_what_was_nested_under_it_comes_back_along_in_its_place(member, entry, nested, url):
    factories.retire(entry)
    member.post(url, fields(member.get(url)))
    proposal = Proposal.objects.get()
    proposal.status, proposal.opened_at = "open", proposal.created_at
    proposal.save()
    assert approve(proposal).is_merged
    rows = Entry.objects.live().order_by("pk")
    assert [row.parent for row in rows] == [None, entry, nested[0]]


def test_it_can_come_back_alone(member, entry, nested, url):
    factories.retire(entry)
    page = member.get(url)
    assert "was nested under it: “Child.”; “Grandchild.”" in words(page)
    member.post(url, fields(page) | {"along": []})
    assert Change.objects.get().entry == entry


def test_what_was_retired_before_it_stays_where_it_is(member, entry, nested, url):
    factories.retire(nested[0])
    factories.retire(entry)
    form = fields(member.get(url))
    assert "along" not in form
    member.post(url, form)
    assert Change.objects.get().entry == entry


def test_an_entry_that_stands_in_the_guide_brings_nothing_along(member, nested, url):
    assert "along" not in fields(member.get(url))
