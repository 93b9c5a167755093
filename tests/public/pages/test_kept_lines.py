"""Lines that are kept for the export only, as a hand-made contents: readers never meet them."""

import pytest

from guide_site.core import history
from tests import factories
from tests.public.page_texts import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage():
    """A section whose one line is kept for the export."""
    return factories.section("Storage")


@pytest.fixture
def kept(storage):
    return factories.entry("[Back to top](#top)", section=storage, kind="kept")


@pytest.fixture
def contents():
    """A hand-made contents, and the section that it leads to."""
    section = factories.section("Table of Contents", kind="contents")
    factories.entry("[Storage](#storage)", section=section, kind="kept")
    factories.entry(section=factories.section("Storage"))
    return section


def test_a_section_with_a_kept_line_stays_when_its_last_entry_retires(client, storage, kept):
    factories.retire(factories.entry(section=storage))
    assert client.get("/sections/storage/").status_code == 200
    assert 'id="storage"' in client.get("/guide/").text


@pytest.mark.parametrize("address", ["/", "/sections/storage/"])
def test_no_contents_lead_to_a_hand_made_contents(client, contents, address):
    assert contents.get_absolute_url() not in links(client.get(address))


def test_the_contents_of_the_whole_guide_do_not_name_a_hand_made_contents(client, contents):
    assert "#table-of-contents" not in links(client.get("/guide/"))


@pytest.mark.parametrize("address", ["/changes/", "/changes/{}/", "/sections/storage/history/"])
def test_pages_of_changes_do_not_lead_to_a_kept_line(client, kept, address):
    page = client.get(address.format(history.generation()))
    assert page.status_code == 200
    assert kept.get_absolute_url() not in links(page)


@pytest.mark.parametrize("address", ["history/", "compare/?b={}"])
def test_a_kept_line_has_no_history(client, kept, address):
    address = kept.get_absolute_url() + address.format(history.generation())
    assert client.get(address).status_code == 404
