"""What a file says of an entry may be typed on the site as well."""

import pytest
from hypothesis import given

from entries.markdown import typed
from entries.markdown.reader import NotAGuide
from tests.entries.guides import SIGNS, parse
from tests.entries.made_up_guides import guides
from tests.examples import examples


@pytest.mark.fuzz
@examples(200)
@given(guides)
def test_each_entry_of_a_file_reads_as_one_by_itself(text):
    try:
        entries = list(parse(text).walk())
    except NotAGuide:
        return
    for entry in entries:
        kind = typed.kind_in_file(entry.body, entry.kind, signs=entry.signs, legend=SIGNS)
        assert kind == entry.kind


@pytest.mark.parametrize(
    ("typed_text", "kept"),
    [
        ("\r\n\r\n a\r\n b \n\n", "a\n b"),
        ("\tcode", "\tcode"),
        ("   a", "a"),
    ],
)
def test_a_text_is_kept_as_a_file_would_have_it(typed_text, kept):
    assert typed.cleaned(typed_text) == kept
