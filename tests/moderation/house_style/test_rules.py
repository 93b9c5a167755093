"""The rules of the house style: for each what it finds, how it mends that, and what it leaves."""

import pytest

from moderation.house_style import rules
from moderation.house_style.rules import Text

LONG = "word " * 81
SIGNS = {"gotcha": "❗", "cost": "💸", "tip": "🔹"}


def found(rule, body, **fields):
    return getattr(rules, rule)(Text(body=body, signs=SIGNS, **fields))


# What the guide of a vendor knows.
OF_A_VENDOR = {"names": frozenset({"S3", "Lambda"}), "vendors": ("Amazon", "AWS")}
MENDED = [
    # rule, text, mended text
    ("straight_quotes", 'Say "yes" and don\'t.', "Say “yes” and don’t."),
    ("straight_quotes", "It's 'so' in the users' view.", "It’s ‘so’ in the users’ view."),
    ("straight_quotes", '**"Lead":** a ("b")', "**“Lead”:** a (“b”)"),
    ("straight_quotes", 'Run `echo "a"`, it\'s safe.', 'Run `echo "a"`, it’s safe.'),
    ("double_hyphens", "It is slow--very slow.", "It is slow — very slow."),
    ("double_hyphens", "It is slow -- very slow.", "It is slow — very slow."),
    ("double_hyphens", "Use `--force` -- with care.", "Use `--force` — with care."),
    ("bare_url", "See https://www.a.example/x.", "See [a.example](https://www.a.example/x)."),
    ("bare_url", "See <https://a.example/>.", None),
    ("straight_quotes", "It's so.[^it's]", "It’s so.[^it's]"),
    ("straight_quotes", "[^it's]: It's so.", "[^it's]: It’s so."),
    ("long_name", "Use Amazon S3 and AWS Lambda.", "Use S3 and Lambda."),
    ("unknown_link", "See [S3](#s3-tip).", "See [S3](#s3-tips)."),
]


@pytest.mark.parametrize(("rule", "body", "mended"), MENDED)
def test_it_is_found_and_mended(rule, body, mended):
    anchors = {name: f"/sections/{name}/" for name in ("s3-tips", "ec2")}
    known = OF_A_VENDOR | {"anchors": anchors}
    advice = found(rule, body, **known)
    assert (advice and advice.fix) == mended
    if mended:
        assert found(rule, mended, **known) is None


FOUND = [
    ("missing_lead", "word " * 25, {}, "No bold lead"),
    ("grown_long", LONG, {}, "81 words"),
    ("grown_long", LONG + "more", {"base": LONG}, "82 words"),
    ("unknown_link", "See [it](#nowhere).", {}, "no section “#nowhere”"),
    ("unfit_tag", "Buckets are named.", {"tags": ("gotcha",)}, "names none"),
    ("unfit_tag", "Buckets are named.", {"tags": ("cost",)}, "speaks of none"),
]


@pytest.mark.parametrize(("rule", "body", "fields", "words"), FOUND)
def test_it_is_found(rule, body, fields, words):
    advice = found(rule, body, **fields)
    assert words in advice.sentence
    assert advice.fix is None


LEFT = [
    ("straight_quotes", "“Curly” and it’s `\"code\"`, [x](https://a.example/'q').", {}),
    ("straight_quotes", 'print("x")', {"kind": "code"}),
    ("straight_quotes", '[d]: https://a.example "T"', {"kind": "definition"}),
    ("straight_quotes", 'See [it][d].\n\n[d]: https://a.example "T"', {}),
    ("double_hyphens", "`--force`, a---b, a — b.", {}),
    ("double_hyphens", "[d]: <a--b>", {"kind": "definition"}),
    ("double_hyphens", "| a |\n| -- |\n| b |", {"kind": "table"}),
    ("missing_lead", "**Topic:** " + "word " * 30, {}),
    ("missing_lead", "❗ **Topic:** " + "word " * 30, {}),
    ("missing_lead", "Few words.", {}),
    ("missing_lead", "word " * 30, {"is_nested": True}),
    ("missing_lead", "word " * 30, {"kind": "paragraph"}),
    ("grown_long", "word " * 80, {}),
    ("grown_long", LONG, {"base": LONG + "more"}),
    ("grown_long", LONG, {"kind": "paragraph"}),
    ("bare_url", "[words](https://a.example/) and `https://b.example/`", {}),
    ("bare_url", "[d]: https://a.example", {"kind": "definition"}),
    ("bare_url", "See [it][d].\n\n[d]: https://a.example", {}),
    ("long_name", "[Amazon S3]: /s3", OF_A_VENDOR | {"kind": "definition"}),
    ("long_name", "Amazon Web Services and the Amazon river.", OF_A_VENDOR),
    ("long_name", "`Amazon S3`", OF_A_VENDOR),
    ("long_name", "Amazon S3", {}),
    ("long_name", "Amazon S3", {"names": frozenset({"S3"})}),
    ("long_name", "Google S3", OF_A_VENDOR),
    ("unknown_link", "Back to the [top](#).", {}),
    (
        "unknown_link",
        "See [it](#s3) and [that](https://a.example/#x).",
        {"anchors": {"s3": "/sections/s3/"}},
    ),
    ("unfit_tag", "You cannot undo it.", {"tags": ("gotcha",)}),
    ("unfit_tag", "It is billed by the hour.", {"tags": ("cost",)}),
    ("unfit_tag", "Buckets are named.", {"tags": ("tip",)}),
]


@pytest.mark.parametrize(("rule", "body", "fields"), LEFT)
def test_it_is_left_alone(rule, body, fields):
    assert found(rule, body, **fields) is None


OTHERS = {7: "Use roles, not keys, for programs on EC2.", 8: "Buckets have global names."}


def test_another_entry_that_says_nearly_the_same_is_named():
    advice = found("near_duplicate", "For programs on EC2 use **roles**, not keys.", others=OTHERS)
    assert advice.entry == 7


def test_what_nobody_said_yet_is_no_duplicate():
    assert found("near_duplicate", "Snapshots are incremental.", others=OTHERS) is None


def test_every_rule_has_an_example_of_what_it_finds_and_of_what_it_leaves():
    names = {rule.__name__ for rule in rules.RULES} - {"near_duplicate"}  # its examples are above
    assert {name for name, *_ in [*MENDED, *FOUND]} == names
    assert {name for name, *_ in LEFT} == names


def test_every_rule_is_asked_and_their_advice_comes_in_order():
    text = Text(body='"Amazon S3"--' + "word " * 90, **OF_A_VENDOR)
    expected = ["straight-quotes", "double-hyphens", "missing-lead", "grown-long", "long-name"]
    assert [advice.rule for advice in rules.advice_on(text)] == expected


@pytest.mark.parametrize(
    "body", ["", "'", '"' * 5000, "--" * 5000, "[" * 5000, "`" * 4999, "<" * 5000]
)
def test_odd_texts_are_no_trouble(body):
    assert isinstance(rules.advice_on(Text(body=body, anchors={"s3": "/sections/s3/"})), list)
