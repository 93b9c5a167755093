"""What visitors read has the names that accounts have now, though it is cached."""

import pytest

from guide_site.core import history
from guide_site.models import AccountChange, User
from moderation import actions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]

FILES = ["/guide.html", "/feeds/guide/", "/api/revisions/"]


@pytest.fixture
def author():
    return factories.user(username="olga")


@pytest.fixture
def addresses(author, editor):
    """Where visitors read the name of somebody with a merged and an open proposal and a report."""
    entry = factories.entry()
    merged = factories.proposal(entry, author=author)
    actions.approve(merged, by=editor, version=1)
    proposal = factories.proposal(entry, author=author)
    report = factories.report(entry, author=author)
    return [
        *("/changes/", f"/changes/{history.generation()}/", "/proposals/", "/reports/"),
        *(merged.get_absolute_url(), proposal.get_absolute_url(), report.get_absolute_url()),
        *(f"{entry.get_absolute_url()}history/", f"{entry.get_absolute_url()}reports/", *FILES),
    ]


def rename(author):
    author.username = "Olga-Maria"
    author.save()


def read(client, addresses):
    return {address: client.get(address).text for address in addresses}


def test_the_new_name_of_an_account_is_read_at_once(client, author, addresses):
    before = read(client, addresses)
    rename(author)
    after = read(client, addresses)
    for address in addresses:
        assert "olga" in before[address], address
        assert "olga-maria" in after[address], address
        assert "olga" not in after[address].replace("olga-maria", ""), address


def test_the_name_of_a_deleted_account_is_read_no_more(client, author, addresses):
    read(client, addresses)
    author.delete()
    shown = read(client, addresses)
    assert [address for address in addresses if "olga" in shown[address]] == []


def test_accounts_that_are_deleted_together_are_read_no_more(client, author, addresses):
    read(client, addresses)
    User.objects.filter(username__in=["olga", "nobody"]).delete()
    shown = read(client, addresses)
    assert [address for address in addresses if "olga" in shown[address]] == []


def test_the_name_of_a_closed_account_leads_nowhere(client, author, addresses):
    before = read(client, addresses)
    author.is_active = False
    author.save(update_fields=["is_active"])
    after = read(client, addresses)
    pages = [address for address in addresses if address not in FILES]
    for address in pages:
        assert 'href="/people/olga/"' in before[address], address
        assert 'href="/people/olga/"' not in after[address], address
        assert "olga" in after[address], address
    assert "/people/olga/" not in after["/feeds/guide/"]


@pytest.mark.parametrize("fields", [None, ["last_login", "email"]])
def test_what_no_page_shows_of_an_account_leaves_the_cache_as_it_is(author, fields):
    author.email = "Other@example.org"
    author.save(update_fields=fields)
    author.refresh_from_db()
    assert (author.email, AccountChange.objects.count()) == ("other@example.org", 0)


def test_a_new_account_leaves_the_cache_as_it_is():
    factories.user(username="new")
    assert not AccountChange.objects.exists()
