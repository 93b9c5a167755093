"""What site and file may do to a small guide, each in both ways, and what the guide is then."""

from contextlib import suppress
from typing import NamedTuple

from entries.actions import entries as entry_actions
from entries.actions import sections as section_actions
from entries.actions.positions import FIRST
from entries.markdown import reader
from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history

GUIDE = [
    (
        "Storage",
        [
            "**First:** one two three four five six seven.",
            "**Second:** stays as it is, word for word.",
            "**Third:** will move to another place soon.",
        ],
    ),
    ("Network", ["**Fourth:** seven eight nine ten eleven.", "**Fifth:** twelve and thirteen."]),
    ("Notes", ["**Sixth:** nothing yet, but this is a section as well."]),
]
SIGNS = ["❗"]


def copied(guide=GUIDE):
    return [[title, list(bullets)] for title, bullets in guide]


def written(guide):
    """A guide as a file."""
    sections = ("".join([f"## {t}\n\n", *(f"- {b}\n" for b in bullets)]) for t, bullets in guide)
    return "# Guide\n\n" + "\n".join(sections)


def read(text):
    """The guide in a file, with signs before the texts."""
    sections = reader.parse(text, signs=SIGNS).sections[1:]
    return [
        [s.title, [" ".join([*entry.signs, entry.body]) for entry in s.entries]] for s in sections
    ]


def published():
    """The guide here."""
    return read(export())


class Act(NamedTuple):
    """What somebody does.

    name     of it
    on_site  does it here, inside a revision
    in_file  does it to a guide as lists
    """

    name: str
    on_site: object
    in_file: object


def _entry(words="**First"):
    return Entry.objects.get(body__startswith=words)


def _section(slug):
    return Section.objects.get(slug=slug)


def _place(guide, words):
    """(number of the section, number of the bullet) of the bullet with these words."""
    return next(
        (s, n) for s, (_, bullets) in enumerate(guide) for n, b in enumerate(bullets) if words in b
    )


def says(old, new, words="**First"):
    """An edit of words."""

    def on_site():
        entry = _entry(words)
        entry_actions.edit_entry(entry, body=entry.body.replace(old, new))

    def in_file(guide):
        s, n = _place(guide, words)
        guide[s][1][n] = guide[s][1][n].replace(old, new)

    return Act(f"{old} → {new}", on_site, in_file)


def tags(words="**First"):
    """A sign in front."""

    def in_file(guide):
        s, n = _place(guide, words)
        guide[s][1][n] = f"❗ {guide[s][1][n]}"

    return Act("tag", lambda: entry_actions.edit_entry(_entry(words), tags=["gotcha"]), in_file)


def moves(to, words="**First"):
    """A move to the end of another section."""

    def in_file(guide):
        s, n = _place(guide, words)
        bullet = guide[s][1].pop(n)
        next(bullets for title, bullets in guide if title == to).append(bullet)

    def on_site():
        entry_actions.move_entry(_entry(words), section=_section(to.lower()))

    return Act(f"move to {to}", on_site, in_file)


def retires(words="**First"):
    """It goes."""

    def in_file(guide):
        with suppress(StopIteration):
            s, n = _place(guide, words)
            del guide[s][1][n]

    return Act("retire", lambda: entry_actions.retire_entry(_entry(words), because="Old."), in_file)


def adds(text="Brand new, and nobody has seen it before."):
    """A bullet after the first one, or in its place."""

    def on_site():
        entry_actions.add_entry(section=_section("storage"), body=text, after=_entry())

    def in_file(guide):
        bullets = guide[_place(guide, "**Second")[0]][1]
        bullets.insert(int(bullets[0].endswith("seven.") or "First" in bullets[0]), text)

    return Act("add", on_site, in_file)


def retitles(new):
    def on_site():
        section_actions.edit_section(_section("storage"), title=new)

    def in_file(guide):
        guide[_place(guide, "**Second")[0]][0] = new

    return Act(f"Storage → {new}", on_site, in_file)


def moves_section():
    def on_site():
        section_actions.move_section(_section("storage"), parent=_section("guide"))

    def in_file(guide):
        guide.append(guide.pop(_place(guide, "**Second")[0]))

    return Act("move section", on_site, in_file)


def moves_section_first():
    def on_site():
        notes = _section("notes")
        section_actions.move_section(notes, parent=_section("guide"), after=FIRST)

    return Act("move Notes first", on_site, lambda guide: guide.insert(0, guide.pop()))


NOTHING = Act("nothing", lambda: None, lambda guide: None)
WORD, SAME_WORD, OTHER_WORD = says("three", "THREE"), says("three", "tree"), says("six", "SIX")
ACTS = [
    *(NOTHING, WORD, SAME_WORD, OTHER_WORD, moves("Network"), moves("Notes"), retires(), tags()),
    *(adds(), retitles("Stores"), retitles("Depot"), moves_section()),
]


def do_on_site(*acts):
    """Do them here, one revision each."""
    for act in acts:
        if act is not NOTHING:
            with history.revision(by=None, comment=act.name):
                act.on_site()


def as_file(*acts):
    """The file that somebody makes of the guide."""
    guide = copied()
    for act in acts:
        act.in_file(guide)
    return written(guide)
