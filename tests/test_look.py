"""The rules of the look: sizes, spaces and colours come from static/css/tokens.css."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static"
SHEETS = [*sorted((STATIC / "css").glob("*.css")), STATIC / "book" / "offline.css"]
TOKENS = STATIC / "css" / "tokens.css"

SIZE = r"var\(--t-[1-8]\)|inherit"
SPACE = r"0|auto|inherit|var\(--s-[1-7]\)|var\(--margin\)|calc\(-1 \* var\(--s-[1-7]\)\)"
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|light-dark)a?\("
    r"|\b(?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple|brown)\b",
    re.IGNORECASE,
)
# Marks and signs inside a line of text grow with the text around them.
IN_A_LINE = {
    "code, kbd",
    "code, kbd, pre",
    "ins, del",
    "mark",
    ".count",
    ".entry__body a.external::after",
    ".external::after",
    ".fold > summary",
    ".header__name::before",
    ".keys kbd",
    ".path a + a::before",
}
# Words in a drawing: Python computes its geometry in pixels (services/reading/timeline.py).
IN_A_DRAWING = {(".timeline text", "14px var(--face)"), (".plot text", "13px var(--face)")}


class Declaration(NamedTuple):
    sheet: str
    selector: str
    property: str
    value: str


def declarations(sheet: Path) -> Iterator[Declaration]:
    """All declarations of a style sheet."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    selectors, start = [], 0
    for stop in re.finditer(r"[{};]", text):
        words = " ".join(text[start : stop.start()].split())
        start = stop.end()
        if stop[0] == "{":
            selectors.append(words)
            continue
        if selectors and ":" in words:
            name, _, value = words.partition(":")
            yield Declaration(sheet.name, selectors[-1], name.strip(), value.strip())
        if stop[0] == "}":
            selectors.pop()


ALL = [declaration for sheet in SHEETS for declaration in declarations(sheet)]


def values(token: str) -> list[str]:
    """The values that tokens.css gives to the tokens `--t-…` or `--s-…`."""
    pattern = re.compile(rf"--{token}-\d")
    return [d.value for d in declarations(TOKENS) if pattern.fullmatch(d.property)]


def is_made_of(value: str, pattern: str, selector: str) -> bool:
    """Whether each part of a value fits the pattern, or is in em where that is right."""
    parts = re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value)
    in_a_line = selector in IN_A_LINE
    return all(
        re.fullmatch(pattern, part) or (in_a_line and re.fullmatch(r"[\d.]+em", part))
        for part in parts
    )


def test_the_rules_are_read():
    assert Declaration("base.css", "h3", "font-size", "var(--t-4)") in ALL
    assert Declaration("frame.css", ".header", "padding", "var(--s-2) var(--s-4)") in ALL
    assert len(ALL) > 1000


def test_there_are_at_most_eight_sizes_and_seven_spaces():
    sizes, spaces = values("t"), values("s")
    assert 0 < len(sizes) == len(set(sizes)) <= 8
    assert 0 < len(spaces) == len(set(spaces)) <= 7


def test_type_has_only_sizes_of_the_scale():
    sizes = [d for d in ALL if d.property == "font-size"]
    clamped = r"clamp\(var\(--t-\d\), \d+vw, var\(--t-\d\)\)"
    assert [d for d in sizes if not is_made_of(d.value, f"{SIZE}|{clamped}", d.selector)] == []


def test_fonts_set_in_one_go_have_sizes_of_the_scale():
    fonts = [d for d in ALL if d.property == "font" and d.value != "inherit"]
    odd = [d for d in fonts if not re.fullmatch(r"var\(--t-\d\)/1\.5 var\(--face\)", d.value)]
    assert {(d.selector, d.value) for d in odd} == IN_A_DRAWING | {
        ("html", "400 100%/1.5 var(--face)")  # what the reader has set is the root of all sizes
    }


def test_margins_paddings_and_gaps_are_spaces_of_the_scale():
    spaces = [d for d in ALL if re.match(r"margin|padding|(row-|column-)?gap$", d.property)]
    assert len(spaces) > 250
    assert [d for d in spaces if not is_made_of(d.value, SPACE, d.selector)] == []


def test_nothing_is_excused_that_is_not_there():
    in_em = {d.selector for d in ALL if re.search(r"\dem\b", d.value)}
    assert in_em >= IN_A_LINE


def test_sizes_run_along_the_line_so_that_pages_may_run_right_to_left():
    site = [d for d in ALL if d.sheet != "offline.css"]
    sides = re.compile(r"(?:margin|padding|border)-(?:left|right)(?:-\w+)?|left|right")
    assert [d for d in site if sides.fullmatch(d.property)] == []
    aligned = [d for d in site if d.property == "text-align" and d.value in ("left", "right")]
    assert {d.selector for d in aligned} <= {".align-left", ".align-right"}


def test_colours_are_only_in_the_tokens():
    outside = [d for d in ALL if d.sheet != TOKENS.name]
    assert [d for d in outside if COLOUR.search(d.value)] == []


def test_each_colour_has_its_dark_value_beside_it():
    colours = [d for d in declarations(TOKENS) if COLOUR.search(d.value)]
    pairs = [d for d in colours if re.fullmatch(r"light-dark\(#\w{6}, #\w{6}\)", d.value)]
    assert len(pairs) > 15
    odd = {d.property for d in colours if d.selector == ":root" and d not in pairs}
    assert odd == {"--shadow"}
    assert [s.name for s in SHEETS if "prefers-color-scheme" in s.read_text("utf-8")] == []


def test_every_token_that_is_used_exists_and_the_reverse():
    known = {d.property for d in ALL if d.property.startswith("--")}
    used = {name for d in ALL for name in re.findall(r"var\((--[\w-]+)\)", d.value)}
    assert used == known


def test_nothing_is_forced_but_against_a_style_that_a_library_writes():
    forced = {(d.selector, d.property) for d in ALL if "!important" in d.value}
    assert forced == {(".editor__text--section .markdownx-editor", "overflow")}


@pytest.mark.parametrize(
    ("value", "selector", "fits"),
    [
        ("var(--s-1) 0 auto", "p", True),
        ("calc(-1 * var(--s-5))", "p", True),
        ("0.05em 0.15em", "mark", True),
        ("0.05em 0.15em", "p", False),
        ("1px", "mark", False),
        ("var(--s-1) 3px", "p", False),
        ("var(--s-8)", "p", False),
        ("calc(var(--s-1) + 1px)", "p", False),
    ],
)
def test_what_is_off_the_scale_is_noticed(value, selector, fits):
    assert is_made_of(value, SPACE, selector) is fits
