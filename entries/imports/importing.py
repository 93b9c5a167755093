"""A parsed guide becomes the guide: new is added, changed is updated, the rest is left alone.

On an empty database everything is new. Callers hold `history.revision()`; without a
difference nothing is written, and so there is no revision.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from entries.actions import legend, positions, steps
from entries.actions.sections import free_slug, kind_of
from entries.imports import anchors
from entries.imports.entry_matching import match_entries
from entries.imports.report import Report
from entries.imports.section_matching import match_sections
from entries.markdown import navigation
from entries.markdown.parsed import ParsedEntry, ParsedGuide, ParsedSection, with_section_above
from entries.models import (
    MEANING,
    Entry,
    LegendTag,
    RenderContext,
    Section,
    SectionAlias,
    SectionKind,
)
from entries.reading.lines import in_order
from entries.reading.tree import Tree
from guide_site.core import markdown

AnyRow = TypeVar("AnyRow", Entry, Section)
SAME_GUIDE = 0.1  # share of the entries here that a file must hold to be a version of this guide


class AnotherGuide(ValueError):
    """The file has next to nothing in common with the guide; the message says what to do."""


def import_guide(
    guide: ParsedGuide,
    *,
    because: str = "Not in the imported file any more.",
    replace: bool = False,
    progress: Callable[[list[ParsedSection]], Iterable[ParsedSection]] = iter,
) -> Report:
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

    def __init__(self, guide: ParsedGuide, because: str) -> None:
        self.guide = guide
        self.because = because
        self.report = Report(guide)
        self.anchors_before = RenderContext.current().anchors
        self.written: set[ParsedEntry] = set()  # those that were rendered just now
        self.tags = {tag.key: tag for tag in LegendTag.objects.all()}
        tree = Tree(Section.objects.live().prefetch_related("tags"))
        rows = [node.section for node in tree.walk()]
        entries = in_order(tree, Entry.objects.prefetch_related("tags"))
        here = {row.pk: row for row in rows}
        aliases = SectionAlias.objects.filter(entry=None).values_list("slug", "section")
        aliased = {slug: here[pk] for slug, pk in aliases if pk in here}
        self.sections = match_sections(guide.sections, rows, aliased, entries)
        self.entries = match_entries(guide.sections, self.sections, entries)
        self.gone: list[Entry | Section] = [
            *reversed(_unmatched(entries, self.entries)),
            *_deepest_first(_unmatched(rows, self.sections)),
        ]

    def run(self, progress: Callable[[list[ParsedSection]], Iterable[ParsedSection]]) -> Report:
        self._add_legend()
        self._write_sections()
        anchors.keep_those_of_headings(self.guide, self.sections)
        self.context = RenderContext.current()
        for parsed in progress(self.guide.sections):
            self._write_entries(parsed.entries, self.sections[parsed], None)
        self._retire_what_is_gone()
        anchors.keep_those_named(self.guide, self.sections, self.entries)
        self._check_links()
        return self.report

    def refuse_another_guide(self) -> None:
        """Nobody replaces a whole guide by giving the wrong file."""
        here = [row for row in self.gone if isinstance(row, Entry)]
        same = len(self.entries)
        if here and same < SAME_GUIDE * (same + len(here)):
            raise AnotherGuide(
                f"It shares {same} of {same + len(here)} entries with the guide here: it seems to "
                "be another one. Give it a database of its own (DATABASE_URL), or say --replace."
            )

    def _add_legend(self) -> None:
        for sign, meaning in self.guide.legend:
            if sign not in self.tags:
                label = _label(meaning) or sign
                tag = legend.add_legend_tag(sign=sign, label=label, meaning=meaning[:MEANING])
                self.tags[sign] = tag
            elif self.tags[sign].retired_at:
                legend.restore_legend_tag(self.tags[sign])

    def _write_sections(self) -> None:
        titles = Counter(markdown.anchor(section.title) for section in self.guide.sections)
        children: dict[ParsedSection | None, list[ParsedSection]] = defaultdict(list)
        for parsed, above in with_section_above(self.guide.sections):
            children[above].append(parsed)
        self._write_children(None, None, children, titles)

    def _write_children(
        self,
        above: ParsedSection | None,
        parent: Section | None,
        children: Mapping[ParsedSection | None, list[ParsedSection]],
        titles: Counter[str],
    ) -> None:
        siblings = children[above]
        rows = [self.sections.get(parsed) for parsed in siblings]
        here = parent.pk if parent else None
        known = [row.position if row and row.parent_id == here else None for row in rows]
        previous = None
        for parsed, known_row, position in zip(
            siblings, rows, positions.assign(known), strict=True
        ):
            is_leaf = not children[parsed]
            row = known_row or Section(
                slug=_slug(parsed, parent, titles), kind=_kind(parsed, is_leaf)
            )
            fields = {
                "parent_id": here,
                "title": parsed.title,
                "verbatim": parsed.verbatim,
                "position": position,
            }
            self._note(steps.write_row(row, fields, tags=self._tags(parsed), previous=previous))
            self.sections[parsed] = previous = row
            self._write_children(parsed, row, children, titles)

    def _write_entries(
        self, siblings: list[ParsedEntry], section: Section, parent: Entry | None
    ) -> None:
        rows = [self.entries.get(parsed) for parsed in siblings]
        here = (section.pk, parent.pk if parent else None)
        known = [
            row.position
            if row and row.is_live and (row.section_id, row.parent_id) == here
            else None
            for row in rows
        ]
        previous = None
        for parsed, known_row, position in zip(
            siblings, rows, positions.assign(known), strict=True
        ):
            row = known_row or Entry()
            fields = {
                "section_id": here[0],
                "parent_id": here[1],
                "position": position,
                "kind": parsed.kind,
                "body": parsed.body,
                "verbatim": parsed.verbatim,
            }
            step = steps.write_row(
                row, fields, tags=self._tags(parsed), previous=previous, context=self.context
            )
            self._note(step)
            if step:
                self.written.add(parsed)
            self.entries[parsed] = previous = row
            self._write_entries(parsed.children, section, row)

    def _retire_what_is_gone(self) -> None:
        for row in self.gone:
            self._note(steps.retire_row(row, because=self.because, context=self.context))

    def _check_links(self) -> None:
        """Count the links, and render entries again where one leads elsewhere by now."""
        current = RenderContext.current().anchors
        stale = []
        for parsed in self.guide.walk():
            targets = markdown.link_targets(parsed.body)
            self.report.count_links(parsed, targets, current)
            rendered_with = self.context.anchors if parsed in self.written else self.anchors_before
            names = [target[1:] for target in targets if target.startswith("#")]
            if any(
                markdown.destination(name, rendered_with) != markdown.destination(name, current)
                for name in names
            ):
                stale.append(self.entries[parsed].pk)
        if stale:
            Entry.objects.filter(pk__in=stale).rerender()

    def _tags(self, parsed: ParsedSection | ParsedEntry) -> set[int]:
        """Primary keys of the legend tags that lead the text."""
        return {self.tags[sign].pk for sign in parsed.signs if sign in self.tags}

    def _note(self, step: steps.Step | None) -> None:
        if step:
            self.report.add_step(step)


def _unmatched(rows: list[AnyRow], matched: Mapping[Any, AnyRow]) -> list[AnyRow]:
    """The live rows of `rows` that were matched with nothing of the file."""
    known = {row.pk for row in matched.values()}
    return [row for row in rows if row.retired_at is None and row.pk not in known]


def _kind(parsed: ParsedSection, is_leaf: bool) -> SectionKind:
    if is_leaf and navigation.is_contents(parsed.title):
        return SectionKind.CONTENTS
    return kind_of(parsed.title) if parsed.has_heading else SectionKind.PREFACE


def _deepest_first(sections: list[Section]) -> list[Section]:
    above = {section.pk: section.parent_id for section in sections}

    def depth(pk: int | None) -> int:
        return 1 + depth(above[pk]) if pk in above else 0

    return sorted(sections, key=lambda section: -depth(section.pk))


def _label(meaning: str) -> str:
    """The first words of what a sign means, as its label."""
    words = meaning.replace("“", "").replace("”", "")
    for end in (" (", ":", ";", ","):
        words = words.split(end)[0]
    return words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0]


def _slug(parsed: ParsedSection, parent: Section | None, titles: Counter[str]) -> str:
    """Its anchor; under a heading that occurs more than once, with the parent's in front."""
    occurs_again = titles[markdown.anchor(parsed.title)] > 1
    return free_slug(parsed.title, prefix=parent.slug if occurs_again and parent else "")
