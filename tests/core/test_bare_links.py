"""Bare addresses become links as on GitHub: GFM 0.29, section 6.9, “Autolinks (extension)”."""

import re
from html import unescape

import pytest

from guide_site.core import markdown


def links(source):
    """The links on the page: pairs of words and address."""
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', str(markdown.render(source)))
    return [(unescape(words), unescape(address)) for address, words in found]


def is_link(words, address=None):
    return [(words, address or words)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("see https://b.example/pkg/__init__.py now", "https://b.example/pkg/__init__.py"),
        ("https://b.example/a*b*c and *d*", "https://b.example/a*b*c"),
        ("https://b.example/~~x~~/y", "https://b.example/~~x~~/y"),
        ("https://b.example/`x`/y", "https://b.example/`x`/y"),
        ("https://b.example/a_b_ and c_", "https://b.example/a_b"),
        ("**https://b.example/a_b_c**", "https://b.example/a_b_c"),
        ("_https://b.example/a_b_", "https://b.example/a_b"),
        ("~~https://b.example/x~~", "https://b.example/x"),
        (r"https://b.example/a\_b", "https://b.example/a_b"),
        ("https://b.example/?a=1&amp;b=2", "https://b.example/?a=1&b=2"),
        ("https://b.example/?a=b&hl;", "https://b.example/?a=b"),
        ("https://b.example/?a=b&hl=en", "https://b.example/?a=b&hl=en"),
        ("https://b.example/a<b", "https://b.example/a"),
        ("https://b.example/x[1]", "https://b.example/x[1]"),
        ("[see https://b.example/x] more", "https://b.example/x"),
        ("https://b.example?!.,:;", "https://b.example"),
        ("https://localhost:8000/x", "https://localhost:8000/x"),
        ("- a\n  https://b.example/a_b_c\n", "https://b.example/a_b_c"),
        ("1http://b.example/x", "http://b.example/x"),
        ("| a |\n|---|\n| https://b.example/a_b_c |", "https://b.example/a_b_c"),
    ],
)
def test_a_web_address_comes_before_marks(source, words):
    ((shown, address),) = links(source)
    assert shown == words
    assert address == words.replace("`", "%60").replace("[", "%5B").replace("]", "%5D")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("www.b.example", "www.b.example"),
        ("Visit www.b.example/help for more.", "www.b.example/help"),
        ("Visit www.b.example.", "www.b.example"),
        ("(www.b.example/q?x=(y))", "www.b.example/q?x=(y)"),
        ("www.b.example/q?x=(y)+ok", "www.b.example/q?x=(y)+ok"),
        ("www.b.example/q?x=(y))", "www.b.example/q?x=(y)"),
        ("*www.b.example/a_b_c*", "www.b.example/a_b_c"),
        ("one\nwww.b.example\ntwo", "www.b.example"),
        ("www.größe.example/ü", "www.größe.example/ü"),
    ],
)
def test_an_address_that_begins_with_www_is_a_link(source, words):
    ((shown, address),) = links(source)
    assert shown == words
    assert markdown.link_targets(source) == [address]
    assert address.startswith("http://www.")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("foo@b.example", "foo@b.example"),
        (
            "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
            "hello+xyz@mail.example",
        ),
        ("a.b-c_d@a.b", "a.b-c_d@a.b"),
        ("a.b-c_d@a.b.", "a.b-c_d@a.b"),
        ("_a@b.example_ and **c**", "a@b.example"),
        ("(a@b.example)", "a@b.example"),
    ],
)
def test_an_email_address_is_a_link(source, words):
    assert links(source) == is_link(words, f"mailto:{words}")
    assert markdown.link_targets(source) == [f"mailto:{words}"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("mailto:foo@b.example.", "mailto:foo@b.example"),
        ("xmpp:foo@b.example/txt/bin", "xmpp:foo@b.example/txt"),
        ("xmpp:foo@b.example/txt@bin.com", "xmpp:foo@b.example/txt@bin.com"),
    ],
)
def test_an_address_with_its_protocol_is_a_link(source, words):
    assert links(source) == is_link(words)


@pytest.mark.parametrize(
    "source",
    [
        *("www.", "www.a_b.c_d", "xwww.b.example", "WWW.b.example", "http://"),
        *(
            "http://a.b_c",
            "https://-",
            "https://{x}.example",
            "xhttp://b.example",
            "ftp://b.example",
        ),
        *("a.b-c_d@a.b-", "a.b-c_d@a.b_", "a@b", "@b.example", "a@b@c.example"),
        *("`www.b.example`", "`a@b.example`", "    https://b.example", "```\na@b.example\n```"),
    ],
)
def test_what_is_no_address_is_text(source):
    assert links(source) == []


@pytest.mark.parametrize("bare", ["https://b.example", "www.b.example", "a@b.example"])
@pytest.mark.parametrize("form", ["[see {} now](/x)", '<a href="/x">see {} now</a>'])
def test_an_address_in_a_link_is_part_of_its_words(form, bare):
    assert links(form.format(bare)) == [(f"see {bare} now", "/x")]


def test_the_words_around_addresses_stay():
    source = "one https://b.example/a_b_c two_ *www.b.example* (c@d.example) three"
    assert markdown.plain(source) == source.replace("*", "")
