"""Editors offer the open reports that a proposal may fix; what is ticked is saved with it."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(entry):
    return factories.report(entry, text="Four is five now.")


@pytest.fixture
def fixing(entry, report):
    """An open proposal that fixes the report."""
    made = factories.proposal(entry, "One, two, three, five.")
    made.fixes.add(report)
    return made


def test_who_retires_an_entry_is_told_which_reports_that_closes(as_user, contributor, report):
    page = words(as_user(contributor).get(f"/entries/{report.entry_id}/retire/"))
    assert "its open reports are closed as fixed: Four is five now." in page


@pytest.fixture
def editor_page(entry):
    return reverse("entry-edit", args=[entry.pk])


def test_the_editor_offers_the_open_reports_of_the_entry(as_user, contributor, editor_page, report):
    factories.report(text="Elsewhere.")
    page = as_user(contributor).get(editor_page)
    assert fields(page)["fixes"] == []
    assert "Outdated: “Four is five now.”" in words(page)
    assert "Elsewhere." not in words(page)


def test_without_reports_the_editor_asks_nothing(as_user, contributor, editor_page):
    assert "fixes" not in fields(as_user(contributor).get(editor_page))


def test_a_report_leads_to_the_editor_with_its_box_ticked(as_user, contributor, report):
    client = as_user(contributor)
    address = f"/entries/{report.entry_id}/edit/?fixes={report.pk}"
    assert address in client.get(report.get_absolute_url()).content.decode()
    assert fields(client.get(address))["fixes"] == [str(report.pk)]


@pytest.mark.parametrize("ticked", ["", "x", "999999999999999999999", "-1", "1;drop"])
def test_nonsense_in_the_address_ticks_nothing(as_user, contributor, editor_page, report, ticked):
    page = as_user(contributor).get(editor_page, {"fixes": ticked})
    assert fields(page)["fixes"] == []


def send(client, address, **typed):
    form = fields(client.get(address)) | {"body": "Five.", "title": "Count"} | typed
    return client.post(address, form)


def test_what_is_ticked_is_kept_with_the_draft_and_shown(as_user, contributor, editor_page, report):
    client = as_user(contributor)
    answer = send(client, editor_page, fixes=[report.pk])
    assert list(Proposal.objects.get().fixes.all()) == [report]
    assert "Fixes the report Four is five now. Open" in words(client.get(answer.url))


@pytest.mark.parametrize("sent", ["x", "0", "9" * 25])
def test_a_made_up_report_is_not_fixed(as_user, contributor, editor_page, report, sent):
    assert send(as_user(contributor), editor_page, fixes=[sent]).status_code == 302
    assert not Proposal.objects.get().fixes.exists()


def test_reports_of_other_entries_cannot_be_slipped_in(as_user, contributor, editor_page, report):
    other = factories.report()
    send(as_user(contributor), editor_page, fixes=[other.pk, report.pk])
    assert list(Proposal.objects.get().fixes.all()) == [report]


def test_a_refused_form_keeps_its_ticks(as_user, contributor, editor_page, report):
    page = send(as_user(contributor), editor_page, fixes=[report.pk], title="")
    assert fields(page)["fixes"] == [str(report.pk)]


def test_amending_shows_and_changes_what_is_fixed(as_user, fixing, report):
    address = reverse("proposal-amend", args=[fixing.pk])
    client = as_user(fixing.author)
    assert fields(client.get(address))["fixes"] == [str(report.pk)]
    send(client, address, fixes=[])
    assert not fixing.fixes.exists()


def test_amending_forgets_no_report_that_is_not_offered(as_user, fixing, report, lead):
    actions.dismiss_report(report, by=lead, note="No.")
    send(as_user(fixing.author), reverse("proposal-amend", args=[fixing.pk]))
    assert list(fixing.fixes.all()) == [report]


def test_the_report_names_the_proposals_that_would_fix_it(client, fixing, report):
    factories.proposal(report.entry, status=Status.DRAFT, title="Secret").fixes.add(report)
    page = words(client.get(report.get_absolute_url()))
    assert "proposes a fix: Say it better" in page
    assert "Secret" not in page
    approve(fixing)
    page = words(client.get(report.get_absolute_url()))
    assert "Fixed by the proposal Say it better." in page
    assert "proposes a fix" not in page


def test_one_click_that_amends_words_and_fixes_is_one_line_of_the_log(as_user, fixing, report):
    address = reverse("proposal-amend", args=[fixing.pk])
    send(as_user(fixing.author), address, fixes=[])
    assert [event.what for event in fixing.events.all()] == ["amended"]
    assert not fixing.fixes.exists()


def test_one_click_that_adds_a_change_and_ticks_a_report_is_one_line_of_the_log(
    as_user, editor_page, report
):
    into = factories.proposal(factories.entry("Elsewhere."))
    send(as_user(into.author), editor_page, into=into.pk, fixes=[report.pk])
    assert [event.what for event in into.events.all()] == ["amended"]
    assert list(into.fixes.all()) == [report]


def test_a_click_that_is_refused_leaves_nothing_saved(as_user, editor_page, report):
    into = factories.proposal(factories.entry("Elsewhere."), why="x" * 3990)
    page = send(as_user(into.author), editor_page, into=into.pk, fixes=[report.pk], why="And so.")
    assert "over 4000 characters" in words(page)
    assert fields(page)["fixes"] == [str(report.pk)]
    assert (into.changes.count(), into.fixes.count(), into.events.count()) == (1, 0, 0)
