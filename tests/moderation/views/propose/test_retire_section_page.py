"""The page that retires a section, and along with it what is in it."""

import pytest
from django.urls import reverse

from entries.models import Entry, Section
from guide_site.core import history
from moderation.forms import subjects
from moderation.models import Operation, Proposal
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, draft, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    """One with two entries, one nested under the other, and a section below with one more."""
    made = factories.section("Storage")
    first = factories.entry("First.", section=made)
    factories.entry("Nested.", section=made, parent=first)
    factories.entry("Below.", section=factories.section("Tape", parent=made))
    return made


@pytest.fixture
def send(member, section):
    """Fill the form and send it; returns the response."""
    url = reverse("section-retire", args=["storage"])

    def fill(**typed):
        return member.post(url, fields(member.get(url)) | {"reason": "Old."} | typed)

    return fill


def merge(proposal):
    proposal.status, proposal.opened_at = "open", proposal.created_at
    proposal.save()
    return approve(proposal)


def left():
    entries, sections = Entry.objects.live(), Section.objects.live()
    return [row.opening_words for row in entries], [row.title for row in sections]


def test_it_counts_what_would_go_along(member, section):
    assert "same reason: 3 entries and 1 section" in words(member.get("/sections/storage/retire/"))


def test_all_of_it_retires_with_one_proposal_for_one_reason(send):
    send()
    assert merge(Proposal.objects.get()).is_merged
    assert left() == ([], [])
    rows = [*Entry.objects.all(), *Section.objects.all()]
    assert {row.retired_because for row in rows} == {"Old."}


def test_each_entry_is_a_change_that_reviewers_see(send):
    send()
    proposal = Proposal.objects.get()
    assert proposal.changes.count() == 4
    assert set(proposal.changes.values_list("operation", flat=True)) == {"retire"}


def test_a_section_with_something_in_it_does_not_retire_alone(send):
    assert "First move it elsewhere" in words(send(along=[]))
    assert not Proposal.objects.exists()


def test_an_empty_section_is_not_asked(member):
    factories.section("Empty")
    form = fields(member.get("/sections/empty/retire/"))
    assert "along" not in form
    assert member.post("/sections/empty/retire/", form | {"reason": "Old."}).status_code == 302


def test_without_a_reason_nothing_is_kept(send):
    assert "Say why the guide should no longer have this" in words(send(reason=" "))
    assert not Proposal.objects.exists()


def test_more_than_one_proposal_holds_is_refused(send, monkeypatch):
    monkeypatch.setattr(subjects, "MOST", 3)
    assert "More than 3 changes" in words(send())
    assert not Proposal.objects.exists()


def test_what_the_same_proposal_moves_elsewhere_stays(send, contributor, section):
    other = factories.entry("Other.")
    into = draft(contributor, other, "Another.")
    entry, tape = section.entries.get(body="First."), section.children.get()
    place = {"section": other.section_id, "parent": None, "after": None}
    move = factories.also(into, entry, Operation.MOVE, **place)
    move.base = {"section": section.pk, "parent": None}
    move.save()
    factories.also(into, tape, Operation.MOVE, parent=None, after=None)
    send(into=into.pk, along=[])
    assert merge(into).is_merged
    assert sorted(left()[0]) == ["Another.", "Below.", "First.", "Nested."]
    assert "Storage" not in left()[1]


def test_a_section_that_the_same_proposal_renames_goes_after_its_entries(
    send, contributor, section
):
    into = draft(contributor, factories.entry("Other."), "Another.")
    factories.also(into, section, title="Keeping data")
    send(into=into.pk)
    assert merge(into).is_merged
    assert "Storage" not in left()[1]


def test_sending_the_form_again_changes_nothing(member, section):
    url = reverse("section-retire", args=["storage"])
    form = fields(member.get(url)) | {"reason": "Old."}
    member.post(url, form)
    before = Proposal.objects.get().version
    member.post(url, form)
    assert Proposal.objects.get().version == before


def test_what_is_put_in_it_meanwhile_is_not_swept_away(send, section):
    send()
    factories.entry("New.", section=section)
    assert_not_merged(merge(Proposal.objects.get()), match="move its entries first")
    assert len(left()[0]) == 4


def test_an_edit_meanwhile_is_a_conflict(send, section):
    send()
    factories.edit(section.entries.get(body="Nested."), "Nested, better.")
    assert_not_merged(merge(Proposal.objects.get()))
    assert len(left()[0]) == 3


def test_undoing_its_revision_brings_all_of_it_back(member, send, section):
    send()
    merge(Proposal.objects.get())
    url = reverse("revision-undo", args=[history.generation()])
    member.post(url, fields(member.get(url)))
    assert merge(Proposal.objects.get(status="draft")).is_merged
    assert sorted(left()[0]) == ["Below.", "First.", "Nested."]
    assert set(left()[1]) == {"Storage", "Tape"}
    assert Entry.objects.get(body="Nested.").parent == Entry.objects.get(body="First.")
