"""Any HTML becomes well-formed XHTML."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.public.downloads.xhtml import characters, well_formed

_TAGS = st.sampled_from(
    [
        *(
            "<b>",
            "</b>",
            "<p>",
            "</p>",
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
        ),
        *("</table>", "<br>", "<hr/>", "<a href='/x?a&b'>", "</a>", "<details>", "</summary>"),
        *("<pre>", "</pre>", "<x-y z>", "</x-y>", "<p class=a class=b ü=c on:x='1'>", "<!-- -- >"),
        *("<![CDATA[ x ]]>", "<?php ?>", "<style>", "</style>", "<script>", "&", "&amp", "&#0;"),
        *("<", ">", '"', "]]>", "<a", "&#xfffe;", "\x00", "\x1b", "\ud800", "text", " \n\n "),
    ]
)
_MARKUP = st.lists(st.one_of(_TAGS, st.text(max_size=5))).map("".join)


@given(_MARKUP)
def test_whatever_comes_in_is_well_formed(markup):
    ElementTree.fromstring(f"<x>{well_formed(markup)}</x>")


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<p>a<br>b", "<p>a<br/>b</p>"),
        ("<td></td>", "<td></td>"),
        ("<i>a<b>b</i>c</b>", "<i>a<b>b</b></i>c"),
        ("a & b &lt; &eacute;&nbsp;c", "a &amp; b &lt; é\xa0c"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<tr><th>a<td>b<tr><td>c", "<tr><th>a</th><td>b</td></tr><tr><td>c</td></tr>"),
        ("<b><p>a</p></b>", "<b></b><p>a</p>"),
        ("<ul><b><li>a</li></b></ul>", "<ul><li>a</li></ul>"),
        ("<a href='x'>a<a href='y'>b</a></a>", '<a href="x">a</a><a href="y">b</a>'),
        ("<details><summary>a</summary>b</details>", "<div><p>a</p>b</div>"),
        ("<blink>a</blink><!-- b -->c", "ac"),
        ('<p class="a" class="b" onclick="c">', '<p class="a"></p>'),
        ("a\x0b\x00\ufffeb", "ab"),
        ("<p>a</p>\n \n<p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<pre>\n \n</pre>", "<pre>\n \n</pre>"),
    ],
)
def test_it_writes(html, xhtml):
    assert well_formed(html) == xhtml


def test_links_lead_where_they_are_told_or_are_words_only():
    places = {"/a/": "a.xhtml"}
    html = '<a href="/a/" title="t">a</a> <a href="/b/" aria-label="l">b</a> <a>c</a>'
    assert well_formed(html, places.get) == (
        '<a href="a.xhtml" title="t">a</a> <span>b</span> <span>c</span>'
    )


def test_a_style_is_not_escaped():
    assert well_formed("<style>a > b { }</style>") == "<style>a > b { }</style>"
    assert well_formed("<style><b> & </style>") == "<style>b>  </style>"


def test_words_lose_only_what_xml_cannot_hold():
    assert characters("a\tb\x08 \ud800\U0001f600\uffff") == "a\tb \U0001f600"
