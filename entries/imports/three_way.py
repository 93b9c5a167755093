"""The plan of an import whose file was made from an older guide.

Each section and entry is merged by itself: what only the file changed since its base arrives,
what only the guide changed stays, and what both changed differently is a conflict, which stays as
it is in the guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from entries.actions.steps import Row
from entries.imports import places, saying
from entries.imports.bases import Base
from entries.imports.contents import Clashes, Content
from entries.imports.places import Places
from entries.imports.plan import Conflict, Plan
from entries.imports.sides import Identity, ThreeSides
from entries.markdown.parsed import ParsedEntry, ParsedGuide, ParsedSection
from entries.models import Entry, LegendTag, Section


def plan_merge(file: ParsedGuide, base: Base) -> Plan:
    """What to write so that all that a parsed file changed since its base comes into the guide."""
    return _Merge(file, base).plan()


class _Merge:
    def __init__(self, file: ParsedGuide, base: Base) -> None:
        self.guide, self.base = file, base
        self.sides = ThreeSides(file, base)
        self.tags = {tag.key: tag for tag in LegendTag.objects.all()}
        self.conflicts: list[Conflict] = []
        self.joined = set[Identity]()  # what the file changed of bullets that were joined here

    def plan(self) -> Plan:
        """The plan."""
        contents = self._contents()
        out = self._retired_here() | self._taken_out()
        tree, put, clashing = self._placed(out)
        guide, of_identity = self._guide(tree, put, contents)
        for identity in tree.walk():
            if identity in clashing:
                self.conflicts.append(self._place_conflict(identity, of_identity))
        known = {line.sign for line in self.base.guide.legend}
        rows = self.sides.rows
        held = {of_identity[i]: rows[i] for i in tree.walk() if i in rows}
        return Plan(
            guide=guide,
            legend=[line for line in self.guide.legend if line.sign not in known],
            sections={p: r for p, r in held.items() if isinstance(p, ParsedSection)},
            entries={p: r for p, r in held.items() if isinstance(p, ParsedEntry)},
            gone=self._gone(out),
            conflicts=self.conflicts,
            known=len(self._entries(self.sides.of_base)),
            shared=len(self._entries(self.sides.of_base) & self._entries(self.sides.of_file)),
        )

    def _entries(self, identities: Mapping[Identity, ParsedSection | ParsedEntry]) -> set[Identity]:
        return {i for i, parsed in identities.items() if isinstance(parsed, ParsedEntry)}

    # What they say

    def _contents(self) -> dict[Identity, Content]:
        """What each row of the file shall say, if the file had it before."""
        merged = {}
        for identity, parsed in self.sides.of_file.items():
            sides = self.sides.contents(identity)
            if sides is None:
                continue
            if isinstance(parsed, ParsedSection) and not parsed.has_heading:
                merged[identity] = sides.here  # its title is the name of the file
                continue
            row = self.sides.rows[identity]
            try:
                content = sides.merged()
            except Clashes as clashes:
                sentence = saying.of_words(parsed, row, clashes.clash)
                self.conflicts.append(_content_conflict(sentence, row, sides.seen, sides.file))
                content = sides.here
            tags = [self.tags[sign] for sign in content.signs if sign in self.tags]
            tags.sort(key=lambda tag: tag.position)
            merged[identity] = replace(content, verbatim=sides.source(content, row, tags))
        return merged

    # What is not there

    def _retired_here(self) -> set[Identity]:
        """What the guide retired since; what the file changed or needs comes back."""
        sides, needed = self.sides, set[Identity]()
        moved = sides.file.moved_since(sides.base)
        for identity in reversed(list(sides.file.walk())):
            if identity not in sides.here.above:
                if self._is_wanted(identity):
                    needed.add(identity)
            elif identity in moved:
                needed.add(identity)
            above = sides.file.above[identity]
            if identity in needed and above is not None:
                needed.add(above)
        return {i for i in sides.of_base if i not in sides.here.above and i not in needed}

    def _is_wanted(self, identity: Identity) -> bool:
        """True for what is new in the file, or changed there."""
        if identity not in self.sides.of_base:
            return True
        file, base = self.sides.of_file[identity], self.sides.of_base[identity]
        if Content.parsed(file) == Content.parsed(base):
            return False
        row = self.sides.rows.get(identity)
        if isinstance(row, Entry) and row.joined_into is not None:
            sentence = saying.joined(file, row, row.joined_into)
            sides = self.sides.seen(identity), Content.parsed(file)
            self.conflicts.append(_content_conflict(sentence, row, *sides))
            return False
        return True

    def _taken_out(self) -> set[Identity]:
        """What the file had and has no more, unless the guide changed it since."""
        out = set[Identity]()
        for identity, parsed in self.sides.of_base.items():
            if identity in self.sides.of_file or identity not in self.sides.here.above:
                continue
            row = self.sides.rows[identity]
            seen = self.sides.seen(identity)
            if self.sides.now(row) in (seen, Content.parsed(parsed)):
                out.add(identity)
            else:
                sentence = saying.taken_out_but_changed(row)
                self.conflicts.append(_content_conflict(sentence, row, seen, None))
        return out

    def _gone(self, out: set[Identity]) -> list[Row]:
        """The rows to retire: entries before sections, what is below before what is above."""
        gone = [self.sides.rows[i] for i in reversed(list(self.sides.here.walk())) if i in out]
        return sorted(gone, key=lambda row: isinstance(row, Section))

    # Where they stand

    def _placed(self, out: set[Identity]) -> tuple[Places[Identity], set[Identity], set[Identity]]:
        """The merged tree, what was put into it, and places in conflict; `out` loses what stays.

        What the file took out stays, in conflict, if something stands under it by now.
        """
        sides = self.sides
        while True:
            found = places.merge(sides.base, sides.here, sides.file, out=out)
            tree = found[0]
            full = [i for i in sides.here.walk() if i in out and tree.below.get(i)]
            if not full:
                return found
            for identity in full:
                row, child = sides.rows[identity], tree.below[identity][0]
                sentence = saying.taken_out_but_full(row, sides.rows.get(child, child))
                seen = sides.seen(identity)
                self.conflicts.append(_content_conflict(sentence, row, seen, None))
            out -= set(full)

    def _place_conflict(
        self, identity: Identity, of_identity: dict[Identity, ParsedSection | ParsedEntry]
    ) -> Conflict:
        sides = self.sides
        row, above = sides.rows[identity], sides.file.above[identity]
        sentence = saying.of_places(
            sides.of_file[identity],
            row,
            file=sides.of_file[above] if above is not None else None,
            here=sides.here.above[identity],
        )
        old = self._row_then(identity)
        seen = {"parent_id": old.parent_id, "position": -1}
        if isinstance(old, Entry):
            seen["section_id"] = old.section_id
        previous = sides.file.previous(identity)
        return Conflict(
            sentence,
            row,
            seen,
            {},
            is_of_place=True,
            above=of_identity.get(above) if above is not None else None,
            previous=of_identity.get(previous) if previous is not None else None,
        )

    def _row_then(self, identity: Identity) -> Row:
        parsed = self.sides.of_base[identity]
        if isinstance(parsed, ParsedSection):
            return self.base.sections[parsed]
        return self.base.entries[parsed]

    # The guide that is to be

    def _guide(
        self, tree: Places[Identity], put: set[Identity], contents: dict[Identity, Content]
    ) -> tuple[ParsedGuide, dict[Identity, ParsedSection | ParsedEntry]]:
        """It as if it were parsed, and what each row is in it."""
        made: dict[Identity, ParsedSection | ParsedEntry] = {}
        sections: list[ParsedSection] = []
        for identity in tree.walk():
            above = tree.above[identity]
            holder = made[above] if above is not None else None
            content = contents.get(identity) or self._content(identity)
            parsed = self._parsed(identity, content, holder)
            if identity in put:
                file = Content.parsed(self.sides.of_file[identity])
                # Else the export frames it like its new neighbours.
                parsed.verbatim = file.verbatim if content == file else ""
            made[identity] = parsed
            if isinstance(parsed, ParsedSection):
                sections.append(parsed)
            elif isinstance(holder, ParsedSection):
                holder.entries.append(parsed)
            elif isinstance(holder, ParsedEntry):
                holder.children.append(parsed)
        return ParsedGuide(sections, self.guide.legend, self.guide.notes), made

    def _content(self, identity: Identity) -> Content:
        """What a row says that the file leaves alone, or that is new."""
        row = self.sides.rows.get(identity)
        if row is not None and identity in self.sides.here.above:
            return self.sides.now(row)
        return Content.parsed(self.sides.of_file[identity])

    def _parsed(
        self,
        identity: Identity,
        content: Content,
        holder: ParsedSection | ParsedEntry | None,
    ) -> ParsedSection | ParsedEntry:
        file, row = self.sides.of_file.get(identity), self.sides.rows.get(identity)
        line = file.line if file else 0
        signs = sorted(content.signs)
        if isinstance(file, ParsedEntry) or isinstance(row, Entry):
            is_listed = content.kind in Entry.LISTED
            return ParsedEntry(
                content.kind, content.text, line, signs, content.verbatim, is_listed=is_listed
            )
        level = holder.level + 1 if isinstance(holder, ParsedSection) else 1
        anchor, has_heading = "", True
        if isinstance(row, Section):
            anchor, has_heading = row.slug, row.has_heading
        if isinstance(file, ParsedSection):
            anchor, has_heading = file.anchor, file.has_heading
        return ParsedSection(
            content.text, level, line, anchor, signs, content.verbatim, has_heading=has_heading
        )


def _content_conflict(sentence: str, row: Row, seen: Content, file: Content | None) -> Conflict:
    """A conflict of words, or, without those of the `file`, of taking a row out."""
    if isinstance(row, Section):
        old, new = {"title": seen.text}, {"title": file.text} if file else None
    else:
        old = {"body": seen.text, "kind": seen.kind}
        new = {"body": file.text, "kind": file.kind} if file else None
    return Conflict(sentence, row, old, new, signs=(seen.signs, (file or seen).signs))
