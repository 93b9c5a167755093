"""Members watch parts of the guide: a button on their pages, and a list of all."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation import actions
from moderation.models import Watch
from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(entry):
    """One of each kind that can be watched."""
    return {
        "entry": entry,
        "section": factories.section("Basics"),
        "service": factories.service("S3"),
        "legend_tag": factories.legend_tag(),
    }


@pytest.fixture
def member(as_user, reader):
    """A client of a member without any role."""
    return as_user(reader)


def press(client, thing, do="watch", **fields):
    fields |= {"kind": Watch.kind_of(thing), "thing": thing.pk, "do": do}
    return client.post("/watching/", fields, follow=True)


@pytest.mark.parametrize("kind", Watch.TARGETS)
def test_a_button_on_its_page_takes_up_watching_and_drops_it(member, reader, things, kind):
    thing = things[kind]
    page = member.get(thing.get_absolute_url(), follow=True)
    assert 'value="watch"' in page.text
    watched = press(member, thing)
    assert f"You watch “{thing}”" in words(watched)
    assert watched.request["PATH_INFO"] == thing.get_absolute_url()
    assert 'value="unwatch"' in watched.text
    assert getattr(Watch.objects.get(user=reader), kind) == thing
    assert 'value="watch"' in press(member, thing, "unwatch").text
    assert not Watch.objects.exists()


@pytest.mark.parametrize("kind", Watch.TARGETS)
def test_visitors_see_no_button_and_pay_no_query(client, things, kind):
    address = things[kind].get_absolute_url()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert "/watching/" not in page.text
    assert not [q for q in queries if "watch" in q["sql"] or "notification" in q["sql"]]


def test_a_double_click_is_one_watch(member, things):
    press(member, things["entry"]), press(member, things["entry"])
    assert Watch.objects.count() == 1


def test_what_is_not_watched_can_be_dropped_without_a_fuss(member, things):
    assert "You no longer watch" in words(press(member, things["entry"], "unwatch"))


def test_nobody_drops_the_watch_of_another(member, editor, things):
    actions.watch(things["entry"], by=editor)
    press(member, things["entry"], "unwatch")
    assert Watch.objects.get().user == editor


WRONG = [
    {},
    {"kind": "proposal"},
    {"kind": "user"},
    {"thing": "x"},
    {"thing": 0},
    {"thing": "9" * 30},
    {"thing": 10**9},
    {"do": "destroy"},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_makes_no_sense_changes_nothing(member, things, wrong):
    right = {"kind": "entry", "thing": things["entry"].pk, "do": "watch"}
    answer = member.post("/watching/", (right | wrong) if wrong else {}, follow=True)
    assert "There is no such thing to watch" in words(answer)
    assert not Watch.objects.exists()


def test_the_list_shows_all_kinds_with_a_button_to_stop(member, reader, things):
    for thing in things.values():
        actions.watch(thing, by=reader)
    page = member.get("/watching/")
    for label in ("Entry", "Section Basics", "Service S3", "Legend tag ❗ Gotcha"):
        assert label in words(page)
    answer = press(member, things["section"], "unwatch", listed="1")
    assert answer.request["PATH_INFO"] == "/watching/"
    assert Watch.objects.count() == 3


def test_an_empty_list_says_how_to_begin(member):
    assert "choose “Watch”" in words(member.get("/watching/"))


def test_the_list_has_pages_and_costs_the_same_however_long(member, reader):
    counts = []
    for number in (1, 60):
        for _ in range(number):
            actions.watch(factories.entry(), by=reader)
        with CaptureQueriesContext(connection) as queries:
            page = member.get("/watching/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Page 1 of 2" in words(page)


def test_the_list_is_ones_own(member, editor, things):
    actions.watch(things["section"], by=editor)
    assert "Basics" not in words(member.get("/watching/"))
