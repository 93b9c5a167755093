"""Whole guides are read without loss and shown without loss: ours, and those of the corpus."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command

from entries.imports.report import Report
from entries.markdown.reader import decode
from entries.markdown.writer import export
from entries.models import Entry, LegendTag, Section
from guide_site.core import markdown
from tests.entries.guides import parse, parse_file, source_of, whole_guide

pytestmark = pytest.mark.django_db

INLINE = r"</?(?:a|abbr|b|code|del|em|i|kbd|s|small|span|strong|sub|sup|u)\b[^>]*>"
GUIDES = [
    whole_guide("containers.md"),
    whole_guide("garden-tools-2019.md"),
    whole_guide("garden-tools-2024.md"),
    whole_guide("small-clouds-2021.md"),
    whole_guide("small-clouds-2024.md"),
    whole_guide("open-guide-aws-2016-07.md"),
    whole_guide("open-guide-aws-2022-08.md"),
]


def words(text):
    return " ".join(re.findall(r"\w+", text))


def words_of_page(html):
    """What a reader sees of a page, as words."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", html, flags=re.S)
    body = re.sub(r'<sup><a href="/entries/\d+/" title=.*?</sup>', "", body)  # numbers of footnotes
    return words(unescape(re.sub(r"<[^>]*>", " ", re.sub(INLINE, "", body))))


def blocks(source):
    """The visible words of every heading, paragraph, cell and code block of a guide."""
    for token in markdown.parser().parse(source):
        if token.type in ("inline", "fence", "code_block"):
            yield words(markdown.inline_text(token))


def import_guide(path):
    call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize("path", GUIDES)
def test_every_line_is_read_and_kept(path):
    assert source_of(parse_file(path)).encode() == path.read_bytes()


@pytest.mark.parametrize(
    ("path", "sections", "bullets", "kept", "tagged"),
    [
        whole_guide("garden-tools-2019.md", 27, 61, 8, 17),
        whole_guide("garden-tools-2024.md", 28, 59, 4, 17),
        whole_guide("small-clouds-2021.md", 17, 21, 0, 8),
        whole_guide("small-clouds-2024.md", 17, 22, 0, 7),
        whole_guide("open-guide-aws-2016-07.md", 97, 534, 30, 94),
    ],
)
def test_a_guide_has_its_figures(path, sections, bullets, kept, tagged):
    report = Report(parse(decode(path.read_bytes()), signs=()))
    figures = (report.sections, report.bullets, report.kept, report.tagged)
    assert figures == (sections, bullets, kept, tagged)


@pytest.mark.parametrize(
    ("path", "sections", "tagged", "tags"),
    [
        whole_guide("small-clouds-2021.md", 17, 8, 4),
        whole_guide("small-clouds-2024.md", 17, 7, 4),
        whole_guide("open-guide-aws-2016-07.md", 97, 94, 10),
    ],
)
def test_nothing_is_missing_on_the_page_of_the_whole_guide(client, path, sections, tagged, tags):
    import_guide(path)
    page = words_of_page(client.get("/guide/").content.decode())
    assert [block for block in blocks(path.read_text("utf-8")) if block not in page] == []
    assert Section.objects.count() == sections
    assert Entry.objects.exclude(tags=None).filter(kind__in=Entry.LISTED).count() == tagged
    assert LegendTag.objects.count() == tags


@pytest.mark.parametrize(
    ("path", "banner"),
    [
        whole_guide("garden-tools-2019.md", "A spade and a fork"),
        whole_guide("garden-tools-2024.md", ""),
        whole_guide("containers.md", ""),
        whole_guide("open-guide-aws-2022-08.md", "An Open Guide"),
    ],
)
def test_only_hand_made_navigation_is_not_shown(client, path, banner):
    import_guide(path)
    page = words_of_page(client.get("/guide/").content.decode())
    kept = Entry.objects.filter(kind=Entry.Kind.KEPT).values_list("body", flat=True)
    contents = Section.objects.filter(kind="contents").values_list("title", flat=True)
    page += words(" ".join([banner, *contents, *map(markdown.plain, kept)]))
    assert [block for block in blocks(path.read_text("utf-8")) if block not in page] == []


@pytest.mark.parametrize("path", GUIDES)
def test_an_import_is_exported_byte_for_byte(path):
    import_guide(path)
    assert export().encode() == path.read_bytes()
