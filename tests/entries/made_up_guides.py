"""Guides made up at random of headings and blocks that meet in files."""

from hypothesis import strategies as st

HEADINGS = [
    *("# One", "## Two", "### Three ###", "Four\n====", "Five\n----", "#### Six", "  ## Seven"),
    *('## <a name="k"></a>Named', "## Use `code` and [links](#one) ##", "Under *line*\n---", "##"),
    *("## 🔹 Signed", "###### Deep", "# One", "## Legend"),
    *("## ❤️‍🔥 Loved ❤️ `⚠️`", "### 1️⃣ Step 1", "## Icons", "## Use `💸`"),
]
BLOCKS = [
    *("A paragraph", "A paragraph\nof two lines", "  Indented by two", "> quoted", "> s\nlazy"),
    *("- a", "- b\n- c", "- d\n\n- e\n\n- f", "- g\n  more\n- h", "* i\n* j", "+   k\n+   l"),
    *("- m\n  - n\n    - o\n  - p\n- q", "- r\n    - s\n    - t", "-\tu\n\t- v", " - w\n - x"),
    *("1. one\n2. two\n3. three", "1. four\n1. five\n1. six", "1. seven\n3. eight\n7. nine"),
    *(
        "3) ten\n4) eleven",
        "9. nine\n   - x\n10. ten\n    - y\n    - z",
        "1. p\n\n   q\n2. r\n   - s",
    ),
    *("- ❗ **Lead:** o", "- ⚠️  💸 two signs", "- [ ] box", "- within 💸 it", "- ❗\ufe0fglued"),
    *("```sh\np\n```", "~~~\nq\n~~~", "    indented\n\n    code", "- r\n\n  ```\n  s\n  ```"),
    *("| u | v |\n|---|---|\n| w |", "<div>\nx\n</div>", "<!-- y -->", "![z](http://e.org/z)"),
    *("***", "---", "-\n  later", "-", '- <a name="b"></a>', "- t\n\n      code", "- # loud"),
    *("- Legend:\n  - 🔹 Tip\n  - ❗ **Risk:** loss\n- k", "- ❗ Risk\n- 💸 Cost", "- Legend"),
    *(
        "- ```\n  open",
        "- <!-- open",
        "[d]: /e 'T'",
        "- [d]\n  - x\n\n    [e]: /f",
        "[^1]: n\n\n    m",
    ),
    *("- ❤️‍🔥 joined, ❤️ apart", "- 👩‍💻👩 x", "- 1️⃣ one 1 more\n- #️⃣ 2", "- 🇩🇪🇫🇷 two", "- 👍🏽 👍"),
    *("- ℹ️  info ‼️", "- in `⚠️` code", "⚠ `❗` <code>💸</code>", "- ⚠️\ufe0e x", "- `🔹` ❤"),
    *("Legend:\n⚠️ = hot\n💸: cost", "**Legend:** ⚠️ hot, 💸 cost", "- Hot: ⚠️\n- 1️⃣ = first"),
    *("| Icon | Meaning |\n|---|---|\n| ❗ | Risk |\n| 1️⃣ | One |", "| ❗ | `💸` |\n|---|---|"),
    *("- a list\n  - of\n\n  a paragraph in it\n  - again", "- x\n\n\n- y", "Legend 🔹 within"),
]
_part = st.one_of(st.sampled_from(HEADINGS), *[st.sampled_from(BLOCKS)] * 4)
_gap = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n", "\n\n\n"])
guides = st.tuples(
    st.lists(st.tuples(_part, _gap), min_size=1, max_size=14),
    st.booleans(),
    st.sampled_from(["\n", "\n", "\n", "\r\n"]),
).map(lambda made: _text(*made))


def _text(parts, has_end, eol):
    text = "".join(part + gap for part, gap in parts)
    return (text if has_end else text.rstrip("\n")).replace("\n", eol)
