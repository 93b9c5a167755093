"""The search of the API: what the search page finds, with what was corrected."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return factories.section("Disks", slug="disks")


def search(client, **query):
    answer = client.get("/api/entries/", query)
    assert answer.status_code == 200, answer.content
    data = answer.json()
    return [row["markdown"] for row in data["results"]], data


def test_a_search_finds_the_best_first(client, section):
    factories.entry("Elsewhere, a disk of a disk.", section=section)
    factories.entry("**Slow disks:** buy fast ones.", section=section)
    found, data = search(client, q="slow disks")
    assert found[0] == "**Slow disks:** buy fast ones."
    assert (data["count"], data["corrected"], data["also"]) == (1, None, [])


def test_it_says_what_was_corrected_unless_it_was_told_to_be_exact(client, section):
    for text in ("A bullet.", "A ballet.", "Another bullet."):
        factories.entry(text, section=section)
    found, data = search(client, q="bllet")
    assert sorted(found) == ["A ballet.", "A bullet.", "Another bullet."]
    assert (data["corrected"], data["also"]) == ("bullet", ["ballet"])
    found, data = search(client, q="bllet", exact="1")
    assert (found, data["corrected"], data["also"]) == ([], None, [])


def test_it_searches_among_what_the_other_parameters_choose(client, section):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.entry("A tagged disk.", section=section, tags=["gotcha"])
    factories.entry("A disk below.", section=factories.section("Tips", slug="tips", parent=section))
    factories.entry("Another disk.", section=factories.section("Else"))
    assert search(client, q="disk", tag="gotcha")[0] == ["A tagged disk."]
    assert set(search(client, q="disk", section="disks")[0]) == {"A tagged disk.", "A disk below."}
    assert search(client, q="disk", section="tips", tag="gotcha")[0] == []
    assert search(client, q="disk", kind="table")[0] == []


def test_a_search_comes_in_pages(client, section):
    for number in range(5):
        factories.entry(f"Disk {number}.", section=section)
    _, data = search(client, q="disk", page_size=2)
    assert (data["count"], len(data["results"])) == (5, 2)
    assert data["next"] == "http://testserver/api/entries/?q=disk&page_size=2&page=2"


@pytest.mark.parametrize("text", ["", " ", "?", "a" * 200, "❗" * 200, "'; DROP TABLE x; --"])
def test_any_text_may_be_searched_for(client, section, text):
    entry = factories.entry("A disk.", section=section)
    found, _ = search(client, q=text)
    assert found == ([entry.body] if not text.strip() else [])


def test_what_is_not_published_is_not_found(client, section, contributor):
    entry = factories.entry("A xylophone.", section=section)
    factories.proposal(entry, "A marimba.", author=contributor)
    factories.retire(entry)
    assert search(client, q="xylophone")[0] == search(client, q="marimba")[0] == []


def test_too_long_a_text_and_another_exactness_are_refused(client):
    answer = client.get("/api/entries/", {"q": "a" * 201, "exact": "2"})
    assert answer.status_code == 400
    assert set(answer.json()["parameters"]) == {"q", "exact"}
    assert client.get("/api/entries/", {"q": "\0"}).status_code == 400
