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
        ("<p><a href='https://b.example/x'>it</a> - y<br></p>", f"<p>{LINK} - y<br></p>"),
        (
            "<div>\n<a href='https://b.example/x'>it\n</a></div>",
            f"<div>\n{LINK.replace('it', 'it ')}</div>",
        ),
        ('<a href="https://b.example/x">it', f"<p>{LINK}</p>"),
        ("<!-- <a href='/no'> --><a href='https://b.example/x'>it</a>", LINK),
        ('<a data-x=" href=/no" href="https://b.example/x">it</a>', f"<p>{LINK}</p>"),
        (
            "a <img src='https://b.example/i.png' alt='Its &quot;plan&quot;'> b",
            f'<p>a <a href="https://b.example/i.png" {OUT}>Its "plan"</a> b</p>',
        ),
        (
            '<p align="center">\n<img src="https://b.example/i.png">\n</p>',
            f'<p class="align-center"> <a href="https://b.example/i.png" {OUT}>image</a> </p>',
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
    source = "a <a name=x></a><!-- b --> <span>\n\n<p><font>c</font></p>\n\n<img alt=d>"
    assert markdown.dropped_html(source) == {
        "comment": 1,
        "<span>": 1,
        "<font>": 1,
        "<img>": 1,
    }


def test_what_every_page_shows_is_not_counted():
    source = "`<div>` \\<div> &lt;div> <b>a</b> <a href='/b'>c</a> <img src=d> <bucket> <p> 1 < 2"
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


TABLE = "<table><tbody><tr>{}</tr></tbody></table>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<table><tr><td>a</td></tr></table>", TABLE.format("<td>a</td>")),
        ("<TABLE border=1><TR><TH>a</TABLE>", TABLE.format("<th>a</th>")),
        (
            '<table><tr><td align="RIGHT" colspan=2 width=9>a<td rowspan=900>b</table>',
            TABLE.format('<td class="align-right" colspan="2">a</td><td rowspan="50">b</td>'),
        ),
        ("<code>ls</code> <ins>a</ins> <mark>b</mark>", None),
        ("<em>a</em> <strong>b</strong> <del>c</del> <q>d</q> <u>e</u>", None),
        ("<tt>a</tt> <strike>b</strike>", "<p><code>a</code> <s>b</s></p>"),
        ("<ul>\n<li>a\n<li>b</ul>", "<ul> <li>a </li><li>b</li></ul>"),
        ("<ol start='3'><li>a</ol>", '<ol start="3"><li>a</li></ol>'),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<pre>a\n\n<b>b</b></pre>", '<pre tabindex="0">a <b>b</b></pre>'),
        ("<blockquote>a</blockquote>", "<blockquote>a</blockquote>"),
        ("<h2 align=center>a</h2>", '<p class="subheading align-center">a</p>'),
        ("<h1>a</h1>", '<p class="subheading">a</p>'),
        ("<center>a</center>", '<div class="align-center">a</div>'),
        ("<div align='right'>\n\na\n\n</div>", '<div class="align-right"> <p>a</p> </div>'),
        ("<p align=justify style='position:fixed'>a</p>", "<p>a</p>"),
        ("<font color=red size=7>a</font>", "<p>a</p>"),
        ("<hr>", "<hr>"),
        ("a<br></br>b", "<p>a<br>b</p>"),
        ("<picture><source srcset=x><img alt=c></picture>a", "<p>a</p>"),
        ('<abbr title="x &quot;y&quot;">a</abbr>', '<p><abbr title="x &quot;y&quot;">a</abbr></p>'),
        ("<details open><summary>a</summary>b</details>", None),
    ],
)
def test_html_that_guides_use_is_shown_as_html(source, html):
    shown = rendered(source).replace('<div class="scroll" tabindex="0"><table>', "<table>")
    wanted = (html or f"<p>{source}</p>").replace(" open>", ' open="">')
    wanted = wanted if not source.startswith("<details") else wanted[3:-4]
    assert " ".join(shown.replace("</table></div>", "</table>").split()) == wanted


@pytest.mark.parametrize(
    "source",
    [
        "<table>",
        "<td>a",
        "</table></td></div>a",
        "<table><tr><td>\n\n**a**\n\n</td></tr>",
        "| a |\n|---|\n| </td></tr></table> b |",
        "<div><p><ul><li><details><summary>a",
        "<b><p>a</b></p></div>",
        "<h1>a</h2>",
        "<table><b><tr>a<td>",
        "<li>a\n\n</ul>\n\nb",
        "<pre>a",
        "<dl><dl></dt><dd>",
    ],
)
def test_html_without_its_ends_stays_within_its_entry(source):
    html = rendered(source)
    assert safety.problems(html) == []
    words = re.sub("<[^>]*>", "", source)
    assert sorted(re.findall("[ab]", safety.text(html))) == sorted(re.findall("[ab]", words))


@pytest.mark.parametrize(
    "tags",
    [
        *("<div>", "<table>", "<table><tr><td>", "<ul><li>", "<dl><dd>", "<details>", "<b><p>"),
        *("<blockquote>", "<h1>", "<a href=/x>", "</div>", "<b>\n\nx\n\n", "<i><b><u><p>x</p>"),
    ],
)
def test_tags_without_end_make_a_page_that_is_neither_deep_nor_long(tags):
    html = rendered((tags * markdown.MAX_LENGTH)[: markdown.MAX_LENGTH])
    assert safety.problems(html) == []
    assert deepest(html) < 300
    assert len(html) < 30 * markdown.MAX_LENGTH


def deepest(html):
    """How deep elements are nested in `html`."""
    depth = most = 0
    for end, tag in re.findall("<(/?)([a-z0-9]+)", html):
        depth += 0 if tag in safety.VOID else -1 if end else 1
        most = max(most, depth)
    return most
