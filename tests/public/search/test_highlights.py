"""Words of the query are marked, and nothing else of the HTML changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.core import markdown
from guide_site.public.search.highlights import AROUND, Marker, words_of
from guide_site.public.search.query import parse


def marked(query, html):
    return Marker(parse(f"{query} ").terms).html(html)


def test_every_form_of_a_word_is_marked():
    assert marked("bucket", "<p>A bucket, two Buckets.</p>") == (
        "<p>A <mark>bucket</mark>, two <mark>Buckets</mark>.</p>"
    )


def test_a_beginning_is_marked_while_one_types():
    html = Marker(parse("lamb").terms).html("<p>Lambda</p>")
    assert html == "<p><mark>Lambda</mark></p>"


def test_a_name_is_marked_as_a_whole():
    assert marked("us-east-1", "<p>In us-east-1 only, not us.</p>") == (
        "<p>In <mark>us-east-1</mark> only, not us.</p>"
    )


@pytest.mark.parametrize(
    ("query", "html"),
    [
        ("amp", "<p>A &amp; B</p>"),
        ("href", '<p><a href="http://x.example/">x</a></p>'),
        ("risk", '<p><a title="a > risk" href="/x">y</a></p>'),
        ("strong", "<p><strong>x</strong></p>"),
        ("39", "<p>don&#39;t</p>"),
    ],
)
def test_tags_attributes_and_entities_are_left_alone(query, html):
    assert marked(query, html) == html


def test_a_long_text_is_cut_to_the_part_that_has_the_words():
    text = "filler " * 200 + "the needle <b> is here " + "filler " * 200
    excerpt = Marker(parse("needle ").terms).excerpt(text)
    assert "the <mark>needle</mark> &lt;b&gt; is here" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < AROUND + 100


def test_an_excerpt_without_the_words_is_the_beginning():
    assert Marker(parse("other ").terms).excerpt("Only these words.") == "Only these words."


@given(st.text(max_size=200), st.text(max_size=40))
def test_whatever_is_typed_only_marks_are_added(source, query):
    html = markdown.render(source)
    result = Marker(parse(query).terms).html(html)
    assert result.replace("<mark>", "").replace("</mark>", "") == html
    assert words_of(html) == words_of(html)
