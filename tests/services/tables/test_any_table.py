"""Whatever stands in the tables: it comes in, goes out to the letter, and again is nothing."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from guide_site.core import history
from tests import factories
from tests.services.guides_with_tables import exported, imported

PIECES = [
    *("", "", "", "EC2", "S3", "Route53", "Route 53", "[DynamoDB (weak)](https://x.org/a)"),
    *("Foo (bar)", "Prometheus(?)", "Silk?", "a\\|b", "`a|b`", "`a\\|b`", "**B**", "x, y"),
    *("[a, b](http://e.org/(x),y)", "Foo<sup>[1](#user-content-x)</sup>", "❗ Foo", "🐥❗"),
    *("Foo (n)<sup>[1](#user-content-x),[2](#y)</sup>", "[x](javascript:alert(1))", "[r]"),
    *("[t][r]", "<b>z</b>", "A<br>B", "(", "((a)", "]", "[", "`", "\\", "-", "?", "n/a", "(?)"),
    *("()", "a,,b", ",", "\t", "日本語", "x" * 150, f"a ({'y' * 400})", "&amp; &lt;", "[^1]"),
    *("Foo[^1]", "<sup>2</sup>", "\\*a\\*", "a_b_c", "*", "![i](http://e.org/i.png)", "\xa0"),
    *("[](http://e.org)", "http://e.org/a,b", "\u200b", "\x0b", "\x0c", "\u202eabc", "🐥[X](/x)"),
]
DATES = ["2016-03", "2016", "2016-13", "March 2016", "soon", "", "0000", "?", "9999-12", "2016-00"]
STATES = [
    *("General", "Beta", "Obsolete?", "Retired (in 2015)", "❗[Nearly obsolete](https://x.org)"),
    *("General ❗HTTP-only", "", "?", "weird", "General (a)<sup>[1](#user-content-x)</sup>", "(a)"),
]
TITLES = ["Google", "Google Cloud", "Microsoft", "Microsoft Azure", "Open source “b”", "", "AWS"]
REST = (
    '\n## F\n\n<a name="user-content-x">**1**</a>: A | b, (c)<br />\n[^1]: d\n\n[r]: http://r.org\n'
)

pad = st.sampled_from(["", " ", " ", "  ", "\t", "      "])
piece = st.one_of(
    st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=3).map(", ".join)
)


def row(*cells):
    """Lines of a row: padded, with or without its outer pipes, too short or too long."""
    padded = [st.tuples(pad, cell, pad).map("".join) for cell in cells]
    inner = st.tuples(*padded, st.integers(0, len(cells) + 1)).map(
        lambda made: "|".join([*made[:-1], "more"][: made[-1] + 1])
    )
    pipes = st.sampled_from(["|", "|", "|", ""])
    return st.tuples(pipes, inner, pipes).map("".join)


@st.composite
def matrix(draw):
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=3, max_size=5))
    first = st.one_of(st.sampled_from(["PaaS", "CDN", "Virtual server"]), piece)
    rows = draw(st.lists(row(first, *[piece] * (len(titles) + 1)), max_size=5))
    return ["|".join(["", "Service", "AWS", *titles, ""]), "|---" * (len(titles) + 2), *rows]


@st.composite
def releases(draw):
    cells = row(piece, st.sampled_from(DATES), st.sampled_from(STATES))
    return ["|Service|Released|Availability|", "|-|-|-|", *draw(st.lists(cells, max_size=5))]


table = st.one_of(matrix(), releases()).map("\n".join)
guide = st.lists(table, min_size=1, max_size=3).map(
    lambda tables: "# G\n\n" + "\n\n- b\n\n".join(tables) + "\n" + REST
)


@pytest.mark.django_db
@settings(max_examples=15)
@given(guides=st.lists(guide, min_size=2, max_size=2))
def test_any_table_comes_in_and_leaves_to_the_letter(guides):
    with transaction.atomic():
        for slug, sign in (("new", "🐥"), ("gotcha", "❗")):
            factories.legend_tag(slug, sign)
        for text in guides:
            imported(text)
            assert exported() == text
            before = history.generation()
            assert imported(text).is_empty
            assert history.generation() == before
        transaction.set_rollback(True)
