"""Where a reader finds the other forms of a page."""

import re

import pytest

from tests import factories
from tests.public.page_texts import links

pytestmark = pytest.mark.django_db

WHOLE = ["/guide.epub", "/guide.html"]


def forms(answer):
    """The links to other forms, and those that the head of the page names."""
    found = [link for link in links(answer) if link.endswith((".md", ".epub", ".html"))]
    head = re.findall(r'<link rel="alternate" type="text/markdown"[^>]*>', answer.text)
    return found, head


def alternate(address):
    return [f'<link rel="alternate" type="text/markdown" href="{address}">']


@pytest.fixture
def entry():
    section = factories.section("Storage")
    factories.entry(section=factories.section("Tips", parent=section))
    factories.service("S3", slug="s3", section=factories.section("S3 in short"))
    factories.service("SQS", slug="sqs")
    return factories.entry(section=section)


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("/guide/", "/guide.md"),
        ("/sections/storage/", "/sections/storage.md"),
        ("/services/s3/", "/services/s3.md"),
        ("/services/sqs/", "/services/sqs.md"),
    ],
)
def test_a_page_links_to_its_other_forms_once(client, entry, page, markdown):
    assert forms(client.get(page)) == ([markdown, *WHOLE], alternate(markdown))
    assert client.get(markdown).status_code == 200


def test_an_entry_links_to_its_other_forms(client, entry):
    markdown = f"/entries/{entry.pk}.md"
    assert forms(client.get(f"/entries/{entry.pk}/")) == ([markdown, *WHOLE], alternate(markdown))


def test_a_retired_entry_has_no_other_form(client, entry):
    factories.retire(entry)
    assert forms(client.get(f"/entries/{entry.pk}/")) == ([], [])


def test_an_empty_guide_has_nothing_to_take_along(client):
    assert forms(client.get("/guide/"))[0] == []


def test_printed_pages_hide_them(client, entry, settings):
    css = (settings.BASE_DIR / "static" / "css" / "print.css").read_text()
    assert ".section__acts," in css.partition("display: none")[0]
    before = client.get("/guide/").text.partition("/guide.epub")[0]
    assert before.rpartition("<p")[2].startswith(' class="section__acts"')
