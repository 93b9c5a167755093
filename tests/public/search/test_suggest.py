"""What the search box offers while one types."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def suggest(client, text):
    return client.get("/search/suggest/", {"q": text}).json()["suggestions"]


def test_names_come_before_entries(client):
    section = factories.section("Glacier basics", slug="glacier-basics")
    factories.service("Glacier", slug="glacier", full_name="S3 Glacier")
    entry = factories.entry("**Glacier:** cold storage.", section=section)
    assert suggest(client, "glac") == [
        {"label": "Glacier", "hint": "S3 Glacier", "url": "/services/glacier/"},
        {"label": "Glacier basics", "hint": "section", "url": "/sections/glacier-basics/"},
        {"label": "Glacier", "hint": "Glacier basics", "url": f"/entries/{entry.pk}/"},
    ]


def test_an_error_in_what_is_typed_is_mended(client):
    factories.entry("A xylophone.")
    assert [row["label"] for row in suggest(client, "xylpohone")] == ["A xylophone."]


def test_no_more_than_eight(client):
    section = factories.section("Disks")
    for number in range(20):
        factories.entry(f"Disk {number}.", section=section)
    assert len(suggest(client, "dis")) == 8


@pytest.mark.parametrize("text", ["", "?", "zzzz", "\0"])
def test_nothing_to_suggest(client, text):
    assert suggest(client, text) == []


def test_they_are_json_that_nobody_takes_for_a_page(client):
    factories.entry("<script>alert(1)</script> xylophone", section=factories.section("<b>"))
    answer = client.get("/search/suggest/?q=xylophone")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_retired_or_proposed_is_not_suggested(client):
    entry = factories.entry("A xylophone.")
    factories.proposal(entry, "A marimba.")
    factories.retire(entry)
    assert suggest(client, "xylo") == suggest(client, "marim") == []
