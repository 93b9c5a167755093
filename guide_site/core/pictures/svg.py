"""A drawing (SVG) written again from a short list of what one may hold.

The list has shapes, text, gradients, clips and styles. Scripts, event handlers, foreign content,
animations, pictures in the drawing and references to anything outside of it are not on the list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from guide_site.core.pictures.refusing import NotAPicture
from guide_site.core.pictures.svg_names import ATTRIBUTES, CASED, ELEMENTS, FUNCTIONS, GROUPS

MAX_BYTES: Final = 1_000_000
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 60  # of elements
MAX_REFERENCES: Final = 6  # from what is used to what that uses, and so on
MAX_DRAWN: Final = 60_000  # elements, each counted as often as it is drawn
MAX_SIDE: Final = 16_000  # pixels
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_DAMAGED = "It is no well-formed SVG drawing."
_TOO_MUCH = "The drawing is too large or too deeply nested to be shown safely."
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 3.7795, "cm": 37.795, "in": 96.0}
# ASCII: without it, “ı” would be the “i” of “in”.
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{0,9})?)\s*(px|pt|pc|mm|cm|in|)\s*", re.I | re.ASCII)
_SIDES = (1e-6, 1e6)  # of a view box: beyond, their ratio could be 0 or infinite
_ID = re.compile(r"[A-Za-z_][\w.:-]{0,200}")
_HERE = re.compile(r"#([A-Za-z_][\w.:-]{0,200})")
_LONGEST_CALL = 60  # characters of the name of a function, with blanks behind it
_REFERENCE = re.compile(r"""url\(\s*(["']?)#([A-Za-z_][\w.:-]{0,200})\1\s*\)""", re.I)
_OF_ROOT = {"id", "width", "height"}  # what is written of its own
_DEFAULT_SIZE = (300, 150)  # pixels, as browsers take it


class Drawing(NamedTuple):
    """A drawing that may be served; width and height in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(eq=False)
class _Element:
    """An element that is kept, with what it refers to within the drawing."""

    name: str
    attributes: dict[str, str]
    refers_to: list[str]
    content: list["_Element | str"] = field(default_factory=list)


def looks_like(data: bytes) -> bool:
    """True for a file that is some XML or HTML; `clean` tells whether it is a drawing."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    )


def clean(data: bytes) -> Drawing:
    """The drawing with nothing but what it may hold. Raises NotAPicture with a sentence."""
    if len(data) > MAX_BYTES:
        raise NotAPicture(f"A drawing (SVG) may have {MAX_BYTES // 1000} KB at most.")
    try:
        return _cleaned(_Reader().read(data))
    except NotAPicture:
        raise
    except RecursionError as error:
        raise NotAPicture(_TOO_MUCH) from error
    except Exception as error:  # expat asks any codec of Python, and each raises what it likes
        raise NotAPicture(_DAMAGED) from error


def _cleaned(root: _Element) -> Drawing:
    by_id = {e.attributes["id"]: e for e in reversed(_elements(root)) if "id" in e.attributes}
    if _Drawn(by_id).count(root) > MAX_DRAWN:
        raise NotAPicture(_TOO_MUCH)
    width, height = _size(root.attributes)
    attributes = {"xmlns": _SVG, "xmlns:xlink": _XLINK, "width": str(width), "height": str(height)}
    attributes["viewBox"] = f"0 0 {width} {height}"
    attributes |= {name: v for name, v in root.attributes.items() if name not in _OF_ROOT}
    parts: list[str] = []
    _write(_Element("svg", attributes, [], root.content), parts)
    return Drawing("".join(parts).encode(), width, height)


class _Reader:
    """Reads with expat, which loads nothing; a drawing may define no entities."""

    def __init__(self) -> None:
        self.root: _Element | None = None
        self.open: list[_Element] = []
        self.skipped = 0  # how many open elements are left out
        self.count = 0

    def read(self, data: bytes) -> _Element:
        """The root element. Raises NotAPicture, or what expat and codecs raise."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)
        if self.root is None:
            raise NotAPicture(_DAMAGED)
        return self.root

    def _doctype(self, name: str, system: str | None, public: str | None, own: bool) -> None:
        if own:
            raise NotAPicture("A drawing may not define entities (DOCTYPE with “[…]”).")

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.open) + self.skipped >= MAX_DEPTH:
            raise NotAPicture(_TOO_MUCH)
        space, _, name = qualified.rpartition(" ")
        if self.root is None and (space, name) != (_SVG, "svg"):
            raise NotAPicture(_DAMAGED)
        name = "g" if name in GROUPS else name
        if self.skipped or space != _SVG or name not in ELEMENTS:
            self.skipped += 1
            return
        element = _Element(name, *_kept(name, attributes))
        if self.open:
            self.open[-1].content.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, qualified: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        element = self.open.pop()
        if element.name == "style" and not _is_harmless("".join(map(str, element.content))):
            element.content.clear()

    def _text(self, text: str) -> None:
        if not self.skipped and self.open:
            self.open[-1].content.append(text)


def _kept(element: str, attributes: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The attributes that an element may have, and the ids that they refer to."""
    kept: dict[str, str] = {}
    refers_to: list[str] = []
    for qualified, value in attributes.items():
        space, _, name = qualified.rpartition(" ")
        if name == "href" and space in ("", _XLINK):
            if (match := _HERE.fullmatch(value.strip())) and element != "g":
                kept["xlink:href"] = match[0]
                refers_to.append(match[1])
        elif space == _XML and name == "space" and value in ("default", "preserve"):
            kept["xml:space"] = value
        elif space or not _may_stand(name, value):
            continue
        else:
            kept[name] = value
            refers_to += [match[2] for match in _REFERENCE.finditer(value)]
    return kept, refers_to


def _may_stand(name: str, value: str) -> bool:
    if name == "id":
        return bool(_ID.fullmatch(value))
    known = name in CASED or name in ATTRIBUTES
    return known and len(value) <= MAX_BYTES and _is_harmless(value)


def _is_harmless(value: str) -> bool:
    """True if a value, a style or a style sheet calls nothing and loads nothing.

    Escapes and rules that begin with “@” could hide or load something.
    """
    if re.search(r"[\\@<]|/\*|\*/|javascript:", value, re.I):
        return False
    return all(call in FUNCTIONS for call in _calls(_REFERENCE.sub("", value)))


def _calls(value: str) -> Iterator[str]:
    """The names before all brackets, in small letters. Linear: a value may be long."""
    for bracket in re.finditer(r"\(", value):
        before = value[max(0, bracket.start() - _LONGEST_CALL) : bracket.start()].rstrip()
        yield re.split(r"[^\w-]", before)[-1].lower()


def _elements(root: _Element) -> list[_Element]:
    found = [root]
    for element in found:
        found += [part for part in element.content if isinstance(part, _Element)]
    return found


class _Drawn:
    """How many elements are drawn: those that are used several times count as often."""

    def __init__(self, by_id: dict[str, _Element]) -> None:
        self.by_id = by_id
        self.counts: dict[_Element, int] = {}

    def count(self, element: _Element, references: int = 0) -> int:
        """How many are drawn for this one, with all that it refers to.

        references  how many led to it

        Raises NotAPicture where references go in a circle, or too deep.
        """
        if element not in self.counts:
            if references > MAX_REFERENCES:
                raise NotAPicture(_TOO_MUCH)
            count = 1
            for part in element.content:
                if isinstance(part, _Element):
                    count += self.count(part, references)
            for name in element.refers_to:
                if name in self.by_id:
                    count += self.count(self.by_id[name], references + 1)
            self.counts[element] = count
        return self.counts[element]


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """Width and height in pixels, from the attributes or the view box."""
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    try:
        sides = [float(box[2]), float(box[3])]
    except (IndexError, ValueError):
        sides = [float(side) for side in _DEFAULT_SIZE]
    given = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if all(_SIDES[0] < side < _SIDES[1] for side in sides):
        ratio = sides[1] / sides[0]
    else:
        ratio, sides = 0.5, [float(side) for side in _DEFAULT_SIZE]
    wide, high = (float(m[1]) * _PIXELS[m[2].lower()] if m else None for m in given)
    if wide or high:
        sides = [wide or (high or 0) / ratio, high or (wide or 0) * ratio]
    scale = min(1.0, MAX_SIDE / max(sides))
    width, height = (max(1, round(side * scale)) for side in sides)
    return width, height


def _write(element: _Element, parts: list[str]) -> None:
    attributes = "".join(f" {name}={quoteattr(v)}" for name, v in element.attributes.items())
    parts.append(f"<{element.name}{attributes}>")
    for part in element.content:
        if isinstance(part, _Element):
            _write(part, parts)
        else:
            parts.append(escape(part))
    parts.append(f"</{element.name}>")
