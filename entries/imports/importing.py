"""A parsed file comes into the guide: new is added, changed is updated, the rest is left alone.

`plan` and `three_way` find out what to write. On an empty database everything is new. Callers
hold `history.revision()`; without a difference nothing is written, and so there is no revision.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from entries.actions import legend, positions, steps
from entries.actions.guide import edit_guide
from entries.actions.retiring import mark_restored, mark_retired
from entries.imports import anchors, new_rows
from entries.imports.bases import Base
from entries.imports.plan import Conflict, Plan, plan_replacement
from entries.imports.report import Report
from entries.imports.three_way import plan_merge
from entries.markdown import front_matter
from entries.markdown.parsed import (
    KEPT,
    ParsedEntry,
    ParsedGuide,
    ParsedSection,
    with_section_above,
)
from entries.models import MEANING, Entry, Guide, LegendTag, RenderContext, Section
from guide_site.core import definitions, markdown
from guide_site.core.guide_facts import LENGTHS, UNKNOWN

SAME_GUIDE = 0.1  # share of the entries here that a file must hold to be a version of this guide


class AnotherGuide(ValueError):
    """The file has next to nothing in common with the guide; the message says what to do."""


class InConflict(ValueError):
    """Guide and file both changed something, differently.

    sentences  a sentence for each conflict
    """

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def import_guide(
    guide: ParsedGuide,
    *,
    base: Base | None = None,
    because: str = "Not in the imported file any more.",
    replace: bool = False,
    leave_conflicts: bool = False,
    at: datetime | None = None,
    progress: Callable[[list[ParsedSection]], Iterable[ParsedSection]] = iter,
) -> Report:
    """Bring what a parsed file says into the guide; return the Report (with its `steps`).

    base      what the file was made from: only what it changed since is written; without one
              the guide becomes what the file says
    because   why what the file no longer has is retired
    replace   allow a file that is another guide; else AnotherGuide is raised
    leave_conflicts  leave as it is in the guide what both changed, and give the Report steps for
              it; else InConflict is raised before anything is written
    at        when what it retires is retired, if not now
    progress  called with the list of parsed sections; what it returns is iterated over
    """
    plan = plan_merge(guide, base) if base else plan_replacement(guide)
    if not replace:
        _refuse_another_guide(plan)
    if plan.conflicts and not leave_conflicts:
        raise InConflict([conflict.sentence for conflict in plan.conflicts])
    return _Import(guide, plan, because, at).run(progress)


def _refuse_another_guide(plan: Plan) -> None:
    """Nobody replaces a whole guide by giving the wrong file."""
    if plan.shared < SAME_GUIDE * plan.known:
        raise AnotherGuide(
            f"It shares {plan.shared} of {plan.known} entries with the guide here: it seems to "
            "be another one. Give it a database of its own (DATABASE_URL), or say --replace."
        )


class _Import:
    """Writes what is planned where it differs."""

    def __init__(self, file: ParsedGuide, plan: Plan, because: str, at: datetime | None) -> None:
        self.plan, self.guide = plan, plan.guide
        self.because, self.at = because, at
        is_another = plan.shared < SAME_GUIDE * plan.known
        self.report = Report(file, plan.guide, is_another=is_another)
        self.anchors_before = RenderContext.current().anchors
        self.labels: set[str] = set()  # of definitions that were written or retired
        self.written: set[ParsedEntry] = set()  # those that were rendered just now
        self.tags = {tag.key: tag for tag in LegendTag.objects.all()}
        self.sections: dict[ParsedSection, Section] = dict(plan.sections)
        self.entries: dict[ParsedEntry, Entry] = dict(plan.entries)

    def run(self, progress: Callable[[list[ParsedSection]], Iterable[ParsedSection]]) -> Report:
        if self.report.is_another or not self.plan.known:
            self._take_facts()
        self._add_legend()
        self._write_sections()
        anchors.keep_those_of_headings(self.guide, self.sections)
        self.context = RenderContext.current()
        for parsed in progress(self.guide.sections):
            self._write_entries(parsed.entries, self.sections[parsed], None)
        self._retire_what_is_gone()
        anchors.keep_those_named(self.guide, self.sections, self.entries)
        self._check_links()
        self._render_what_uses_definitions()
        for conflict in self.plan.conflicts:
            self.report.conflicts.append(conflict.sentence)
            self.report.steps.append(self._step_of(conflict))
        return self.report

    def _take_facts(self) -> None:
        """The facts of a new guide: those of its front matter, those that are there, its title.

        Of another guide than the one before: nothing that only this one said.
        """
        guide = Guide.current()
        bodies = (entry.body for entry in self.guide.walk() if entry.kind == KEPT)
        said = next((found for body in bodies if (found := front_matter.facts_of(body)[0])), {})
        facts = UNKNOWN | said if self.report.is_another else said
        if not facts.get("name", guide.name):
            top = [parsed for parsed, above in with_section_above(self.guide.sections) if not above]
            titles = [parsed.title for parsed in top if parsed.has_heading]
            facts |= {"name": titles[0][: LENGTHS["name"]]} if len(titles) == 1 else {}
        if facts:
            edit_guide(guide, **facts)

    def _add_legend(self) -> None:
        for sign, meaning, written in self.plan.legend:
            if sign not in self.tags:
                label = new_rows.label(meaning) or sign
                tag = legend.add_legend_tag(
                    sign=written or sign, label=label, meaning=meaning[:MEANING]
                )
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
                slug=new_rows.slug(parsed, parent, titles), kind=new_rows.kind(parsed, is_leaf)
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
        for row in self.plan.gone:
            step = steps.retire_row(row, because=self.because, at=self.at, context=self.context)
            self._note(step)

    def _step_of(self, conflict: Conflict) -> steps.Step:
        """What the file did to a row, beside what its author saw. Nothing is written."""
        row = steps.copy_with(conflict.row, conflict.wanted or {})
        old = steps.fields_of(conflict.row) | conflict.seen
        tags = steps.tags_of(row)
        old_tags = tags
        if conflict.wanted is None:
            mark_retired(row, self.because, self.at)
        else:
            mark_restored(row)
        if conflict.is_of_place:
            self._place(row, conflict)
        if conflict.signs:
            old_tags, tags = (self._pks(signs) for signs in conflict.signs)
        previous = self._row(conflict.previous) if conflict.previous else None
        return steps.Step(row, old, old_tags, tags, previous)

    def _place(self, row: steps.Row, conflict: Conflict) -> None:
        above = self._row(conflict.above) if conflict.above else None
        if isinstance(row, Entry) and above is not None:
            row.section_id = above.section_id if isinstance(above, Entry) else above.pk
            row.parent_id = above.pk if isinstance(above, Entry) else None
        elif isinstance(row, Section):
            row.parent_id = above.pk if above else None

    def _row(self, parsed: ParsedSection | ParsedEntry) -> steps.Row:
        if isinstance(parsed, ParsedSection):
            return self.sections[parsed]
        return self.entries[parsed]

    def _check_links(self) -> None:
        """Count the links, and render entries again where one leads elsewhere by now."""
        current = RenderContext.current()
        stale = []
        for parsed in self.guide.walk():
            targets = markdown.link_targets(parsed.body, current.links_for(parsed.body))
            if parsed.line:  # of the file
                self.report.count_links(parsed, targets, current)
            rendered_with = self.context.anchors if parsed in self.written else self.anchors_before
            names = [name for name in map(current.anchor_of, targets) if name]
            if any(
                markdown.destination(name, rendered_with)
                != markdown.destination(name, current.anchors)
                for name in names
            ):
                stale.append(self.entries[parsed].pk)
        if stale:
            Entry.objects.filter(pk__in=stale).rerender()

    def _render_what_uses_definitions(self) -> None:
        """Render again what uses a definition that the import wrote or retired."""
        Entry.objects.live().that_use(self.labels).rerender()

    def _tags(self, parsed: ParsedSection | ParsedEntry) -> set[int]:
        """Primary keys of the legend tags that lead the text."""
        return self._pks(parsed.signs)

    def _pks(self, signs: Iterable[str]) -> set[int]:
        tags = [self.tags[sign] for sign in signs if sign in self.tags]
        return {tag.pk for tag in tags if tag.retired_at is None}

    def _note(self, step: steps.Step | None) -> None:
        if step:
            self.report.add_step(step)
            self._note_definitions(step)

    def _note_definitions(self, step: steps.Step) -> None:
        """Remember the labels that an entry defined before, or does now."""
        if isinstance(step.row, Entry):
            before = step.old.get("body", "")
            for body in {before, step.row.body}:
                self.labels |= definitions.defined(body).labels
