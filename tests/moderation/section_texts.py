"""Helpers for the section editor: propose a text, and texts that somebody may have edited."""

import uuid

from hypothesis import strategies as st

from entries.markdown import reader
from entries.markdown.parsed import with_section_above
from entries.models import Section
from entries.section_editor import steps
from entries.section_editor.source import SectionSource
from guide_site.core import history
from moderation import actions
from moderation.changes.from_steps import as_changes
from tests import factories
from tests.entries.guides import SIGNS, imported
from tests.moderation.helpers import texts

GUIDE = """# Guide

## S3

Objects in **buckets**.

- 🔹 **Basics:** Buckets hold objects.
  - A bucket has a name.
  - A bucket has a region.
- **Versions:** Old objects can be kept.
- ❗ **Public:** Never make a bucket public.

### S3 cost

1. Count the requests.
2. Count the bytes.

### S3 tips

- Use lifecycle rules.

## EC2

- Machines.
"""


def the_guide(text=GUIDE, title="S3"):
    """Import a guide, with a small legend, and return one of its sections."""
    for sign, slug in (("🔹", "basics"), ("❗", "gotcha")):
        factories.legend_tag(slug, sign)
    imported(text)
    return Section.objects.get(title=title)


def source_of(section, *, below=False, generation=None):
    seen = history.generation() if generation is None else generation
    return SectionSource(section, below=below, generation=seen)


def edited(section, typed, *, below=False, generation=None, because="Gone."):
    """The Edit that was found."""
    source = source_of(section, below=below, generation=generation)
    return steps.compare(source, typed, because=because)


def propose(section, typed, *, by, **options):
    """Send a proposal with what was found."""
    made = as_changes(edited(section, typed, **options).steps)
    key = uuid.uuid4()
    proposal = actions.save_draft(by=by, form_key=key, texts=texts(), changes=made)
    actions.send(proposal, by=by)
    return proposal


def form_of(text, *, below=False):
    """What a text says, whatever its spacing and markers: nested tuples.

    Sections have their title and how deep they are below the first, entries their kind, words
    and signs; “* ”, “- ” and “+ ”, the depth of an indentation and blank lines say nothing.
    """
    guide = reader.parse(text if below else f"# x\n\n{text}", signs=SIGNS, hide_contents=False)
    depths = {None: -1}
    for section, above in with_section_above(guide.sections):
        depths[id(section)] = depths[above and id(above)] + 1
    return [
        (section.title, depths[id(section)], _entries(section.entries))
        for section in guide.sections
    ]


def _entries(found):
    return [
        (entry.kind, " ".join(entry.body.split()), sorted(entry.signs), _entries(entry.children))
        for entry in found
    ]


# Texts, and what somebody does to them.

_words = st.lists(
    st.sampled_from(["bucket", "object", "key", "cost", "**Lead:**", "`code`", "🔹", "❗", "the"]),
    min_size=1,
    max_size=8,
).map(" ".join)
bullets = st.recursive(
    st.tuples(_words, st.just(())),
    lambda below: st.tuples(_words, st.lists(below, max_size=3).map(tuple)),
    max_leaves=12,
)
forests = st.lists(bullets, min_size=1, max_size=5)


chapters = st.lists(
    st.tuples(st.integers(3, 4), st.sampled_from(["Cost", "Tips", "More"]), forests), max_size=3
)


def in_chapters(forest, below):
    """Lines of a section with a few sections below it."""
    lines = ["## S3", "", *written(forest)]
    for level, title, entries in below:
        lines += ["", f"{'#' * level} {title}", "", *written(entries)]
    return lines


def written(forest, depth=0):
    """Bullets as lines of Markdown."""
    lines = []
    for words, below in forest:
        lines += [f"{'  ' * depth}- {words}", *written(below, depth + 1)]
    return lines


@st.composite
def edits_of(draw, lines):
    """The lines after a few random acts: words changed, lines moved, indented, gone, new."""
    lines = list(lines)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["word", "move", "indent", "outdent", "drop", "add"])):
            case "word":
                lines[at] += f" {draw(_words)}"
            case "move":
                line = lines.pop(at)
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "indent":
                lines[at] = f"  {lines[at]}"
            case "outdent":
                lines[at] = lines[at].removeprefix("  ")
            case "drop" if len(lines) > 1:
                del lines[at]
            case "add":
                lines.insert(at, f"- {draw(_words)}")
    return lines
