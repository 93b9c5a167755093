"""The lists of proposals: all of them, one's own, and the review queue."""

import datetime

import pytest
from django.utils import timezone

from moderation.models import Operation, Subject
from moderation.states import PUBLIC, Status
from tests import factories
from tests.moderation.helpers import approve, in_state, words

pytestmark = pytest.mark.django_db
ALL, MINE, QUEUE = "/proposals/", "/proposals/mine/", "/review/"


def titles(response):
    """The titles that a list shows, in order."""
    return [proposal.title for proposal in response.context["page"]]


def days_ago(number):
    return timezone.now() - datetime.timedelta(days=number)


def test_the_queue_is_oldest_first(as_user, editor):
    for age in (2, 9, 5):
        factories.proposal(title=f"{age} days", opened_at=days_ago(age))
    assert titles(as_user(editor).get(QUEUE)) == ["9 days", "5 days", "2 days"]


def test_the_queue_holds_open_ones_only(as_user, editor):
    for status in Status:
        in_state(status, title=status)
    assert titles(as_user(editor).get(QUEUE)) == [Status.OPEN]


def test_one_that_was_sent_again_keeps_its_place_in_the_queue(as_user, editor):
    old = factories.proposal(title="old", opened_at=days_ago(9))
    factories.proposal(title="new")
    approving = as_user(editor)
    url = f"/proposals/{old.pk}/"
    approving.post(f"{url}decide/", {"decision": "changes", "note": "Why?", "version": 1})
    approving.force_login(old.author)
    approving.post(f"{url}send/")
    approving.force_login(editor)
    assert titles(approving.get(QUEUE)) == ["old", "new"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("reader", 403), ("contributor", 403), ("expert", 200), ("editor", 200), ("lead", 200)],
)
def test_who_sees_the_queue(as_user, request, who, status):
    assert as_user(request.getfixturevalue(who)).get(QUEUE).status_code == status


def test_a_contributor_is_told_who_sees_the_queue(as_user, contributor):
    page = words(as_user(contributor).get(QUEUE))
    assert "Only experts, editors and leads see the review queue." in page


@pytest.mark.parametrize("url", [MINE, QUEUE])
def test_a_visitor_is_sent_to_the_log_in(client, url):
    assert client.get(url).url == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("url", [ALL, MINE, QUEUE])
def test_a_list_is_only_read(as_user, editor, url):
    assert as_user(editor).post(url).status_code == 405


def test_my_proposals_are_mine_only_with_drafts(as_user, contributor):
    for status in Status:
        in_state(status, title=status, author=contributor)
        in_state(status, title="theirs")
    assert titles(as_user(contributor).get(MINE)) == list(reversed(Status))


def test_a_reader_has_no_proposals(as_user, reader):
    response = as_user(reader).get(MINE)
    assert response.status_code == 403
    assert "may read but not propose" in words(response)


def test_all_that_was_sent_is_listed_newest_first(client):
    for number, status in enumerate(PUBLIC):
        in_state(status, title=status, opened_at=days_ago(number))
    assert titles(client.get(ALL)) == PUBLIC


def test_drafts_are_listed_for_nobody_not_even_their_author(client, contributor):
    in_state(Status.DRAFT, author=contributor)
    in_state(Status.WITHDRAWN, author=contributor)
    assert titles(client.get(ALL)) == []
    client.force_login(contributor)
    assert titles(client.get(ALL)) == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (ALL, "Nobody has proposed anything like this yet."),
        (MINE, "You have proposed nothing yet: open any entry and choose “Edit”."),
        (QUEUE, "Nothing waits for review. Well done."),
    ],
)
def test_an_empty_list_says_so(as_user, editor, url, sentence):
    assert sentence in words(as_user(editor).get(url))


@pytest.mark.parametrize("url", [ALL, MINE, QUEUE])
def test_queries_do_not_grow_with_the_list(
    as_user, contributor, expert, django_assert_max_num_queries, url
):
    client = as_user(expert if url == QUEUE else contributor)
    factories.proposal(author=contributor)
    client.get(url)
    with django_assert_max_num_queries(20) as one:
        client.get(url)
    few = len(one)
    for _ in range(9):
        factories.proposal(author=contributor)
        factories.addition(factories.section(), author=contributor)
    client.get(url)  # which of them merge is found once
    with django_assert_max_num_queries(few):
        assert len(titles(client.get(url))) == 19


def test_visitors_get_the_list_from_the_cache_until_something_happens(
    client, editor, entry, django_assert_num_queries
):
    made = factories.proposal(entry, "One, two, three, 4.")
    client.get(ALL)
    with django_assert_num_queries(1):
        client.get(ALL)
    approve(made, editor)
    assert "Merged Say it better" in words(client.get(ALL))


def test_a_list_is_for_visitors_the_same_bytes_whatever_else_is_asked(client):
    factories.proposal()
    assert client.get(ALL, {"utm_source": "x"}).content == client.get(ALL).content


def test_a_list_names_what_of_the_catalogue_changes(client):
    factories.changing(Subject.LEGEND_TAG, Operation.ADD, sign="🧪", label="Try")
    factories.changing(Subject.SERVICE, Operation.ADD, name="EBS")
    factories.changing(Subject.SECTION, Operation.ADD, title="Tape")
    page = words(client.get(ALL))
    assert "Add section “Tape”" in page
    assert "Add legend tag “Try”" in page
    assert "Add service “EBS”" in page
