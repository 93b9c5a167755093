"""The matrix as readers narrow it, and as a table and data."""

import pytest

from services.reading.matrix import Matrix
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def matrix(module_db):
    """Two rows under three providers, with a gap, a note, a doubt and a link."""
    names = {"slug": "sqs", "full_name": "Amazon Simple Queue Service"}
    sqs = factories.service("SQS", provider=factories.provider("AWS"), **names)
    factories.offering("SQS", capability="Message broker", provider="AWS", service=sqs)
    factories.offering("Pub/Sub", capability="Message broker", provider="Google", uncertain=True)
    factories.offering("Kafka", capability="Message broker", provider="Open source")
    factories.offering("0MQ", capability="Message broker", provider="Open source")
    factories.offering("EC2", capability="Virtual server", provider="AWS", url="https://a.example/")
    gce = {"provider": "Google", "note": "GCE, in the ÖBB"}
    factories.offering("Compute Engine", capability="Virtual server", **gce)
    return Matrix.current()


def names(matrix):
    return [row.capability.name for row in matrix.rows]


def test_every_row_has_a_cell_for_every_provider(matrix):
    assert names(matrix) == ["Message broker", "Virtual server"]
    assert [len(offered) for _, offered in matrix.rows[0].cells] == [1, 1, 2]
    assert [len(offered) for _, offered in matrix.rows[1].cells] == [1, 1, 0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Message broker", "Virtual server"]),
        ("message", ["Message broker"]),
        ("KAFKA", ["Message broker"]),
        ("öbb", ["Virtual server"]),
        ("ÖBB", ["Virtual server"]),
        ("sqs pub/sub", ["Message broker"]),
        ("simple queue", ["Message broker"]),
        ("sqs engine", []),
        ("e", ["Message broker", "Virtual server"]),
        ("%", []),
        ("\\", []),
    ],
)
def test_a_row_is_found_by_all_words_wherever_they_stand_in_it(matrix, query, found):
    assert names(matrix.find(query)) == found


def test_only_the_chosen_providers_are_shown_in_their_order(matrix):
    shown = matrix.under(["open-source", "aws"])
    assert [provider.name for provider in shown.providers] == ["AWS", "Open source"]
    assert [len(offered) for _, offered in shown.rows[0].cells] == [1, 2]


@pytest.mark.parametrize("slugs", [[], ["nobody"]])
def test_no_choice_shows_all_providers(matrix, slugs):
    assert matrix.under(slugs).providers == matrix.providers


def test_a_row_is_found_by_a_provider_that_is_not_shown(matrix):
    assert names(matrix.find("sqs").under(["google"])) == ["Message broker"]


def test_as_a_table_it_has_notes_and_doubts(matrix):
    header, rows = matrix.as_table()
    assert header == ["Capability", "AWS", "Google", "Open source"]
    assert rows == [
        ["Message broker", "SQS", "Pub/Sub?", "Kafka; 0MQ"],
        ["Virtual server", "EC2", "Compute Engine (GCE, in the ÖBB)", ""],
    ]


def test_as_data_it_has_all_that_is_known_of_an_offering(matrix):
    data = matrix.as_data()
    assert data["providers"][0] == {"slug": "aws", "name": "AWS"}
    assert data["capabilities"][0]["name"] == "Message broker"
    assert data["capabilities"][0]["offerings"][0] == {
        "provider": "aws",
        "name": "SQS",
        "note": "",
        "uncertain": False,
        "url": "",
        "service": "/services/sqs/",
    }
    assert data["capabilities"][1]["offerings"][0]["url"] == "https://a.example/"
