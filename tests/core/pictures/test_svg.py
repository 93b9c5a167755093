"""Drawings: shapes and text stay, whatever could act or load is left out."""

import contextlib
import time
from xml.etree import ElementTree

import pytest

from guide_site.core.pictures import svg
from guide_site.core.pictures.refusing import NotAPicture
from tests.picture_files import svg as drawing

EVIL = "https://evil.example/x"
# What is left out: a part of a drawing, and what must not be in the result.
LEFT_OUT = [
    ("<script>alert(1)</script>", "alert"),
    ('<script xlink:href="data:text/javascript,alert(1)"/>', "alert"),
    ('<g onload="alert(1)" onclick="alert(1)"/>', "alert"),
    ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>hi</body></foreignObject>", "hi"),
    ("<p xmlns='http://www.w3.org/1999/xhtml'>alert</p>", "alert"),
    ('<a xlink:href="javascript:alert(1)"><text>words</text></a>', "alert"),
    (f'<image xlink:href="{EVIL}" width="1" height="1"/>', "evil"),
    (f'<use xlink:href="{EVIL}#a"/>', "evil"),
    (f'<use href="{EVIL}#a"/>', "evil"),
    ('<use href="data:image/svg+xml,evil#a"/>', "evil"),
    (f'<rect fill="url({EVIL}#a)"/>', "evil"),
    (f"<rect style='fill: url(\"{EVIL}\")'/>", "evil"),
    (f"<rect style='fill: u\\72l({EVIL})'/>", "evil"),
    (f"<style>@import '{EVIL}';</style>", "evil"),
    (f"<style>rect {{ background: url({EVIL}) }}</style>", "evil"),
    (f"<style>rect {{ background: image-set('{EVIL}') }}</style>", "evil"),
    (f"<style>rect {{ background: u/**/rl({EVIL}) }}</style>", "evil"),
    ("<style>&lt;/style>&lt;script>alert(1)&lt;/script></style>", "alert"),
    ("<animate attributeName='href' to='javascript:alert(1)'/>", "alert"),
    ("<set attributeName='onclick' to='alert(1)'/>", "alert"),
    (f"<filter><feImage xlink:href='{EVIL}'/></filter>", "evil"),
    ("<!-- secret --><?secret run?><metadata>secret</metadata>", "secret"),
    (f"<text xml:base='{EVIL}'>a</text>", "evil"),
    ("<iframe src='evil'/><embed src='evil'/>", "evil"),
    ("<handler xmlns='http://www.w3.org/2001/xml-events'>evil()</handler>", "evil"),
]
KEPT = [
    '<path d="M0 0L1 1" stroke="#123" stroke-width="2"></path>',
    '<g transform="translate(1 2) rotate(45)" class="a"><circle r="3"></circle></g>',
    '<text x="1" font-family="serif">1 &lt; 2 &amp; <tspan>three</tspan></text>',
    '<rect fill="url(#paint)"></rect>',
    '<use xlink:href="#shape"></use>',
    '<rect style="fill: rgb(1, 2, 3); stroke: none"></rect>',
    "<style>.a { fill: #123 }</style>",
    '<linearGradient id="paint"><stop offset="0" stop-color="red"></stop></linearGradient>',
]
NESTED = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
REFUSED = {
    "defined entities": (
        drawing("&a;", before='<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>'),
        "may not define entities",
    ),
    "an outer entity": (
        drawing("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "may not define entities",
    ),
    "no end": (drawing()[:-6], "no well-formed SVG"),
    "two roots": (drawing() + drawing(), "no well-formed SVG"),
    "a page behind it": (drawing() + b"<html><script>1</script></html>", "no well-formed SVG"),
    "another root": (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "no well-formed SVG"),
    "no name space": (b"<svg><rect/></svg>", "no well-formed SVG"),
    "bytes of no encoding": (b"<svg \xff\xfe>", "no well-formed SVG"),
    "copies of copies": (drawing(f'<g id="a0"><rect/></g>{NESTED}'), "too large or too deeply"),
    "a circle": (drawing('<g id="a"><use href="#a"/></g>'), "too large or too deeply"),
    "depth": (drawing("<g>" * 99 + "</g>" * 99), "too large or too deeply"),
    "many elements": (drawing("<g/>" * svg.MAX_ELEMENTS), "too large or too deeply"),
    "many bytes": (drawing(" " * svg.MAX_BYTES), "1000 KB at most"),
}


CODECS = [
    *("hex", "rot13", "rot_13", "base64", "zlib", "bz2", "quopri", "uu", "punycode", "idna"),
    *("undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "aliases", "utf-7", "utf-32"),
    *("shift_jis", "big5", "gb18030", "nothing-known", "x" * 5000, "utf-8-sig", "charmap"),
]


def cleaned(inside="", **options):
    return svg.clean(drawing(inside, **options)).data.decode()


@pytest.mark.parametrize(("part", "gone"), LEFT_OUT)
def test_whatever_acts_or_loads_is_left_out(part, gone):
    made = cleaned(part)
    assert gone not in made
    assert '<rect width="20" height="10" fill="red">' in made
    ElementTree.fromstring(made)


@pytest.mark.parametrize("part", KEPT)
def test_what_draws_stays(part):
    assert part in cleaned(part)


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_safely_is_refused_at_once(data, sentence):
    started = time.monotonic()
    with pytest.raises(NotAPicture, match=sentence):
        svg.clean(data)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "value",
    [
        "a" * 900_000,
        "a-" * 450_000,
        " " * 900_000,
        "url(" * 200_000,
        "(" * 900_000,
        "rgb (" * 180_000,
    ],
)
@pytest.mark.parametrize("name", ["d", "id"])
def test_a_long_value_takes_no_time(value, name):
    started = time.monotonic()
    cleaned(f'<path {name}="{value}"/>')
    assert time.monotonic() - started < 2


def test_the_words_of_a_link_stay():
    assert "<g><text>words</text></g>" in cleaned('<a href="/x"><text>words</text></a>')


def test_handlers_at_the_root_are_left_out():
    assert "alert" not in cleaned(root=' onload="alert(1)"')


@pytest.mark.parametrize(
    "before",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        "\ufeff",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/svg11.dtd">\n',
        "<!-- made by hand -->",
        '<?xml-stylesheet href="https://evil.example/x.css"?>',
    ],
)
def test_what_stands_before_a_drawing_is_dropped(before):
    assert cleaned(before=before).startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert "evil" not in cleaned(before=before)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="72pt" height="1in"', (96, 96)),
        ('viewBox="0 0 800 400"', (800, 400)),
        ('viewBox="0,0,800,400" width="100%"', (800, 400)),
        ('viewBox="0 0 800 400" width="200"', (200, 100)),
        ('viewBox="0 0 800 400" height="200"', (400, 200)),
        ('viewBox="0 0 nan 1" width="NaN"', (300, 150)),
        ('viewBox="0 0 0 0"', (300, 150)),
        ('viewBox="0 0 -5 10"', (300, 150)),
        ('width="999999" height="999999"', (16_000, 16_000)),
        ('viewBox="0 0 100000 1e-323" height="5"', (10, 5)),
        ('viewBox="0 0 1e-323 100000" width="5"', (5, 2)),
        ('viewBox="0 0 1e-323 1e-323"', (300, 150)),
        ('viewBox="0 0 1e-5 999999" width="999999in"', (1, 16_000)),
        ('viewBox="0 0 999999 1e-5" height="999999in"', (16_000, 1)),
        ('viewBox="0 0 1e400 inf" width="1"', (1, 1)),
        (f'viewBox="0 0 {"9" * 5000} 1" height="0.000000001"', (1, 1)),
        ('viewBox="nan nan 4e0 2_0"', (4, 20)),
        ('width="0" height="0"', (300, 150)),
        ('width="0.000000001" height="999999in"', (1, 16_000)),
        ('width="1e999" height="-5"', (300, 150)),
        ('width="5ın" height="5İn"', (300, 150)),
        ('width="٣"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_a_drawing_has_a_size(attributes, size):
    made = svg.clean(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert (made.width, made.height) == size
    assert f'width="{size[0]}" height="{size[1]}"' in made.data.decode()


@pytest.mark.parametrize("codec", CODECS)
def test_a_drawing_in_any_encoding_is_taken_or_refused_with_a_sentence(codec):
    data = drawing(before=f'<?xml version="1.0" encoding="{codec}"?>')
    with contextlib.suppress(NotAPicture):  # and nothing else
        made = svg.clean(data)
        assert ElementTree.fromstring(made.data).attrib["width"] == "20"


def test_an_encoding_that_is_not_for_text_is_refused():
    for codec in ("hex", "rot13", "base64", "zlib"):
        with pytest.raises(NotAPicture, match="no well-formed SVG"):
            svg.clean(drawing(before=f'<?xml version="1.0" encoding="{codec}"?>'))


def test_references_from_depth_to_depth_are_counted_without_an_end_of_the_stack():
    deep = "".join(
        "<g>" * 50 + f'<g id="a{n}"><use href="#a{n + 1}"/></g>' + "</g>" * 50 for n in range(9)
    )
    with pytest.raises(NotAPicture, match="too large or too deeply"):
        cleaned(deep)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (LookupError, "no well-formed"),
        (ZeroDivisionError, "no well-formed"),
        (MemoryError, "no well-formed"),
        (RecursionError, "too deeply nested"),
    ],
)
def test_whatever_a_drawing_makes_fail_refuses_it(monkeypatch, error, sentence):
    def fails(*_):
        raise error

    monkeypatch.setattr(svg, "_size", fails)
    with pytest.raises(NotAPicture, match=sentence):
        cleaned()
