"""The rules of the house for templates: how long they may get, and what they may hold."""

import re
from pathlib import Path

from tests.test_house import MODULES, ROOT

MAX_TEMPLATE = 100  # lines
TEMPLATES = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html"))
}


def markup(template):
    """The HTML of a template without what belongs to the template language."""
    template = re.sub(r"{% comment %}.*?{% endcomment %}", "", template, flags=re.S)
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", template, flags=re.S)


def test_no_template_is_too_long():
    lengths = {name: len(text.splitlines()) for name, text in TEMPLATES.items()}
    assert {name: n for name, n in lengths.items() if n > MAX_TEMPLATE} == {}


def test_templates_hold_no_inline_script_or_style():
    wrong = re.compile(
        r"<style|<script(?![^>]*\ssrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.I
    )
    found = {name: wrong.findall(markup(text)) for name, text in TEMPLATES.items()}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_every_partial_says_what_it_takes():
    partials = {name: text for name, text in TEMPLATES.items() if Path(name).name[0] == "_"}
    assert partials
    assert [name for name, text in partials.items() if not text.startswith("{% comment %}")] == []


def test_every_template_is_used_or_known_to_a_library():
    used = " ".join([*TEMPLATES.values(), *(p.read_text("utf-8") for p in MODULES.values())])
    libraries = ("account/", "allauth/", "markdownx/")
    names = [name.removeprefix("templates/") for name in TEMPLATES]
    own = [n for n in names if not n.startswith(libraries) and not re.match(r"\d{3}\.html", n)]
    assert [name for name in own if f'"{name}"' not in used] == []
