"""The life of a proposal: the table and the diagram that is printed from it."""

import re

import pytest

from moderation.states import AMENDABLE, CLOSED, PUBLIC, TRANSITIONS, Status, diagram


def test_every_state_is_in_the_table():
    assert set(TRANSITIONS) == set(Status)


def test_every_state_can_be_reached_from_a_draft():
    reached, waiting = set(), [Status.DRAFT]
    while waiting:
        status = waiting.pop()
        reached.add(status)
        waiting += TRANSITIONS[status] - reached
    assert reached == set(Status)


@pytest.mark.parametrize("status", ["merged", "already", "declined"])
def test_what_was_decided_stays_decided(status):
    assert TRANSITIONS[Status(status)] == set()
    assert status in CLOSED


def test_only_what_was_withdrawn_is_picked_up_again():
    assert Status.WITHDRAWN in CLOSED
    assert [old for old in CLOSED if TRANSITIONS[old]] == [Status.WITHDRAWN]


@pytest.mark.parametrize(
    ("target", "origins"),
    [
        ("open", {"draft", "changes", "withdrawn"}),
        ("draft", {"withdrawn"}),
        ("changes", {"open"}),
        ("merged", {"open"}),
        ("already", {"open"}),
        ("declined", {"open", "changes"}),
        ("withdrawn", {"draft", "open", "changes"}),
    ],
)
def test_a_state_follows_on(target, origins):
    assert {old for old, following in TRANSITIONS.items() if target in following} == origins


def test_a_proposal_can_be_amended_until_it_is_closed():
    assert set(AMENDABLE) == set(Status) - set(CLOSED)


def test_all_but_drafts_are_public():
    assert set(PUBLIC) == set(Status) - {Status.DRAFT}


def test_the_diagram_shows_every_step_of_the_table_and_no_other():
    shown = re.findall(r"^ {4}(\S+) --> (\S+)$", diagram(), re.M)
    steps = [(old.value, new.value) for old, news in TRANSITIONS.items() for new in news]
    ends = [(status, "[*]") for status in CLOSED if not TRANSITIONS[status]]
    assert sorted(shown) == sorted([("[*]", "draft"), *steps, *ends])


def test_the_diagram_is_one_that_mermaid_draws_and_the_same_every_time():
    assert diagram().startswith("stateDiagram-v2\n    [*] --> draft\n")
    assert diagram() == diagram()
