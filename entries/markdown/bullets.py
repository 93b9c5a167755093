"""A few bullets as people type them into a form: a Markdown list, legend signs in front. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from entries.markdown import reader
from entries.markdown.parsed import NotAGuide, ParsedEntry
from entries.markdown.signs import to_write
from guide_site.core import markdown


@dataclass(frozen=True)
class Bullet:
    """One bullet: its Markdown without marker and leading signs, and sorted slugs of its tags."""

    body: str
    tags: tuple[str, ...]


class NotBullets(ValueError):
    """The text is not a plain list of bullets; the message says why in a sentence."""


def read(text: str, legend: Mapping[str, str]) -> list[Bullet]:
    """The bullets of a list.

    legend  {sign: slug} of the legend tags

    Raises NotBullets for anything beside bullets, and for nested ones.
    """
    try:
        guide = reader.parse(text, signs=legend, hide_contents=False)
    except NotAGuide:
        raise NotBullets("Begin each bullet with “- ”.") from None
    entries = [entry for section in guide.sections for entry in section.entries]
    if any(section.has_heading for section in guide.sections):
        raise NotBullets("A bullet holds no heading.")
    if any(entry.children for entry in entries):
        raise NotBullets("Nested bullets are not possible here: write them all at one level.")
    if not all(entry.kind == "bullet" for entry in entries):
        raise NotBullets("Begin each bullet with “- ”.")
    return [Bullet(entry.body, _tags(entry, legend)) for entry in entries]


def joined(first: str, second: str) -> str:
    """The texts of two bullets as one: one paragraph where each of them is one."""
    is_prose = _is_one_paragraph(first) and _is_one_paragraph(second)
    return f"{first} {second}" if is_prose else f"{first}\n\n{second}"


def as_list(bullets: Iterable[Bullet], legend: Mapping[str, str]) -> str:
    """Bullets as the Markdown list that `read` reads.

    legend  {sign: slug}; a bullet begins with the signs that its text does not contain
    """
    signs = {slug: sign for sign, slug in legend.items()}
    return "\n".join(f"- {_marked(bullet, signs)}" for bullet in bullets)


def _is_one_paragraph(text: str) -> bool:
    """True for a text that is a paragraph and nothing else, not even link definitions."""
    environment: dict[str, Any] = {}
    tokens = markdown.parser().parse(text, environment)
    is_one = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return is_one and not environment.get("references")


def _marked(bullet: Bullet, signs: Mapping[str, str]) -> str:
    known = [signs[slug] for slug in bullet.tags if slug in signs]
    leading = to_write(known, bullet.body)
    return _indented(" ".join([*leading, bullet.body]))


def _indented(text: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"  {line}" if line else line for line in others)])


def _tags(entry: ParsedEntry, legend: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({legend[sign] for sign in entry.signs if sign in legend}))
