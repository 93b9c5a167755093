"""A guide as one Markdown file: headings are sections, list items are nested entries.

Pure: text in, plain objects out. Every line of the file belongs to exactly one section or
entry as its `verbatim` source, in the order of the file, so that joining them gives the file.
"""

import re
import textwrap
import unicodedata

from entries.markdown import navigation, source_lines
from entries.markdown.parsed import KEPT, NotAGuide, ParsedEntry, ParsedGuide, ParsedSection
from guide_site.core import markdown

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
MAX_BYTES = 16_000_000  # reading takes some 15 s and 80 MB of memory for each MB
_LIST = ("bullet_list_open", "ordered_list_open")
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


def decode(data):
    """The text of a file's bytes. Raises NotAGuide with a sentence."""
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


def parse(text, *, signs=(), name="Guide", hide_contents=True):
    """Read a guide. Raises NotAGuide if it holds neither a heading nor a bullet.

    signs          legend signs that are known already; the file's own legend adds to them
    name           title for entries that stand before any heading
    hide_contents  mark hand-made navigation as kept, as `hand_made_contents` does
    """
    guide = _Reader(text, signs, name).guide()
    if hide_contents:
        navigation.hide(guide.sections)
    return guide


class _Reader:
    """One pass over the block tokens of a guide."""

    def __init__(self, text, signs, name):
        self.byte_order_mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix("\ufeff")
        self.lines = source_lines.split(text)
        environment = {}
        self.tokens = markdown.parser().parse(text, environment)
        self.references = environment.get("references", {})
        self.legend = _own_legend(self.tokens)
        known = [*signs, *(sign for sign, _ in self.legend)]
        self.signs = _sign_pattern([sign.removesuffix("\ufe0f") for sign in known])
        self.name = name.strip() or "Guide"
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
            first = ParsedSection(self.name, 1, 1, "preface", has_heading=False)
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
        if nested is not None:
            first = self.tokens[nested].map[0]
            if self._item_body(start, first):
                stop = first
            else:
                nested = None  # nothing of its own before its list: one entry with the list in it
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
        words = self.tokens[position + 1] if token.type == "paragraph_open" else token
        if token.type == "paragraph_open" and _only_images(words):
            kind = "figure"
        elif token.type in ("paragraph_open", "html_block") and not markdown.inline_text(words):
            kind = KEPT  # anchors, comments
        indent = source_lines.indent(self.lines[start])
        body = "".join(source_lines.dedent(line, indent) for line in self.lines[start:stop])
        if token.type == "code_block":
            body = textwrap.indent(token.content, "    ")
        return self._entry(kind, start, stop, source_lines.clean(body))

    def _item_body(self, start, stop):
        if start >= stop:
            return ""
        marker, first = source_lines.split_marker(self.lines[start])
        content = source_lines.width(marker)
        if not first.strip():  # an item that begins on its second line
            content = source_lines.width(marker.rstrip()) + 1
        rest = "".join(source_lines.dedent(line, content) for line in self.lines[start + 1 : stop])
        return source_lines.clean(first + rest)

    def _entry(self, kind, start, stop, body):
        is_listed = kind in ("bullet", "step")
        signs, words = self._leading_signs(body)
        if self.signs and kind != "code":  # a sign within the text marks the entry as well
            signs = _unique([*signs, *self.signs.findall(words)])
        if not body:
            kind, words = KEPT, "".join(self.lines[start:stop]).strip() or "-"
            self.notes.append((start + 1, "an empty bullet"))
        elif kind == KEPT:
            self.notes.append((start + 1, "HTML without text: kept, not shown"))
        elif kind == "html":
            self.notes.append((start + 1, "a block of HTML"))
        elif kind == "paragraph" and _FOOTNOTE.match(body):
            self.notes.append((start + 1, "a footnote: shown as it is written"))
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
        return (_unique(found), words.lstrip("\n")) if found and words.strip() else ([], body)

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


def _only_images(inline):
    children = [child for child in inline.children or () if child.type != "softbreak"]
    images = [child for child in children if child.type == "image"]
    rest = [c for c in children if c.type not in ("image", "link_open", "link_close")]
    return bool(images) and not any(child.content.strip() for child in rest)


def _unique(signs):
    return list(dict.fromkeys(sign.strip().removesuffix("\ufe0f") for sign in signs))
