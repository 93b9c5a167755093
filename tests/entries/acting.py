"""What people may do to a guide, at random, and what both sides of an export hold."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st

from entries.actions import entries as entry_actions
from entries.actions import legend
from entries.actions import sections as section_actions
from entries.actions.positions import FIRST
from entries.markdown.parsed import with_section_above
from entries.markdown.writer import export
from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.lines import by_section
from entries.reading.tree import Tree
from guide_site.core import history
from tests.entries.guides import parse

TEXTS = [
    *(
        "New words.",
        "**Bold:** text of\ntwo lines",
        "Words\n\nin two paragraphs",
        "# x",
        "- x",
        "> x",
    ),
    *(
        "x\n---",
        "<pre>\nopen",
        "x\n- y",
        "1. x",
        "```\ncode\n```",
        "```\nopen",
        "    code",
        "Run it:\n\n```\nx\n```",
    ),
    *(
        "| a | b |\n|---|---|\n| c | d |",
        "***",
        "<!-- open",
        "<div>x</div>",
        "❗ sign",
        "with 💸 in it",
        "1️⃣ ❤️‍🔥 and `⚠️`",
        "⚠️ 🇩🇪 x",
        "Legend: ⚠️ hot, 💸 cost",
        "Hot: 🔹",
    ),
    *(
        "[x]: y",
        "+",
        "2) x",
        "===",
        "a\n===",
        "  two before",
        "x  ",
        "\\# x",
        "<b>x</b>",
        "- - -",
        "=",
    ),
]
TITLES = [
    *("New title", "Learn F #", "Trailing ##", "*star* _u_", "<b>", "Title {#x}", " a  b ", "1. x"),
    *(
        "two\nlines",
        "Use `code` there",
        "Named",
        "💸 Costs",
        "a & b",
        "\\",
        "- x",
        "===",
        "[a](b)",
        "~~s~~",
    ),
    *("❤️‍🔥 new", "Step 1️⃣", "Icons", "⚠ there"),
    *("Use code and links now", "&amp;", "!x", "| a |", "http://a.example"),
]
NEW_SIGNS = ["❤", "👩", "👍", "🇫🇷", "‼️", "#️⃣", "👩‍💻"]
KINDS = [kind for kind in EntryKind.values if kind != EntryKind.KEPT]
ACTS = [
    *("add", "add", "edit", "edit", "move", "move", "move", "retire", "lift", "restore", "split"),
    *("join", "nest", "nest", "kind", "tags", "retitle", "mark", "add section", "move section"),
    *("move section", "retire section", "restore section", "sign", "sign", "mean", "unsign"),
]
acts = st.lists(st.tuples(st.sampled_from(ACTS), *[st.integers(0, 60)] * 4), min_size=1, max_size=6)


def act(name, *numbers):
    """Do one of ACTS to what the numbers choose; what is refused does nothing."""
    with suppress(ValidationError), history.revision(by=None, comment=name):
        _Act(*numbers).do(name)


class _Act:
    def __init__(self, first, second, third, fourth):
        self.first, self.second, self.third, self.fourth = first, second, third, fourth
        self.live = list(Entry.objects.live().filter(section__retired_at=None).order_by("pk"))
        self.sections = list(Section.objects.live().order_by("pk"))

    def do(self, name):
        """One act."""
        getattr(self, f"_{name.replace(' ', '_')}")()

    def _one(self, rows, number):
        if not rows:
            raise ValidationError("There is none.")
        return rows[number % len(rows)]

    @property
    def entry(self):
        return self._one(self.live, self.first)

    @property
    def section(self):
        return self._one(self.sections, self.first)

    @property
    def text(self):
        return TEXTS[self.second % len(TEXTS)]

    @property
    def tags(self):
        return [tag.slug for n, tag in enumerate(LegendTag.objects.all()) if self.third >> n & 1]

    def _after(self, siblings, number):
        """FIRST, a sibling, or None for the end."""
        return [FIRST, None, *siblings][number % (len(siblings) + 2)]

    def _add(self):
        parent = self.entry if self.first % 3 == 0 and self.live and self.entry.is_listed else None
        section = parent.section if parent else self._one(self.sections, self.third)
        siblings = list(Entry.objects.live().filter(section=section, parent=parent))
        kind = EntryKind.BULLET if self.fourth % 2 else KINDS[self.third % len(KINDS)]
        after = self._after(siblings, self.fourth)
        tags = self.tags if self.fourth % 3 == 0 else []
        entry_actions.add_entry(
            section=section, parent=parent, body=self.text, kind=kind, after=after, tags=tags
        )

    def _edit(self):
        entry_actions.edit_entry(self.entry, body=self.text)

    def _kind(self):
        kind = EntryKind.BULLET if self.second % 2 else EntryKind.NUMBERED
        if self.entry.is_listed:
            entry_actions.edit_entry(self.entry, kind=kind)

    def _tags(self):
        entry_actions.edit_entry(self.entry, tags=self.tags)

    def _move(self):
        self._move_to(self._one(self.sections, self.second), None)

    def _nest(self):
        parent = self._one([e for e in self.live if e.is_listed], self.second)
        self._move_to(parent.section, parent)

    def _move_to(self, section, parent):
        entry = self.entry
        siblings = Entry.objects.live().filter(section=section, parent=parent).exclude(pk=entry.pk)
        after = self._after(list(siblings), self.third)
        entry_actions.move_entry(entry, section=section, parent=parent, after=after)

    def _retire(self):
        entry_actions.retire_entry(self.entry, because="Test.")

    def _lift(self):
        entry_actions.retire_entry(self.entry, because="Test.", lift_children=True)

    def _restore(self):
        entry_actions.restore_entry(self._one(list(Entry.objects.retired()), self.first))

    def _split(self):
        rest = [{"body": self.text, "tags": self.tags}]
        entry_actions.split_entry(self.entry, body="First half.", tags=[], rest=rest)

    def _join(self):
        other = self.entry.following()
        if other:
            entry_actions.join_entries(self.entry, other, body="Joined.", tags=self.tags)

    def _retitle(self):
        section_actions.edit_section(self.section, title=TITLES[self.second % len(TITLES)])

    def _mark(self):
        section_actions.edit_section(self.section, tags=self.tags)

    def _sign(self):
        sign = NEW_SIGNS[self.first % len(NEW_SIGNS)]
        legend.add_legend_tag(sign=sign, label=self.text[:40].strip() or "New")

    def _mean(self):
        tag = self._one(list(LegendTag.objects.all()), self.first)
        legend.edit_legend_tag(tag, label=f"Label {self.second}", meaning=self.text[:300])

    def _unsign(self):
        legend.retire_legend_tag(self._one(list(LegendTag.objects.live()), self.first), because="x")

    def _parent(self):
        return None if self.second % 3 == 0 else self._one(self.sections, self.third)

    def _add_section(self):
        parent = self._parent()
        siblings = list(Section.objects.live().filter(parent=parent))
        title, after = TITLES[self.first % len(TITLES)], self._after(siblings, self.fourth)
        section_actions.add_section(title=title, parent=parent, after=after)

    def _move_section(self):
        parent, section = self._parent(), self.section
        siblings = Section.objects.live().filter(parent=parent).exclude(pk=section.pk)
        after = self._after(list(siblings), self.fourth)
        section_actions.move_section(section, parent=parent, after=after)

    def _retire_section(self):
        section = self.section
        for entry in section.entries.live().filter(parent=None):
            entry_actions.retire_entry(entry, because="Test.")
        section_actions.retire_section(section, because="Test.")

    def _restore_section(self):
        rows = list(Section.objects.retired())
        section_actions.restore_section(self._one(rows, self.first))


def in_database():
    """The guide as the database holds it: [(depth, title, signs, entries)], entries nested."""
    tree = Tree(Section.objects.live())
    lines = by_section(Entry.objects.filter(retired_at=None))
    return [
        (
            node.depth,
            node.section.title,
            sorted(tag.key for tag in node.section.tags.all()),
            _rows(lines.get(node.section.pk, ())),
        )
        for node in tree.walk()
    ]


def _rows(lines):
    return [
        (
            line.row.kind,
            line.row.body,
            sorted(tag.key for tag in line.row.tags.all()),
            _rows(line.nested),
        )
        for line in lines
    ]


def in_export(name="Guide"):
    """The same as a file that is exported now says it."""
    text = export()
    if not text.strip("\ufeff \t\r\n"):
        return []
    signs = [tag.key for tag in LegendTag.objects.all()]
    guide = parse(text, signs=signs, name=name)
    depths = {}
    found = []
    for parsed, above in with_section_above(guide.sections):
        depths[parsed] = depths[above] + 1 if above else 0
        found.append((depths[parsed], parsed.title, sorted(parsed.signs), _parsed(parsed.entries)))
    return found


def _parsed(entries):
    return [(e.kind, e.body, sorted(e.signs), _parsed(e.children)) for e in entries]


def rolled_back():
    """A transaction that leaves nothing."""
    return _RolledBack()


class _RolledBack:
    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error):
        transaction.set_rollback(True)
        self.atomic.__exit__(*error)
