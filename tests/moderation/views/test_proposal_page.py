"""The page of a proposal: who sees it, what it shows, and how it is served."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, in_state, words

pytestmark = pytest.mark.django_db
SENT = [status for status in Status if status not in (Status.DRAFT, Status.WITHDRAWN)]


@pytest.fixture
def proposal(entry):
    return factories.proposal(entry, "One, two, three, 4.")


def html(client, proposal):
    return client.get(proposal.get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", SENT)
def test_what_was_sent_is_public(client, reader, status):
    made = in_state(status)
    assert "Say it better" in html(client, made)
    client.force_login(reader)
    assert "Say it better" in html(client, made)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_a_draft_is_not_found_by_anybody_else(client, lead, status):
    url = in_state(status).get_absolute_url()
    assert client.get(url).status_code == 404
    client.force_login(lead)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("page", ["comment", "decide", "send", "withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_below_a_draft_gives_it_away(as_user, lead, page, method):
    url = reverse(f"proposal-{page}", args=[in_state(Status.DRAFT).pk])
    assert getattr(as_user(lead), method)(url, {"body": "x"}).status_code == 404


def test_the_author_sees_the_draft_and_what_to_do_with_it(as_user, contributor):
    made = in_state(Status.DRAFT, author=contributor)
    page = words(as_user(contributor).get(made.get_absolute_url()))
    assert "This is a draft that only you can see." in page
    assert "Send for review" in page
    assert "Edit further" in page


@pytest.mark.parametrize("pk", [10**6, 10**30])
def test_one_that_never_was_is_not_found(client, pk):
    assert client.get(f"/proposals/{pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, proposal, method):
    assert getattr(client, method)(proposal.get_absolute_url()).status_code == 405


def test_the_difference_marks_words_with_ins_and_del(client, proposal):
    page = html(client, proposal)
    assert '<del><span class="unseen">[removed: </span>four<span' in page
    assert '<ins><span class="unseen">[added: </span>4<span' in page


def test_it_shows_both_sides_rendered(client, entry):
    made = factories.proposal(entry, "One, **two**, three, four.")
    page = html(client, made)
    assert "<p>One, two, three, four.</p>" in page
    assert "<p>One, <strong>two</strong>, three, four.</p>" in page


def test_it_shows_tags_that_come_and_go(client):
    factories.legend_tag("gotcha", "❗")
    factories.legend_tag("cost", "💸")
    entry = factories.entry(tags=["gotcha"])
    made = factories.proposal(entry, entry.body)
    made.changes.update(proposed={"body": entry.body, "tags": ["cost"]})
    page = html(client, made)
    assert "<del>❗ Gotcha</del>" in page
    assert "<ins>💸 Cost</ins>" in page


def test_a_retirement_shows_its_reason_and_all_that_goes(client, entry):
    page = html(client, factories.retirement(entry, because="Gone since 2020."))
    assert "Reason: Gone since 2020." in page
    assert "[removed: </span>One, two, three, four.<span" in page


def test_an_addition_shows_what_comes_and_where(client, entry):
    page = html(client, factories.addition(entry.section, "A **new** point."))
    assert "<p>A <strong>new</strong> point.</p>" in page
    assert entry.section.get_absolute_url() in page


def test_it_shows_what_the_author_says_about_it(client, entry):
    about = {"why": "Line 1.\nLine 2.", "affiliation": "ACME"}
    made = factories.proposal(entry, sources=["https://a.example/?a=1&b=2"], **about)
    page = html(client, made)
    assert "Line 1.<br>Line 2." in page
    assert "Declared affiliation:</strong> ACME" in page
    assert 'rel="nofollow noopener ugc" href="https://a.example/?a=1&amp;b=2"' in page


def test_it_says_what_is_missing(client, proposal):
    assert "Needs 2 approvals: an editor and a lead." in html(client, proposal)


def test_edits_that_fit_together_are_shown_merged(client, entry, proposal):
    factories.edit(entry, "1, two, three, four.")
    page = html(client, proposal)
    assert "Both edits fit together" in page
    assert "<p>1, two, three, 4.</p>" in page


def test_a_conflict_names_the_words(client, entry, proposal):
    factories.edit(entry, "One, two, three, vier.")
    page = words(client.get(proposal.get_absolute_url()))
    assert "This does not merge at present." in page
    assert "four vier 4" in page


def test_that_of_a_retired_entry_says_why_it_does_not_merge(client, entry, proposal):
    factories.retire(entry, "It was wrong.")
    page = words(client.get(proposal.get_absolute_url()))
    assert "This entry was retired meanwhile: It was wrong." in page


def test_the_log_tells_who_did_what_and_why(client, editor, proposal):
    actions.request_changes(proposal, by=editor, version=1, note="No source.\nAnd long.")
    page = words(client.get(proposal.get_absolute_url()))
    assert "editor requested changes" in page
    assert "No source.And long." in page


def test_visitors_get_the_same_bytes_from_the_cache(client, proposal, django_assert_num_queries):
    url = proposal.get_absolute_url()
    first = client.get(url)
    with django_assert_num_queries(1):
        again = client.get(url)
    assert again.content == first.content
    assert again["Cache-Control"] == "public, no-cache"


def test_a_visitor_who_has_it_already_is_told_so(client, proposal):
    url = proposal.get_absolute_url()
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


STEPS = {
    "comment": lambda p, editor: actions.comment(p, by=editor, body="A remark."),
    "request": lambda p, editor: actions.request_changes(p, by=editor, version=1, note="No."),
    "decline": lambda p, editor: actions.decline(p, by=editor, version=1, note="No."),
    "approve": approve,
    "withdraw": lambda p, editor: actions.withdraw(p, by=p.author),
}


@pytest.mark.parametrize("step", STEPS)
def test_visitors_see_a_step_at_once(client, editor, proposal, step):
    url = proposal.get_absolute_url()
    before = client.get(url)
    STEPS[step](proposal, editor)
    after = client.get(url, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_visitors_see_at_once_that_it_no_longer_merges(client, entry, proposal):
    html(client, proposal)
    factories.edit(entry, "One, two, three, vier.")
    assert "This does not merge at present." in html(client, proposal)


def test_a_page_for_visitors_holds_nothing_personal(client, proposal):
    response = client.get(proposal.get_absolute_url())
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_what_a_member_sees_is_kept_out_of_the_cache(client, lead, proposal):
    client.force_login(lead)
    response = client.get(proposal.get_absolute_url())
    client.logout()
    assert "private" in response["Cache-Control"]
    assert "Note to the author" in response.content.decode()
    assert "Note to the author" not in html(client, proposal)


@pytest.mark.usefixtures("one_is_enough")
def test_a_merged_one_leads_to_its_revision_and_to_undoing_it(client, proposal):
    approve(proposal)
    revision = proposal.merge_note.revision_id
    page = html(client, proposal)
    assert f'href="/changes/{revision}/"' in page
    assert f'href="/changes/{revision}/undo/"' in page


def test_one_that_takes_back_a_revision_says_which(client, proposal):
    proposal.reverts_id = factories.history.generation()
    proposal.save()
    assert f"revision {proposal.reverts_id}" in html(client, proposal)


def test_an_open_one_has_nothing_to_undo(client, proposal):
    assert "Undo this" not in html(client, proposal)


def test_a_merged_one_shows_what_was_published(client, entry, proposal):
    factories.edit(entry, "1, two, three, four.")
    approve(proposal)
    assert "<p>1, two, three, 4.</p>" in html(client, proposal)


def test_the_text_after_shows_the_tags_that_would_be_published(client, entry, proposal):
    factories.legend_tag(label="Gotcha!")
    factories.edit(entry, entry.body, tags=["gotcha"])
    page = html(client, proposal)
    assert "Gotcha!" in page[page.index(">After<") :]


def test_it_says_that_two_sentences_added_at_one_place_both_stay(client, entry):
    entry_text = entry.body
    made = factories.proposal(entry, f"{entry_text} It is cheap.")
    factories.edit(entry, f"{entry_text} It is fast.")
    page = words(client.get(made.get_absolute_url()))
    assert "Both additions stay." in page
    assert "has added “It is fast.” where this proposal adds “It is cheap.”." in page
    assert approve(made).is_merged
    entry.refresh_from_db()
    assert entry.body == f"{entry_text} It is fast. It is cheap."
