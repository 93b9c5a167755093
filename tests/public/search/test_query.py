"""What was typed, as terms."""

import pytest

from guide_site.public.search.query import MAX_LENGTH, MAX_TERMS, Names, parse

NAMES = Names(
    [
        ("ELB", "Elastic Load Balancing"),
        *((name, f"Amazon {name} Store") for name in ("EBS", "S3", "SQS", "SNS", "RDS")),
    ]
)


def labels(text, **options):
    return [term.label for term in parse(text, **options).terms]


def variants(text, **options):
    """The variants of the first term, as texts."""
    return [" ".join(variant.words) for variant in parse(text, **options).terms[0].variants]


def test_words_that_say_nothing_are_left_out():
    assert labels("what is the maximum size of a bucket") == ["maximum", "size", "bucket"]


def test_words_that_say_nothing_are_kept_where_there_are_no_others():
    assert labels("how to be on") == ["how", "to", "be", "on"]


def test_what_stands_in_quotes_must_be_there():
    (term,) = parse("“reserved instance”").terms
    assert (term.is_required, term.variants[0].words) == (True, ("reserved", "instance"))


def test_a_quote_that_is_still_open_is_one_all_the_same():
    assert [term.is_required for term in parse('cost "reserved inst').terms] == [True, False]


@pytest.mark.parametrize("name", ["us-east-1", "d2.xlarge", "s3:GetObject", "read-after-write"])
def test_a_name_with_dashes_or_dots_is_one_term(name):
    assert labels(name) == [name]


def test_a_name_with_a_dash_may_be_written_as_one():
    assert variants("multi-part ") == ["multi part", "multipart"]


def test_slashes_part_words():
    assert labels("s3/glacier, sqs") == ["s3", "glacier", "sqs"]


def test_an_abbreviation_stands_for_the_full_name():
    assert "elastic load balancing" in variants("elb ", names=NAMES)


def test_a_full_name_stands_for_the_abbreviation():
    assert variants("Elastic Load Balancing ", names=NAMES) == ["elastic load balancing", "elb"]


def test_the_vendor_before_a_full_name_may_be_left_out():
    assert "ebs" in variants("EBS store ", names=NAMES)


def test_a_word_of_the_same_meaning_counts_less():
    own, *others = parse("cheap ").terms[0].variants
    assert own.weight > max(other.weight for other in others)


def test_the_last_word_may_be_a_beginning_while_one_types():
    assert [v.is_beginning for v in parse("s3 lambd").terms[-1].variants] == [False, True]
    assert not any(v.is_beginning for v in parse("s3 lambd ").terms[-1].variants)


def test_a_sign_of_the_legend_asks_for_its_label():
    assert labels("❗ lambda", signs={"❗": "Gotcha"}) == ["gotcha", "lambda"]


@pytest.mark.parametrize("text", ["", "  ", "?!", "-", '""', "\0", "🦄", "“ ”", "((((", "'"])
def test_what_holds_no_word_is_no_query(text):
    assert not parse(text)


def test_a_word_twice_is_one_term():
    assert labels("bucket buckets BUCKET") == ["bucket"]


def test_a_long_text_is_cut_and_says_so():
    assert parse("a" * (MAX_LENGTH + 1)).is_shortened
    many = parse(" ".join(f"word{n}" for n in range(MAX_TERMS + 1)))
    assert (len(many.terms), many.is_shortened) == (MAX_TERMS, True)
    assert not parse("one word").is_shortened
