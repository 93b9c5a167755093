"""A cell of the matrix: the offers in it, and the text of a cell that offers others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.models import Offering
from services.tables import cells
from services.tables.cells import NAME, NOTE, URL, Cells, Offer, footnotes

CELLS = Cells(
    references={"R": {"href": "https://example.org/r", "title": ""}},
    footnotes={"weak": "Only for a start", "more": "And more"},
    signs=["🐥", "❗"],
)
LINK = "https://example.org/x"


def offers(source):
    return [(o.name, o.url, o.note, o.uncertain) for o in CELLS.offers(source)]


@pytest.mark.parametrize(
    ("source", "name", "url", "note", "uncertain"),
    [
        ("EC2", "EC2", "", "", False),
        ("Compute Engine (GCE)", "Compute Engine", "", "GCE", False),
        (f"[EC2]({LINK})", "EC2", LINK, "", False),
        (f"[DynamoDB (weak)]({LINK})", "DynamoDB", LINK, "weak", False),
        (f"[DynamoDB]({LINK}) (weak)", "DynamoDB", LINK, "weak", False),
        ("[DynamoDB][r]", "DynamoDB", "https://example.org/r", "", False),
        ("[DynamoDB (weak)][R]", "DynamoDB", "https://example.org/r", "weak", False),
        ("[x](https://example.org/a_(b))", "x", "https://example.org/a_(b)", "", False),
        ("Prometheus(?)", "Prometheus", "", "", True),
        ("Silk?", "Silk", "", "", True),
        ("Silk (old)(?)", "Silk", "", "old", True),
        ("Silk? (old)", "Silk", "", "old", True),
        ("A (b) (c)", "A (b)", "", "c", False),
        ("A ((b) c)", "A", "", "(b) c", False),
        ("**EC2**", "EC2", "", "", False),
        ("`bind`", "bind", "", "", False),
        ("a\\|b", "a|b", "", "", False),
        ("`a\\|b`", "a|b", "", "", False),
        ("A<br>B", "A B", "", "", False),
        ("A &amp; B", "A & B", "", "", False),
        ("🐥[Polly](https://example.org/x)", "Polly", LINK, "", False),
        ("❗️ 🐥 Polly", "Polly", "", "", False),
        ("EC2<sup>[1](#user-content-weak)</sup>", "EC2", "", "Only for a start", False),
        (
            "EC2 (x)<sup>[1](#user-content-weak),[2](#more)</sup>",
            "EC2",
            "",
            "x; Only for a start; And more",
            False,
        ),
        ("EC2[^weak]", "EC2", "", "Only for a start", False),
        ("EC2<sup>[9](#nowhere)</sup>", "EC2", "", "", False),
        ("Borg or Omega", "Borg or Omega", "", "", False),
        ("CLB/ALB", "CLB/ALB", "", "", False),
        ("A (open", "A (open", "", "", False),
        ("Foo \\(x\\)", "Foo (x)", "", "", False),
    ],
)
def test_an_offer_is_read_from_its_piece(source, name, url, note, uncertain):
    assert offers(source) == [(name, url, note, uncertain)]


@pytest.mark.parametrize("source", ["", "-", "—", "?", "n/a", "N/A", ",", " , ", "[^weak]"])
def test_a_cell_may_offer_nothing(source):
    assert offers(source) == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("MySQL, PostgreSQL", ["MySQL", "PostgreSQL"]),
        ("a,b ,c,", ["a", "b", "c"]),
        ("A (b, c), D", ["A", "D"]),
        ("[a, b](https://example.org/x,y), `c, d`", ["a, b", "c, d"]),
        ("A<sup>[1](#weak),[2](#more)</sup>, B", ["A", "B"]),
        ("a\\, b, c", ["a, b", "c"]),
        ("A (b, c", ["A (b", "c"]),
        ("A, A, B", ["A", "B"]),
    ],
)
def test_a_cell_is_split_at_commas_outside_brackets(source, names):
    assert [offer.name for offer in CELLS.offers(source)] == names


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("A, A", "“A” twice in one cell"),
        ("[A](javascript:x)", ""),
        ("[A](/docs)", "“/docs” is no web address and was left out"),
        ("[A](#b)", "“#b” is no web address and was left out"),
        ("x" * 130, f"“{'x' * 40}…” was cut to 120 characters"),
        (f"A ({'x' * 301})", f"“{'x' * 40}…” was cut to 300 characters"),
        (f"[A](https://x.org/{'x' * 500})", "an address of more than 500 characters was left out"),
    ],
)
def test_what_does_not_fit_is_left_out_and_told(source, sentence):
    odd = []
    (offer,) = CELLS.offers(source, odd)
    assert odd == ([sentence] if sentence else [])
    assert len(offer.name) <= NAME
    assert len(offer.note) <= NOTE
    assert offer.url == ""


def test_the_limits_are_those_of_the_catalogue():
    limits = [Offering._meta.get_field(f).max_length for f in ("name", "note", "url")]
    assert limits == [NAME, NOTE, URL]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("Kong, *Tyk*", [Offer("Kong"), Offer("Tyk", note="new")], "Kong, *Tyk* (new)"),
        ("Kong, *Tyk*", [Offer("Tyk")], "*Tyk*"),
        ("Kong", [Offer("Kong"), Offer("Tyk")], "Kong, Tyk"),
        ("", [Offer("Kong", LINK, "a", True)], f"[Kong]({LINK}) (a)(?)"),
        (f"[Kong (a)]({LINK})", [Offer("Kong", LINK, "b")], f"[Kong]({LINK}) (b)"),
        (f"[Kong]({LINK})", [Offer("Kong", "", "")], "Kong"),
        ("Kong (a)<sup>[1](#weak)</sup>", [Offer("Kong", "", "a; Only for a start", True)], None),
        (
            "Kong<sup>[1](#weak)</sup>",
            [Offer("King", "", "Only for a start")],
            "King<sup>[1](#weak)</sup>",
        ),
        ("", [Offer("a|b"), Offer("a, b")], "a\\|b, a\\, b"),
        ("", [Offer("Foo (x)")], "Foo \\(x\\)"),
        ("", [Offer("x", "https://e.org/(a) b|c")], "[x](<https://e.org/(a) b%7Cc>)"),
        ("Kong", [], ""),
    ],
)
def test_a_changed_cell_keeps_the_source_of_what_is_the_same(old, new, text):
    written = CELLS.write_offers(new, old)
    if text is not None:
        assert written == text
    if "<https" not in written:
        assert CELLS.offers(written) == new


NAMES = st.text(st.sampled_from("ab1 .,|()[]*_`\\?<>&#-é❗🐥"), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=3, unique_by=lambda o: o[0].strip())
)
def test_any_words_that_were_read_can_be_written(parts):
    texts = [f"{name} ({note})" + "(?)" * doubt for name, note, doubt in parts]
    first = CELLS.offers(", ".join(texts))
    text = CELLS.write_offers([Offer(o.name, o.url, o.note, o.uncertain) for o in first])
    assert [o.name for o in CELLS.offers(text)] == [o.name for o in first] or text.count("[")


@given(st.text(max_size=60))
def test_any_cell_is_read(source):
    for offer in CELLS.offers(source):
        assert offer.name
        assert offer.head + offer.tail in source


def test_footnotes_are_found_in_texts():
    text = (
        '<a name="user-content-a">**1**</a>: Excludes *caching*<br />\n'
        '<a id="b">2</a> Includes [it](https://example.org)</br>\r\n'
        "[^c]: As `text`\nwords\n<a name='a'>3</a>: a second one\n<a name=x>\n"
    )
    assert footnotes([text]) == {"a": "Excludes caching", "b": "Includes it", "c": "As text"}


def test_a_cell_that_is_read_again_is_parsed_once(monkeypatch):
    parsed = []
    parse = cells._parser.parseInline
    monkeypatch.setattr(
        cells._parser, "parseInline", lambda text, env: parsed.append(text) or parse(text, env)
    )
    table = Cells()
    for _ in range(3):
        assert table.name("[S3](https://a.example)") == "S3"
        assert table.link("[S3](https://a.example)") == "https://a.example"
    assert parsed == ["[S3](https://a.example)"]
