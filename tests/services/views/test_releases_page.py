"""The page of the releases, and its files."""

import csv
import datetime

import pytest

from guide_site.core import history
from services.models import ServiceGroup
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db

WRONG = ["since=soon", "until=0", "availability=gone", "group=none", "sort=pk", "group=%00"]


def service(name, date="", **fields):
    """A service released in a month (“2006-03”) or a year (“2006”)."""
    if date:
        precision = "month" if "-" in date else "year"
        first = datetime.date.fromisoformat(f"{date}-01-01"[:10])
        fields |= {"released": first, "released_precision": precision}
    return factories.service(name, **({"slug": name.lower()} | fields))


def table(client, query=""):
    """The words of the table."""
    page = client.get(f"/releases/?{query}")
    assert page.status_code == 200
    return words(page).partition(" JSON ")[2]


def in_order(text, names):
    return sorted(names, key=text.index) == names


@pytest.fixture(scope="module")
def services(module_db):
    with history.revision(by=None, comment="group"):
        group = ServiceGroup(name="Storage", slug="storage")
        group.save()
    service("S3", "2006-03", group=group, release_notes_url="https://a.example/")
    service("DevPay", "2007", availability="obsolete", availability_uncertain=True)
    service("EFS", "2015-05", availability="preview", note="Since May.", group=group)


def test_a_row_tells_all_that_is_known(client, services):
    text = table(client)
    assert "S3 March 2006 Generally available Storage Release notes" in text
    assert "DevPay 2007 Obsolete?" in text
    assert "EFS May 2015 In preview Storage Since May." in text


def test_a_row_has_its_own_address_and_leads_to_the_service(client, services):
    page = client.get("/releases/")
    assert 'id="release-s3"' in page.text
    assert {"/services/s3/", "https://a.example/"} <= set(links(page))


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["EFS", "DevPay", "S3"]),
        ("released", ["S3", "DevPay", "EFS"]),
        ("name", ["DevPay", "EFS", "S3"]),
        ("availability", ["S3", "EFS", "DevPay"]),
        ("group", ["EFS", "S3", "DevPay"]),
    ],
)
def test_the_table_is_sorted_as_asked(client, services, sort, names):
    assert in_order(table(client, f"sort={sort}"), names)


def test_headings_sort_and_keep_the_filter(client, services):
    page = client.get("/releases/?since=2006&sort=name")
    assert "?since=2006&sort=availability" in links(page)


@pytest.mark.parametrize(
    ("query", "direction", "turned"),
    [
        ("", "descending", "?sort=released"),
        ("sort=-released", "descending", "?sort=released"),
        ("sort=released", "ascending", "?sort=-released"),
        ("sort=group", "ascending", "?sort=group"),
    ],
)
def test_the_heading_of_the_order_tells_it_and_turns_it(client, services, query, direction, turned):
    page = client.get(f"/releases/?{query}").text
    assert page.count("aria-sort") == 1
    assert f'aria-sort="{direction}"><a href="{turned}">' in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("availability=preview", ["EFS"]),
        ("group=storage", ["EFS", "S3"]),
        ("since=2007", ["DevPay", "EFS"]),
        ("since=2007&until=2007", ["DevPay"]),
    ],
)
def test_the_table_is_narrowed_as_asked(client, services, query, names):
    text = table(client, query)
    assert [name for name in ("DevPay", "EFS", "S3") if name in text] == names


def test_an_unknown_date_comes_last_and_only_in_the_table(client, services):
    service("Lumberyard", availability="retired")
    page = client.get("/releases/")
    assert "Lumberyard not known Retired" in table(client)
    assert links(page).count("/services/lumberyard/") == 1
    assert links(page).count("/services/s3/") == 2


def test_the_timeline_names_every_mark_in_words(client, services):
    page = client.get("/releases/").text
    assert "<title>S3: March 2006, generally available</title>" in page
    assert "<title>DevPay?: 2007, obsolete</title>" in page
    assert page.count('class="mark__span"') == 1
    assert "mark--obsolete mark--uncertain" in page


def test_the_timeline_shows_what_the_filter_finds(client, services):
    page = client.get("/releases/?availability=preview").text
    assert "<title>EFS" in page
    assert "<title>S3" not in page


def test_nothing_found_offers_all(client, services):
    assert "No service matches. Show all" in words(client.get("/releases/?since=2020"))


@pytest.mark.parametrize("query", WRONG)
def test_what_makes_no_sense_shows_nothing_and_says_why(client, services, query):
    page = client.get(f"/releases/?{query}")
    assert "Some values are not valid: see the marked fields." in words(page)
    assert 'class="field__error"' in page.text
    assert "/services/s3/" not in links(page)


def test_names_are_shown_as_they_are_typed(client):
    service("<b>&", "2006", slug="b")
    page = client.get("/releases/").text
    assert "<b>" not in page
    assert page.count("&lt;b&gt;&amp;") >= 3


def test_the_csv_file_holds_what_the_page_shows(client, services):
    answer = client.get("/releases.csv?until=2007")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(answer.text.splitlines()))
    assert rows[0][:3] == ["Service", "First release", "Availability"]
    assert rows[1:] == [
        ["DevPay", "2007", "Obsolete", "yes", "", "", ""],
        ["S3", "2006-03", "Generally available", "", "", "Storage", "https://a.example/"],
    ]


def test_the_csv_file_runs_no_formula(client):
    service("EBS", "2006", note="=1+1")
    assert ",'=1+1," in client.get("/releases.csv").text


def test_the_json_file_holds_what_the_page_shows(client, services):
    data = client.get("/releases.json?availability=preview").json()
    assert data == {
        "releases": [
            {
                "service": "EFS",
                "address": "/services/efs/",
                "released": "2015-05",
                "availability": "preview",
                "uncertain": False,
                "note": "Since May.",
                "group": "storage",
                "release_notes": "",
            }
        ]
    }


@pytest.mark.parametrize("name", ["releases.csv", "releases.json"])
@pytest.mark.parametrize("query", WRONG)
def test_files_refuse_what_makes_no_sense(client, services, name, query):
    answer = client.get(f"/{name}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"]
