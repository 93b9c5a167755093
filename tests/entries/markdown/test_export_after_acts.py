"""Whatever people do to whatever guide: its export reads as the guide, and only what they changed
differs from the file.
"""

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given

from entries.markdown.reader import NotAGuide
from entries.markdown.writer import export
from entries.models import Entry, EntryKind, LegendTag
from tests import factories
from tests.entries.acting import act, acts, in_database, in_export, rolled_back
from tests.entries.guides import imported
from tests.entries.made_up_guides import guides
from tests.examples import examples

pytestmark = pytest.mark.django_db

trying = {
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes here
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.fixture
def legend():
    tags = {"tip": "🔹", "gotcha": "❗", "warning": "⚠️", "cost": "💸", "loved": "❤️‍🔥", "one": "1️⃣"}
    for slug, sign in (tags | {"info": "ℹ️", "german": "🇩🇪", "thumb": "👍🏽"}).items():
        factories.legend_tag(slug, sign)
    return [tag.key for tag in LegendTag.objects.all()]


def sources():
    """The source lines of blocks that stand in no other one: what no act but their own changes.

    Steps may be numbered again; what a file does not end has an end as soon as more follows.
    """
    rows = Entry.objects.filter(retired_at=None, parent=None, section__retired_at=None)
    rows = rows.exclude(kind=EntryKind.NUMBERED)
    ends = {row.pk: row.verbatim.strip("\ufeff\r\n") for row in rows if row.verbatim}
    return set(ends.items())


@pytest.mark.fuzz
@examples(200, **trying)
@given(guides, acts)
@example("[d]: /e 'T'\n\nFour\n====\n", [("edit", 1, 1, 0, 0), ("move section", 1, 0, 0, 0)])
@example("# A\n\n- a\n\n# B\n\n  Indented by two\n\n- b\n", [("move", 0, 0, 1, 0)])
@example("- a\n  - b\n\n  ## Seven\n\n\nA paragraph\n", [("lift", 0, 0, 0, 0)])
@example("- <!-- open", [("add", 0, 0, 0, 0)])
@example("2. two\n```\n", [("nest", 35, 10, 44, 25)])
@example("- x\n\n- y\n", [("add", 28, 34, 22, 31), ("nest", 36, 49, 24, 33)])
@example("# A\n***\n\n    code\n\n", [("edit", 31, 11, 29, 42)])
def test_the_export_reads_as_the_guide_after_any_acts(legend, text, todo):
    with rolled_back():
        try:
            imported(text, signs=legend)
        except NotAGuide:
            assume(False)
        assert export() == text
        before = sources()
        for each in todo:
            act(*each)
            try:
                found = in_export()
            except NotAGuide:  # nothing is left but text
                continue
            assert found == in_database()
        text = export()
        assert [source for _, source in sources() & before if source not in text] == []
