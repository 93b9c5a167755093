"""Whatever guide, site and file do to different bullets, all of it arrives."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from entries.imports import importing
from entries.imports.finding import Incoming, find
from entries.markdown.writer import export
from guide_site.core import history
from tests import factories
from tests.examples import examples
from tests.moderation.imports.acts import (
    moves,
    published,
    retires,
    says,
    tags,
    written,
)

pytestmark = pytest.mark.django_db

WORDS = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy", "juniper"]
WORDS += ["kale", "larch", "maple", "nettle"]
TITLES = ["Storage", "Network", "Notes"]


def bullet(number):
    return f"**Number {number}:** {' '.join(WORDS[number % 7 :][:6])} and word {number} of it."


guides = st.lists(st.integers(0, 3), min_size=3, max_size=3)
kinds = st.sampled_from(["word", "word", "move", "retire", "tag"])


def act(kind, number):
    words = f"**Number {number}:"
    match kind:
        case "word":
            return says("and word", "or the word", words)
        case "move":
            return moves("Network", words)
        case "retire":
            return retires(words)
    return tags(words)


@st.composite
def cases(draw):
    sizes = draw(guides)
    numbers = iter(range(100))
    guide = [
        [title, [bullet(next(numbers)) for _ in range(n)]]
        for title, n in zip(TITLES, sizes, strict=True)
    ]
    chosen = draw(st.permutations(range(sum(sizes))))[:8]
    acts = [(draw(st.booleans()), act(draw(kinds), number)) for number in chosen]
    return guide, [a for here, a in acts if here], [a for here, a in acts if not here]


def bring(text):
    with history.revision(by=None, comment="import"):
        file = Incoming.read(text.encode(), "guide")
        found = find(file)
        importing.import_guide(file.guide, base=found.base, replace=True)


def as_sets(guide):
    return {title: sorted(bullets) for title, bullets in guide}


@pytest.fixture
def legend(db):
    factories.legend_tag("gotcha", "❗")


@pytest.mark.fuzz
@examples(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases())
def test_disjoint_edits_all_arrive_and_the_export_changes_nothing(legend, case):
    guide, site, file = case
    with transaction.atomic():
        bring(written(guide))
        for each in site:
            with history.revision(by=None, comment=each.name):
                each.on_site()
        outside, wanted = ([[t, list(b)] for t, b in guide] for _ in range(2))
        for each in file:
            each.in_file(outside)
        for each in (*site, *file):
            each.in_file(wanted)
        bring(written(outside))
        assert as_sets(published()) == as_sets(wanted)
        assert find(Incoming.read(export().encode(), "guide")).is_same
        transaction.set_rollback(True)
