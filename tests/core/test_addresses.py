"""Free slugs, and numbers out of addresses."""

import pytest
from django.urls import reverse

from guide_site.core.addresses import free_slug, numbered_address, whole_number


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        ([], "s3"),
        (["s3"], "s3-2"),
        (["s3", "s3-2", "s3-3"], "s3-4"),
        (["s3", "s3-3"], "s3-2"),
        (["s3-2"], "s3"),
    ],
)
def test_a_slug_gets_the_first_free_number_if_it_is_taken(taken, slug):
    assert free_slug("s3", taken.__contains__) == slug


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", [None, "", " ", "x", "1x", " 1", "-1", "+1", "1.0", "1_0", "٣", "²", "9" * 19, "\0"]
)
def test_everything_else_is_no_number(text):
    assert whole_number(text) is None


@pytest.mark.parametrize("name", ["entry", "entry-edit", "revision", "proposal"])
def test_the_address_of_a_number_is_that_of_reverse(name):
    assert numbered_address(name, 1203) == reverse(name, args=[1203])
