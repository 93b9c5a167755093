"""Whole guides after many edits on the site: the file differs in the edited lines only."""

import random
from difflib import SequenceMatcher
from io import StringIO

import pytest
from django.core.management import call_command

from entries.actions import entries as entry_actions
from entries.actions import sections as section_actions
from entries.markdown import source_lines
from entries.markdown.writer import export
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from tests.entries.acting import in_database, in_export
from tests.entries.guides import imported
from tests.entries.test_whole_guides import GUIDES

pytestmark = pytest.mark.django_db

EDITS = 100


@pytest.mark.parametrize("path", GUIDES)
def test_after_many_edits_the_diff_shows_those_lines_and_the_export_reads_back(path):
    call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())
    before = export()
    assert before.encode() == path.read_bytes()
    chooser = random.Random(path.stem)
    edited = _edit(chooser)
    after = export()
    assert in_export(path.stem) == in_database()
    changed = _lines_gone(before, after)
    assert changed <= edited
    assert len(changed) >= min(EDITS, len(edited)) / 4
    signs = [tag.key for tag in LegendTag.objects.all()]
    assert imported(after, signs=signs, name=path.stem).steps == []


def _edit(chooser):
    """Do many edits of one word, additions and retirements; returns the lines they may change."""
    lines = set()
    for number in range(EDITS):
        with history.revision(by=None, comment="test"):
            if number % 10 == 0:
                row = chooser.choice(Section.objects.shown().exclude(verbatim="").order_by("pk"))
                lines |= set(source_lines.split(row.verbatim))
                section_actions.edit_section(row, title=f"{row.title} edited")
                continue
            kinds = (Entry.Kind.BULLET, Entry.Kind.NUMBERED, Entry.Kind.PARAGRAPH)
            row = chooser.choice(Entry.objects.live().filter(kind__in=kinds).order_by("pk"))
            lines |= set(source_lines.split(row.verbatim))
            if number % 10 == 1 and row.is_listed:
                entry_actions.add_entry(
                    section=row.section, parent=row.parent, after=row, kind=row.kind, body="New."
                )
            elif number % 10 == 2 and not row.children.exists() and row.kind == "bullet":
                entry_actions.retire_entry(row, because="Test.")
            else:
                text = row.body.split("[")[0].strip()
                is_code = text.endswith(("```", "~~~"))  # more in that line would open it again
                entry_actions.edit_entry(
                    row, body=f"Edited {text}" if is_code else f"{text} edited"
                )
    return lines


def _lines_gone(before, after):
    """The lines of a text that the other one lacks, in their order."""
    old, new = source_lines.split(before), source_lines.split(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        line
        for tag, start, stop, _, _ in matcher.get_opcodes()
        if tag != "equal"
        for line in old[start:stop]
    }
