"""One parser and one renderer serve all threads of the server."""

import sys

import pytest
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

import guide_site.urls
from guide_site.core import markdown
from tests.core.test_markdown import LEGEND
from tests.threads import in_threads

SOURCES = [
    "- **a** _b_ `c` ~~d~~ ❗\n  1. [e](#f) <https://g.example/é%20> https://h.example/i_j_k",
    "| a | b |\n|---|--:|\n| <kbd>c</kbd> | ![d](/e.png) |\n\n> f\n\n```\ng\n```",
    "[a][b] &copy; \\* <bucket>\n\n[b]: https://c.example/ü 'd'",
]


def rendered():
    return [str(markdown.render(source, legend=LEGEND)) for source in SOURCES * 5]


def test_threads_that_render_at_the_same_time_get_what_one_would_get():
    alone, *together = [rendered(), *in_threads(rendered)]
    assert together == [alone] * len(together)


def test_a_new_parser_prepares_nothing_at_its_first_text(monkeypatch):
    parser = markdown.parser()
    monkeypatch.setattr(Ruler, "__compile__", lambda ruler: pytest.fail("not ready for threads"))
    assert parser.parse("a")[0].type == "paragraph_open"


def test_no_parser_of_a_module_has_anything_left_to_prepare():
    assert guide_site.urls  # it has imported all that answers requests
    rooms = ("guide_site.", "entries.", "services.", "moderation.")
    modules = [module for name, module in [*sys.modules.items()] if name.startswith(rooms)]
    shared = {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, MarkdownIt)
    }
    assert len(shared) > 4
    for name, parser in shared.items():
        rulers = [parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2]
        assert all(ruler.__cache__ is not None for ruler in rulers), name
