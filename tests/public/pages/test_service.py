"""A service's page: its facts, then its sections."""

import datetime

import pytest

from entries.models import LegendTag
from guide_site.core import history
from services.models import Capability, Offering, Provider, ServiceGroup
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish():
    """Saves rows of the catalogue as one revision and returns them."""

    def published(*rows):
        with history.revision(by=None, comment="catalogue"):
            for row in rows:
                row.save()
        return rows

    return published


def test_a_service_without_a_section_shows_its_facts_and_says_so(client):
    factories.service("S3", slug="s3", summary="Keeps files.", full_name="Simple Storage Service")
    text = words(client.get("/services/s3/"))
    assert "Simple Storage Service. Keeps files." in text
    assert "The guide has no section about S3 yet." in text


def test_a_service_shows_its_section_with_all_below_it(client):
    section = factories.section("S3")
    tips = factories.section("S3 Tips", parent=section)
    factories.entry("One.", section=section)
    factories.entry("Two.", section=tips)
    factories.service("S3", slug="s3", section=section)
    text = words(client.get("/services/s3/"))
    assert text.index("One.") < text.index("S3 Tips") < text.index("Two.")
    assert "no section" not in text


def test_its_empty_section_asks_for_a_first_entry(client):
    factories.service("S3", slug="s3", section=factories.section("S3 in short"))
    page = client.get("/services/s3/")
    assert "This section is empty." in words(page)
    assert "/sections/s3-in-short/add/" in links(page)


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("year", "First release 2006 "), ("month", "First release March 2006 ")],
)
def test_the_release_is_as_exact_as_it_is_known(client, precision, shown):
    released = datetime.date(2006, 3, 1)
    factories.service("S3", slug="s3", released=released, released_precision=precision)
    assert shown in words(client.get("/services/s3/")) + " "


def test_an_unknown_release_is_not_mentioned(client):
    factories.service("S3", slug="s3")
    assert "First release" not in words(client.get("/services/s3/"))


def test_availability_note_and_group_are_told(client, publish):
    (group,) = publish(ServiceGroup(name="Must-know", slug="must-know"))
    facts = {"availability": "preview", "availability_uncertain": True, "note": "Since June."}
    factories.service("S3", slug="s3", group=group, **facts)
    text = words(client.get("/services/s3/"))
    for fact in ("Must-know", "In preview (uncertain)", "Since June."):
        assert fact in text


def test_only_the_links_that_it_has_are_there(client):
    factories.service("S3", slug="s3", docs_url="https://docs.example.org/")
    page = client.get("/services/s3/")
    assert "https://docs.example.org/" in links(page)
    assert "Documentation" in words(page)
    assert "Pricing" not in words(page)


def test_what_others_offer_for_the_same_need_is_told(client, publish):
    service = factories.service("S3", slug="s3")
    capability, google = publish(
        Capability(name="Object storage"), Provider(name="Google", slug="google")
    )
    own = {"capability": capability, "provider": service.provider, "service": service}
    publish(
        Offering(name="S3 itself", **own),
        Offering(name="GCS", capability=capability, provider=google, uncertain=True),
    )
    text = words(client.get("/services/s3/"))
    assert "Provider Object storage" in text
    assert f"{service.provider} S3 itself" in text
    assert "Google GCS ?(uncertain)" in text


def test_a_provider_that_has_nothing_has_its_line(client, publish):
    service = factories.service("S3", slug="s3")
    factories.offering("S3", service=service, provider="AWS")
    publish(Provider(name="Microsoft", slug="microsoft", position=2_000_000_000))
    assert "AWS S3 Microsoft" in words(client.get("/services/s3/"))


def test_a_service_in_several_rows_has_a_column_for_each_in_order(client):
    service = factories.service("S3", slug="s3")
    for need in ("Files", "Backup"):
        factories.offering("S3", capability=need, provider="AWS", service=service)
        factories.offering("S3 too", capability=need, provider="AWS", service=service)
    text = words(client.get("/services/s3/"))
    assert "Provider FilesBackup" in text
    assert text.count("S3 too") == 2
    assert "/matrix/#capability-" in " ".join(links(client.get("/services/s3/")))


def test_a_service_without_a_section_leads_to_where_others_are_started(client):
    chapter = factories.section("Services")
    factories.service("EC2", section=factories.section("EC2", parent=chapter))
    factories.service("S3", slug="s3")
    assert any(
        "/sections/services/add-section/?" in link for link in links(client.get("/services/s3/"))
    )


def test_a_service_of_no_row_shows_no_matrix(client):
    factories.offering("SQS")
    factories.service("S3", slug="s3")
    assert "matrix" not in words(client.get("/services/s3/"))


def test_the_same_service_of_another_capability_is_no_alternative(client, publish):
    service = factories.service("S3", slug="s3")
    storage, queue = publish(Capability(name="Storage"), Capability(name="Queue"))
    publish(
        Offering(name="S3", capability=storage, provider=service.provider, service=service),
        Offering(name="SQS", capability=queue, provider=service.provider),
    )
    assert "SQS" not in words(client.get("/services/s3/"))


def test_its_tags_lead_to_the_legend(client):
    service = factories.service("S3", slug="s3")
    tag = factories.legend_tag("gotcha", "❗")
    with history.revision(by=None, comment="tag"):
        service.tags.set(LegendTag.objects.filter(pk=tag.pk))
        service.save()
    assert "/legend/gotcha/" in links(client.get("/services/s3/"))


def test_kept_and_retired_entries_of_its_section_are_not_shown(client):
    section = factories.section("S3")
    factories.entry("One.", section=section)
    factories.entry("Back to top.", section=section, kind="kept")
    factories.retire(factories.entry("Old.", section=section))
    factories.service("S3", slug="s3", section=section)
    text = words(client.get("/services/s3/"))
    assert ("One." in text, "Back to top." in text, "Old." in text) == (True, False, False)


def test_facts_are_shown_as_they_are_typed(client):
    factories.service("<b>S3</b>", slug="s3", summary='"><script>alert(1)</script>')
    page = client.get("/services/s3/")
    assert "<b>S3</b>" in words(page)
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("slug", ["nothing", "S3", "s3-1"])
def test_an_unknown_service_is_not_found(client, slug):
    factories.service("S3", slug="s3")
    assert client.get(f"/services/{slug}/").status_code == 404


def test_each_capability_is_named_once(client):
    service = factories.service("S3", slug="s3")
    for capability in ("Need A", "Need B"):
        own = {"provider": service.provider.name, "service": service}
        factories.offering("S3", capability=capability, **own)
        for other in ("P1", "P2"):
            factories.offering("Like", capability=capability, provider=other)
    assert words(client.get("/services/s3/")).count("Need A") == 1
