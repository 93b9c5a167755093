"""The tables of the guide follow the catalogue, in the revision that changes it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from reversion.models import Revision, Version

from entries.actions.entries import restore_entry
from entries.markdown.writer import export
from entries.models import Entry
from guide_site.core import history
from services.models import Offering, Service
from tests import factories
from tests.services.guides_with_tables import GUIDE, cells, change, delete, imported, publish

pytestmark = pytest.mark.django_db


def table(beginning="| Service        | AWS"):
    return Entry.objects.get(body__startswith=beginning)


def offering(name):
    return Offering.objects.get(name=name)


@pytest.fixture
def stale(settings):
    """Publish something as the site did before tables followed the catalogue."""

    def publish_alone(edit, *args, **fields):
        followers, settings.FOLLOWERS = settings.FOLLOWERS, []
        edit(*args, **fields)
        settings.FOLLOWERS = followers

    return publish_alone


def test_a_changed_cell_changes_its_line_of_the_table_in_the_same_revision():
    imported(GUIDE)
    before = table()
    change(offering("EC2"), note="old")
    after = table()
    assert after.body == before.body.replace("EC2    ", "EC2 (old)")
    assert "EC2 (old)" in after.body_html
    assert after.verbatim == before.verbatim.replace("EC2    ", "EC2 (old)")
    assert Revision.objects.count() == 2
    assert Version.objects.get_for_object(after).first().revision == Revision.objects.latest("pk")


@pytest.mark.parametrize(
    "address",
    ["/guide/", "/sections/matrix/", "/guide.md", "/guide.html", "/sections/matrix.md", "/entry"],
)
def test_every_form_of_the_guide_shows_the_cell(client, address):
    imported(GUIDE)
    change(offering("EC2"), note="elderly")
    address = address.replace("/entry", reverse("entry", args=[table().pk]))
    assert "EC2 (elderly)" in client.get(address).text


def test_the_api_and_the_search_have_the_cell(client):
    imported(GUIDE)
    change(offering("EC2"), note="elderly")
    assert "EC2 (elderly)" in client.get(f"/api/entries/{table().pk}/").json()["markdown"]
    assert f"/entries/{table().pk}/" in client.get("/search/?q=elderly").text


def test_a_change_that_no_table_shows_writes_no_table():
    imported(GUIDE)
    change(Service.objects.get(name="EC2"), summary="Servers.")
    assert Version.objects.get_for_object(table("| Service | Original")).count() == 1
    assert export() == GUIDE


def test_the_legend_tags_of_the_table_follow_its_signs():
    new = factories.legend_tag("new", "🐥")
    imported(GUIDE.replace("| [Route", "| 🐥[Route"))
    with history.revision(by=None, comment="test"):
        Service.objects.get(name="Route 53").tags.clear()
    assert not table("| Service | Original").tags.filter(pk=new.pk).exists()


def test_link_definitions_that_the_table_uses_stay_beside_its_text():
    text = GUIDE.replace("OpenStack   ", "[OS][os]    ") + "\n[os]: https://example.org/os\n"
    imported(text)
    change(offering("EC2"), note="old")
    assert "[os]: " not in table().body
    assert '<a href="https://example.org/os"' in table().body_html
    assert export().endswith("\n[os]: https://example.org/os\n")
    assert imported(export()).is_empty


def test_a_table_that_comes_back_follows_what_changed_meanwhile():
    imported(GUIDE)
    factories.retire(table())
    change(offering("EC2"), note="old")
    row = Entry.objects.retired().get(body__startswith="| Service        | AWS")
    assert "(old)" not in row.body
    with history.revision(by=None, comment="restore"):
        restore_entry(row)
    assert "EC2 (old)" in table().body


def test_the_export_after_edits_of_the_catalogue_imports_as_nothing():
    imported(GUIDE)
    change(offering("EC2"), note="old")
    delete(offering("bind"))
    publish(Service(name="VPC", slug="vpc", provider=offering("EC2").provider))
    assert imported(export()).is_empty


def test_follow_catalogue_mends_what_was_left_behind_row_by_row(stale):
    imported(GUIDE)
    stale(change, offering("EC2"), note="old")
    stale(factories.edit, table(), table().body.replace("bind, nsd", "bind, knot"))
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO())
    call_command("follow_catalogue", stdout=StringIO())
    assert "EC2 (old)" in table().body
    assert cells()["DNS"]["Open source"] == ["bind", "knot"]
    count = Revision.objects.count()
    call_command("follow_catalogue", stdout=StringIO())
    assert Revision.objects.count() == count
    call_command("verify", stdout=StringIO())


def test_follow_catalogue_makes_lines_of_the_legend_explanations(stale):
    imported("# Guide\n\n## Legend\n\n- 🔹 **Tip:** It matters.\n")
    bullet = Entry.objects.get()
    stale(factories.edit, bullet, "**Tip:** It matters.", tags=["tip"])
    text = export()
    call_command("follow_catalogue", stdout=StringIO())
    bullet.refresh_from_db()
    assert (bullet.body, bullet.tags.count()) == ("🔹 **Tip:** It matters.", 0)
    assert export() == text
