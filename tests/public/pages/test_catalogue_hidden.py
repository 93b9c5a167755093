"""A guide without a catalogue, or with an empty one, says nothing of services to visitors."""

import pytest

from guide_site.core import history
from services.reading.presence import is_shown
from tests import factories
from tests.public.page_texts import words

pytestmark = pytest.mark.django_db

PAGES = ["/services/", "/matrix/", "/releases/", "/completeness/"]
FILES = ["/matrix.csv", "/matrix.json", "/releases.csv", "/releases.json"]
LISTS = ["/api/services/", "/api/releases/", "/api/matrix/", "/api/providers/"]
OF_S3 = ["/services/s3/", "/services/s3.md", "/feeds/services/s3/", "/api/services/s3/"]
STARTING = '<a href="/services/">Start a catalogue</a>'
SAYING = ["/", "/guide/", "/sitemap.xml", "/llms.txt", "/opensearch.xml", "/search/?q=roles"]


@pytest.fixture
def guide(db):
    """A guide with an entry in a section; its title says nothing of services."""
    return factories.entry(section=factories.section("Basics"))


@pytest.fixture
def s3(guide):
    """A service with a section, and a row of the matrix."""
    made = factories.service("S3", slug="s3", section=factories.section("Files in S3"))
    factories.entry("Keep roles in S3.", section=made.section)
    factories.offering("SQS")
    return made


@pytest.fixture
def off(s3):
    return factories.facts(has_catalogue=False)


def texts(client):
    """What pages and files say, {address: text}."""
    return {address: client.get(address).content.decode() for address in SAYING}


def test_an_empty_catalogue_is_nowhere_in_sight(client, guide):
    assert not is_shown()
    for address, text in texts(client).items():
        assert "ervice" not in text.replace("/feeds/services/", ""), address
        assert not any(page in text for page in PAGES), address


def test_its_own_pages_say_that_there_is_none_yet(client, guide):
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "This guide has no catalogue of services yet." in words(answer)
        assert "import_guide" not in words(answer)


@pytest.mark.parametrize("make", [factories.service, factories.offering])
def test_a_service_or_a_row_of_the_matrix_brings_it_into_sight(client, guide, make):
    make()
    assert is_shown()
    found = texts(client)
    assert 'href="/services/"' in found["/"]
    assert "http://testserver/matrix/" in found["/sitemap.xml"]
    assert "the service matrix" in found["/llms.txt"]
    assert "no catalogue" not in words(client.get("/services/"))


def test_a_provider_alone_does_not(guide):
    factories.provider("Hetzner")
    assert not is_shown()


def test_leads_read_how_to_start_and_others_do_not(as_user, guide, lead, editor):
    page = words(as_user(lead).get("/services/"))
    assert "import a guide with a service matrix" in page
    assert STARTING in as_user(lead).get("/guide/").content.decode()
    for address in ("/services/", "/guide/"):
        other = as_user(editor).get(address).content.decode()
        assert "import a guide" not in other
        assert STARTING not in other


def test_leads_of_a_full_one_read_nothing_of_it(as_user, s3, lead):
    assert STARTING not in as_user(lead).get("/services/").content.decode()


def test_switched_off_it_is_nowhere_in_sight(client, off):
    assert not is_shown()
    for address, text in texts(client).items():
        assert "/services/" not in text.replace("/feeds/services/", ""), address
        assert not any(page in text for page in PAGES), address


@pytest.mark.parametrize("address", [*PAGES, *FILES, *LISTS, *OF_S3])
def test_switched_off_its_addresses_are_missing(client, off, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, *FILES, *LISTS, *OF_S3])
def test_switched_on_they_are_there(client, s3, address):
    assert client.get(address).status_code == 200


def test_switched_off_the_section_of_a_service_has_its_own_page(client, off, s3):
    slug = s3.section.slug
    assert "Keep roles in S3." in words(client.get(f"/sections/{slug}/"))
    assert client.get(f"/sections/{slug}.md").status_code == 200
    assert f"/sections/{slug}/" in client.get("/").content.decode()


def test_switched_off_leads_see_its_pages_and_why_nobody_else_does(as_user, off, lead, editor):
    for page in PAGES:
        assert "only leads see this page" in words(as_user(lead).get(page))
        assert as_user(editor).get(page).status_code == 404
    assert as_user(lead).get("/matrix.csv").status_code == 404
    assert STARTING not in as_user(lead).get("/guide/").content.decode()


def test_switched_off_the_api_describes_no_catalogue(client, off):
    described = client.get("/api/openapi.json").json()["paths"]
    assert "/api/entries/" in described
    assert not set(LISTS) & described.keys()
    assert "/api/matrix/" not in client.get("/api/").content.decode()


def test_switched_on_again_all_is_back(client, off, s3):
    before = history.generation()
    factories.facts(has_catalogue=True)
    assert history.generation() == before + 1
    assert client.get("/services/s3/").status_code == 200
