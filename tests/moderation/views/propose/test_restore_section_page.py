"""The page that restores a section, and with it what retired together with it."""

import pytest
from django.urls import reverse

from entries.markdown import writer
from entries.models import Entry, Section
from guide_site.core import history
from moderation.changes import cascades
from moderation.changes.undo import MOST
from moderation.forms import subjects
from moderation.models import Change, Proposal
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]

URL = "/sections/storage/restore/"


@pytest.fixture
def section():
    """A retired one: with two entries, one nested, and a section below with one more."""
    made = factories.section("Storage")
    first = factories.entry("First.", section=made)
    factories.entry("Nested.", section=made, parent=first)
    factories.entry("Last.", section=made)
    factories.retire(factories.entry("Gone before.", section=made))
    factories.entry("Below.", section=factories.section("Tape", parent=made))
    return made


@pytest.fixture
def retired(section, member):
    """Retire it with all that is in it, by its page."""
    url = reverse("section-retire", args=["storage"])
    member.post(url, fields(member.get(url)) | {"reason": "Old."})
    merge(Proposal.objects.get())
    assert not Section.objects.live().exists()
    return section


def merge(proposal):
    proposal.status, proposal.opened_at = "open", proposal.created_at
    proposal.save()
    assert approve(proposal).is_merged


def live():
    return [row.opening_words for row in Entry.objects.live().order_by("pk")]


def test_all_that_retired_with_it_comes_back_byte_for_byte(member, section):
    before = writer.export()
    url = reverse("section-retire", args=["storage"])
    member.post(url, fields(member.get(url)) | {"reason": "Old."})
    merge(Proposal.objects.get())
    assert "retired with it: 4 entries and 1 section" in words(member.get(URL))
    assert member.post(URL, fields(member.get(URL))).status_code == 302
    proposal = Proposal.objects.latest("pk")
    assert proposal.changes.count() == 6
    merge(proposal)
    assert writer.export() == before
    assert live() == ["First.", "Nested.", "Last.", "Below."]


def test_it_can_come_back_alone(member, retired):
    member.post(URL, fields(member.get(URL)) | {"along": []})
    proposal = Proposal.objects.latest("pk")
    assert proposal.changes.count() == 1
    merge(proposal)
    assert live() == []


def test_what_retired_before_or_came_back_meanwhile_is_left_out(retired):
    with history.revision(by=None, comment="meanwhile"):
        tape = Section.objects.get(slug="tape")
        tape.retired_at, tape.retired_because = None, ""
        tape.save()
    held = cascades.retired_with_section(Section.objects.get(pk=retired.pk))
    assert [row.opening_words for row in held] == ["First.", "Nested.", "Last."]


def test_a_section_that_was_empty_asks_nothing(member, retired):
    merge_alone = fields(member.get(URL)) | {"along": []}
    member.post(URL, merge_alone)
    merge(Proposal.objects.latest("pk"))
    url = reverse("section-retire", args=["storage"])
    member.post(url, fields(member.get(url)) | {"reason": "Empty."})
    merge(Proposal.objects.latest("pk"))
    assert "retired with it" not in words(member.get(URL))


def test_more_than_fits_is_refused_with_a_way_on(member, retired, monkeypatch):
    monkeypatch.setattr(subjects, "MOST", 3)
    before = Change.objects.count()
    page = words(member.post(URL, fields(member.get(URL))))
    assert MOST > 3
    assert "bring back the section alone, then those below it" in page
    assert Change.objects.count() == before
