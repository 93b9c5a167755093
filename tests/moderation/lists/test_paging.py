"""Long lists of proposals come in pages."""

import datetime

import pytest
from django.utils import timezone

from moderation.views.lists import PER_PAGE
from tests import factories

pytestmark = pytest.mark.django_db
ALL, MINE, QUEUE = "/proposals/", "/proposals/mine/", "/review/"


def titles(response):
    """The titles that a list shows, in order."""
    return [proposal.title for proposal in response.context["page"]]


@pytest.fixture(scope="module")
def author(module_db):
    return factories.user(username="author")


@pytest.fixture(scope="module")
def many(author):
    """The titles of two pages of proposals and a bit, all of one author."""
    entry = factories.entry()
    numbers = range(2 * PER_PAGE + 1)
    opened = [timezone.now() - datetime.timedelta(days=number) for number in numbers]
    made = [
        factories.proposal(entry, title=f"No. {number}", author=author, opened_at=opened[number])
        for number in numbers
    ]
    return {proposal.title for proposal in made}


@pytest.mark.parametrize("url", [ALL, MINE, QUEUE])
def test_a_long_list_has_pages(as_user, author, expert, many, url):
    client = as_user(expert if url == QUEUE else author)
    pages = [titles(client.get(url, {"page": number})) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [PER_PAGE, PER_PAGE, 1]
    assert {title for page in pages for title in page} == many


@pytest.mark.parametrize(("page", "number"), [("0", 3), ("x", 1), ("-1", 3), ("9" * 30, 3)])
def test_a_page_that_never_was_is_the_nearest(client, many, page, number):
    assert client.get(ALL, {"page": page}).context["page"].number == number


def test_the_links_between_pages_keep_the_filter(client, many):
    page = client.get(ALL, {"author": "author", "page": 2}).content.decode()
    assert 'rel="prev" href="?author=author&amp;page=1"' in page
    assert 'rel="next" href="?author=author&amp;page=3"' in page
