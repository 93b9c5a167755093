"""A guide as one Markdown file: headings are sections, list items are nested entries.

Pure: text in, plain objects out. Every line of the file belongs to exactly one section or
entry as its `verbatim` source, in the order of the file, so that joining them gives the file.
"""

import textwrap
from collections.abc import Iterable
from typing import Any, NamedTuple

from markdown_it.token import Token

from entries.markdown import front_matter, legends, navigation, source_lines
from entries.markdown.blocks import KINDS, after_banner, lines_of, names_address, only_images
from entries.markdown.definitions import Definitions
from entries.markdown.parsed import KEPT, NotAGuide, Note, ParsedEntry, ParsedGuide, ParsedSection
from entries.markdown.seams import SEPARATOR
from entries.markdown.signs import Signs
from guide_site.core import markdown

UNTITLED = "Section without a title"  # the same wherever its heading stands
MAX_BYTES = 16_000_000  # reading takes some 15 s and 80 MB of memory for each MB
_parser = markdown.parser()
_LIST = ("bullet_list_open", "ordered_list_open")


def decode(data: bytes) -> str:
    """The text of a file. Raises NotAGuide if it is too large, empty or no UTF-8 text."""
    if len(data) > MAX_BYTES:
        raise NotAGuide(f"The file has more than {MAX_BYTES // 10**6} MB: split the guide.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAGuide(f"The file is not UTF-8 text (byte {error.start + 1}).") from None
    if not text.removeprefix("\ufeff").strip():
        raise NotAGuide("The file is empty.")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise NotAGuide(f"The file holds a NUL character in line {line}: it is no text.")
    return text


def parse(
    text: str, *, signs: Iterable[str] = (), name: str = "Guide", hide_contents: bool = True
) -> ParsedGuide:
    """Read a guide. Raises NotAGuide if it has neither a heading nor a bullet.

    signs          legend signs that are known already; the file's own legend adds to them
    name           title for entries before the first heading
    hide_contents  mark hand-made navigation as kept, as `navigation.hide` does
    """
    guide = _Reader(text, signs, name).guide()
    if hide_contents:
        navigation.hide(guide.sections)
    return guide


class _Owner(NamedTuple):
    """A section or entry, and its first line (from 0)."""

    first_line: int
    parsed: ParsedSection | ParsedEntry


class _Reader:
    """One pass over the block tokens of a guide. Lines are counted from 0."""

    def __init__(self, text: str, signs: Iterable[str], name: str) -> None:
        self.byte_order_mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix("\ufeff")
        self.lines = source_lines.split(text)
        self.in_front = front_matter.count_lines(self.lines)  # lines of front matter
        text = "\n" * self.in_front + "".join(self.lines[self.in_front :])
        environment: dict[str, Any] = {}
        self.tokens = _parser.parse(text, environment)
        self.definitions = Definitions(environment)
        self.legend, self.explaining = legends.find(self.tokens, self.lines)
        self.signs = Signs([*signs, *(line.sign for line in self.legend)])
        self.name = name.strip() or "Guide"
        self.sections: list[ParsedSection] = []
        self.owners: list[_Owner] = []  # in the order of the file
        self.notes: list[Note] = []
        self.banner: int | None = None  # line of the pictures that belong to the next heading
        self.anchors: dict[str, int] = {}  # how many headings had this anchor so far

    def guide(self) -> ParsedGuide:
        if self.in_front:
            self._front_matter()
        position, done = after_banner(self.tokens), self.in_front
        if position:
            self.banner = self.in_front
            self.notes.append(Note(self.in_front + 1, "pictures before the title"))
        while position < len(self.tokens):
            token = self.tokens[position]
            end = self._end(position)
            start, stop = lines_of(token)
            self._define_in_section(done, start)
            done = stop
            if token.type == "heading_open":
                self._section(token, self.tokens[position + 1])
            else:
                self._current().entries.extend(self._entries(position, end))
            position = end + 1
        self._require_a_guide()
        self._define_in_section(done, len(self.lines))
        self._assign_lines()
        return ParsedGuide(self.sections, self.legend, sorted(self.notes))

    def _front_matter(self) -> None:
        """Keep the front matter: its facts are those of the guide."""
        source = source_lines.clean("".join(self.lines[: self.in_front]))
        entry = ParsedEntry(KEPT, source, 1)
        self._current().entries.append(entry)
        self.owners.append(_Owner(0, entry))
        self.notes += [Note(1, problem) for problem in front_matter.facts_of(source)[1]]

    def _end(self, position: int) -> int:
        """Index of the token that closes the one at `position`."""
        opening = self.tokens[position]
        if opening.nesting != 1:
            return position
        end = position + 1
        while self.tokens[end].level != opening.level:
            end += 1
        return end

    def _section(self, heading: Token, inline: Token) -> None:
        title = markdown.inline_text(inline)
        line, _ = lines_of(heading)
        words, signs = self.signs.heading(inline)
        words = words or title or UNTITLED
        section = ParsedSection(
            title=words[:300],
            level=int(heading.tag[1]),
            line=line + 1,
            anchor=self._anchor(heading, inline),
            signs=signs,
        )
        if names_address(inline):
            self.notes.append(
                Note(line + 1, "a link or picture in a heading: pages show its words")
            )
        self.sections.append(section)
        self.owners.append(_Owner(line if self.banner is None else self.banner, section))
        self.banner = None

    def _anchor(self, heading: Token, inline: Token) -> str:
        """GitHub counts headings of the same text: tips, tips-1, tips-2 …"""
        anchor, is_given = markdown.heading_anchor(heading, inline)
        count = 0 if is_given else self.anchors.get(anchor, 0)
        self.anchors[anchor] = count + 1
        return f"{anchor}-{count}" if count else anchor

    def _current(self) -> ParsedSection:
        if not self.sections:
            first = ParsedSection(self.name, 1, 1, "preface", has_heading=False)
            self.sections.append(first)
            self.owners.append(_Owner(0, first))
        return self.sections[-1]

    def _items(self, opening: int, closing: int) -> list[ParsedEntry]:
        """The entries of a list, each with its nested ones."""
        kind = "step" if self.tokens[opening].type == "ordered_list_open" else "bullet"
        entries: list[ParsedEntry] = []
        position = opening + 1
        while position < closing:
            end = self._end(position)
            entries.append(self._item(kind, position, end))
            position = end + 1
        return entries

    def _item(self, kind: str, opening: int, closing: int) -> ParsedEntry:
        """One list item: its text is all before the first nested list; the rest are children.

        A separator in place of the list says as well that its text ends there.
        """
        start, stop = lines_of(self.tokens[opening])
        blocks = self._blocks(opening, closing)
        has_text = bool(blocks) and self.tokens[blocks[0]].type not in _LIST
        nested = next((i for i in blocks if self._is_nested(i, has_text=has_text)), None)
        if nested is not None:
            first, _ = lines_of(self.tokens[nested])
            if self._item_body(start, first):
                stop = first
            else:
                nested = None  # no text before it
        entry = self._entry(kind, start, stop, self._item_body(start, stop))
        if nested is not None:
            _, end = lines_of(self.tokens[opening])
            for block in blocks[blocks.index(nested) :]:
                first, after = lines_of(self.tokens[block])
                entry.children.extend(self._define(stop, first))
                entry.children.extend(self._entries(block, self._end(block)))
                stop = after
            entry.children.extend(self._define(stop, end))
        return entry

    def _is_nested(self, position: int, *, has_text: bool) -> bool:
        """True for a block of a list item that ends its text. A list in place of text is text."""
        is_list = self.tokens[position].type in _LIST
        return self._is_separator(position) or (is_list and has_text)

    def _is_separator(self, position: int) -> bool:
        """True for an empty comment: it keeps apart what stands before and behind it."""
        token = self.tokens[position]
        return token.type == "html_block" and token.content.strip() == SEPARATOR

    def _entries(self, opening: int, closing: int) -> list[ParsedEntry]:
        """The entries of one block: those of a list, none of a separator, or itself."""
        if self.tokens[opening].type in _LIST:
            return self._items(opening, closing)
        return [] if self._is_separator(opening) else [self._block(opening)]

    def _define_in_section(self, start: int, stop: int) -> None:
        if self.definitions.between(start, stop):
            section = self._current()
            section.entries.extend(self._define(start, stop))

    def _define(self, start: int, stop: int) -> list[ParsedEntry]:
        """Entries of the link definitions that stand between blocks, in these lines."""
        return [
            self._entry("definition", first, after, self._text(first, after))
            for first, after in self.definitions.between(start, stop)
        ]

    def _blocks(self, opening: int, closing: int) -> list[int]:
        """Indexes of the tokens that begin the blocks between two tokens."""
        blocks: list[int] = []
        position = opening + 1
        while position < closing:
            blocks.append(position)
            position = self._end(position) + 1
        return blocks

    def _block(self, position: int) -> ParsedEntry:
        """The entry of a block that is no list."""
        token = self.tokens[position]
        start, stop = lines_of(token)
        kind = KINDS.get(token.type, "paragraph")
        words = self.tokens[position + 1] if token.type == "paragraph_open" else token
        if token.type == "paragraph_open" and only_images(words):
            kind = "figure"
        elif token.type in ("paragraph_open", "html_block") and markdown.shows_nothing(words):
            kind = KEPT  # anchors, comments
        body = self._text(start, stop)
        if token.type == "code_block":
            body = source_lines.clean(textwrap.indent(token.content, "    "))
        return self._entry(kind, start, stop, body)

    def _text(self, start: int, stop: int) -> str:
        """The text of a block from its lines, without the indentation of the first."""
        indent = source_lines.indent(self.lines[start])
        lines = (source_lines.dedent(line, indent) for line in self.lines[start:stop])
        return source_lines.clean("".join(lines))

    def _item_body(self, start: int, stop: int) -> str:
        """The text of a list item from its lines, without marker and indentation."""
        if start >= stop:
            return ""
        marker, first = source_lines.split_marker(self.lines[start])
        content = source_lines.width(marker)
        if not first.strip():  # an item that begins on its second line
            content = source_lines.width(marker.rstrip()) + 1
        rest = "".join(source_lines.dedent(line, content) for line in self.lines[start + 1 : stop])
        return source_lines.clean(first + rest)

    def _entry(self, kind: str, start: int, stop: int, body: str) -> ParsedEntry:
        is_listed = kind in ("bullet", "step")
        explains = start in self.explaining
        signs, words = ([], body) if explains else self.signs.leading(body)
        if kind != "code" and not explains:  # a sign within the text marks the entry as well
            signs = list(dict.fromkeys([*signs, *self.signs.within(words)]))
        if not body:
            kind, words = KEPT, "".join(self.lines[start:stop]).strip() or "-"
            self.notes.append(Note(start + 1, "an empty bullet"))
        elif kind == KEPT:
            self.notes.append(Note(start + 1, "HTML without text: kept, not shown"))
        elif kind == "html":
            self.notes.append(Note(start + 1, "a block of HTML"))
        entry = ParsedEntry(kind, words, start + 1, signs, is_listed=is_listed)
        self.owners.append(_Owner(start, entry))
        return entry

    def _assign_lines(self) -> None:
        """Give each owner the lines up to the next one, so that every line has an owner."""
        starts = [owner.first_line for owner in self.owners]
        if starts and starts[0] > 0:  # blank lines and link definitions before all else
            starts[0] = 0
        stops = [*starts[1:], len(self.lines)]
        for owner, start, stop in zip(self.owners, starts, stops, strict=True):
            owner.parsed.verbatim = "".join(self.lines[start:stop])
        first = self.owners[0].parsed
        if not first.verbatim and len(self.owners) > 1:  # before the first heading
            first = self.owners[1].parsed
        first.verbatim = self.byte_order_mark + first.verbatim

    def _require_a_guide(self) -> None:
        types = {token.type for token in self.tokens if token.level == 0}
        if not types & {"heading_open", *_LIST}:
            raise NotAGuide("The file holds neither a heading nor a bullet: it is no guide.")
