"""Whatever is done to the text of a section: once approved, the section reads as it was typed.

What was not touched keeps its identity and gets no version.
"""

from django.test import override_settings
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from reversion.models import Version

from entries.models import Entry
from guide_site.core import history
from tests import factories
from tests.moderation.helpers import approve
from tests.moderation.section_texts import (
    chapters,
    edited,
    edits_of,
    forests,
    form_of,
    in_chapters,
    propose,
    source_of,
    the_guide,
    written,
)

GENERATED = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],  # to shrink a case takes minutes
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@st.composite
def own_entries(draw):
    lines = written(draw(forests))
    return lines, draw(edits_of(lines))


@st.composite
def with_sections_below(draw):
    lines = in_chapters(draw(forests), draw(chapters))
    return lines, [*lines[:2], *draw(edits_of(lines[2:]))]


@override_settings(REVIEW="single")
class SectionProperty(TestCase):
    @GENERATED
    @given(own_entries())
    def test_the_section_reads_as_it_was_typed(self, case):
        lines, typed = ("\n".join(part) + "\n" for part in case)
        self.check(f"## S3\n\n{lines}", typed, below=False)

    @GENERATED
    @given(with_sections_below())
    def test_so_do_the_sections_below_it(self, case):
        lines, typed = ("\n".join(part) + "\n" for part in case)
        self.check(lines, typed, below=True)

    def check(self, lines, typed, *, below):
        section = the_guide(f"# Guide\n\n{lines}", "S3")
        before = dict(Entry.objects.values_list("pk", "body"))
        found = edited(section, typed, below=below)
        assume(found.steps and not found.problems)
        proposal = propose(section, typed, by=factories.user(), below=below)
        approve(proposal)
        now = source_of(section, below=below).text
        assert form_of(now, below=below) == form_of(typed, below=below)
        versions = Version.objects.get_for_model(Entry).filter(revision=history.generation())
        changed = {int(version.object_id) for version in versions}
        touched = {step.row.pk for step in found.steps if isinstance(step.row, Entry)}
        assert changed & before.keys() <= touched | self.below(touched)

    def below(self, pks):
        """What is nested under entries: it moves along."""
        found, more = set(), set(pks)
        while more:
            more = set(Entry.objects.filter(parent__in=more).values_list("pk", flat=True)) - found
            found |= more
        return found
