"""Whatever is imported comes out again; an edit changes what it is about, and nothing else."""

import re
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, example, given
from hypothesis import strategies as st

from entries.actions import entries as entry_actions
from entries.markdown.reader import NotAGuide
from entries.markdown.writer import export
from entries.models import Entry, EntryKind
from guide_site.core import history, markdown
from tests.entries.guides import imported, markdown_like, parse
from tests.entries.markdown.test_read_losslessly import TRAPS
from tests.examples import examples

pytestmark = pytest.mark.django_db

thorough = examples(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXTS = (EntryKind.BULLET, EntryKind.NUMBERED, EntryKind.PARAGRAPH)
NEW = "Edited **words** here."

BLOCKS = [
    *("# One", "## Two\n", "Three\n-----\n", "A paragraph\nof two lines", "- a", "- b\n  more"),
    *("- c\n  - d\n    - e", "* f\n\n  g", "\t- h", "    - i", "1. j\n2. k", "3) l\n\n   m"),
    *("- [ ] n", "- ❗ **Lead:** o", "```sh\np\n```", "- q\n\n  ```\n  r\n  ```", "> s\nt", "***"),
    *("| u | v |\n|---|---|\n| w |", "<div>\nx\n</div>\n", "<!-- y -->\n", "![z](http://e.org/z)"),
    *(
        "[a]: http://e.org/a\n",
        "See [a] and [#](#one).",
        '- <a name="b"></a>',
        "-",
        "- ```\n  c\n  ```",
    ),
]
guide_like = st.tuples(
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.sampled_from(["\n", "\n\n"])), max_size=12),
    st.sampled_from(["\n", "\n", "\r\n"]),
).map(lambda made: "".join(a + b for a, b in made[0]).replace("\n", made[1]))


def shown(text):
    """What a reader sees of a guide, in order: titles, and entries as HTML."""
    for section in parse(text).sections:
        yield section.level, re.sub(r"(Section in line )\d+", r"\1…", section.title)
        for entry in section.walk():
            yield entry.kind, str(markdown.render(entry.body))


def edit(number, body):
    """Edit the entry of that number through the site's own action; returns it, or None."""
    found = list(Entry.objects.filter(kind__in=TEXTS).order_by("pk"))
    if not found:
        return None
    with history.revision(by=None, comment="edit"):
        return entry_actions.edit_entry(found[number % len(found)], body=body)


@pytest.mark.fuzz
@thorough
@given(markdown_like)
@example(TRAPS)
def test_the_export_of_an_untouched_import_is_the_file(text):
    with transaction.atomic():
        with suppress(NotAGuide):
            imported(text)
            assert export() == text
        transaction.set_rollback(True)


@pytest.mark.fuzz
@thorough
@given(guide_like, st.integers(0, 30))
@example("# A\n- ```\n  code\n  ```\nright below\n", 0)
@example("# A\n-\n  - one\nlazy\n\n1. two\n   # three\n2. four\n", 2)
def test_after_an_edit_the_rest_of_the_export_is_shown_as_before(text, number):
    with transaction.atomic():
        try:
            imported(text)
        except NotAGuide:
            assume(False)
        before = list(shown(export()))
        edited = edit(number, NEW)
        after = list(shown(export()))
        transaction.set_rollback(True)
    if edited:
        changed = [
            n for n, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1
        ]
        assert [after[n] for n in changed] == [(edited.kind, str(markdown.render(NEW)))]
