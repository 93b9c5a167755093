"""The preview of texts that are made to be slow."""

import time

from guide_site.core.markdown import MAX_LENGTH
from moderation import display


def _filled(piece, after=""):
    return (piece * MAX_LENGTH)[: MAX_LENGTH - len(after)] + after


TEXTS = {
    "20,000 “[”": _filled("["),
    "“[” and as many “]”": "[" * (MAX_LENGTH // 2) + "]" * (MAX_LENGTH // 2),
    "“![”": _filled("!["),
    "“[a](”": _filled("[a]("),
    "“<”": _filled("<"),
    "“<!--”": _filled("<!--"),
    "an open tag of 20,000 letters": "<div>\n<" + "a" * (MAX_LENGTH - 7),
    "“*a **b”": _filled("*a **b "),
    "“_a__”": _filled("_a__"),
    "longer and longer “`”": "".join("`" * n + " " for n in range(1, 198)),
    "“> ”": _filled("> "),
    "“- ”": _filled("- "),
    "a table of 5,000 columns": "|a" * 5000 + "\n" + "|-" * 5000,
    "20,000 signs of the legend": _filled("❗"),
    "bare addresses": _filled("https://a.example/(", after=")"),
    "link definitions": "".join(f"[{n}]: x\n[{n}]\n\n" for n in range(1200)),
    "“&#1;”": _filled("&#1;"),
}


def previews():
    """{name: seconds of CPU time}, slowest first."""
    display.preview("warm")
    found = {}
    for name, text in TEXTS.items():
        before = time.process_time()
        display.preview(text)
        found[name] = time.process_time() - before
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
