"""Which state of the guide a file was made from: the one that is named, or the most alike."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.utils import dateformat, timezone
from rapidfuzz.distance import Indel
from reversion.models import Revision

from entries.imports.bases import Base, matched
from entries.imports.nearest import WORD, Nearest, nearest
from entries.markdown import reader
from entries.markdown.parsed import NotAGuide, ParsedGuide, with_section_above
from entries.markdown.writer import export, export_state
from entries.models import LegendTag, Section
from entries.reading.past import state_at

MOST_EQUAL = 8  # of the revisions that differ from a file only in order, so many are looked at
ALIKE = 0.1  # share of a file that the guide must have had for the file to be made from it


class UnknownBase(ValueError):
    """What is named as a base is none; the message says why in a sentence."""


class OnlyASection(ValueError):
    """The file is one section of the guide; the message says why that is refused."""


class KnownFile(NamedTuple):
    """A file that came into the guide.

    words     what the report calls it
    revision  the number of the revision that took it in
    """

    text: str
    words: str
    revision: int


@dataclass(frozen=True)
class Incoming:
    """A file that comes in.

    name  of the file, without its ending
    """

    text: str
    name: str
    guide: ParsedGuide

    @classmethod
    def read(cls, data: bytes, name: str) -> Incoming:
        """Read a file with the legend of the guide here. Raises NotAGuide."""
        text = reader.decode(data)
        return cls(text, name, parse(text, name))


class Found(NamedTuple):
    """What a file was made from.

    base      None if it was made from no state of this guide
    sentence  what the report says of it; "" for the first file of all
    is_same   True if the file is its base, and so changes nothing
    """

    base: Base | None
    sentence: str
    is_same: bool = False


def parse(text: str, name: str) -> ParsedGuide:
    """A file, read with the legend of the guide here. Raises NotAGuide."""
    signs = LegendTag.objects.values_list("sign", flat=True)
    return reader.parse(text, signs=signs, name=name)


def is_the_present(file: Incoming) -> bool:
    """True if a file is the export of the guide, or of one section, as it is now.

    Raises OnlyASection for one that is a section with changes: all else would be retired.
    """
    section = _only_section(file.guide)
    if file.text in (export(), export(section)):
        return True
    if section:
        raise OnlyASection(
            f"It holds the section “{section.title}” only, and all else would be retired. Give "
            "the whole guide, or say --replace if the rest shall go."
        )
    return False


def _only_section(guide: ParsedGuide) -> Section | None:
    """The section that a file holds without the rest of the guide; None for any other file."""
    titles = {parsed.title for parsed in guide.sections}
    tops = [parsed for parsed, above in with_section_above(guide.sections) if above is None]
    here = Section.objects.live().with_headings()
    roots = [section.title for section in here.filter(parent=None)]
    if len(tops) != 1 or not tops[0].has_heading or roots == [tops[0].title]:
        return None
    if titles & set(roots) - {tops[0].title}:
        return None
    return here.filter(title=tops[0].title).first()


def find(file: Incoming, files: Sequence[KnownFile] = ()) -> Found:
    """The state of the guide, or the one of `files`, that a file is most like."""
    near = nearest(file.guide) if Section.objects.exists() else None
    if near is None:
        return Found(None, "")
    newest = "" if near.is_all else "the newest "
    compared = f"{newest}{near.looked_at} revision{'s' * (near.looked_at != 1)}"
    if files:
        compared += f" and {len(files)} file{'s' * (len(files) != 1)}"
    if near.likeness < ALIKE:
        return Found(None, f"This file is like no state of the guide (compared: {compared}).")
    revision, text = _closest(file.text, near)
    distances = [_distance(file.text, known.text) for known in files]
    words = _words(revision)
    # As near as a revision is near enough: what the guide changed since the file then stays.
    if distances and not near.equal and min(distances) <= _distance(file.text, text):
        text, words, revision = files[distances.index(min(distances))]
    sentence = f"This file was made from {words} (compared: {compared})."
    return _found(file, text, revision, sentence)


def _closest(text: str, near: Nearest) -> tuple[int, str]:
    """The revision that a file was made from, and the guide then: equal ones differ in order."""
    lines = text.splitlines()
    numbers = near.equal[-MOST_EQUAL:] or [near.revision]
    states = [(number, export_state(state_at(number))) for number in reversed(numbers)]
    return min(states, key=lambda state: Indel.distance(lines, state[1].splitlines()))


def named(file: Incoming, base: str) -> Found:
    """What is named as the base of a file: a revision, a date, or the path of another file.

    Raises UnknownBase.
    """
    if base.isdecimal():
        revision = int(base)
        if not Revision.objects.filter(pk=revision).exists():
            raise UnknownBase(f"There is no revision {base}.")
    elif (moment := _moment(base)) is not None:
        last = Revision.objects.filter(date_created__lt=moment).order_by("-pk").first()
        if last is None:
            raise UnknownBase(f"There was no guide here on {base}.")
        revision = last.pk
    else:
        return _of_file(file, Path(base))
    text = export_state(state_at(revision))
    return _found(file, text, revision, f"Compared with {_words(revision)}.")


def _of_file(file: Incoming, path: Path) -> Found:
    try:
        text = reader.decode(path.read_bytes())
        near = nearest(parse(text, path.stem))
    except (OSError, NotAGuide) as error:
        reason = f"{error.strerror}." if isinstance(error, OSError) else error
        raise UnknownBase(f"{path} is no revision, no date and no file: {reason}") from error
    if near is None:
        raise UnknownBase("There is no guide yet: leave out --base.")
    return _found(file, text, near.revision, f"Compared with {path.name}.")


def _found(file: Incoming, text: str, revision: int, sentence: str) -> Found:
    """The base that is this text, with the rows of the guide at a revision."""
    try:
        guide = parse(text, file.name)
    except NotAGuide as error:
        raise UnknownBase(f"The guide had nothing in it then: {error}") from error
    state = state_at(revision)
    base = matched(guide, state, is_state=text == export_state(state))
    return Found(base, sentence, is_same=text == file.text)


def _distance(text: str, other: str) -> int:
    """How far two texts are apart: by lines and, as in `nearest`, words that only one has."""
    lines, others = Counter(text.splitlines()), Counter(other.splitlines())
    mine, theirs = lines - others, others - lines
    return mine.total() + theirs.total() + WORD * _words_apart(mine, theirs)


def _words_apart(lines: Counter[str], others: Counter[str]) -> int:
    mine, theirs = (
        Counter(word for line, times in side.items() for word in line.split() * times)
        for side in (lines, others)
    )
    return (mine - theirs).total() + (theirs - mine).total()


def _words(revision: int) -> str:
    day = Revision.objects.get(pk=revision).date_created
    return f"the guide as of revision {revision}, {day_in_words(day)}"


def day_in_words(moment: datetime.datetime) -> str:
    """“3 May 2026”."""
    return dateformat.format(timezone.localtime(moment), "j F Y")


def _moment(text: str) -> datetime.datetime | None:
    """The moment after a date, or after a time, in ISO format; None for anything else."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    is_day = len(text) <= len("2026-05-03")
    after = moment + (datetime.timedelta(days=1) if is_day else datetime.timedelta(microseconds=1))
    return after if after.tzinfo else after.replace(tzinfo=datetime.UTC)
