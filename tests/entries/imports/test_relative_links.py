"""Links of an imported file to other files, and to itself by its name."""

import pytest

from entries.actions.guide import edit_guide
from entries.models import Entry, Guide
from guide_site.core import history
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db

TEXT = (
    "# Guide\n\n- See [rules](docs/RULES.md), [l](README.md#launch), [x](README.md#gone), "
    "[y](#gone) and [s](/sections/launch/).\n\n## Launch\n\n- b\n"
)


def html():
    return Entry.objects.get(body__startswith="See").body_html


def test_a_link_to_the_file_itself_leads_to_the_section():
    imported(TEXT)
    assert '<a href="/sections/launch/" rel="nofollow noopener ugc">l</a>' in html()


def test_a_path_of_this_site_stays_a_link():
    imported(TEXT)
    assert '<a href="/sections/launch/" rel="nofollow noopener ugc">s</a>' in html()


def test_what_the_site_does_not_have_is_no_link():
    imported(TEXT)
    assert html().count('class="missing"') == 3


def test_the_report_counts_what_leads_nowhere_and_what_leads_to_other_files():
    lines = list(imported(TEXT).lines())
    assert "5 links, 3 of them within the guide" in lines
    assert "    2 of these lead nowhere" in lines
    assert any(
        line.startswith("    1 links to other files: pages show their words") for line in lines
    )


def test_a_section_that_comes_later_gets_the_links_to_it():
    imported(TEXT.replace("## Launch", "## Start"))
    assert html().count('class="missing"') == 4
    imported(TEXT)
    assert ">l</a>" in html()


def test_with_a_source_the_links_lead_there():
    imported(TEXT)
    with history.revision(by=None, comment="Source"):
        edit_guide(Guide.current(), source_url="https://a.example/g")
    assert 'href="https://a.example/g/docs/RULES.md"' in html()
    assert 'href="https://a.example/g/README.md#gone"' in html()
    assert html().count('href="/sections/launch/"') == 2


def test_the_report_names_the_source():
    with history.revision(by=None, comment="Source"):
        edit_guide(Guide.current(), source_url="https://a.example/g")
    assert "    1 links to other files, read from https://a.example/g/" in imported(TEXT).lines()


def test_what_may_link_is_found_to_be_rendered_again():
    imported(TEXT)
    assert [entry.body[:3] for entry in Entry.objects.that_may_link()] == ["See"]
