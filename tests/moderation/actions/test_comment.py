"""Commenting on a proposal."""

import pytest
from django.core.exceptions import ValidationError

from guide_site.core import history
from moderation import actions
from moderation.models import Comment, Event
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state, state_of

pytestmark = pytest.mark.django_db


def test_it_is_markdown_like_everything_else(contributor):
    made = actions.comment(factories.proposal(), by=contributor, body="  See **this**.  ")
    assert made.body == "See **this**."
    assert made.body_html == "<p>See <strong>this</strong>.</p>\n"


@pytest.mark.parametrize(
    ("target", "html"),
    [
        ("#s3", '<a href="/sections/s3/" rel="nofollow noopener ugc">it</a>'),
        ("#größe", '<a href="/sections/gr%C3%B6%C3%9Fe/" rel="nofollow noopener ugc">it</a>'),
        ("#a/b", '<span class="missing" title="This guide has no section “a/b”.">it</span>'),
    ],
)
def test_a_link_within_the_guide_leads_to_the_section_of_that_slug(contributor, target, html):
    made = actions.comment(factories.proposal(), by=contributor, body=f"See [it]({target}).")
    assert made.body_html == f"<p>See {html}.</p>\n"


def test_it_is_logged_and_publishes_nothing(contributor):
    proposal = factories.proposal()
    before = history.generation()
    actions.comment(proposal, by=contributor, body="Why?")
    event = proposal.events.get()
    assert (event.what, event.by) == (Event.What.COMMENTED, contributor)
    assert (event.old, event.new) == (Status.OPEN, Status.OPEN)
    assert history.generation() == before


def test_it_changes_neither_state_nor_version(contributor):
    proposal = factories.proposal()
    actions.comment(proposal, by=contributor, body="Why?")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.version) == (Status.OPEN, 1)


@pytest.mark.parametrize("status", ["open", "changes", "merged", "declined"])
def test_everything_that_was_sent_can_be_discussed(contributor, status):
    proposal = in_state(status)
    actions.comment(proposal, by=contributor, body="Why?")
    assert proposal.comments.get().author == contributor


@pytest.mark.parametrize("body", ["", "  ", "\r\n\t"])
def test_an_empty_one_is_refused(contributor, body):
    with pytest.raises(ValidationError):
        actions.comment(factories.proposal(), by=contributor, body=body)
    assert not Comment.objects.exists()
    assert not Event.objects.exists()


def test_a_draft_has_no_discussion(contributor):
    proposal = in_state(Status.DRAFT, author=contributor)
    with pytest.raises(actions.Refused, match="Send the proposal first"):
        actions.comment(proposal, by=contributor, body="Note to myself.")


def test_a_reader_may_not(reader):
    proposal = factories.proposal()
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="may read but not comment"):
        actions.comment(proposal, by=reader, body="Why?")
    assert state_of(proposal) == before


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<details ontoggle=alert(1) open>",
    ],
)
def test_hostile_markup_is_taken_out(contributor, body):
    html = actions.comment(factories.proposal(), by=contributor, body=body).body_html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<details ontoggle" not in html
