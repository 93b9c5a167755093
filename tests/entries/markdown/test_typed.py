"""What a file says of an entry may be typed on the site as well."""

import pytest
from hypothesis import given

from entries.markdown import typed
from entries.markdown.reader import NotAGuide
from entries.markdown.seams import closing
from entries.markdown.signs import Signs
from tests.entries.guides import SIGNS, parse
from tests.entries.made_up_guides import guides
from tests.examples import examples


@pytest.mark.fuzz
@examples(200)
@given(guides)
def test_each_entry_of_a_file_reads_as_one_by_itself(text):
    try:
        guide = parse(text)
    except NotAGuide:
        return
    known = [*SIGNS, *(line.sign for line in guide.legend)]
    for entry in guide.walk():
        if closing(entry.body):
            continue  # only the end of its file, or of its bullet, ends it
        explains = not entry.signs and bool(Signs(known).within(entry.body))
        legend = () if explains else known
        kind = typed.kind_in_file(entry.body, entry.kind, signs=entry.signs, legend=legend)
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


@pytest.mark.parametrize(
    "body", ["```\nopen", "<pre>\nopen", "<!-- open", "<script>x", "<?php x", "<![CDATA[ x", "~~~"]
)
@pytest.mark.parametrize("kind", ["bullet", "step", "paragraph"])
def test_what_would_swallow_the_entries_behind_it_is_refused(body, kind):
    with pytest.raises(typed.NotOneEntry, match=r"does not end|not a paragraph"):
        typed.kind_in_file(body, kind)


def test_tags_in_front_of_code_are_refused_because_it_would_not_begin_there():
    code = "```\ncode\n```"
    assert typed.kind_in_file(code, "bullet", legend=SIGNS) == "bullet"
    with pytest.raises(typed.NotOneEntry, match="carries no legend tags"):
        typed.kind_in_file(code, "bullet", signs=SIGNS[:1], legend=SIGNS)
