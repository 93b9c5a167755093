"""What each list of the API tells, and what one may ask of it."""

import pytest

from guide_site.core import history
from tests import factories

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def rows(client, address):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def refusal(client, address):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 400
    return answer.json()["error"]


def test_an_entry_has_its_text_tags_and_place(client, guide):
    three = guide["three"]
    assert client.get(f"/api/entries/{three.pk}/").json() == {
        "id": three.pk,
        "url": f"{SITE}/entries/{three.pk}/",
        "kind": "bullet",
        "lead": "Three.",
        "markdown": "Three.",
        "html": "<p>Three.</p>\n",
        "tags": [
            {"slug": "gotcha", "sign": "❗", "label": "Gotcha"},
            {"slug": "cost", "sign": "💸", "label": "Cost"},
        ],
        "parent": guide["two"].pk,
        "path": [
            {"slug": "the-guide", "title": "The guide", "url": f"{SITE}/sections/the-guide/"},
            {"slug": "s3-notes", "title": "S3 notes", "url": f"{SITE}/services/s3/"},
        ],
        "service": "s3",
    }


def test_entries_are_those_that_stand_in_the_guide(client, guide):
    hidden = factories.section("Contents", kind="contents")
    factories.entry("In hidden.", section=hidden)
    factories.entry("Kept.", section=guide["one"].section, kind="kept")
    leads = {row["lead"] for row in rows(client, "entries/")}
    assert len(leads) == 4
    assert not {"Gone.", "In hidden.", "Kept."} & leads


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["one", "two", "three", "four"]),
        ("?tag=gotcha", ["one", "three"]),
        ("?tag=gotcha&tag=cost", ["three"]),
        ("?service=s3", ["two", "three", "four"]),
        ("?section=s3-tips", ["four"]),
        ("?section=s3-notes", ["two", "three", "four"]),
        ("?kind=table", ["four"]),
        ("?service=s3&section=basics", []),
        ("?service=&section=&kind=", ["one", "two", "three", "four"]),
    ],
)
def test_entries_can_be_filtered(client, guide, query, found):
    names = {entry.pk: name for name, entry in guide.items()}
    assert [names[row["id"]] for row in rows(client, f"entries/{query}")] == found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tag=nothing", "tag: There is no legend tag “nothing”."),
        ("service=old", "service: The guide has no section about a service “old”."),
        ("section=nowhere", "section: There is no section “nowhere”."),
        ("kind=kept", "kind: There is no kind of entry “kept”."),
        ("section=%00", "section: There is no section"),
        (f"tag={'x' * 3000}", "tag: There is no legend tag"),
    ],
)
def test_entries_are_not_found_by_what_there_is_not(client, guide, query, sentence):
    assert sentence in refusal(client, f"entries/?{query}")


def test_entries_are_found_by_five_tags_at_most(client, guide):
    for number in range(4):
        factories.legend_tag(f"t{number}", str(number))
    query = "&".join(f"tag={slug}" for slug in ("gotcha", "cost", "t0", "t1", "t2", "t3"))
    assert refusal(client, f"entries/?{query}") == "tag: Choose at most 5 tags."


@pytest.mark.parametrize("key", ["0", "999999", "9" * 25])
def test_an_entry_that_is_not_there_is_not_found(client, guide, key):
    answer = client.get(f"/api/entries/{key}/")
    assert answer.status_code == 404
    assert answer.json()["error"] == f"There is nothing under “{key}” in entries."


def test_a_retired_entry_is_not_found(client, guide):
    assert client.get(f"/api/entries/{guide['gone'].pk}/").status_code == 404


def test_sections_make_a_tree_with_counts(client, guide):
    found = {row["slug"]: row for row in rows(client, "sections/")}
    assert list(found) == ["the-guide", "basics", "s3-notes", "s3-tips"]
    assert found["the-guide"]["children"] == ["basics", "s3-notes"]
    assert (found["the-guide"]["entries"], found["the-guide"]["entries_below"]) == (0, 4)
    s3 = found["s3-notes"]
    assert (s3["parent"], s3["depth"], s3["service"]) == ("the-guide", 1, "s3")
    assert (s3["entries"], s3["entries_below"]) == (2, 3)
    assert [above["slug"] for above in found["s3-tips"]["path"]] == ["the-guide", "s3-notes"]


def test_sections_can_be_filtered(client, guide):
    def slugs(query):
        return [row["slug"] for row in rows(client, f"sections/{query}")]

    assert slugs("?kind=tips") == ["s3-tips"]
    assert slugs("?below=s3-notes") == ["s3-notes", "s3-tips"]
    assert "There is no section “x”." in refusal(client, "sections/?below=x")
    assert "There is no kind of section “x”." in refusal(client, "sections/?kind=x")


def test_the_legend_tells_what_signs_mean(client, guide):
    assert client.get("/api/tags/gotcha/").json() == {
        "slug": "gotcha",
        "sign": "❗",
        "label": "Gotcha",
        "meaning": "A risk.",
        "url": f"{SITE}/legend/gotcha/",
    }


def test_a_service_has_its_facts(client, guide):
    found = client.get("/api/services/s3/").json()
    assert found["group"] == {"slug": "must-know", "name": "Must-know"}
    assert (found["provider"], found["section"], found["released"]) == (
        "aws",
        "s3-notes",
        "2006-03",
    )
    assert (found["docs_url"], found["pricing_url"]) == ("https://docs.example/", None)


def test_services_can_be_filtered_and_sorted_as_on_their_page(client, guide):
    def slugs(query):
        return [row["slug"] for row in rows(client, f"services/{query}")]

    assert slugs("") == ["old", "s3"]
    assert slugs("?group=must-know") == slugs("?content=some") == slugs("?since=2006") == ["s3"]
    assert slugs("?availability=obsolete") == ["old"]
    assert slugs("?sort=-entries") == ["s3", "old"]
    assert refusal(client, "services/?group=x").startswith("group: ")
    assert refusal(client, "services/?since=0").startswith("since: ")


def test_releases_tell_since_when_and_how_it_stands(client, guide):
    assert rows(client, "releases/?availability=obsolete") == [
        {
            "service": "old",
            "name": "Old",
            "url": f"{SITE}/services/old/",
            "group": None,
            "released": None,
            "availability": "obsolete",
            "uncertain": False,
            "note": "Gone.",
            "release_notes_url": None,
        }
    ]
    assert [row["service"] for row in rows(client, "releases/")] == ["s3", "old"]
    assert refusal(client, "releases/?sort=x").startswith("sort: ")


def test_the_matrix_has_what_providers_offer(client, guide):
    [row] = rows(client, "matrix/")
    assert row["name"] == "Object storage"
    assert [(one["provider"], one["name"], one["service"]) for one in row["offerings"]] == [
        ("aws", "S3", "s3"),
        ("other", "Boxes", None),
    ]
    assert [one["uncertain"] for one in row["offerings"]] == [False, True]


def test_the_matrix_can_be_searched_and_narrowed_to_providers(client, guide):
    [row] = rows(client, "matrix/?q=boxes&provider=other")
    assert [one["name"] for one in row["offerings"]] == ["Boxes"]
    assert rows(client, "matrix/?q=queue") == []
    assert refusal(client, "matrix/?provider=x").startswith("provider: ")


def test_providers_have_what_they_offer(client, guide):
    found = {row["slug"]: (row["services"], row["offerings"]) for row in rows(client, "providers/")}
    assert found == {"aws": (1, 1), "other": (1, 1)}


def test_a_revision_tells_who_and_what(client, guide):
    last = history.generation()
    found = client.get(f"/api/revisions/{last}/").json()
    assert (found["summary"], found["author"]) == ("Better", "ada")
    assert "grace" in found["approvers"]
    assert (found["url"], found["changes"]) == (f"{SITE}/changes/{last}/", 1)
    assert found["proposal"]


def test_revisions_come_newest_first(client, guide):
    numbers = [row["number"] for row in rows(client, "revisions/")]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == history.generation()


def test_revisions_can_be_those_of_a_part_of_the_guide(client, guide):
    def summaries(query):
        return {row["summary"] for row in rows(client, f"revisions/{query}")}

    assert "Better" in summaries("?section=basics")
    assert "Better" not in summaries("?service=s3")
    assert "Better" in summaries("?tag=gotcha")
    assert "Better" not in summaries("?tag=gotcha&section=s3-notes")
    assert "There is no service “x”." in refusal(client, "revisions/?service=x")
