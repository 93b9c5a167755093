"""Ways to look at a parsed guide, and where whole guides are."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import strategies as st

from entries.imports import importing
from entries.markdown import reader
from guide_site.core import history

SIGNS = ["🔹", "❗", "⏱", "💸"]
DATA = settings.BASE_DIR / "tests" / "data"
CORPUS = settings.BASE_DIR.parent / "shared" / "corpus"


def whole_guide(name, *values):
    """A case of a parametrized test: the path of a guide, then `values`.

    name   a file of tests/data, or of the corpus: then the case is marked `corpus`
    """
    is_ours = (DATA / name).exists()
    path = DATA / name if is_ours else CORPUS / name
    return pytest.param(path, *values, id=path.stem, marks=[] if is_ours else pytest.mark.corpus)


def parse_file(path: Path, **options):
    """The guide in a file, read with a small legend."""
    return parse(reader.decode(path.read_bytes()), **options)


def parse(text, **options):
    """The guide in `text`, read with a small legend."""
    return reader.parse(text, **{"signs": SIGNS} | options)


def imported(text, **options):
    """The report of an import of that guide into the database."""
    with history.revision(by=None, comment="import"):
        return importing.import_guide(parse(text, **options))


def entries(text, **options):
    """All entries of a guide in their order, nested ones too."""
    return list(parse(text, **options).walk())


def only(text):
    """The one entry of a guide."""
    (entry,) = entries(text)
    return entry


def shape(found):
    """Entries as nested (kind, body, children); a bullet without children is its body."""
    return [
        entry.body
        if entry.kind == "bullet" and not entry.children
        else (entry.kind, entry.body, shape(entry.children))
        for entry in found
    ]


def source_of(guide):
    """The source lines that sections and entries hold, joined in order."""
    parts = []
    for section in guide.sections:
        parts += [section.verbatim, *(entry.verbatim for entry in section.walk())]
    return "".join(parts)


_INDENTS = st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "\t", "      ", "  \t", "\t\t"])
_MARKERS = st.sampled_from(
    [
        *("", "", "- ", "-\t", "* ", "+   ", "-", "- - ", "- 1. ", "1. ", "10) ", "12345678901. "),
        *("# ", "## ", "###### ", "#", "> ", ">> ", "> - ", "-     ", "- # ", "- > ", "- [ ] "),
    ]
)
_TEXTS = st.sampled_from(
    [
        *(
            "",
            "",
            "one",
            "two *three* `four`",
            "Legend:",
            "🔹 A tip",
            "1️⃣ ❤️‍🔥 👩‍💻🇩🇪",
            "`❗` ‼️",
            "❗️💸 **Both:** text",
            "⏱",
        ),
        *("===", "---", "***", "```", "~~~ sh", "| a | b |", "|---|:-:|", "<div>", "</div>"),
        *("<!-- note", "-->", '<a name="x"></a>', "[x]: http://example.org 'Title'", "[x]:"),
        *("See [x] and [#](#one).", "[Back to top](#one)", "[One](#one)", "![p](http://e.org/p)"),
        *("a\x0cb\u2028c\u0085d", "\\", "&#0; &lt; &amp", "<script>", "\xa0", "“—” ß ẞ", "[", "]("),
    ]
)
_LINE = st.tuples(_INDENTS, _MARKERS, _TEXTS).map("".join)
_ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\r", "\n \t\n"])

markdown_like = st.tuples(
    st.sampled_from(["", "\ufeff"]),
    st.lists(st.tuples(_LINE, _ENDS).map("".join), max_size=25).map("".join),
    st.one_of(st.just(""), _LINE),
).map("".join)
