"""Links and images that a text has as HTML are on the page, and counted, as those of Markdown."""

import re

import pytest

from guide_site.core import markdown
from tests.core import safety
from tests.core.test_markdown_rendering import OUT, rendered

LINK = f'<a href="https://b.example/x" {OUT}>it</a>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('- See <a href="https://b.example/x">it</a>.', f"<ul>\n<li>See {LINK}.</li>\n</ul>"),
        ("See <A class=c HREF = 'https://b.example/x'>it</A>.", f"<p>See {LINK}.</p>"),
        ("See <a href=https://b.example/x>it</a>.", f"<p>See {LINK}.</p>"),
        ('# <a href="https://b.example/x">it</a>', f'<p class="subheading">{LINK}</p>'),
        ("<p><a href='https://b.example/x'>it</a> - y<br></p>", f"{LINK} - y<br>"),
        ("<div>\n<a href='https://b.example/x'>it\n</a></div>", LINK.replace("it", "it\n")),
        ('<a href="https://b.example/x">it', f"<p>{LINK}</p>"),
        ("<!-- <a href='/no'> --><a href='https://b.example/x'>it</a>", LINK),
        ('<a data-x=" href=/no" href="https://b.example/x">it</a>', f"<p>{LINK}</p>"),
        (
            "a <img src='https://b.example/i.png' alt='Its &quot;plan&quot;'> b",
            f'<p>a <a href="https://b.example/i.png" {OUT}>Its "plan"</a> b</p>',
        ),
        (
            '<p align="center">\n<img src="https://b.example/i.png">\n</p>',
            f'<a href="https://b.example/i.png" {OUT}>image</a>',
        ),
        ('<a href="https://b.example/x"><img src="/i.png" alt="it"></a>', f"<p>{LINK}</p>"),
        (
            '<a href="https://b.example/x">it</a> [c](/d)',
            f'<p>{LINK} <a href="/d" rel="nofollow noopener ugc">c</a></p>',
        ),
        (
            '<a href="https://b.example/x">it[c](/d)</a>',
            f'<p>{LINK}<a href="/d" rel="nofollow noopener ugc">c</a></p>',
        ),
        (
            "[c <a href='/no'>d</a>](/e)",
            '<p><a href="/e" rel="nofollow noopener ugc">c d</a></p>',
        ),
    ],
)
def test_html_becomes(source, html):
    assert " ".join(rendered(source).split()) == " ".join(html.split())


def test_links_in_the_html_of_a_cell_are_links():
    assert f"<td>{LINK}</td>" in rendered('| a |\n|---|\n| <a href="https://b.example/x">it</a> |')


def test_an_internal_link_in_html_leads_to_its_section():
    html = rendered('<a href="#s3">a</a> <a href="#gone">b</a>', anchors={"s3": "/services/s3/"})
    assert '<a href="/services/s3/" rel="nofollow noopener ugc">a</a>' in html
    assert 'title="This guide has no section “gone”.">b</span>' in html


@pytest.mark.parametrize(
    "source",
    [
        '<a href="javascript:alert(1)">x</a>',
        "<a href=' &#106;ava&#x09;script:alert(1)'>x</a>",
        "<a href='vbscript:x' onclick=alert(1)>x</a>",
        "<img src='javascript:alert(1)' onerror=alert(1)>",
        "<a href='data:text/html,<b>'>x</a>",
        "<div><a href='JAVASCRIPT:alert(1)'><img src=x onerror=alert(1)></a></div>",
    ],
)
def test_an_address_that_executes_is_no_link(source):
    html = rendered(source)
    assert safety.problems(html) == []
    assert "script:" not in html
    assert "alert(1)" not in html


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ('a <a href="#b">c</a> https://d.example/e_f_g', ["#b", "https://d.example/e_f_g"]),
        ("<p>\n<a href='/b'>c</a>\n</p>", ["/b"]),
        ('<a name="b">c</a>', []),
    ],
)
def test_its_links_are_among_the_targets_of_the_text(source, targets):
    assert markdown.link_targets(source) == targets


def test_its_words_are_among_the_words_of_the_text():
    source = 'a <a href="/b">c</a> <img src="/d" alt="e">\n\n<p>f <a href="/g">h</a></p>'
    assert markdown.plain(source) == "a c e f h"


def test_what_no_page_shows_is_counted():
    source = "a <a name=x></a><!-- b --> <div>\n\n<p><center>c</center></p>\n\n<img alt=d>"
    assert markdown.dropped_html(source) == {
        "comment": 1,
        "<div>": 1,
        "<p>": 1,
        "<center>": 1,
        "<img>": 1,
    }


def test_what_every_page_shows_is_not_counted():
    source = "`<div>` \\<div> &lt;div> <b>a</b> <a href='/b'>c</a> <img src=d> <bucket> 1 < 2"
    assert markdown.dropped_html(source) == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("See [](https://b.example/x).", "See https://b.example/x."),
        ("<a href='https://b.example/x'></a>", "https://b.example/x"),
        ("![it](ftp://b.example/x.png)", "it (ftp://b.example/x.png)"),
        ("a [](#x) b", "a  b"),
    ],
)
def test_an_address_without_words_or_without_a_link_is_shown_as_text(source, words):
    html = markdown.render(source)
    assert re.sub("<[^>]*>", "", html).strip() == words
