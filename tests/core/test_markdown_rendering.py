"""What the site makes of Markdown: the dialect, legend signs, internal links, images."""

import pytest

from guide_site.core import markdown
from tests.core import safety

LEGEND = {"❗": ("/legend/gotcha/", "Gotcha & trap"), "🔹": ("/legend/tip/", "Tip")}
SIGN = (
    '<a class="tag" href="/legend/gotcha/" title="Gotcha &amp; trap" '
    'aria-label="Gotcha &amp; trap">❗</a>'
)
OUT = 'class="external" rel="nofollow noopener ugc"'


def rendered(source, *, anchors=None, **context):
    if anchors is not None:
        context["address_of"] = lambda name: markdown.destination(name, anchors)
    return str(markdown.render(source, **context)).strip()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("one\ntwo", "<p>one\ntwo</p>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one  \ntwo", "<p>one<br>\ntwo</p>"),
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("7. a", '<ol start="7">\n<li>a</li>\n</ol>'),
        ("[ ] a", "<p>☐ a</p>"),
        ("- [x] a\n- [X] b", "<ul>\n<li>☑ a</li>\n<li>☑ b</li>\n</ul>"),
        ("[] a [x] `[ ] b`", "<p>[] a [x] <code>[ ] b</code></p>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("```\na < b\n```", '<pre tabindex="0"><code>a &lt; b\n</code></pre>'),
        ("    a", '<pre tabindex="0"><code>a\n</code></pre>'),
        ("---", "<hr>"),
        ("# Title", '<p class="subheading">Title</p>'),
        ("Title\n=====", '<p class="subheading">Title</p>'),
        ("a<br>b<br/>c", "<p>a<br>b<br>c</p>"),
        ("x<sup>2</sup> H<sub>2</sub>O", "<p>x<sup>2</sup> H<sub>2</sub>O</p>"),
        ("<kbd>Ctrl</kbd>", "<p><kbd>Ctrl</kbd></p>"),
        ("a<!-- hidden -->b", "<p>ab</p>"),
        ("<b onclick=x>b</b>", "<p><b>b</b></p>"),
        ("&copy; &amp; &lt;", "<p>© &amp; &lt;</p>"),
        ("AT&T", "<p>AT&amp;T</p>"),
        (r"\*a\*", "<p>*a*</p>"),
    ],
)
def test_markdown_becomes(source, html):
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<a name="x"></a>text', "text"),
        ("<span class=x>text</span>", "text"),
        ("<font color=red>text</font>", "text"),
        ('<a href="">text</a> <img alt="x">', "text"),
    ],
)
def test_anchors_and_layout_are_dropped_and_their_text_stays(source, text):
    html = rendered(source)
    assert safety.text(html).strip() == text
    assert html.removeprefix("<p>").removesuffix("</p>").strip() == text


def test_a_table_has_a_head_and_aligned_cells():
    html = rendered("| a | b | c |\n|---|:-:|--:|\n| 1 | 2\\|3 | `x` |")
    assert '<th>a</th>\n<th class="align-center">b</th>\n<th class="align-right">c</th>' in html
    assert '<td class="align-center">2|3</td>' in html
    assert '<td class="align-right"><code>x</code></td>' in html


@pytest.mark.parametrize(
    "source",
    [
        "replace <bucket> by yours",
        "arn:aws:s3:::<bucket>/<key>",
        "List<String>",
        "<bucket>",
        "<your-name>\nand more",
        "<bucket name>",
        "a < b and c > d",
        "a <b c",
        "x <y>z</y>",
        "`<b>`",
        "<script>",
        "<details><bucket></details>",
    ],
)
def test_what_looks_like_an_unknown_tag_is_text(source):
    visible = source.replace("`", "").replace("<details>", "").replace("</details>", "")
    assert safety.text(rendered(source)).strip() == visible


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](https://b.example/c)", f'<p><a href="https://b.example/c" {OUT}>a</a></p>'),
        ("<https://b.example>", f'<p><a href="https://b.example" {OUT}>https://b.example</a></p>'),
        ("https://b.example", f'<p><a href="https://b.example" {OUT}>https://b.example</a></p>'),
        ("[a]\n\n[a]: http://b.example", f'<p><a href="http://b.example" {OUT}>a</a></p>'),
        ('[a](/b "c")', '<p><a href="/b" title="c" rel="nofollow noopener ugc">a</a></p>'),
        (
            "<a@b.example>",
            '<p><a href="mailto:a@b.example" rel="nofollow noopener ugc">a@b.example</a></p>',
        ),
        ("https://", "<p>https://</p>"),
        ("`https://b.example`", "<p><code>https://b.example</code></p>"),
    ],
)
def test_a_link_becomes(source, html):
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("see https://b.example/a_b_c.", "https://b.example/a_b_c"),
        ("(https://b.example/a)", "https://b.example/a"),
        ("https://b.example/a_(b)", "https://b.example/a_(b)"),
        ("(https://b.example/a_(b))", "https://b.example/a_(b)"),
        ("**https://b.example/**", "https://b.example/"),
        ("“https://b.example”", "https://b.example"),
        ("https://b.example/?a=1&b=2, and", "https://b.example/?a=1&amp;b=2"),
        ("HTTPS://B.example/x", "HTTPS://B.example/x"),
        ("|a|\n|-|\n|https://b.example/x|", "https://b.example/x"),
    ],
)
def test_a_bare_address_ends_where_a_reader_ends_it(source, address):
    assert f'<a href="{address}" {OUT}>{address}</a>' in rendered(source)


def test_a_bare_address_in_a_link_is_not_linked_again():
    html = rendered("[see https://b.example](https://c.example)")
    assert html == f'<p><a href="https://c.example" {OUT}>see https://b.example</a></p>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](ftp://b.example)", "<p>a (ftp://b.example)</p>"),
        ("[**call** us](tel:123), please", "<p><strong>call</strong> us (tel:123), please</p>"),
        ("<tel:123>", "<p>tel:123</p>"),
        ("[123](tel:123)", "<p>123</p>"),
        ('<a href="tel:123">call</a>', "<p>call (tel:123)</p>"),
        ("![a](data:image/png;base64,x)", "<p>a</p>"),
    ],
)
def test_a_link_of_another_scheme_goes_nowhere_and_says_its_address(source, html):
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("❗ mind", f"<p>{SIGN} mind</p>"),
        ("a ❗", f"<p>a {SIGN}</p>"),
        ("❗❗", f"<p>{SIGN}{SIGN}</p>"),
        ("**❗**", f"<p><strong>{SIGN}</strong></p>"),
        ("# ❗", f'<p class="subheading">{SIGN}</p>'),
        ("<b>❗</b>", f"<p><b>{SIGN}</b></p>"),
        ("`❗` ❗", f"<p><code>❗</code> {SIGN}</p>"),
        ("    ❗", '<pre tabindex="0"><code>❗\n</code></pre>'),
        ("```\n❗\n```", '<pre tabindex="0"><code>❗\n</code></pre>'),
        ("💸 is not of this legend", "<p>💸 is not of this legend</p>"),
    ],
)
def test_a_legend_sign_in_text_is_a_labelled_link(source, html):
    assert rendered(source, legend=LEGEND) == html


@pytest.mark.parametrize(
    "source",
    [
        "[❗](/a)",
        "[**❗** a](/a)",
        '[a](/a "❗")',
        '[a](/a "> ❗ <")',
        "[a](/❗)",
        "<https://b.example/❗>",
        "https://b.example/❗",
        "![❗](/a.png)",
    ],
)
def test_a_legend_sign_in_a_link_stays_as_it_is(source):
    assert rendered(source, legend=LEGEND) == rendered(source)


def test_signs_after_a_link_or_code_are_labelled_again():
    html = rendered("[❗](/a) `❗` ❗\n\n    ❗\n\n❗", legend=LEGEND)
    assert html.count(SIGN) == 2


def test_a_sign_keeps_its_variation_selector():
    html = rendered("🔹\ufe0f tip", legend=LEGEND)
    assert html == (
        '<p><a class="tag" href="/legend/tip/" title="Tip" aria-label="Tip">🔹\ufe0f</a> tip</p>'
    )


def test_the_legend_may_list_a_sign_with_its_variation_selector():
    html = rendered("⚠️ mind", legend={"⚠️": ("/legend/warning/", "Warning")})
    assert 'href="/legend/warning/"' in html


@pytest.mark.parametrize("signs", [("❗", "❗❗"), ("❗❗", "❗")])
def test_of_two_signs_that_begin_alike_the_longer_one_is_read(signs):
    addresses = {"❗": "/legend/one/", "❗❗": "/legend/two/"}
    legend = {sign: (addresses[sign], "Label") for sign in signs}
    assert 'href="/legend/two/"' in rendered("❗❗", legend=legend)


@pytest.mark.parametrize("legend", [None, {}])
def test_without_a_legend_signs_are_text(legend):
    assert rendered("❗ mind", legend=legend) == "<p>❗ mind</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](#s3)", '<p><a href="/services/s3/" rel="nofollow noopener ugc">a</a></p>'),
        ("[a]\n\n[a]: #s3", '<p><a href="/services/s3/" rel="nofollow noopener ugc">a</a></p>'),
        (
            "[**a**](#gone)",
            '<p><span class="missing" title="This guide has no section “gone”.">'
            "<strong>a</strong></span></p>",
        ),
    ],
)
def test_an_internal_link_leads_to_its_section_or_says_that_there_is_none(source, html):
    assert rendered(source, anchors={"s3": "/services/s3/"}) == html


def test_a_link_after_a_missing_one_is_a_link():
    html = rendered("[a](#gone) [b](/b)", anchors={})
    assert html.endswith('<a href="/b" rel="nofollow noopener ugc">b</a></p>')


@pytest.mark.parametrize("name", ["größe", "日本語"])
def test_an_internal_link_may_have_letters_of_any_language(name):
    assert 'href="/sections/x/"' in rendered(f"[a](#{name})", anchors={name: "/sections/x/"})


@pytest.mark.parametrize("name", ["", "top", "TOP", "user-content-top"])
def test_a_link_to_the_top_leads_there(name):
    html = rendered(f"[up](#{name})", anchors={})
    assert html == '<p><a href="#" rel="nofollow noopener ugc">up</a></p>'


def test_a_section_named_top_goes_before_the_top_of_the_page():
    assert 'href="/sections/top/"' in rendered("[up](#top)", anchors={"top": "/sections/top/"})


@pytest.mark.parametrize(("name", "quoted"), [("s3", "s3"), ("größe", "gr%C3%B6%C3%9Fe")])
def test_an_internal_link_stays_as_it_is_if_nobody_knows_where_it_leads(name, quoted):
    assert f'href="#{quoted}"' in rendered(f"[a](#{name})")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "![Map](https://b.example/c.png)",
            f'<p><a href="https://b.example/c.png" {OUT}>Map</a></p>',
        ),
        ("![](/c.png)", f'<p><a href="/c.png" {OUT}>image</a></p>'),
        ("![a *b* `c`](/c.png)", f'<p><a href="/c.png" {OUT}>a b c</a></p>'),
        (
            "[![Map](/c.png)](https://b.example)",
            f'<p><a href="https://b.example" {OUT}>Map</a></p>',
        ),
        ("![<b>](/c.png)", f'<p><a href="/c.png" {OUT}>image</a></p>'),
    ],
)
def test_an_image_is_a_link_to_it(source, html):
    assert rendered(source) == html


@pytest.mark.parametrize(
    "text",
    ["a <?php x ?> b", "a <!DOCTYPE html> b", "a <![CDATA[x > y]]> b", "<?xml version='1.0'?>"],
)
def test_text_in_the_form_of_an_instruction_stays_visible(text):
    assert safety.text(rendered(text)).strip() == text
