"""The section editor: from the page to a draft that lists what was found."""

import pytest
from django.urls import reverse

from moderation.models import Proposal
from tests import factories
from tests.moderation.helpers import fields, words
from tests.moderation.section_texts import the_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return the_guide()


@pytest.fixture
def url(section):
    return reverse("section-edit", args=[section.slug])


def typed(member, url, *replacements, **more):
    """The form with some words replaced."""
    form = fields(member.get(url))
    for old, new in replacements:
        form["text"] = form["text"].replace(old, new)
    return form | {"title": "Better"} | more


def test_the_page_of_the_section_leads_there(client, section, url):
    assert f'href="{url}"' in client.get(section.get_absolute_url()).content.decode()


def test_what_was_typed_becomes_a_draft_with_what_was_found(member, url):
    lines = [("Buckets hold", "A bucket holds"), ("- **Versions", "- Fresh.\n- **Versions")]
    shown = member.post(url, typed(member, url, *lines), follow=True)
    assert [c.operation for c in Proposal.objects.get().changes.all()] == ["edit", "add"]
    assert "[removed: Buckets hold][added: A bucket holds]" in words(shown)


def test_the_sections_below_are_a_choice(member, url):
    assert "Include the sections below" in words(member.get(url))
    form = fields(member.get(f"{url}?below=1"))
    assert "### S3 cost" in form["text"]
    changed = form | {"text": form["text"].replace("S3 cost", "S3 bills"), "title": "Bills"}
    member.post(f"{url}?below=1", changed)
    assert Proposal.objects.get().changes.get().proposed["title"] == "S3 bills"


def test_a_section_with_none_below_does_not_offer_them(member, section):
    tips = section.children.get(title="S3 tips")
    page = member.get(reverse("section-edit", args=[tips.slug]) + "?below=1")
    assert "sections below" not in words(page)


def test_nothing_changed_is_a_sentence(member, url):
    assert "Nothing is changed yet" in words(member.post(url, typed(member, url)))
    assert not Proposal.objects.exists()


def test_what_was_taken_out_wants_a_reason(member, url):
    line = ("- **Versions:** Old objects can be kept.\n", "")
    shown = member.post(url, typed(member, url, line))
    assert "You removed “Versions”: say why." in words(shown)
    assert "Versions" not in fields(shown)["text"]
    member.post(url, fields(shown) | {"retired_because": "Everyone knows."})
    assert Proposal.objects.get().changes.get().proposed["retired_because"] == "Everyone knows."


def test_what_will_not_be_as_typed_is_told_once(member, url):
    form = typed(member, url, ("- **Versions", "- \n- Fresh.\n- **Versions"))
    shown = member.post(url, form)
    assert "an empty bullet" in words(shown)
    assert not Proposal.objects.exists()
    member.post(url, fields(shown))
    assert Proposal.objects.get().changes.get().proposed["body"] == "Fresh."


def test_what_cannot_be_proposed_is_told_with_its_line(member, url):
    shown = member.post(url, typed(member, url, ("- **Versions", "## Versions\n\n- **Versions")))
    assert "Line 6: a heading" in words(shown)
    assert "## Versions" in fields(shown)["text"]


def test_the_same_form_again_is_the_same_proposal(member, url):
    form = typed(member, url, ("- **Versions", "- Fresh.\n- Fresher.\n- **Versions"))
    member.post(url, form)
    member.post(url, form | {"text": form["text"].replace("- Fresher.\n", "")})
    assert [c.proposed["body"] for c in Proposal.objects.get().changes.all()] == ["Fresh."]


def test_it_goes_into_a_proposal_of_ones_own(member, contributor, url):
    mine = factories.proposal(author=contributor)
    form = typed(member, url, ("Buckets hold", "A bucket holds"), into=mine.pk)
    assert member.post(url, form).url == mine.get_absolute_url()
    assert mine.changes.count() == 2


@pytest.mark.parametrize("text", ["", "x" * 80_001, "a\0b", "<!-- ", "- " * 500, "> " * 3000])
def test_odd_texts_are_answered(member, url, text):
    form = typed(member, url, retired_because="Test.") | {"text": text}
    assert member.post(url, form).status_code in (200, 302)


@pytest.mark.parametrize("seen", [0, 2**31])
def test_a_revision_that_cannot_have_been_seen_makes_no_proposal(member, url, seen):
    form = typed(member, url, ("Buckets hold", "A bucket holds"), seen=seen)
    assert member.post(url, form).status_code in (200, 302)
    assert Proposal.objects.count() == (seen > 0)


def test_a_section_that_is_too_long_with_all_below_says_so(member, section, url):
    tips = section.children.get(title="S3 tips")
    for number in range(5):
        factories.entry(f"{number} " + "word " * 3900, section=tips)
    shown = member.get(f"{url}?below=1", follow=True)
    assert "too long to edit in one piece" in words(shown)
    assert shown.redirect_chain[0][0] == url
