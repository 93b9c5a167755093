"""Whatever people type: rendering never fails, and its HTML is safe to print."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guide_site.core import markdown
from tests import hostile_texts
from tests.core import safety
from tests.hostile_texts import collected

LEGEND = {"❗": ("/legend/gotcha/", 'Gotcha <b>&"'), "🔹": ("/legend/tip/", "Tip")}
ANCHORS = {"s3": "/services/s3/"}
PARTS = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "1. ",
            "# ",
            "---\n",
            "```\n",
            "~~~\n",
            "|a|b|\n|-|-|\n",
        ),
        *("[a](", "[a]: ", "[a]", "![", "](#s3)", "](#gone)", ")", "]", "*", "**", "_", "~~", "`"),
        *("❗", "🔹\ufe0f", '"❗>"', ' "title', "https://a.example/❗", "<https://", "<a@b.c>"),
        *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=", "<style>"),
        *("<b", "<b>", "</b>", "<a href='", "<details open ontoggle=x>", "<summary>", "<bucket>"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!X", ">", "<", "&", "&#x6A;", "&lt;"),
        *("javascript:alert(1)", "JaVa\tScRiPt:", "data:text/html,", "vbscript:", "//x.example"),
        *("style=x", " onclick=", "class=tag", "\\", "'", '"', "\x00", "\u202e", "\x7f", "é", "x"),
    ]
)
SOURCES = st.text() | st.lists(PARTS | st.text(max_size=3), max_size=25).map("".join)


def render(source):
    return markdown.render(source, legend=LEGEND, address_of=ANCHORS.get)


def is_safe(source):
    """True if the HTML of `source` is safe however it is rendered."""
    assert safety.problems(render(source)) == []
    assert safety.problems(markdown.render(source)) == []
    return True


@given(SOURCES)
@example('[a](/x "❗> <b onclick=x>")')
@example('[a](#"onclick=x)')
@example("<b title='❗>'>")
def test_no_source_makes_unsafe_html(source):
    assert is_safe(source)


@given(SOURCES)
def test_no_source_makes_the_other_readers_fail(source):
    words = markdown.plain(source)
    assert words == " ".join(words.split())
    assert all(isinstance(target, str) for target in markdown.link_targets(source))


@given(st.text(alphabet="ab <>&\"'/=", max_size=40))
def test_a_label_of_the_legend_is_only_text(label):
    html = markdown.render("❗", legend={"❗": ("/legend/gotcha/", label)})
    assert safety.problems(html) == []
    assert safety.text(html).strip() == "❗"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "text <script src=//x.example></script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<b onmouseover=alert(1)>x</b>",
        "<b style='position:fixed'>x</b>",
        "<b\nonclick\n=\nalert(1)>x</b>",
        "<details open ontoggle=alert(1)>x</details>",
        "<iframe srcdoc='<script>'></iframe>",
        "<form action=//x.example><input name=password></form>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<base href=//x.example>",
        "<meta http-equiv=refresh content=0>",
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "[x](java&#x09;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "[x](<javascript:alert(1)>)",
        "[x]\n\n[x]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg>)",
        '[x](/a "title\\" onmouseover=alert(1) ")',
        "```html onclick=alert(1)\nx\n```",
        "| a |\n|:-:|\n| <td onclick=x> |",
        "</p></div></main><h1>fake",
    ],
)
def test_an_attack_comes_to_nothing(source):
    assert is_safe(source)


def problems_of(texts):
    """{text: what is unsafe in its HTML} of the texts that make unsafe HTML."""
    return {text: unsafe for text in texts if (unsafe := safety.problems(render(text)))}


def test_attacks_in_every_combination_come_to_nothing():
    texts = hostile_texts.all_texts()
    assert len(set(texts)) > 4000
    assert problems_of(texts) == {}


@pytest.mark.corpus
def test_the_collected_attacks_come_to_nothing():
    texts = collected("naughty_strings.json") + collected("script_injection.json")
    assert len(texts) > 6000
    assert problems_of(texts) == {}


def repeated(part):
    return lambda length: part * (length // len(part))


ENDLESS = {
    "brackets": repeated("["),
    "images": repeated("!["),
    "links": repeated("[]("),
    "closed links": lambda length: "[a" * (length // 4) + "]()" * (length // 6),
    "links in angles": repeated("[a](<b"),
    "stars": repeated("*"),
    "emphasis": repeated("*a _b "),
    "strong": repeated("a**b"),
    "backticks": repeated("`"),
    "growing backticks": lambda length: " ".join("`" * n for n in range(1, int(length**0.5))),
    "angles": repeated("<"),
    "tags": repeated("<b>"),
    "unknown tags": repeated("<x y=z "),
    "comments": repeated("<!-- "),
    "blocks of html": repeated("<div>\n"),
    "quotes": repeated(">"),
    "quoted lists": repeated("> - "),
    "lists": repeated("- "),
    "nested list": lambda length: "".join("  " * n + "- x\n" for n in range(int(length**0.5))),
    "long table": lambda length: "|a|b|\n|-|-|\n" + "|x|y|\n" * (length // 6),
    "wide table": lambda length: f"|{'a|' * (length // 4)}\n|{'-|' * (length // 4)}\n",
    "addresses": repeated("http://a.example "),
    "brackets of an address": lambda length: "http://a.example/" + ")" * length,
    "definitions": lambda length: "".join(f"[a{n}]: b\n" for n in range(length // 9)),
    "entities": repeated("&#x"),
    "signs": repeated("❗"),
    "lines": repeated("a\n\n"),
    "nothing": repeated("\x00"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_text_is_rendered_all_the_same(name):
    html = render(ENDLESS[name](markdown.MAX_LENGTH))
    assert safety.problems(html) == []


@pytest.mark.parametrize("name", ENDLESS)
def test_the_work_grows_no_faster_than_the_text(name):
    short, long = (steps(ENDLESS[name](length)) for length in (1000, 4000))
    assert long <= 6 * short + 1000


def steps(source):
    """How many function calls it takes to render `source`: work counted without a clock."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        render(source)
    finally:
        sys.setprofile(before)
    return calls
