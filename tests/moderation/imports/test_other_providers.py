"""A guide whose matrix is about other providers: in, changed by a proposal, out, in again."""

import re

import pytest

from entries.markdown.writer import export
from entries.models import Entry, Guide
from guide_site.core import history
from moderation.changes import elsewhere
from moderation.models import Operation, Proposal, Subject
from services.models import Capability, Offering, Provider, Service
from tests import factories
from tests.entries.guides import DATA
from tests.moderation.helpers import approve

pytestmark = pytest.mark.django_db

TEXT = (DATA / "european-clouds.md").read_text("utf-8")


@pytest.fixture
def said(db, bring):
    """The lines that the import of the guide prints."""
    return [line.strip() for line in bring(TEXT, replace=True).splitlines()]


def published(proposal):
    """The guide with a proposal in it, and that the import of it changes nothing."""
    assert approve(proposal).is_merged
    return export()


def test_its_tables_are_the_catalogue_and_every_table_says_why(said):
    assert [line for line in said if re.search("table in|matrix|home", line)] == [
        "home provider: “Hetzner”, the first one that the matrix names",
        "service matrix in line 15 (“Which cloud has what”): 4 capabilities, 10 offerings, "
        "3 providers; its first column is “Capability” and 3 columns name providers",
        "releases table in line 24 (“When they came”): 2 services; “Service” has names "
        "and “First release” has dates of releases",
        "table in line 31 (“What they cost”): not read into the catalogue, because most of its "
        "cells are no names of offerings, and no column has dates of releases",
        "table in line 35 (“What they cost”): not read into the catalogue, because “Free” names "
        "no provider, and no column has dates of releases",
        "line 15: column 5 of the service matrix has remarks: it stays in the table only",
    ]
    providers = [*Provider.objects.values_list("name", flat=True)]
    assert providers == ["Hetzner", "Scaleway", "OVHcloud"]
    assert {row.name: row.provider.name for row in Service.objects.all()} == {
        "Cloud servers": "Hetzner",
        "Hetzner Volumes": "Hetzner",
    }
    assert Guide.current().home_provider == "Hetzner"
    assert export() == TEXT


def test_a_cell_that_a_proposal_changes_is_all_that_changes_in_the_file(said, bring):
    cell = Offering.objects.get(name="Block Storage", note="fast")
    made = factories.changing(cell, name="Classic Volumes", note="slow")
    text = published(made)
    assert text == TEXT.replace("Block Storage (fast) ", "Classic Volumes (slow)")
    before = history.generation()
    assert "Nothing to do" in bring(text)
    assert history.generation() == before


def test_a_release_that_a_proposal_changes_is_all_that_changes_in_the_file(said, bring):
    text = published(factories.changing(Service.objects.get(name="Cloud servers"), released="2017"))
    assert text == TEXT.replace("| 2018-01", "| 2017   ")
    assert "Nothing to do" in bring(text)


def test_a_new_service_of_the_home_provider_gets_a_row_among_the_releases(said, bring):
    made = factories.changing(
        Subject.SERVICE,
        Operation.ADD,
        name="Load balancers",
        provider="hetzner",
        released="2020-06",
        availability="preview",
    )
    text = published(made)
    row = next(line for line in text.splitlines(True) if "Load balancers" in line)
    assert [cell.strip() for cell in row.split("|")] == ["Load balancers", "2020-06"]
    assert text.replace(row, "") == TEXT
    assert "Nothing to do" in bring(text)
    assert Service.objects.get(name="Load balancers").availability == "preview"


def test_vendor_words_tell_which_service_a_cell_means(said, bring):
    assert Offering.objects.get(name="Volumes").service is None
    factories.facts(vendor_words="Hetzner")
    bring(TEXT.replace("| Volumes   ", "| **Volumes**"))
    assert Offering.objects.get(name="Volumes").service.name == "Hetzner Volumes"


def test_a_changed_cell_of_a_file_is_proposed_as_a_change_of_the_catalogue(said, bring, lead):
    text = TEXT.replace("| Instances      |", "| Virtual Instances |")
    bring(text, as_proposal=True, by=lead.username)
    change = Proposal.objects.get().changes.get()
    assert (change.subject, change.proposed) == (Subject.OFFERING, {"name": "Virtual Instances"})


def test_a_home_provider_that_a_lead_chose_stays(bring, db):
    factories.facts(home_provider="Scaleway")
    bring(TEXT, replace=True)
    assert Guide.current().home_provider == "Scaleway"
    assert {row.provider.name for row in Service.objects.all()} == {"Scaleway"}
    assert Provider.objects.count() == 3


def test_a_home_provider_without_a_column_is_told(bring, db):
    factories.facts(home_provider="AWS")
    said = bring(TEXT, replace=True)
    assert "home provider: “AWS”, which has no column: choose another one in the settings" in said


@pytest.mark.parametrize(("name", "known"), [("Tea guide", []), ("Tea guide", ["Assam"])])
def test_releases_without_a_matrix_are_of_the_first_provider_or_of_the_guide_itself(
    bring, name, known
):
    factories.facts(name=name)
    for provider in known:
        factories.provider(provider)
    text = "# Tea\n\n| Product | Released |\n|---|---|\n| Earl Grey | 1831 |\n"
    bring(text, replace=True)
    assert Service.objects.get().provider.name == (known[0] if known else name)
    assert (Guide.current().home_provider, Capability.objects.count()) == ("", 0)
    assert published(factories.changing(Service.objects.get(), released="1830")) == text.replace(
        "1831", "1830"
    )


def test_the_front_matter_of_the_file_names_the_home_provider(bring, db):
    text = f"---\nhome_provider: Scaleway\n---\n\n{TEXT}"
    bring(text, replace=True)
    assert {row.provider.name for row in Service.objects.all()} == {"Scaleway"}
    assert Guide.current().home_provider == "Scaleway"
    assert export() == text
    assert "Nothing to do" in bring(text)


def test_front_matter_without_it_stays_as_it_is(bring, db):
    text = f"---\ntitle: Clouds\n---\n\n{TEXT}"
    bring(text, replace=True)
    assert (Guide.current().name, Guide.current().home_provider) == ("Clouds", "Hetzner")
    assert export() == text


def test_a_guide_without_a_catalogue_keeps_its_tables_as_text(bring, db):
    factories.facts(has_catalogue=False)
    said = bring(TEXT, replace=True)
    assert "tables: not read, because the guide has no catalogue (settings)" in said
    assert not Provider.objects.exists()
    matrix = Entry.objects.get(body__contains="Virtual server")
    assert elsewhere.place_of(matrix) is None
    factories.facts(has_catalogue=True)
    assert elsewhere.place_of(matrix).address == "/matrix/"
