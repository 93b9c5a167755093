"""A move of an entry, and an edit of a whole section, can say which reports they fix too."""

import pytest
from django.urls import reverse

from moderation.models import Proposal
from tests import factories
from tests.moderation.helpers import draft, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(entry):
    return factories.report(entry, "It stands in the wrong section.")


@pytest.fixture
def urls(entry):
    section = factories.entry("Target.").section
    return {
        "move": f"{reverse('entry-move', args=[entry.pk])}?to={section.slug}",
        "section": reverse("section-edit", args=[entry.section.slug]),
    }


def send(member, url, **typed):
    form = fields(member.get(url))
    if "text" in form:
        typed["text"] = form["text"].replace("four", "4")
    return member.post(url, form | {"title": "Better"} | typed)


@pytest.mark.parametrize("page", ["move", "section"])
def test_what_is_ticked_is_what_it_fixes(member, urls, report, page):
    send(member, urls[page], fixes=[report.pk])
    assert list(Proposal.objects.get().fixes.all()) == [report]


@pytest.mark.parametrize("page", ["move", "section"])
def test_nothing_is_ticked_by_itself(member, urls, report, page):
    send(member, urls[page])
    assert not Proposal.objects.get().fixes.exists()


@pytest.mark.parametrize("page", ["move", "section"])
def test_reports_of_entries_elsewhere_cannot_be_slipped_in(member, urls, report, page):
    send(member, urls[page], fixes=[factories.report().pk])
    assert not Proposal.objects.get().fixes.exists()


@pytest.mark.parametrize("page", ["move", "section"])
def test_without_open_reports_there_is_nothing_to_tick(member, urls, page):
    assert "fixes" not in fields(member.get(urls[page]))


def test_what_the_proposal_fixes_already_stays_ticked(member, contributor, urls, report):
    into = draft(contributor, factories.entry("Other."), "Another.")
    into.fixes.add(report)
    send(member, urls["move"], into=into.pk)
    assert list(into.fixes.all()) == [report]
