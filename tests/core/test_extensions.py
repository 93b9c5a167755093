"""What code hosts add to Markdown: notes, emoji codes, identifiers of headings, formulas."""

import pytest

from entries.markdown import headings
from guide_site.core import markdown
from tests.core import safety
from tests.core.test_markdown_rendering import LEGEND, rendered
from tests.entries.guides import parse


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_a_quotation_with_a_mark_is_a_box_with_a_title(kind):
    html = rendered(f"> [!{kind.upper()}]\n> Mind *this*.")
    assert html == (
        f'<div class="alert alert-{kind}">\n<p class="alert-title">{kind.capitalize()}</p>\n'
        "<p>Mind <em>this</em>.</p>\n</div>"
    )


def test_a_box_may_hold_blocks_and_other_quotations():
    html = rendered("> [!tip]\n>\n> - a\n>\n> > b\n\n> c")
    assert html.count("<blockquote>") == 2
    assert "[!" not in html
    assert safety.problems(html) == []


@pytest.mark.parametrize("source", ["> [!NOTE]", "> [!NOTE] a", "> [!OTHER]\n> a", "[!NOTE]\na"])
def test_any_other_quotation_stays_one(source):
    assert "alert" not in rendered(source)


def test_the_words_of_a_box_are_those_of_the_text():
    assert markdown.plain("> [!NOTE]\n> a") == "Note a"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (":rocket: up", "🚀 up"),
        (":+1::tada:", "👍🎉"),
        ("**:heavy_check_mark:**", "✔️"),
        ("[:egg:](https://a.example)", "🥚"),
        ("<b>:tada:</b> <table><tr><td>:tada:</table>", "🎉 🎉"),
        ("arn:aws:kms:key:x", "arn:aws:kms:key:x"),
        (":nothing_like_it: 10:30:45", ":nothing_like_it: 10:30:45"),
        ("`:rocket:`", ":rocket:"),
        ("    :rocket:", ":rocket:"),
        ("<code>:rocket:</code> <pre>:rocket:</pre>", ":rocket: :rocket:"),
        ("https://a.example/:key:/", "https://a.example/:key:/"),
        (r"\:rocket:", ":rocket:"),
    ],
)
def test_emoji_have_codes_but_not_in_code(source, words):
    assert " ".join(safety.text(rendered(source)).split()) == words


def test_a_code_of_a_legend_sign_is_the_sign():
    assert 'href="/legend/gotcha/"' in rendered("a :exclamation:", legend=LEGEND)


@pytest.mark.parametrize(
    ("heading", "title", "anchor"),
    [
        ("## :rocket: Launch", "🚀 Launch", "rocket-launch"),
        ("## Set up {#setup}", "Set up", "setup"),
        ("## Set up {#setup} ##", "Set up", "setup"),
        ("Set up {.x #setup-2}\n---", "Set up", "setup-2"),
        ("## Set up {#größe_x}", "Set up", "größe_x"),
        (r"## Set up {\#setup}", "Set up {#setup}", "set-up-setup"),
        ("## Braces {x}", "Braces {x}", "braces-x"),
    ],
)
def test_a_heading_is_named(heading, title, anchor):
    (section,) = parse(f"{heading}\n\n- a\n").sections
    assert (section.title, section.anchor) == (title, anchor)


@pytest.mark.parametrize(
    ("heading", "title", "written"),
    [
        ("## Set up {#s-1}", "Start", "## Start {#s-1}"),
        ("## Set up {#s-1} ##", "Start", "## Start {#s-1} ##"),
        ("Set up {#s-1}\n---", "Start", "Start {#s-1}\n---"),
        ("## :rocket: Launch", "🚀 Lift off", "## :rocket: Lift off"),
    ],
)
def test_another_title_keeps_the_name(heading, title, written):
    found = headings.Heading.found_in(heading)
    old = headings.read(heading)
    assert headings.retitled(found, old, title, headings.read).bare == written


@pytest.mark.parametrize(
    ("heading", "rank", "written"),
    [
        ("## A {#s-1} ##", 3, "### A {#s-1} ###"),
        ("A {#s-1=x}\n---", 1, "A {#s-1=x}\n==="),
        ("A {#s-1}\n---", 3, "### A {#s-1}"),
    ],
)
def test_another_rank_keeps_the_name(heading, rank, written):
    assert headings.Heading.found_in(heading).ranked(rank).bare == written


@pytest.mark.parametrize("title", ["A {#b}", ":rocket: A", "A :+1:"])
def test_a_title_that_looks_like_one_is_written_so_that_it_stays(title):
    assert headings.read(headings.new(title, 2).bare) == title


def test_a_formula_is_shown_as_its_source():
    html = rendered("$$\na_1 * b_2 * c\n$$")
    assert '<p class="code-label">Math (source)</p>' in html
    assert "<code>a_1 * b_2 * c\n</code>" in html
    assert rendered("costs $$ or $$$") == "<p>costs $$ or $$$</p>"
