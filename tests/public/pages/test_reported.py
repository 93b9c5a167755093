"""🚧 on an entry with open reports, wherever it is read, at once and for everybody."""

import pytest

from moderation import actions
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    section = factories.section("S3")
    factories.service("S3", slug="s3", section=section)
    below = factories.section("S3 tips", parent=section)
    return factories.entry(section=below)


@pytest.fixture
def mark(entry):
    """The link that the sign on the entry is."""
    return f"{entry.get_absolute_url()}reports/"


@pytest.fixture
def pages(entry):
    """Pages that show the entry."""
    above = factories.section("Basics")
    factories.entry(section=above)
    return ["/guide/", "/services/s3/", "/sections/s3-tips/", entry.get_absolute_url()]


def report(entry):
    return actions.report_entry(entry, by=factories.user(), kind="wrong", text="It is not so.")


def test_a_report_shows_at_once_and_goes_when_it_is_closed(client, entry, mark, pages, lead):
    assert [page for page in pages if mark in links(client.get(page))] == []
    found = report(entry)
    assert [page for page in pages if mark in links(client.get(page))] == pages
    actions.fix_report(found, by=lead)
    assert [page for page in pages if mark in links(client.get(page))] == []


def test_a_browser_that_has_the_page_is_sent_the_new_one(client, entry, pages):
    before = {page: client.get(page)["ETag"] for page in pages}
    report(entry)
    for page, etag in before.items():
        answer = client.get(page, headers={"if-none-match": etag})
        assert (answer.status_code, "🚧" in answer.text) == (200, True)
        again = client.get(page, headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304


def test_members_see_it_too(as_user, reader, entry, mark, pages):
    report(entry)
    assert all(mark in links(as_user(reader).get(page)) for page in pages)


def test_it_is_said_in_words(client, entry, pages):
    report(entry)
    assert 'aria-label="1 open report of a problem"' in client.get("/guide/").text
    report(entry)
    assert 'aria-label="2 open reports of a problem"' in client.get("/guide/").text
    assert "2 open reports of a problem with this entry" in words(client.get(pages[-1]))


def test_it_hangs_in_the_margin_beside_the_legend_tags(client, entry):
    tag = factories.legend_tag()
    factories.edit(entry, "Tagged.", tags=[tag.slug])
    report(entry)
    page = client.get("/guide/").text
    margin = page[page.index('<span class="tags">') :].partition("</span>")[0]
    assert ("❗" in margin, "🚧" in margin) == (True, True)


def test_other_entries_stay_as_they_are(client, entry):
    other = factories.entry("Else.", section=entry.section)
    report(entry)
    assert f"{other.get_absolute_url()}reports/" not in links(client.get("/guide/"))


def test_a_nested_entry_has_its_own(client, entry):
    nested = factories.entry("Below.", section=entry.section, parent=entry)
    report(nested)
    marks = [link for link in links(client.get("/guide/")) if link.endswith("/reports/")]
    assert marks == [f"{nested.get_absolute_url()}reports/"]


def test_files_of_the_guide_stay_as_they_were(client, entry):
    before = client.get("/guide.md")
    report(entry)
    answer = client.get("/guide.md", headers={"if-none-match": before["ETag"]})
    assert answer.status_code == 304


def test_every_entry_offers_to_report_a_problem(client, entry, pages):
    address = f"{entry.get_absolute_url()}report/"
    assert all(address in links(client.get(page)) for page in pages)


def test_a_retired_entry_offers_it_no_more(client, entry):
    factories.retire(entry)
    assert f"{entry.get_absolute_url()}report/" not in links(client.get(entry.get_absolute_url()))
