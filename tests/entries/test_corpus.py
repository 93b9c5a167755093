"""Real open guides are read without loss and shown without loss."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command

from entries.imports.report import Report
from entries.markdown.reader import decode
from entries.models import Entry, LegendTag, Section
from guide_site.core import markdown
from tests.entries.guides import CORPUS, corpus, needs_corpus, parse, source_of

pytestmark = [pytest.mark.django_db, needs_corpus]

INLINE = r"</?(?:a|abbr|b|code|del|em|i|kbd|s|small|span|strong|sub|sup|u)\b[^>]*>"


def words(text):
    return " ".join(re.findall(r"\w+", text))


def words_of_page(html):
    """What a reader sees of a page, as words."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", html, flags=re.S)
    return words(unescape(re.sub(r"<[^>]*>", " ", re.sub(INLINE, "", body))))


def blocks(source):
    """The visible words of every heading, paragraph, cell and code block of a guide."""
    for token in markdown.parser().parse(source):
        if token.type in ("inline", "fence", "code_block"):
            yield words(markdown.inline_text(token))


@pytest.mark.parametrize("name", ["open-guide-aws-2016-07.md", "open-guide-aws-2022-08.md"])
def test_every_line_is_read_and_kept(name):
    data = corpus(name)
    assert source_of(parse(decode(data))).encode() == data


def test_the_guide_of_2016_has_its_figures():
    report = Report(parse(decode(corpus("open-guide-aws-2016-07.md")), signs=()))
    figures = (report.sections, report.bullets, report.kept, report.tagged)
    assert figures == (97, 534, 30, 104)


def test_nothing_of_2016_is_missing_on_the_page_of_the_whole_guide(client):
    path = CORPUS / "open-guide-aws-2016-07.md"
    call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())
    page = words_of_page(client.get("/guide/").content.decode())
    assert [block for block in blocks(path.read_text("utf-8")) if block not in page] == []
    assert Section.objects.count() == 97
    assert Entry.objects.exclude(tags=None).filter(kind__in=Entry.LISTED).count() == 104
    assert LegendTag.objects.count() == 10


def test_of_2022_only_hand_made_navigation_is_not_shown(client):
    path = CORPUS / "open-guide-aws-2022-08.md"
    call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())
    page = words_of_page(client.get("/guide/").content.decode())
    kept = Entry.objects.filter(kind=Entry.Kind.KEPT).values_list("body", flat=True)
    page += words(
        " ".join(["An Open Guide Table of Contents", *map(markdown.plain, kept)])
    )  # banner, contents
    assert [block for block in blocks(path.read_text("utf-8")) if block not in page] == []
