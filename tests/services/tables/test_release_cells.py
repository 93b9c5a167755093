"""A row of the releases table: the service, its date, its availability."""

import datetime

import pytest

from services.models import Availability, Provider, Service
from services.release_dates import release_text
from services.tables.cells import NOTE
from services.tables.release_cells import SERVICE, ReleaseCells
from services.tables.table import PROVIDER

CELLS = ReleaseCells(footnotes={"a": "In Europe"}, signs=["🐥", "❗"])
LINK = "https://example.org/x"


@pytest.mark.parametrize(
    ("source", "year", "month", "precision"),
    [
        ("2016-03", 2016, 3, "month"),
        ("2016-3", 2016, 3, "month"),
        ("2016/03", 2016, 3, "month"),
        ("2016-03-14", 2016, 3, "month"),
        ("`2016-03`<sup>[1](#a)</sup>", 2016, 3, "month"),
        ("2016", 2016, 1, "year"),
        ("March 2016", 2016, 3, "month"),
        ("Sept. 2016", 2016, 9, "month"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_known(source, year, month, precision):
    assert CELLS.date(source) == (datetime.date(year, month, 1), precision)


@pytest.mark.parametrize("source", ["soon", "2016-13", "2016?", "16-03", "0000", "Mond 2016", "-"])
def test_an_unreadable_date_is_none_and_told(source):
    odd = []
    assert CELLS.date(source, odd) == (None, "")
    assert odd == [f"“{source}” is no date such as 2016-03: left out"]


def test_no_date_is_nothing_odd():
    odd = []
    assert CELLS.date("", odd) == (None, "")
    assert odd == []


@pytest.mark.parametrize(
    ("source", "availability", "uncertain", "note"),
    [
        ("General", "general", False, ""),
        ("general", "general", False, ""),
        ("Generally available", "general", False, ""),
        ("Preview", "preview", False, ""),
        ("Beta", "preview", False, ""),
        ("Public beta", "preview", False, "Public beta"),
        ("Obsolete?", "obsolete", True, ""),
        ("Obsolete? (closed in 2020)", "obsolete", True, "closed in 2020"),
        ("Retired (in 2018)", "retired", False, "in 2018"),
        ("Retired: in 2018", "retired", False, "in 2018"),
        ("❗[Nearly obsolete](https://example.org)", "obsolete", False, "❗Nearly obsolete"),
        ("General ❗HTTP-only", "general", False, "❗HTTP-only"),
        ("General<sup>[1](#user-content-a)</sup>", "general", False, "In Europe"),
        ("Only by invitation", "general", False, "Only by invitation"),
        ("?", "general", True, ""),
        ("", "general", False, ""),
    ],
)
def test_an_availability_is_read(source, availability, uncertain, note):
    assert CELLS.availability(source) == (availability, uncertain, note)


@pytest.mark.parametrize("state", Availability.values)
@pytest.mark.parametrize("uncertain", [False, True])
@pytest.mark.parametrize("note", ["", "in 2018", "(b) c", "a|b", "c)", "*x*", "really?"])
def test_an_availability_is_written_as_it_is_read(state, uncertain, note):
    text = CELLS.write_availability(state, uncertain, note)
    assert CELLS.availability(text) == (state, uncertain, note)


@pytest.mark.parametrize("text", ["2016-03", "2016", ""])
def test_a_date_is_written_as_it_is_read(text):
    assert release_text(*CELLS.date(text)) == text


@pytest.mark.parametrize(
    ("source", "name", "link", "signs"),
    [
        ("EC2", "EC2", "", []),
        (f"[EC2]({LINK})", "EC2", LINK, []),
        (f"🐥❗️ [EC2 (x)]({LINK})<sup>[1](#a)</sup>", "EC2 (x)", LINK, ["🐥", "❗"]),
        ("🔹EC2", "🔹EC2", "", []),
        ("🐥", "", "", ["🐥"]),
        ("", "", "", []),
    ],
)
def test_a_service_is_read_with_its_signs(source, name, link, signs):
    assert CELLS.service(source) == (name, link, signs)


@pytest.mark.parametrize(
    ("source", "name", "link", "signs", "text"),
    [
        (f"🐥[EC2]({LINK})", "EC2", LINK, [], f"[EC2]({LINK})"),
        (f"[*EC2*]({LINK})", "EC2", LINK, ["🐥"], f"🐥[*EC2*]({LINK})"),
        (f"🐥 [EC2]({LINK})", "EC2", LINK, ["❗"], f"❗ [EC2]({LINK})"),
        ("EC2<sup>[1](#a)</sup>", "ECS", LINK, [], f"[ECS]({LINK})<sup>[1](#a)</sup>"),
        ("", "a|b", "", [], "a\\|b"),
    ],
)
def test_a_service_is_written_with_as_little_change_as_possible(source, name, link, signs, text):
    assert CELLS.write_service(name, link, signs, source) == text


def test_the_limits_are_those_of_the_catalogue():
    assert Service._meta.get_field("name").max_length == SERVICE
    assert Service._meta.get_field("note").max_length == NOTE
    assert Provider._meta.get_field("name").max_length == PROVIDER
