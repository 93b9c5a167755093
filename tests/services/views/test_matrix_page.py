"""The page of the matrix, and its files."""

import csv

import pytest

from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db

WRONG = ["provider=nobody", "q=" + "a" * 101, "q=%00", "provider=aws&provider=%00"]


@pytest.fixture(scope="module")
def matrix(module_db):
    sqs = factories.service("SQS", slug="sqs", provider=factories.provider("AWS"))
    factories.offering("SQS", service=sqs)
    factories.offering("Pub/Sub", provider="Google", note="and more", uncertain=True)
    factories.offering("RabbitMQ", provider="Open source", url="https://a.example/")
    factories.offering("CDN", capability="Delivery", provider="Google")


def read(client, query=""):
    """The words below the form."""
    page = client.get(f"/matrix/?{query}")
    assert page.status_code == 200
    return words(page).partition(" Show ")[2]


def test_it_shows_what_each_provider_has(client, matrix):
    text = read(client)
    assert "Capability AWSGoogleOpen source" in text
    assert "Message broker SQS Edit Add Pub/Sub ?(uncertain) (and more) Edit Add RabbitMQ" in text


def test_an_offering_leads_to_its_service_or_to_its_own_page(client, matrix):
    found = links(client.get("/matrix/"))
    assert "/services/sqs/" in found
    assert "https://a.example/" in found


def test_an_offering_with_both_leads_to_both(client):
    service = factories.service("DynamoDB", slug="dynamodb")
    factories.offering("DynamoDB", service=service, url="https://a.example/")
    found = links(client.get("/matrix/"))
    assert {"/services/dynamodb/", "https://a.example/"} <= set(found)


def test_one_chooses_rows_and_providers(client, matrix):
    text = read(client, "q=sqs&provider=google")
    assert "Capability Google" in text
    assert "Pub/Sub" in text
    assert [part for part in ("SQS", "RabbitMQ", "CDN") if part in text] == []


def test_the_form_shows_what_was_asked_for(client, matrix):
    page = client.get("/matrix/?q=sqs&provider=google").text
    assert 'value="sqs"' in page
    assert page.count(" checked>") == 1
    assert 'value="google" checked>' in page


def test_all_providers_are_checked_at_first(client, matrix):
    assert client.get("/matrix/").text.count(" checked>") == 3


def test_nothing_found_offers_all(client, matrix):
    assert read(client, "q=zzz<b>").startswith("Nothing in the matrix is like “zzz<b>”. Show all")


@pytest.mark.parametrize("query", WRONG)
def test_what_makes_no_sense_shows_nothing_and_says_why(client, matrix, query):
    page = client.get(f"/matrix/?{query}")
    assert "Some values are not valid: see the marked fields." in words(page)
    assert 'class="field__error"' in page.text
    assert "RabbitMQ" not in page.text


def test_what_is_offered_is_shown_as_it_is_typed(client):
    factories.offering("<script>x</script>", note="<b>", capability="<i>", provider="AWS")
    page = client.get("/matrix/")
    assert "<script>x" not in page.text
    assert "<i> <script>x</script> (<b>)" in words(page)


def test_the_page_leads_to_the_same_as_files(client, matrix):
    found = links(client.get("/matrix/?q=sqs&provider=google&other=1"))
    assert "/matrix.csv?q=sqs&provider=google" in found
    assert "/matrix.json?q=sqs&provider=google" in found


def test_the_csv_file_holds_what_the_page_shows(client, matrix):
    answer = client.get("/matrix.csv?q=sqs&provider=google")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(answer.text.splitlines()))
    assert rows == [["Capability", "Google"], ["Message broker", "Pub/Sub? (and more)"]]


def test_the_csv_file_runs_no_formula(client):
    factories.offering("=1+1", capability="@SUM(A1)")
    rows = list(csv.reader(client.get("/matrix.csv").text.splitlines()))
    assert [row for row in rows if row[0] == "'@SUM(A1)"] == [["'@SUM(A1)", "'=1+1", "", ""]]


def test_the_json_file_holds_what_the_page_shows(client, matrix):
    data = client.get("/matrix.json?q=sqs&provider=google").json()
    assert [row["name"] for row in data["capabilities"]] == ["Message broker"]
    assert [cell["name"] for cell in data["capabilities"][0]["offerings"]] == ["Pub/Sub"]


@pytest.mark.parametrize("name", ["matrix.csv", "matrix.json"])
@pytest.mark.parametrize("query", WRONG)
def test_files_refuse_what_makes_no_sense(client, matrix, name, query):
    answer = client.get(f"/{name}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"]
