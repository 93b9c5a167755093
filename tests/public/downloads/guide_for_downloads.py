"""A guide with what makes a book of it hard, and ways to open the book."""

import io
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

from tests import factories, picture_files

DRAWING = (
    '<style>.a { fill: #123 }</style><defs><linearGradient id="p">'
    '<stop offset="0" stop-color="red"/>'
    '</linearGradient><clipPath id="c"><circle cx="5" cy="5" r="4"/></clipPath></defs><g class="a" '
    'transform="rotate(5)"><path id="s" d="M0 0L5 5" clip-path="url(#c)" fill="url(#p)"/>'
    '<use xlink:href="#s" x="3"/><text x="1" y="9" font-size="4">a<tspan>b</tspan></text></g>'
)
PICTURES = {
    "a.png": picture_files.raster(),
    "b.jpg": picture_files.with_orientation(),
    "c.svg": picture_files.svg(DRAWING, ' version="1.1" viewBox="0 0 20 10"'),
    "d.gif": picture_files.raster("GIF"),
}
TABLE = "| Service | Limit |\n|:--|--:|\n| S3 & more | <b>5 |\n| | |"
HOSTILE = [
    "An <b>unclosed **bold** & a < sign, `a<b>`, &nbsp;&copy;&bogus; “—” \x0b\x0c\x1b\ufffe end",
    "<details><summary>More <i>about</summary>\n\n- one\n- two\n\n</details> after",
    "<b>\n\nOne\n\n* two </b>\n\n> three <sup>four",
    "<script>alert(1)</script><img src=x onerror=alert(1)><svg><p></svg> </p></div>",
    "# A heading\n\n```\n<code> & \n\n\n  more\n```\n\n---\n\n2. two\n3. three",
    "[empty]() [relative](AUTHORS.md) [nowhere](#nowhere) [js](javascript:alert(1)) [//](//x.org)",
    "<http://exa mple.org/> [a](http://[::1) [b](http:///x) [c](http://%77%77.example.org/)",
    "[d](http://ü.example/ü?ü#ü) [e](mailto:me@example.org) [f](http://) [g](http://e_x.org:99999/)",
    "https://en.wikipedia.org/wiki/A_(b) and [a [nested https://e.org/ link](https://e.org/)",
    "[odd](https://e.org/a|b?c={d}#e#f%zz)",
    "سلام \u202e abc \u2066 מה 🔸 👩‍👩‍👧 \U0001f9d1\U0001f3fd 一",
]


def publish():
    """Publish the guide; returns parts of it by name."""
    guide = SimpleNamespace()
    factories.facts(
        name="Guide & sons", licence="CC BY-SA 4.0", licence_url="https://licence.example/by-sa/"
    )
    guide.tag = factories.legend_tag("gotcha", "❗", label="Gotcha <&>", meaning="A “risk” & more.")
    guide.root = root = factories.section("The guide", slug="the-guide")
    contents = factories.section("Contents", slug="contents", parent=root, kind="contents")
    guide.storage = factories.section("Storage <& more>", slug="storage", parent=root)
    guide.tips = factories.section("Tips\x0c", slug="tips", parent=guide.storage)
    guide.ec2 = factories.section("EC2 in short", slug="ec2-in-short", parent=root)
    factories.service("EC2", slug="ec2", section=guide.ec2)
    factories.entry("[Storage](#storage)", section=contents, kind="kept")
    factories.entry("An opening.", section=root, kind="paragraph")
    guide.first = factories.entry("See ❗ [tips](#tips).", section=guide.storage, tags=["gotcha"])
    factories.entry("[EC2](#ec2-in-short).", section=guide.storage, parent=guide.first)
    factories.entry(f"[Above](/entries/{guide.first.pk}/).", section=guide.ec2)
    factories.entry("Back to top.", section=guide.storage, kind="kept")
    factories.retire(factories.entry("No longer true.", section=guide.storage))
    for body in HOSTILE:
        factories.stored_entry(body, section=guide.tips)
    for name, original in PICTURES.items():
        factories.figure(name, original)
        factories.entry(f'See ![A "{name}" <&>]({name} "Caption & <more>").', section=guide.tips)
    factories.entry(TABLE, section=guide.tips, kind="table")
    factories.entry("```\ncode\n```", section=guide.tips, kind="code")
    factories.entry("First.", section=guide.tips, kind="step")
    return guide


def files(epub):
    """{name: bytes} of an EPUB, in its order."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pages(epub):
    """{file name: parsed document} of its text; fails if one is not well-formed."""
    return {
        name.removeprefix("EPUB/"): ElementTree.fromstring(text)
        for name, text in files(epub).items()
        if name.endswith(".xhtml")
    }


def ids(page):
    """All ids of a document, in order."""
    return [element.get("id") for element in page.iter() if element.get("id")]


def links(page):
    """{words: target} of the links of a document, its last of the same words."""
    found = [element for element in page.iter() if element.tag.rpartition("}")[2] == "a"]
    return {"".join(element.itertext()): element.get("href") for element in found}


def words(page):
    """The words of a document, one space apart."""
    return " ".join("".join(page.itertext()).split())
