"""A guide as one Markdown file: headings are sections, list items are nested entries.

Pure: text in, plain objects out. Every line of the file belongs to exactly one section or
entry as its `verbatim` source, in the order of the file, so that joining them gives the file.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from guide_site.core import markdown

KEPT = "kept"
_LIST = ("bullet_list_open", "ordered_list_open")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]*")
_KINDS = {
    "paragraph_open": "paragraph",
    "blockquote_open": "paragraph",
    "hr": "paragraph",
    "heading_open": "paragraph",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
}
_CONTENTS = ("contents", "table of contents")


class NotAGuide(ValueError):
    """The text cannot be read as a guide; the message says why in one sentence."""


@dataclass
class ParsedEntry:
    """One bullet or block. `signs` led its text; `line` counts from 1."""

    kind: str
    body: str
    line: int
    signs: list[str] = field(default_factory=list)
    verbatim: str = ""
    children: list["ParsedEntry"] = field(default_factory=list)
    is_listed: bool = False

    def walk(self):
        """This entry and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class ParsedSection:
    """A heading of `level` 1 to 6. `anchor` is what GitHub calls it."""

    title: str
    level: int
    line: int
    anchor: str
    signs: list[str] = field(default_factory=list)
    verbatim: str = ""
    entries: list[ParsedEntry] = field(default_factory=list)

    def walk(self):
        """All entries of the section, in the order of the file."""
        for entry in self.entries:
            yield from entry.walk()


@dataclass
class ParsedGuide:
    """The sections in the order of the file, the legend it brings, and what was odd in it."""

    sections: list[ParsedSection]
    legend: list[tuple[str, str]]  # (sign, meaning)
    notes: list[tuple[int, str]]  # (line, sentence)

    def walk(self):
        for section in self.sections:
            yield from section.walk()


def decode(data):
    """The text of a file's bytes. Raises NotAGuide with a sentence."""
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


def parse(text, *, signs=(), name="Guide"):
    """Read a guide. Raises NotAGuide if it holds neither a heading nor a bullet.

    signs  legend signs that are known already; the file's own legend adds to them
    name   title for entries that stand before any heading
    """
    return _Reader(text, signs, name).guide()


class _Reader:
    """One pass over the block tokens of a guide."""

    def __init__(self, text, signs, name):
        self.byte_order_mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix("\ufeff")
        self.lines = _LINES.findall(text)
        environment = {}
        self.tokens = markdown.parser().parse(text, environment)
        self.references = environment.get("references", {})
        self.legend = _own_legend(self.tokens)
        self.signs = _sign_pattern([*signs, *(sign for sign, _ in self.legend)])
        self.name = name
        self.sections = []
        self.owners = []  # (first line, section or entry), in the order of the file
        self.notes = []
        self.anchors = {}

    def guide(self):
        position = self._after_banner()
        while position < len(self.tokens):
            token = self.tokens[position]
            end = self._end(position)
            if token.type == "heading_open":
                self._section(token, self.tokens[position + 1])
            elif token.type in _LIST:
                self._current().entries.extend(self._items(position, end))
            else:
                self._current().entries.append(self._block(position))
            position = end + 1
        self._refuse_what_is_no_guide()
        self._hand_out_lines()
        self._hide_hand_made_contents()
        return ParsedGuide(self.sections, self.legend, sorted(self.notes))

    def _after_banner(self):
        """Index of the first heading, if only pictures stand before it: they go with it."""
        for position, token in enumerate(self.tokens):
            if token.type == "heading_open" and token.level == 0:
                if position:
                    self.notes.append((1, "pictures before the title"))
                return position
            if token.type == "inline" and not _only_images(token):
                return 0
            if token.type not in ("paragraph_open", "inline", "paragraph_close"):
                return 0
        return 0

    def _end(self, position):
        """Index of the token that closes the one at `position`."""
        opening = self.tokens[position]
        if opening.nesting != 1:
            return position
        end = position + 1
        while self.tokens[end].level != opening.level:
            end += 1
        return end

    def _section(self, token, inline):
        title = markdown.inline_text(inline)
        found = [m[0] for m in self.signs.finditer(title)] if self.signs else []
        anchor = self._anchor(title)
        words = " ".join(self.signs.sub("", title).split()) if self.signs else title
        if not words:
            words = title or f"Section in line {token.map[0] + 1}"
        section = ParsedSection(
            title=words[:300],
            level=int(token.tag[1]),
            line=token.map[0] + 1,
            anchor=anchor,
            signs=_unique(found),
        )
        self.sections.append(section)
        self.owners.append((token.map[0], section))

    def _anchor(self, title):
        """GitHub counts headings of the same text: tips, tips-1, tips-2 …"""
        anchor = markdown.anchor(title) or "section"
        count = self.anchors.get(anchor, 0)
        self.anchors[anchor] = count + 1
        return f"{anchor}-{count}" if count else anchor

    def _current(self):
        if not self.sections:
            first = ParsedSection(title=self.name, level=1, line=1, anchor="preface")
            self.sections.append(first)
            self.owners.append((0, first))
        return self.sections[-1]

    def _items(self, opening, closing):
        """The entries of a list, each with its nested ones."""
        kind = "step" if self.tokens[opening].type == "ordered_list_open" else "bullet"
        position, entries = opening + 1, []
        while position < closing:
            end = self._end(position)
            entries.append(self._item(kind, position, end))
            position = end + 1
        return entries

    def _item(self, kind, opening, closing):
        """One list item: its text is all before the first nested list; the rest are children."""
        start, stop = self.tokens[opening].map
        blocks = self._blocks(opening, closing)
        nested = next((i for i in blocks if self.tokens[i].type in _LIST), None)
        if nested is not None and self.tokens[nested].map[0] == start:
            nested = None  # “- - text”: no line of its own to split at
        if nested is not None:
            stop = self.tokens[nested].map[0]
        entry = self._entry(kind, start, stop, self._item_body(start, stop))
        if nested is not None:
            for block in blocks[blocks.index(nested) :]:
                if self.tokens[block].type in _LIST:
                    entry.children += self._items(block, self._end(block))
                else:
                    entry.children.append(self._block(block))
        return entry

    def _blocks(self, opening, closing):
        blocks, position = [], opening + 1
        while position < closing:
            blocks.append(position)
            position = self._end(position) + 1
        return blocks

    def _block(self, position):
        token = self.tokens[position]
        start, stop = token.map
        kind = _KINDS.get(token.type, "paragraph")
        if token.type == "paragraph_open" and _only_images(self.tokens[position + 1]):
            kind = "figure"
        indent = 0 if token.type == "code_block" else _indent(self.lines[start])
        body = "".join(_dedent(line, indent) for line in self.lines[start:stop])
        return self._entry(kind, start, stop, _clean(body))

    def _item_body(self, start, stop):
        first = self.lines[start]
        marker = _MARKER.match(first)
        content = _width(marker[0])
        if not first[marker.end() :].strip():  # an item that begins on its second line
            content = _width(marker[0].rstrip()) + 1
        rest = "".join(_dedent(line, content) for line in self.lines[start + 1 : stop])
        return _clean(first[marker.end() :] + rest)

    def _entry(self, kind, start, stop, body):
        is_listed = kind in ("bullet", "step")
        signs, words = self._leading_signs(body)
        if self.signs and kind != "code":  # a sign within the text marks the entry as well
            signs = _unique([*signs, *self.signs.findall(words)])
        if not body:
            kind, words = KEPT, "".join(self.lines[start:stop]).strip() or "-"
            self.notes.append((start + 1, "an empty bullet"))
        elif kind == "html":
            self.notes.append((start + 1, "a block of HTML"))
        if kind != "code" and (used := markdown.definitions(words, self.references)):
            words = "\n".join([words, "", *used])
        entry = ParsedEntry(kind, words, start + 1, signs, is_listed=is_listed)
        self.owners.append((start, entry))
        return entry

    def _leading_signs(self, body):
        """Split “🔹 💸 **Text**” into its signs and its text; signs alone are text."""
        found, position = [], 0
        while self.signs and (match := self.signs.match(body, position)):
            found.append(match[0].strip().removesuffix("\ufe0f"))
            position = match.end()
        words = body[position:]
        return (_unique(found), words) if found and words.strip() else ([], body)

    def _hand_out_lines(self):
        """Give each owner the lines up to the next one: nothing of the file is left over."""
        starts = [start for start, _ in self.owners]
        if starts and starts[0] > 0:  # blank lines and link definitions before all else
            starts[0] = 0
        for (_, owner), start, stop in zip(
            self.owners, starts, [*starts[1:], len(self.lines)], strict=True
        ):
            owner.verbatim = "".join(self.lines[start:stop])
        self.owners[0][1].verbatim = self.byte_order_mark + self.owners[0][1].verbatim

    def _refuse_what_is_no_guide(self):
        types = {token.type for token in self.tokens if token.level == 0}
        if not types & {"heading_open", *_LIST}:
            raise NotAGuide("The file holds neither a heading nor a bullet: it is no guide.")

    def _hide_hand_made_contents(self):
        """The site makes its own table of contents and its own way back to the top."""
        for section in self.sections:
            everything = section.title.lower().strip() in _CONTENTS
            for run in _runs(section.entries):
                links = [_is_internal_link(entry) for top in run for entry in top.walk()]
                if everything or (len(links) >= 3 and all(links)) or _is_back_to_top(run):
                    for entry in (e for top in run for e in top.walk()):
                        entry.kind = KEPT


def _own_legend(tokens):
    """(sign, meaning) of the bullets under a “Legend” bullet or heading."""
    found, depth = [], None
    for number, token in enumerate(tokens):
        if token.type != "inline":
            continue
        words = markdown.inline_text(token)
        before = tokens[number - 1]
        if re.fullmatch(r"legend:?", words.lower()):
            depth = before.level
        elif before.type == "heading_open" or (depth is not None and before.level < depth):
            depth = None
        elif depth is not None and unicodedata.category(words[:1] or " ") == "So":
            sign, _, meaning = words.partition(" ")
            if len(sign.removesuffix("\ufe0f")) == 1 and meaning:
                found.append((sign[0], meaning.strip()))
    return found


def _sign_pattern(signs):
    if not signs:
        return None
    return re.compile("(?:" + "|".join(map(re.escape, signs)) + ")\ufe0f?[ \t]*")


def _runs(entries):
    """Neighbouring list entries together, every other entry alone."""
    runs = []
    for entry in entries:
        if entry.is_listed and runs and runs[-1][-1].is_listed:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _is_internal_link(entry):
    return bool(re.fullmatch(r"\[[^\[\]]*\]\(#[^()\s]*\)", entry.body.strip()))


def _is_back_to_top(run):
    match = re.fullmatch(r"\[([^\[\]]*)\]\(#[^()\s]*\)", run[0].body.strip())
    return len(run) == 1 and bool(match) and match[1].lower().startswith("back to top")


def _only_images(inline):
    children = [child for child in inline.children or () if child.type != "softbreak"]
    images = [child for child in children if child.type == "image"]
    rest = [c for c in children if c.type not in ("image", "link_open", "link_close")]
    return bool(images) and not any(child.content.strip() for child in rest)


def _unique(signs):
    return list(dict.fromkeys(sign.strip().removesuffix("\ufe0f") for sign in signs))


def _clean(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


def _indent(line):
    return _width(re.match(r"[ \t]*", line)[0])


def _width(text):
    """Columns that `text` takes, with tab stops every four."""
    column = 0
    for character in text:
        column += 4 - column % 4 if character == "\t" else 1
    return column


def _dedent(line, columns):
    """`line` without its first `columns` columns of white space (or fewer, if it has fewer)."""
    column = position = 0
    while position < len(line) and column < columns and line[position] in " \t":
        column += 4 - column % 4 if line[position] == "\t" else 1
        position += 1
    return " " * max(0, column - columns) + line[position:]
