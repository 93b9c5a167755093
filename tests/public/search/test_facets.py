"""The choices beside the results."""

import dataclasses

import pytest

from guide_site.public.search.candidates import Filter
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _guide(module_db):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.legend_tag("cost", "💸", label="Cost")
    tips = factories.section("EBS tips", kind="tips")
    factories.service("EBS", slug="ebs", section=tips)
    factories.entry("Disk one.", section=tips, tags=["gotcha", "cost"])
    factories.entry("Disk two.", section=tips, tags=["gotcha"])
    factories.entry("Disk three.", section=factories.section("Else"))


def facets(answer):
    """{title: {label: (count, chosen)}}"""
    return {
        facet.title: {choice.label: (choice.count, choice.is_chosen) for choice in facet.choices}
        for facet in answer.context["facets"]
    }


def test_choices_have_their_counts(client):
    assert facets(client.get("/search/?q=disk")) == {
        "Legend": {"❗ Gotcha": (2, False), "💸 Cost": (1, False)},
        "Service": {"EBS": (2, False)},
        "Kind of section": {"Tips": (2, False), "General": (1, False)},
        "Leave out": {"❗ Gotcha": (2, False), "💸 Cost": (1, False)},
    }


def test_a_choice_narrows_the_results_and_the_other_counts(client):
    answer = client.get("/search/?q=disk&tag=cost")
    assert "1 entry." in words(answer)
    assert facets(answer)["Legend"] == {"💸 Cost": (1, True), "❗ Gotcha": (1, False)}
    assert facets(answer)["Kind of section"] == {"Tips": (1, False)}


def test_choices_are_links_that_keep_the_others(client):
    found = links(client.get("/search/?q=disk&tag=gotcha&service=ebs"))
    assert "?q=disk&tag=gotcha&tag=cost&service=ebs" in found
    assert "?q=disk&service=ebs" in found  # takes the tag away
    assert "?q=disk&tag=gotcha" in found  # takes the service away


def test_every_filter_is_a_parameter_with_choices_of_its_own(client):
    results = client.get("/search/?q=disk")
    names = {"choice": ["tag", "hide"]}
    fields = dataclasses.fields(Filter)
    filters = [name for field in fields for name in names.get(field.name, [field.name])]
    filters.remove("entries")  # the API narrows a search by it
    assert len(facets(results)) == len(filters)
    for name in filters:
        assert "There is no" in words(client.get(f"/search/?q=disk&{name}=nope")), name


def test_the_box_keeps_the_choices(client):
    text = client.get("/search/?q=disk&tag=gotcha&kind=tips").text
    assert '<input type="hidden" name="tag" value="gotcha">' in text
    assert '<input type="hidden" name="kind" value="tips">' in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tag=nope", "There is no legend tag “nope”."),
        ("service=nope", "There is no service “nope”."),
        ("kind=nope", "There is no kind of section “nope”."),
        ("tag=%00", "There is no legend tag"),
        ("service=%00'", "There is no service"),
    ],
)
def test_a_choice_that_is_not_there_finds_nothing_and_says_so(client, query, sentence):
    answer = client.get(f"/search/?q=disk&{query}")
    assert sentence in words(answer)
    assert answer.context["hits"] == []


def test_choices_without_hits_offer_the_whole_guide(client):
    answer = client.get("/search/?q=disk&kind=gotchas")
    assert "?q=disk" in links(answer)
    assert "with these choices" in words(answer)


def test_too_many_tags_are_no_burden(client):
    tags = "&".join(f"tag=gotcha{number}" for number in range(500))
    assert client.get(f"/search/?q=disk&{tags}").status_code == 200
