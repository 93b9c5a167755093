"""The whole guide as one HTML file."""

import re
from xml.etree import ElementTree

import pytest

from guide_site.core import history
from tests.public.downloads.guide_for_downloads import PICTURES, ids, links, publish, words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def guide(module_db):
    return publish()


@pytest.fixture
def html(guide, client):
    return client.get("/guide.html").text


@pytest.fixture
def document(html):
    """The file as parsers of XML read it, which are stricter than browsers."""
    return ElementTree.fromstring(html)


def test_it_is_a_download_that_is_named_after_guide_and_revision(client, guide):
    answer = client.get("/guide.html")
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    name = f"guide-sons-revision-{history.generation()}.html"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_it_needs_nothing_but_itself(html, document):
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<style>") == 1
    assert ".entry" in document.find(".//style").text
    pictures = [picture.get("src")[:11] for picture in document.iter("img")]
    assert pictures == ["data:image/"] * len(PICTURES)
    assert not {"script", "link", "iframe"} & {element.tag for element in document.iter()}
    assert "@import" not in html
    assert "url(" not in html


def test_no_style_of_ours_holds_a_sign_that_must_be_escaped(html):
    assert not set("<&") & set(re.search(r"<style>(.*?)</style>", html, re.S)[1])


def test_title_contents_legend_guide_and_credits_follow_each_other(document):
    parts = [element for element in ids(document) if not re.fullmatch(r"[ste]\d+", element)]
    assert parts == ["title", "contents", "legend", "credits"]
    assert [heading.text for heading in document.iter("h1")] == ["Guide & sons"]
    assert [heading.text for heading in document.iter("h2")] == [
        *("Contents", "Legend tags", "The guide", "Storage <& more>", "EC2 in short"),
        "Credits and licence",
    ]
    assert [heading.text for heading in document.iter("h3")] == ["Tips"]


def test_it_tells_revision_and_licence(document):
    assert f"Revision {history.generation()}, " in words(document)
    assert "CC BY-SA 4.0" in links(document)


def test_all_links_stay_on_the_page_or_lead_to_other_sites(document, guide):
    found = links(document)
    inner = {target for target in found.values() if not target.startswith(("http", "mailto:"))}
    assert inner <= {f"#{anchor}" for anchor in ids(document)}
    assert found["EC2"] == f"#s{guide.ec2.pk}"
    assert found["❗"] == f"#t{guide.tag.pk}"
    assert found["Above"] == f"#e{guide.first.pk}"


def test_no_id_stands_twice(document):
    assert len(ids(document)) == len(set(ids(document)))


def test_what_the_site_hides_is_not_in_it(document):
    text = words(document)
    assert "An opening." in text
    assert not [said for said in ("No longer true.", "Back to top.") if said in text]


def test_hostile_text_comes_out_harmless(html):
    assert "<script" not in html
    assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", html)
    assert 'href="javascript:' not in html


def test_it_costs_seven_queries_and_one_for_pictures(guide, client, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/guide.html")
