"""The page “Guide settings”: leads change the facts of the guide through a proposal."""

import pytest

from entries.markdown import front_matter
from entries.models import Guide
from guide_site.core.guide_facts import UNKNOWN
from moderation.changes.fields import SNAPSHOTS
from moderation.forms.guide import GuideForm
from moderation.models import Change, Proposal, ReviewClass, Subject
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db
ADDRESS = "/guide/settings/"


@pytest.fixture
def send(as_user, lead):
    """Open the page, fill its form, send it; returns the response."""
    client = as_user(lead)
    return lambda **typed: client.post(ADDRESS, fields(client.get(ADDRESS)) | typed)


def test_what_a_lead_changes_is_a_sensitive_proposal_of_the_whole(send):
    factories.facts(name="Guide to Tea", licence="CC BY 4.0")
    assert send(name="Guide to Green Tea", language="zh-Hans").status_code == 302
    change = Change.objects.get()
    assert (change.base["name"], change.proposed["name"]) == ("Guide to Tea", "Guide to Green Tea")
    assert Proposal.objects.get().review_class == ReviewClass.SENSITIVE
    assert str(Guide.current()) == "Guide to Tea"


def test_two_leads_publish_it_and_pages_say_it(send, client):
    send(name="Guide to Green Tea", licence="CC BY 4.0", accent="#7A0019", language="ja")
    proposal = Proposal.objects.get()
    assert "settings of the guide" in words(client.get(proposal.get_absolute_url()))
    proposal.status, proposal.opened_at = "open", proposal.created_at
    proposal.save()
    assert approve(proposal).is_merged
    client.logout()
    page = client.get("/")
    assert "<h1>Guide to Green Tea</h1>" in page.text
    assert "The text is under CC BY 4.0." in page.text
    assert '<html lang="ja" dir="ltr">' in page.text
    assert "light-dark(#7a0019," in client.get("/guide.css").text


def test_another_fact_that_changed_meanwhile_stays(send, client):
    factories.facts(name="Guide to Tea")
    send(name="Guide to Green Tea")
    factories.facts(licence="MIT")
    proposal = Proposal.objects.get()
    proposal.status, proposal.opened_at = "open", proposal.created_at
    proposal.save()
    assert approve(proposal).is_merged
    assert (Guide.current().name, Guide.current().licence) == ("Guide to Green Tea", "MIT")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "Tea", "accent": "#ffff00"}, "White text on this colour is hard to read"),
        ({"name": "Tea", "picture_hosts": "'self'; script-src *"}, "is no name of a host"),
        ({"name": "Tea", "contact": "javascript:alert(1)"}, "Write an email address"),
        ({"name": "Tea", "language": "English please"}, "Write the tag of a language"),
        ({"name": "Tea", "synonyms": "alone"}, "name two words or more"),
        ({}, "Nothing is changed yet"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(send, typed, sentence):
    factories.facts(name="Guide")
    page = send(**typed, why="Because I say so.")
    assert page.status_code == 200
    assert sentence in words(page)
    assert all(value in page.text for value in ["Because I say so.", "Guide"])
    assert not Proposal.objects.exists()


def test_every_fact_can_be_checked_edited_proposed_and_written_in_a_file():
    columns = {field.name for field in Guide._meta.fields} - {"id"}
    proposed = {field.name for field in SNAPSHOTS[Subject.GUIDE]}
    assert columns == {*UNKNOWN} == {*GuideForm.OWN} == proposed
    assert columns == {*front_matter.NAMES.values()}


def test_the_page_groups_the_settings(as_user, lead):
    page = as_user(lead).get(ADDRESS).text
    assert page.index("What it is</h2>") < page.index('name="name"') < page.index("Language</h2>")


def test_only_leads_find_the_page_in_their_menu(as_user, lead, editor):
    assert ADDRESS in as_user(lead).get("/").text
    assert ADDRESS not in as_user(editor).get("/").text
