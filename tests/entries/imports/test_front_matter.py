"""Facts of the guide come with a file, and go with it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from entries.markdown.writer import export
from entries.models import Guide, Section
from guide_site.core import history
from moderation.models import Change, Proposal, Subject
from tests import factories
from tests.moderation.helpers import approve

pytestmark = pytest.mark.django_db
FILE = """---
title: Guide to Tea
license: CC BY 4.0
layout: page
---

# Tea

## Green

- Steep it for two minutes.
- Use soft water.
"""


@pytest.fixture
def bring(tmp_path):
    def bring(text, **options):
        path, out = tmp_path / "tea.md", StringIO()
        path.write_text(text, encoding="utf-8")
        call_command("import_guide", str(path), stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return bring


def test_front_matter_is_no_heading_and_sets_the_facts(bring, client):
    bring(FILE)
    assert (Guide.current().name, Guide.current().licence) == ("Guide to Tea", "CC BY 4.0")
    assert {s.title for s in Section.objects.shown()} == {"Tea", "Green"}
    page = client.get("/guide/")
    assert "layout" not in page.text
    assert export() == FILE
    assert "Nothing to do" in bring(FILE)


def test_facts_that_leads_change_are_in_the_export_in_their_own_lines(bring):
    bring(FILE)
    factories.facts(name="Guide to Green Tea", tagline="All of it.")
    assert export() == FILE.replace("Guide to Tea", "Guide to Green Tea")
    assert "Nothing to do" in bring(export())


def test_a_file_changes_the_facts_that_it_changed(bring):
    bring(FILE)
    factories.facts(licence="MIT")
    bring(FILE.replace("Guide to Tea", "Guide to Tea and Herbs"))
    assert (Guide.current().name, Guide.current().licence) == ("Guide to Tea and Herbs", "MIT")


def test_as_a_proposal_it_is_a_change_of_the_settings(bring, contributor, lead):
    factories.user(username="editor-in-chief")
    bring(FILE)
    said = bring(
        FILE.replace("Guide to Tea", "Guide to Herbs").replace("layout: page", "layout: wide"),
        as_proposal=True,
        by=contributor.username,
    )
    assert "Open the settings of the guide: /guide/settings/" in said
    change = Change.objects.get()
    assert change.subject == Subject.GUIDE
    assert change.proposed == {"name": "Guide to Herbs"}
    assert approve(Proposal.objects.get(), by=lead).is_merged or approve(Proposal.objects.get())
    assert Guide.current().name == "Guide to Herbs"
    assert export() == FILE.replace("Guide to Tea", "Guide to Herbs")


def test_a_wrong_fact_is_reported_and_stops_nothing(bring):
    said = bring(FILE.replace("layout: page", "accent: yellow"))
    assert "front matter, accent: Write a colour as # and six digits" in said
    assert Guide.current().name == "Guide to Tea"
    assert Guide.current().accent == ""


def test_without_front_matter_a_guide_is_called_as_its_title(bring):
    bring("# Guide to Tea\n\n## Green\n\n- Steep it.\n")
    assert str(Guide.current()) == "Guide to Tea"
    assert Guide.current().licence == ""


def test_a_fact_that_the_file_says_no_more_is_unknown_again(bring):
    bring(FILE)
    bring(FILE.replace("license: CC BY 4.0\n", ""))
    assert (Guide.current().name, Guide.current().licence) == ("Guide to Tea", "")


def test_another_guide_keeps_no_fact_of_the_one_before(bring, client):
    bring(FILE.replace("layout: page", "credit: Jane"))
    factories.service("Pot")
    said = bring("# Coffee\n\n- Grind it.\n- Brew it.\n", replace=True)
    guide = Guide.current()
    assert (guide.name, guide.licence, guide.credit) == ("Coffee", "", "")
    assert "the catalogue of the guide before is hidden" in said
    assert "Pot" not in client.get("/").text
    assert "Jane" not in client.get("/").text


def test_the_facts_are_there_before_links_are_counted(bring):
    text = FILE.replace("layout: page", "source: https://code.example/tea/blob/main/")
    said = bring(text.replace("Use soft water.", "Use [soft](water.md) water."))
    assert "no source address" not in said


def test_an_address_that_is_none_stops_no_import(bring):
    said = bring(FILE.replace("layout: page", "license_url: https://nowhere"))
    assert "front matter, license_url: Write an address" in said
    assert Guide.current().licence_url == ""


def test_a_name_that_is_there_stays(bring):
    factories.facts(name="Our guide")
    bring("# Guide to Tea\n\n- Steep it.\n")
    assert str(Guide.current()) == "Our guide"


def settings(*facts, **options):
    out = StringIO()
    call_command("guide_settings", *facts, stdout=out, **options)
    return out.getvalue()


def test_an_operator_shows_and_changes_the_facts():
    said = settings("name=Guide to Tea", "language=fa", "has_catalogue=off")
    assert {"name = Guide to Tea", "direction = rtl", "has_catalogue = off"} <= {*said.split("\n")}
    generation = history.generation()
    assert settings() == said == settings("name=Guide to Tea")
    assert history.generation() == generation


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("colour=blue", "write NAME=VALUE, with one of name, tagline"),
        ("name", "write NAME=VALUE"),
        ("has_catalogue=maybe", "write on or off"),
        ("accent=blue", "accent: Write a colour as #.* Nothing was changed."),
        ("direction=up", "direction: Write ltr"),
        ("name=" + "x" * 121, "121 characters; 120 are the most"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence(fact, sentence):
    with pytest.raises(CommandError, match=sentence):
        settings("tagline=New", fact)
    assert Guide.current().tagline == ""
