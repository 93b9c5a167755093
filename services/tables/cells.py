"""What stands in the cells of the two tables: offers, dates, availability; read and written.

Pure. Reading drops what the catalogue has no place for (emphasis, a link within a note); the
source of a cell is kept as long as it means what the catalogue says, so nothing gets lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from markdown_it.token import Token

from entries.markdown.signs import Signs
from guide_site.core import markdown

NAME, NOTE, URL = 120, 300, 500  # as many characters as the catalogue keeps
_READ = 2000  # no more characters of a piece of a cell are read: some parse slowly
_PARTS = 20  # as many notes and marks are looked for behind a name

_parser = markdown.parser()
_is_web_address = URLValidator(schemes=["http", "https"])
_NOTHING = re.compile(r"[-–—?]*|n/?a", re.I)  # what a cell says that holds no offer
_LITERAL = re.compile(r"\\.|`[^`]*`|<sup>[^<]*</sup>|<[^<>]*>", re.S)
_MARK = re.compile(r"<sup>[^<]*</sup>|\[\^[^\[\]\s]+\]")
_TARGET = re.compile(r"\(#(?:user-content-)?([^()\s]+)\)|\[\^([^\[\]\s]+)\]")
_FOOTNOTE = re.compile(
    r"<a\s+(?:name|id)=[\"'](?:user-content-)?([^\"']+)[\"']>[^<]*</a>:?\s*(.*?)\s*(?:<[/ br]+>)?"
    r"|\[\^([^\[\]\s]+)\]:\s*(.*)"
)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Offer:
    """One thing that a cell of the matrix names. `head` and `tail` together are its source."""

    name: str
    url: str = ""
    note: str = ""
    uncertain: bool = False
    head: str = field(default="", compare=False)
    tail: str = field(default="", compare=False)


def footnotes(texts: Iterable[str]) -> dict[str, str]:
    """{anchor: text} of the footnotes that stand in some texts, each on a line of its own."""
    footnotes: dict[str, str] = {}
    for text in texts:
        for line in re.split(r"[\r\n]+", text):
            line = line.strip()
            is_one = line.startswith(("<a", "[^")) and len(line) < 2000
            if is_one and (match := _FOOTNOTE.fullmatch(line)):
                name, words = match[1] or match[3], match[2] or match[4] or ""
                footnotes.setdefault(name, markdown.plain(words))
    return footnotes


class Cells:
    """Reads and writes the cells of one table.

    references  the link definitions that it may use, as the parser's environment has them
    footnotes   {anchor: text}
    signs       the signs of the legend

    Methods that take `odd` append a sentence to it about everything they had to leave out.
    """

    def __init__(
        self,
        *,
        references: Mapping[str, Any] | None = None,
        footnotes: Mapping[str, str] | None = None,
        signs: Iterable[str] = (),
    ) -> None:
        self.references = references or {}
        self.footnotes = footnotes or {}
        self._parsed: dict[str, Token] = {}
        self.signs = Signs(signs)

    def words(self, source: str) -> str:
        """The visible words of a piece of a cell, without its footnote marks."""
        for start, end in reversed(footnote_marks(source)):
            source = source[:start] + source[end:]
        source = re.sub(r"<br ?/?>", " ", source).replace("\\|", "|")
        return markdown.inline_text(self._parse(source))

    def link(self, source: str, odd: list[str] | None = None) -> str:
        """The address of the first link of a piece of a cell, if it is one of the web."""
        children = self._parse(source.replace("\\|", "|")).children or ()
        opening = next((token for token in children if token.type == "link_open"), None)
        url = str(opening.attrGet("href")) if opening else ""
        try:
            if url:
                _is_web_address(url)
        except ValidationError:
            url, wrong = "", url
            remark(odd, f"“{wrong[:80]}” is no web address and was left out")
        if len(url) > URL:
            remark(odd, f"an address of more than {URL} characters was left out")
        return url if len(url) <= URL else ""

    def _parse(self, source: str) -> Token:
        """The Markdown of a piece of a cell, parsed once: a table asks for each several times."""
        source = source[:_READ]
        if source not in self._parsed:
            references = {"references": self.references}
            self._parsed[source] = _parser.parseInline(source, references)[0]
        return self._parsed[source]

    def footnote_texts(self, source: str) -> list[str]:
        """The texts of the footnotes that a piece of a cell points at."""
        names = [
            first or second
            for start, end in footnote_marks(source)
            for first, second in _TARGET.findall(source[start:end])
        ]
        return [self.footnotes[name] for name in names if self.footnotes.get(name)]

    def leading_signs(self, source: str) -> tuple[list[str], str]:
        """Split a cell into the legend signs in front and the rest."""
        pieces = self.signs.pieces(source, alone=True)
        return [key for key, _ in pieces], source[sum(len(piece) for _, piece in pieces) :]

    def name(self, source: str, limit: int = NAME, odd: list[str] | None = None) -> str:
        """The words of a piece of a cell, as many as the catalogue keeps of a name."""
        return shortened(self.words(source), limit, odd)

    def offers(self, source: str, odd: list[str] | None = None) -> list[Offer]:
        """The Offers in a cell; each name counts once."""
        by_name: dict[str, Offer] = {}
        if _NOTHING.fullmatch(source):
            return []
        for piece in _split(source):
            offer = self._offer(piece, odd)
            if offer.name in by_name:
                remark(odd, f"“{offer.name}” twice in one cell")
            elif offer.name:
                by_name[offer.name] = offer
        return list(by_name.values())

    def _offer(self, source: str, odd: list[str] | None) -> Offer:
        head, notes, uncertain = self.without_tail(source)
        _, bare = self.leading_signs(head)
        if (label := _label(bare)) is not None:  # a note may stand within the link
            bare, more, doubt = self.without_tail(label)
            notes, uncertain = more + notes, uncertain or doubt
        notes += self.footnote_texts(bare)
        return Offer(
            name=self.name(bare, odd=odd),
            url=self.link(head, odd),
            note=shortened("; ".join(filter(None, notes)), NOTE, odd),
            uncertain=uncertain,
            head=head,
            tail=source[len(head) :],
        )

    def without_tail(self, source: str) -> tuple[str, list[str], bool]:
        """Split “Name (note)(?)<sup>[1](#x)</sup>” into (“Name”, [notes], uncertain)."""
        head, uncertain = source.rstrip(), False
        notes: list[str] = []
        further: list[str] = []
        for _ in range(_PARTS):
            start, kind = _last_part(head)
            if start is None or not head[:start].strip() or (kind == "note" and notes):
                break
            if kind == "note":
                notes = [self.words(head[start + 1 : -1])]
            elif kind == "mark":
                further = self.footnote_texts(head[start:]) + further
            else:
                uncertain = True
            head = head[:start].rstrip()
        return head, notes + further, uncertain

    def write_offers(self, offers: Sequence[Offer], source: str = "") -> str:
        """The text of a cell with `offers`. What `source` says of them already stays as it is."""
        old = {offer.name: offer for offer in self.offers(source)}
        new = [offer for offer in offers if offer.name not in old]
        gone = [offer for name, offer in old.items() if name not in {o.name for o in offers}]
        if len(new) == len(gone) == 1:
            old[new[0].name] = gone[0]
        return ", ".join(self._write(offer, old.get(offer.name)) for offer in offers)

    def _write(self, offer: Offer, old: Offer | None) -> str:
        """The shortest change to the old source that reads as `offer`."""
        ways = [plain, _] = [_written(offer, quote) for quote in QUOTINGS]
        if old:
            ways = [(old.head, old.tail), (old.head, plain[1]), (plain[0], old.tail), *ways]
        texts = [head + tail for head, tail in ways]
        return next((text for text in texts if self.offers(text) == [offer]), texts[-1])

    def write_words(self, words: str) -> str:
        """A text for a cell that reads as `words`."""
        texts = [quote(words) for quote in QUOTINGS]
        return next((text for text in texts if self.words(text) == words), texts[-1])


def _split(source: str) -> Iterator[str]:
    """The pieces of a cell between the commas that stand in no bracket, link or code."""
    masked = _masked(source)
    partners, start, position = _partners(masked), 0, 0
    while position < len(masked):
        if masked[position] == ",":
            yield source[start:position].strip()
            start = position + 1
        position = partners.get(position, position) + 1
    yield source[start:].strip()


def _masked(source: str) -> str:
    """`source` with NULs in place of code, tags and what is escaped, as long as before."""
    return _LITERAL.sub(lambda match: "\0" * len(match[0]), source)


def _partners(masked: str) -> dict[int, int]:
    """{index of a bracket: index of the one that closes it}."""
    opened: dict[str, list[int]] = {"(": [], "[": []}
    closing: dict[int, int] = {}
    for position, character in enumerate(masked):
        if character in opened:
            opened[character].append(position)
        elif character in ")]" and (waiting := opened["(" if character == ")" else "["]):
            closing[waiting.pop()] = position
    return closing


def footnote_marks(source: str) -> list[tuple[int, int]]:
    """(start, end) of every footnote mark in a piece of source: `<sup>[1](#x)</sup>` or `[^1]`."""
    matches = _MARK.finditer(source) if "<sup>" in source or "[^" in source else ()
    return [m.span() for m in matches if m[0].startswith("[") or "](#" in m[0]]


def _last_part(source: str) -> tuple[int | None, str]:
    """(start, kind) of the last part of `source`: “mark”, “doubt”, “note”; or (None, "")."""
    masked, marks = _masked(source), footnote_marks(source)
    if marks and marks[-1][1] == len(source):
        return marks[-1][0], "mark"
    if masked.endswith(("(?)", "?")):
        return len(source) - (3 if masked.endswith(")") else 1), "doubt"
    if masked.endswith(")"):
        for start, end in _partners(masked).items():
            if end == len(source) - 1 and masked[start - 1 : start] != "]":
                return start, "note"
    return None, ""


def _label(source: str) -> str | None:
    """The text of the link that `source` is as a whole, or None."""
    if not source.startswith("[") or source.startswith("[^"):
        return None
    partners = _partners(_masked(source))
    end = partners.get(0)
    if end is None:
        return None
    is_whole = end == len(source) - 1 or partners.get(end + 1) == len(source) - 1
    return source[1:end] if is_whole else None


def _written(offer: Offer, quote: Callable[[str], str]) -> tuple[str, str]:
    """(name or link, note and doubt) of an offer as Markdown."""
    head = quote(offer.name)
    if offer.url:
        url = offer.url.replace("|", "%7C")
        head = f"[{head}](<{url}>)" if re.search(r"[()\s]", url) else f"[{head}]({url})"
    note = f" ({quote(offer.note)})" if offer.note else ""
    return head, note + ("(?)" if offer.uncertain else "")


def _without_pipes(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def _escaped(words: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", " ".join(words.split()))


QUOTINGS = (_without_pipes, _escaped)  # ways to write words as Markdown, the plainest first


def shortened(words: str, limit: int, odd: list[str] | None = None) -> str:
    """`words`, cut to at most `limit` characters; a sentence about it goes into `odd`."""
    if len(words) <= limit:
        return words
    remark(odd, f"“{words[:40]}…” was cut to {limit} characters")
    return words[: limit - 1].rstrip() + "…"


def remark(odd: list[str] | None, sentence: str) -> None:
    """Append a sentence to the list `odd`, if there is one and it was not said just now."""
    if odd is not None and sentence not in odd[-1:]:
        odd.append(sentence)
