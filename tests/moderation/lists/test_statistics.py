"""The public page of figures: how much waits, how long, and what became of the rest."""

import datetime
import re

import pytest

from moderation import actions
from moderation.lists.statistics import Month, health, in_words
from moderation.lists.statistics_plot import HEIGHT, plot
from moderation.models import Event
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state, words

pytestmark = pytest.mark.django_db
PAGE = "/proposals/health/"
NOW = datetime.datetime(2026, 3, 15, 12, tzinfo=datetime.UTC)


def ago(**span):
    return NOW - datetime.timedelta(**span)


def month(found, year, number):
    return next(m for m in found.months if m.start == datetime.date(year, number, 1))


def answer(proposal, after, *, by=None, what=Event.What.COMMENTED):
    """Log that somebody answered the proposal some time after it was sent."""
    at = proposal.opened_at + datetime.timedelta(**after)
    by = by or factories.user()
    Event.objects.create(proposal=proposal, what=what, old="open", new="open", by=by, at=at)


def test_without_proposals_there_is_nothing_to_tell():
    found = health(NOW)
    assert (found.waiting, found.median_age, found.oldest_age, found.first_answer) == (
        0,
        "",
        "",
        "",
    )
    assert [m.start.month for m in found.months] == [*range(4, 13), 1, 2, 3]
    assert plot(found.months) is None


@pytest.mark.parametrize(
    ("days", "median"), [([9], "9 days"), ([9, 3], "6 days"), ([3, 30, 9], "9 days")]
)
def test_it_counts_what_waits_and_how_long(days, median):
    for number in days:
        factories.proposal(opened_at=ago(days=number))
    in_state(Status.CHANGES_REQUESTED, opened_at=ago(days=300))
    found = health(NOW)
    assert (found.waiting, found.with_authors) == (len(days), 1)
    assert (found.median_age, found.oldest_age) == (median, f"{max(days)} days")


def test_it_counts_what_came_and_went_by_month():
    for status in (Status.MERGED, Status.MERGED, Status.DECLINED, Status.WITHDRAWN):
        closed = datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)
        in_state(status, opened_at=closed - datetime.timedelta(seconds=1), closed_at=closed)
    found = health(NOW)
    january, february = month(found, 2026, 1), month(found, 2026, 2)
    assert (january.sent, january.merged, january.declined) == (4, 0, 0)
    assert (february.sent, february.merged, february.declined) == (0, 2, 1)


def test_what_is_older_than_a_year_is_left_out():
    old = datetime.datetime(2025, 3, 31, 23, 59, tzinfo=datetime.UTC)
    in_state(Status.MERGED, opened_at=old, closed_at=old)
    assert sum(m.sent + m.merged for m in health(NOW).months) == 0


def test_the_first_answer_of_somebody_else_counts():
    proposal = factories.proposal(opened_at=ago(days=5))
    answer(proposal, {"minutes": 5}, by=proposal.author)
    answer(proposal, {"minutes": 7}, what=Event.What.AMENDED)
    answer(proposal, {"hours": 3})
    answer(proposal, {"hours": 9})
    assert health(NOW).first_answer == "3 hours"


def test_an_answer_of_a_removed_account_counts_and_so_does_one_to_it():
    first, second = (factories.proposal(opened_at=ago(days=5)) for _ in range(2))
    reviewer = factories.user()
    answer(first, {"hours": 3}, by=reviewer)
    answer(second, {"hours": 5})
    reviewer.delete()
    second.author.delete()
    assert health(NOW).first_answer == "4 hours"


def test_what_has_no_answer_yet_is_counted_unless_it_was_taken_back():
    factories.proposal(opened_at=ago(days=1))
    in_state(Status.WITHDRAWN, opened_at=ago(days=1))
    march = month(health(NOW), 2026, 3)
    assert (march.unanswered, march.first_answer) == (1, "")


def test_what_a_moderator_published_by_sending_it_waited_for_no_answer():
    proposal = in_state(Status.MERGED, opened_at=ago(days=1))
    proposal.closed_by = proposal.author
    proposal.save()
    answer(proposal, {}, by=proposal.author, what=Event.What.APPROVED)
    march = month(health(NOW), 2026, 3)
    assert (march.sent, march.unanswered, march.answers) == (1, 0, [])


def test_spam_is_counted_apart_from_what_was_declined_and_waited_for_no_answer():
    for what in (Event.What.SPAM, Event.What.DECLINED):
        closed = {"opened_at": ago(days=1), "closed_at": ago(hours=1)}
        answer(in_state(Status.DECLINED, **closed), {"hours": 3}, what=what)
    march = month(health(NOW), 2026, 3)
    assert (march.sent, march.declined, march.spam, march.unanswered) == (2, 1, 1, 0)
    assert march.answers == [datetime.timedelta(hours=3)]


def test_what_the_guide_had_already_is_counted_apart_from_what_was_merged():
    for status in (Status.ALREADY, Status.MERGED):
        in_state(status, opened_at=ago(days=1), closed_at=ago(hours=1))
    march = month(health(NOW), 2026, 3)
    assert (march.merged, march.already) == (1, 1)


def test_the_page_says_every_column(client):
    answer(in_state(Status.DECLINED), {"hours": 3}, what=Event.What.SPAM)
    columns = "Sent Merged There already Declined Spam First answer"
    page = client.get(PAGE).text.replace("</th>", " </th>")
    assert columns in " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_the_rest_of_a_split_proposal_was_not_sent_once_more():
    whole = in_state(Status.MERGED, opened_at=ago(days=1))
    factories.proposal(opened_at=whole.opened_at, split_from=whole)
    march = month(health(NOW), 2026, 3)
    assert (march.sent, march.unanswered) == (1, 1)


def test_drafts_count_nowhere():
    in_state(Status.DRAFT)
    found = health(NOW)
    assert (found.waiting, found.places, sum(m.sent for m in found.months)) == (0, [], 0)


def test_it_tells_where_it_waits():
    entry = factories.entry(section=factories.section("Storage"))
    for number in (3, 5):
        factories.proposal(entry, opened_at=ago(days=number))
    factories.report(entry)
    factories.report(factories.entry(section=factories.section("Compute")))
    in_state(Status.MERGED, entry=factories.entry())
    found = health(NOW)
    rows = [(p.title, p.proposals, p.oldest, p.reports) for p in found.places]
    assert rows == [("Storage", 2, "5 days", 1), ("Compute", 0, "", 1)]
    assert found.reports == 2


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ({"seconds": -5}, "0 minutes"),
        ({"seconds": 70}, "1 minute"),
        ({"minutes": 59}, "59 minutes"),
        ({"hours": 1}, "1 hour"),
        ({"hours": 47}, "47 hours"),
        ({"days": 2}, "2 days"),
        ({"days": 59}, "59 days"),
        ({"days": 90}, "3 months"),
        ({"days": 4000}, "133 months"),
    ],
)
def test_spans_of_time_in_words(span, text):
    assert in_words(datetime.timedelta(**span)) == text


@pytest.mark.parametrize("most", [1, 5, 6, 99, 100, 100_000])
def test_every_bar_stands_within_the_plot(most):
    months = [Month(datetime.date(2026, n, 1), sent=n, merged=most) for n in range(1, 13)]
    drawn = plot(months)
    assert all(bar.y >= 0 and bar.y + bar.height == drawn.bottom for bar in drawn.bars)
    assert all(0 <= y < HEIGHT for y, _ in drawn.lines)
    assert 2 <= len(drawn.lines) <= 7
    assert max(bar.x for bar in drawn.bars) + drawn.bar <= drawn.width


def test_the_page_shows_figures_plot_and_tables(client, editor):
    proposal = factories.proposal(factories.entry(section=factories.section("Storage")))
    actions.comment(proposal, by=editor, body="Fine.")
    page = client.get(PAGE)
    assert "Waiting for review 1" in words(page)
    assert "Storage10 minutes0" in words(page)
    assert '<rect class="plot__bar plot__bar--sent"' in page.text


def test_an_empty_page_says_so(client):
    page = client.get(PAGE)
    assert "Nothing waits anywhere." in words(page)
    assert "<rect" not in page.text.partition("figcaption")[0]


def test_the_page_follows_what_happens(client):
    first = client.get(PAGE)
    proposal = factories.proposal()
    actions.withdraw(proposal, by=proposal.author)
    assert client.get(PAGE)["ETag"] != first["ETag"]


def test_places_of_one_title_have_an_order_of_their_own():
    for slug in ("basics-2", "basics", "basics-3"):
        factories.report(factories.entry(section=factories.section("Basics", slug=slug)))
    assert [place.slug for place in health(NOW).places] == ["basics", "basics-2", "basics-3"]
