"""What a text defines and uses: reference links and footnotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.core import definitions, markdown
from guide_site.core.definitions import Note
from tests.core import safety

GUIDE = '[S3 docs]: https://a.example/s3 "Read me"\n[other]: /b\n\n[^1]: Words.\n\n    More.\n'
LINKS = definitions.defined(GUIDE).links
NOTES = {"1": Note(7, "/entries/5/", 'Words & "more"')}


def test_a_text_defines_links_and_footnotes():
    found = definitions.defined(GUIDE)
    assert found.labels == {"S3 DOCS", "OTHER", "^1"}
    assert found.links["S3 DOCS"]["href"] == "https://a.example/s3"


@pytest.mark.parametrize(
    "source", ["words", "- [x] done: yes", "words\n[a]: /b", "`[a]: /b`", "    [a]: /b", "[a] : /b"]
)
def test_other_texts_define_nothing(source):
    assert not definitions.defined(source).labels


def test_definitions_in_a_bullet_or_a_quote_count():
    assert definitions.defined("words\n\n[a]: /b").labels == {"A"}
    assert definitions.defined("> [a]: /b").labels == {"A"}


def test_a_text_uses_labels_but_not_the_words_of_its_links():
    source = "See [s3  docs], [again][S3 docs], [so](/x)[^1]."
    assert definitions.used_labels(source) == {"S3 DOCS", "AGAIN", "^1"}


def test_a_link_leads_where_the_guide_says():
    html = markdown.render("See [s3  docs] and [more][other].", links=LINKS)
    assert '<a href="https://a.example/s3" title="Read me"' in html
    assert '<a href="/b"' in html
    assert markdown.link_targets("See [s3 docs].", LINKS) == ["https://a.example/s3"]


def test_a_label_that_nothing_defines_stays_as_it_is_written():
    assert "[unknown] and [^2]" in markdown.render("[unknown] and [^2]", links=LINKS, notes=NOTES)


def test_a_footnote_is_a_number_that_leads_to_its_entry():
    html = markdown.render("Words[^1].", notes=NOTES)
    assert '<sup><a href="/entries/5/" title="Words &amp; &quot;more&quot;"' in html
    assert safety.text(html).strip() == "Words7."


def test_a_footnote_begins_with_its_number():
    html = markdown.render("[^1]: Words.\n\n    More.", notes=NOTES)
    assert html == "<p>7. Words.</p>\n<p>More.</p>\n"


def test_a_mark_inside_a_link_is_no_second_link():
    assert markdown.render("[a[^1]](/b)", notes=NOTES).count("<a ") == 1


def test_code_keeps_its_brackets():
    assert "[^1]" in markdown.render("`[^1]` and", notes=NOTES)
    assert markdown.plain("`[a][b]` [a][b] `c`[^1]") == "[a][b] a c"


@given(st.text(alphabet="ab[]^:()`! \n", max_size=40))
def test_any_text_is_read_and_shown_safely(source):
    definitions.defined(source), definitions.used_labels(source)
    assert safety.problems(markdown.render(source, links=LINKS, notes=NOTES)) == []


def test_a_definition_is_written_so_that_it_reads_the_same():
    (target,) = definitions.defined('[a]: <https://a.example/x y> "b \\"c\\" d"').links.values()
    again = definitions.defined(definitions.as_line("A", target)).links["A"]
    assert (again["href"], again["title"]) == (target["href"], target["title"])
