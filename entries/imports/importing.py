"""A parsed guide becomes the guide: new is added, changed is updated, the rest is left alone.

On an empty database everything is new. Callers hold `history.revision()`; without a
difference nothing is written, and so there is no revision.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils import timezone

from entries.actions import legend, positions
from entries.actions.sections import free_slug, kind_of
from entries.imports import anchors, matching
from entries.imports.report import Report
from entries.markdown import navigation
from entries.models import (
    GAP,
    Entry,
    LegendTag,
    RenderContext,
    Section,
    SectionAlias,
    SectionKind,
)
from entries.reading.tree import Tree, in_order
from guide_site.core import markdown

_SECTION_FIELDS = ("parent_id", "title", "verbatim", "position", "retired_at")
_ENTRY_FIELDS = ("section_id", "parent_id", "position", "kind", "body", "verbatim", "retired_at")
_PLACE = {"section_id", "parent_id", "position"}
_TEXT = {"title", "body", "kind", "retired_at"}


SAME_GUIDE = 0.1  # share of the entries here that a file must hold to be a version of this guide


@dataclass
class Step:
    """What an import did to one row.

    row       the row as written (one that was new has a primary key)
    old       its fields before; {} for a new one
    old_tags  primary keys of its tags before
    tags      the same now
    previous  the sibling that it follows, or None
    """

    row: object
    old: dict
    old_tags: set
    tags: set
    previous: object = None


class AnotherGuide(ValueError):
    """The file has next to nothing in common with the guide; the message says what to do."""


def write(
    guide,
    *,
    because="Not in the imported file any more.",
    replace=False,
    progress=lambda rows: rows,
):
    """Make the guide what the parsed `guide` says, and return the Report (with its `steps`).

    because   why what the file no longer has is retired
    replace   allow a file that is another guide; else AnotherGuide is raised
    progress  called with the list of parsed sections; what it returns is iterated over
    """
    work = _Import(guide, because)
    if not replace:
        work.refuse_another_guide()
    return work.run(progress)


class _Import:
    """Finds out what is the same, then writes what differs."""

    def __init__(self, guide, because):
        self.guide = guide
        self.because = because
        self.report = Report(guide)
        self.context = None
        self.tags = {tag.key: tag for tag in LegendTag.objects.all()}
        tree = Tree(Section.objects.live().prefetch_related("tags"))
        rows = [node.section for node in tree.walk()]
        entries = in_order(tree, Entry.objects.prefetch_related("tags"))
        self.old = {id(row): _fields(row) for row in [*rows, *entries]}
        self.tags_of = {id(row): {tag.pk for tag in row.tags.all()} for row in [*rows, *entries]}
        here = {row.pk: row for row in rows}
        aliases = SectionAlias.objects.filter(entry=None).values_list("slug", "section")
        aliases = {slug: here[pk] for slug, pk in aliases if pk in here}
        self.sections = matching.match_sections(guide.sections, rows, aliases, entries)
        self.entries = matching.match_entries(guide, self.sections, entries)
        self.gone = _unmatched(entries, self.entries)[::-1] + _deepest_first(
            _unmatched(rows, self.sections)
        )

    def run(self, progress):
        self._add_legend()
        self._write_sections()
        anchors.keep_those_of_headings(self.guide, self.sections)
        self.context = RenderContext.current()
        for parsed in progress(self.guide.sections):
            self._write_entries(parsed.entries, self.sections[id(parsed)], None)
        self._retire_what_is_gone()
        anchors.keep_those_named(self.guide, self.sections | self.entries)
        self.report.count_links(self.guide, RenderContext.current().anchors)
        return self.report

    def refuse_another_guide(self):
        """Nobody replaces a whole guide by giving the wrong file."""
        here = [row for row in self.gone if isinstance(row, Entry)]
        same = len(self.entries)
        if here and same < SAME_GUIDE * (same + len(here)):
            raise AnotherGuide(
                f"It shares {same} of {same + len(here)} entries with the guide here: it seems to "
                "be another one. Give it a database of its own (DATABASE_URL), or say --replace."
            )

    def _add_legend(self):
        for sign, meaning in self.guide.legend:
            if sign in self.tags and self.tags[sign].retired_at:
                legend.restore_legend_tag(self.tags[sign])
            elif sign not in self.tags:
                self.tags[sign] = _legend_tag(sign, meaning, (len(self.tags) + 1) * GAP)

    def _write_sections(self):
        titles = Counter(markdown.anchor(section.title) for section in self.guide.sections)
        children = defaultdict(list)
        for parsed, above in matching.with_parents(self.guide.sections):
            children[id(above) if above else None].append(parsed)
        self._write_children(None, None, children, titles)

    def _write_children(self, above, parent, children, titles):
        siblings = children[id(above) if above else None]
        rows = [self.sections.get(id(parsed)) for parsed in siblings]
        here = parent.pk if parent else None
        known = [row.position if row and row.parent_id == here else None for row in rows]
        previous = None
        for parsed, row, position in zip(siblings, rows, positions.assign(known), strict=True):
            if row is None:
                is_leaf = not children[id(parsed)]
                row = Section(slug=_slug(parsed, parent, titles), kind=_kind(parsed, is_leaf))
                self.sections[id(parsed)] = row
            row.parent, row.title, row.verbatim = parent, parsed.title, parsed.verbatim
            row.position = position
            self._save(row, parsed.signs, previous)
            previous = row
            self._write_children(parsed, row, children, titles)

    def _write_entries(self, siblings, section, parent):
        rows = [self.entries.get(id(parsed)) for parsed in siblings]
        here = (section.pk, parent.pk if parent else None)
        known = [
            row.position
            if row and row.is_live and (row.section_id, row.parent_id) == here
            else None
            for row in rows
        ]
        previous = None
        for parsed, row, position in zip(siblings, rows, positions.assign(known), strict=True):
            entry = self.entries[id(parsed)] = row or Entry()
            entry.section, entry.parent, entry.position = section, parent, position
            entry.kind, entry.body, entry.verbatim = parsed.kind, parsed.body, parsed.verbatim
            entry.retired_at, entry.retired_because = None, ""
            self._save(entry, parsed.signs, previous, context=self.context)
            previous = entry
            self._write_entries(parsed.children, section, entry)

    def _stood(self, row):
        """Where a matched entry stood: (section, parent), or None if it was retired."""
        old = self.old[id(row)]
        return None if old["retired_at"] else (old["section_id"], old["parent_id"])

    def _retire_what_is_gone(self):
        for row in self.gone:
            row.retired_at, row.retired_because = timezone.now(), self.because
            row.verbatim = ""  # it is no longer in the file, not even its blank lines
            row.save(**({"context": self.context} if isinstance(row, Entry) else {}))
            tags = self.tags_of[id(row)]
            self.report.count(row, "removed", Step(row, self.old[id(row)], tags, tags))

    def _save(self, row, signs, previous, **extra):
        """Save a row if it differs from what the database holds, and count what it was."""
        old, old_tags = self.old.get(id(row), {}), self.tags_of.get(id(row), set())
        tags = {self.tags[sign].pk for sign in signs if sign in self.tags}
        changed = {name for name, value in _fields(row).items() if old.get(name) != value}
        if old and not changed and tags == old_tags:
            return
        row.save(**extra)
        if tags != old_tags:
            row.tags.set(tags)
        if not old:
            what = "added"
        elif changed & _TEXT or tags != old_tags:
            what = "edited"
        else:
            what = "moved" if changed & _PLACE else "respaced"
        self.report.count(row, what, Step(row, old, old_tags, tags, previous))


def _fields(row):
    names = _ENTRY_FIELDS if isinstance(row, Entry) else _SECTION_FIELDS
    return {name: getattr(row, name) for name in names}


def _unmatched(rows, found):
    kept = {row.pk for row in found.values()}
    return [row for row in rows if row.retired_at is None and row.pk not in kept]


def _kind(parsed, is_leaf):
    if is_leaf and navigation.is_contents(parsed.title):
        return SectionKind.CONTENTS
    return kind_of(parsed.title) if parsed.has_heading else SectionKind.PREFACE


def _deepest_first(sections):
    above = {section.pk: section.parent_id for section in sections}

    def depth(pk):
        return 1 + depth(above[pk]) if pk in above else 0

    return sorted(sections, key=lambda section: -depth(section.pk))


def _legend_tag(sign, meaning, position):
    words = meaning.replace("“", "").replace("”", "")
    for end in (" (", ":", ";", ","):
        words = words.split(end)[0]
    label = words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0]
    slug = legend.free_slug(label, sign)
    tag = LegendTag(
        slug=slug, sign=sign, label=label or sign, meaning=meaning[:300], position=position
    )
    tag.save()
    return tag


def _slug(parsed, parent, titles):
    """Its anchor; under a heading that occurs more than once, with the parent's in front."""
    occurs_again = titles[markdown.anchor(parsed.title)] > 1
    return free_slug(parsed.title, prefix=parent.slug if occurs_again and parent else "")
