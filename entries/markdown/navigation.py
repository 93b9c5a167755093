"""Hand-made navigation in a guide's file. The site has its own, so it is kept, but not shown."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from entries.markdown.parsed import KEPT, ParsedEntry, ParsedSection
from guide_site.core import markdown

_ALWAYS = {"contents", "table of contents"}
# The same in other words and languages, for a section or a paragraph above a list of links.
_NAMES = _ALWAYS | {
    *("toc", "index", "in this guide", "on this page", "quick links", "table of content"),
    *("目次", "目录", "目錄", "内容目录", "索引", "목차", "차례", "สารบัญ", "mục lục", "daftar isi"),
    *("inhalt", "inhaltsverzeichnis", "inhoud", "inhoudsopgave", "innehåll", "innhold"),
    *("innehållsförteckning", "indhold", "indholdsfortegnelse", "innholdsfortegnelse"),
    *("sisällys", "sisällysluettelo", "sommaire", "table des matières", "índice", "indice"),
    *("tabla de contenido", "tabla de contenidos", "contenido", "contenidos", "conteúdo"),
    *("sumário", "tabela de conteúdo", "tabela de conteúdos", "sommario", "contenuti"),
    *("содержание", "оглавление", "зміст", "съдържание", "садржај", "sadržaj", "kazalo"),
    *("içindekiler", "فهرست", "فهرست مطالب", "المحتويات", "جدول المحتويات"),
    *("فهرس", "תוכן", "תוכן עניינים", "תוכן העניינים", "विषय सूची", "विषयसूची", "अनुक्रमणिका"),
    *("spis treści", "obsah", "tartalom", "tartalomjegyzék", "cuprins", "περιεχόμενα"),
    *("turinys", "saturs", "sisukord", "πίνακας περιεχομένων", "índex"),
}
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(#([^()\s]*)\)")
_HTML_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']?#([^"'\s<>]*)["']?[^<>]*>(.*?)</a>""", re.S)
_BEFORE = re.compile(r"[\W\d_]{0,12}")  # numbers, signs and emphasis in front of a link
_LONGEST = 120  # characters behind a link, or of a title above a list
_FEWEST = 3  # links of a table of contents


class _Item(NamedTuple):
    """A line that begins with a link to a heading: its words, the anchor, what is behind it."""

    words: str
    anchor: str
    behind: str


def is_contents(section: ParsedSection) -> bool:
    """True for a section that is only a hand-made table of contents; `hide` marked its entries."""
    return _is_name(section.title) and all(entry.kind == KEPT for entry in section.walk())


def hide(sections: Sequence[ParsedSection]) -> None:
    """Mark tables of contents and “back to top” lines as kept.

    A table of contents is a section of that name, or a list below a line of that name, or a list
    of three links or more to headings that lists what is below it. Any other list of links says
    something: “Where to go next”.
    """
    for number, section in enumerate(sections):
        everything = _is_titled_contents(section)
        above: ParsedEntry | None = None
        for run in _runs(section.entries):
            if everything or _is_back_to_top(run):
                _keep(run)
            elif run[0].is_listed and _names_contents(above, run):
                _keep([above, *run] if above else run)
            elif _lists_what_follows(run, above, sections, number):
                _keep(run)
            above = None if run[0].is_listed else run[0]


def _keep(run: Iterable[ParsedEntry]) -> None:
    for top in run:
        for entry in top.walk():
            entry.kind = KEPT


def _runs(entries: Sequence[ParsedEntry]) -> list[list[ParsedEntry]]:
    """Neighbouring list entries together, every other entry alone."""
    runs: list[list[ParsedEntry]] = []
    for entry in entries:
        if entry.is_listed and runs and runs[-1][-1].is_listed:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _bare(title: str) -> str:
    """A title without signs around it, in small letters; “İ” is an “i” with a dot then."""
    return _AROUND.sub("", title.casefold().replace("\u0307", ""))


def _is_name(title: str) -> bool:
    """True if a title says “table of contents”."""
    return _bare(title) in _NAMES


def _is_titled_contents(section: ParsedSection) -> bool:
    """True for a section of that name; in other words only if it does hold links to headings."""
    if _bare(section.title) in _ALWAYS:
        return True
    return _is_name(section.title) and _holds_links(section.walk())


def _holds_links(entries: Iterable[ParsedEntry]) -> bool:
    """True if half of the lines or more begin with a link to a heading."""
    found = [bool(_item(entry)) for entry in entries if entry.is_listed]
    return 2 * sum(found) >= len(found) > 0


def _names_contents(above: ParsedEntry | None, run: Iterable[ParsedEntry]) -> bool:
    """True for a list of links below a line such as “**Table of contents**”."""
    if above is None or above.kind not in ("paragraph", "html") or len(above.body) > _LONGEST:
        return False
    return _is_name(markdown.plain(above.body)) and _holds_links(
        entry for top in run for entry in top.walk()
    )


def _lists_what_follows(
    run: Sequence[ParsedEntry],
    above: ParsedEntry | None,
    sections: Sequence[ParsedSection],
    number: int,
) -> bool:
    """True for a list without such a name that is a table of contents all the same.

    It stands right below the title of the guide; or it lists, in their order, most sections that
    are right below its own.

    above   the paragraph before it, or None
    number  which of the sections it stands in
    """
    found = [_item(entry) for top in run for entry in top.walk()]
    items = [item for item in found if item]
    is_signed = any(entry.signs for top in run for entry in top.walk())
    if len(items) < max(_FEWEST, len(found)) or is_signed:
        return False
    is_first = not any(section.has_heading for section in sections[:number])
    has_title = above is not None and _is_title(above.body)
    if is_first and not has_title and not any(item.behind for item in items):
        return True
    return not (is_first and has_title) and _covers(items, sections, number)


def _is_title(body: str) -> bool:
    """True for a line that announces the list below it."""
    line = body.strip()
    is_bold = line[:2] in ("**", "__") and line[-2:] == line[:2]
    return len(line) <= _LONGEST and (is_bold or line.rstrip("*_").endswith((":", "：")))


def _covers(items: Iterable[_Item], sections: Sequence[ParsedSection], number: int) -> bool:
    """True if the links lead to sections below, in order, and to most of the main ones."""
    below: dict[str, int] = {}
    for place, section in enumerate(sections[number + 1 :]):
        if section.level <= sections[number].level and sections[number].has_heading:
            break
        below.setdefault(section.anchor, place)
    places = [below.get(item.anchor, -1) for item in items]
    if not below or -1 in places or places != sorted(places):
        return False
    rest = sections[number + 1 :]
    rank = min(rest[place].level for place in below.values())
    main = {place for place in below.values() if rest[place].level == rank}
    return 2 * len(main & set(places)) >= len(main)


def _item(entry: ParsedEntry) -> _Item | None:
    """The line as one of a table of contents, or None."""
    body = entry.body.strip()
    start = _BEFORE.match(body.partition("[" if "[" in body else "<")[0])
    begin = start.end() if start else 0
    if match := _LINK.match(body, begin):
        words, anchor = match[1], match[2]
    elif match := _HTML_LINK.match(body, begin):
        words, anchor = match[2], match[1]
    else:
        return None
    behind = _AROUND.sub("", body[match.end() :])
    return _Item(words, unquote(anchor), behind) if len(behind) <= _LONGEST else None


def _is_back_to_top(run: Sequence[ParsedEntry]) -> bool:
    item = _item(run[0]) if len(run) == 1 else None
    words = _bare(item.words) if item else ""
    return words.startswith("back to top") and not (item and item.behind)
