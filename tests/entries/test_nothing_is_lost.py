"""Every word and every address of a guide is on its pages, compared with a plain reading of it."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from entries.models import Entry, Section
from entries.reading.banners import banner, with_openings
from tests.entries.guides import DATA, imported, whole_guide

pytestmark = pytest.mark.django_db

GUIDES = [
    *(
        whole_guide(path.relative_to(DATA))
        for path in sorted(DATA.rglob("*.md"))
        if path != DATA / "README.md" and path.stem != "CONTRIBUTING"
    ),
    whole_guide("open-guide-aws-2016-07.md"),
    whole_guide("open-guide-aws-2022-08.md"),
]
# Codes of emoji, addresses, names of headings, and signs that are a digit in a box.
_NO_WORDS = re.compile(r":[a-z_]+:|https?:\S+|\{#\S+\}|.\ufe0f?\u20e3")
HTML = """\
# Links

<p align="center"><A class=x HREF = 'https://a.example/1'>one</A>
<a href=https://a.example/2>two</a> <a title="x" href="https://a.example/3?a=1&amp;b=2">three</a></p>

<table><tr><td><a
 href="https://a.example/4"><img src="https://a.example/5.png" alt="five"></a></td></tr></table>

- <a href="https://a.example/6"><b>six</b></a><br>[seven](https://a.example/7) <font>seven</font>
- <details><summary>eight</summary><ul><li><a href='https://a.example/8'>x</a></ul></details>

| a |
|---|
| <a href="https://a.example/9">nine</a> |

<div>

## <center>ten</center>

<h1>eleven <a href="https://a.example/11">x</a></h1>

</div>

> [!NOTE]
> <a href="https://a.example/12">twelve</a> :rocket: <https://a.example/13>

<dl><dt>thirteen<dd><ins>fourteen</ins><picture><source srcset="x"><img src="y" alt="fifteen">
</picture></dl>

```python
sixteen = "<a href='x'>"
```
"""


class _Page(HTMLParser):
    """Reads the words of HTML, and the addresses of its links."""

    def __init__(self):
        super().__init__()
        self.words = Counter()
        self.addresses = set()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and (found.get("href") or "").startswith("http"):
            self.addresses.add(found["href"])
        if tag == "img":
            self.handle_data(found.get("alt") or "")

    def handle_data(self, data):
        self.words.update(re.findall(r"[^\W_]+", _NO_WORDS.sub("", data.lower())))


def read(html):
    page = _Page()
    page.feed(html)
    page.close()
    return page


def plain(source):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    return read(parser.render(source))


def lost(text):
    """The words and the addresses of a guide that none of its pages shows."""
    imported(text)
    entries = Entry.objects.exclude(kind="kept").values_list("body_html", flat=True)
    titles = Section.objects.values_list("title", flat=True)
    banners = map(banner, with_openings(Section.objects.all()))
    shown = read("\n".join([*entries, *banners, *(f"<p>{title}</p>" for title in titles)]))
    kept = plain("\n\n".join(Entry.objects.filter(kind="kept").values_list("body", flat=True)))
    wanted = plain(text)
    return wanted.words - shown.words - kept.words, (
        wanted.addresses - shown.addresses - kept.addresses
    )


@pytest.mark.parametrize("path", GUIDES)
def test_no_word_and_no_address_of_a_guide_is_lost(path):
    assert lost(path.read_text("utf-8")) == (Counter(), set())


def test_none_is_lost_in_html():
    assert lost(HTML) == (Counter(), set())
