"""Code has colours by the language that it names, and nothing is lost."""

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.core import code_blocks
from tests.core import safety
from tests.core.test_markdown_rendering import rendered


def words(shown):
    """The code in the HTML of a block."""
    code = re.search("<code>(.*)</code>", shown, re.S)[1]
    return html.unescape(re.sub("<[^>]*>", "", code))


def test_a_language_gives_classes_and_a_label():
    shown = rendered("```python\ndef f(): return 'a'  # b\n```")
    assert '<p class="code-label">Python</p>' in shown
    for part in ('class="k">def', 'class="nf">f', "class=\"s\">'a'", 'class="c"># b'):
        assert part in shown
    assert safety.problems(shown) == []


@pytest.mark.parametrize("info", ["", "nothing", "text", "x" * 100, "<script>", "bat"])
def test_code_without_a_known_language_is_plain(info):
    assert rendered(f"```{info}\nif a < b\n```") == (
        '<pre tabindex="0"><code>if a &lt; b\n</code></pre>'
    )


@pytest.mark.parametrize("info", ["js", "{.bash}", "YAML title=x", "json,ignore", "c++", "tf"])
def test_a_language_has_several_names(info):
    assert "code-label" in rendered(f"```{info}\na\n```")


@pytest.mark.parametrize(
    ("info", "label"), [("mermaid", "Mermaid diagram (source)"), ("math", "Math (source)")]
)
def test_drawings_and_formulas_are_labelled_sources(info, label):
    shown = rendered(f"```{info}\na --> b\n```")
    assert f'<p class="code-label">{label}</p>' in shown
    assert "a --&gt; b" in shown


def test_every_language_is_known():
    assert [
        name for name in code_blocks.LANGUAGES if "code-label" not in code_blocks.html("a", name)
    ] == []


@given(st.sampled_from(sorted(code_blocks.LANGUAGES)), st.text(max_size=60))
def test_no_character_is_lost(name, code):
    assert words(code_blocks.html(code, name)) == code


HOSTILE = ["\n", "  ", "a ", '"\\', "(", "/*", "<a ", "${", "a<b ", "'''", "- a: ", "=begin\n"]


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_code_takes_no_time(part):
    code = "\n".join([(part * 400)[:400]] * 40)
    for name in ("c", "java", "lua", "terraform"):
        before = time.process_time()
        for length in (1_500, code_blocks.MAX_CODE):
            code_blocks.html(code[:length], name)
        assert time.process_time() - before < 2
