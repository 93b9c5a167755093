"""Front matter: facts of a guide before its text, as YAML between `---` or TOML between `+++`.

Pure. A file that begins with such a line has front matter only if what follows reads as a table of
names and values: `---` may be a line across the page as well.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import yaml
from django.core.exceptions import ValidationError

from entries.markdown import source_lines
from guide_site.core import guide_facts

MAX_LINES: Final = 500
Facts: TypeAlias = dict[str, str | bool]  # by the names of the fields of Guide

_YAML, _TOML = "---", "+++"
_NAMES = {  # {as files call it: the fact}; of two names of one fact the first counts
    "name": "name",
    "title": "name",
    "tagline": "tagline",
    "description": "tagline",
    "subtitle": "tagline",
    "home_text": "home_text",
    "accent": "accent",
    "colour": "accent",
    "color": "accent",
    "licence": "licence",
    "license": "licence",
    "licence_url": "licence_url",
    "license_url": "licence_url",
    "credit": "credit",
    "credits": "credit",
    "contact": "contact",
    "language": "language",
    "lang": "language",
    "direction": "direction",
    "dir": "direction",
    "home_provider": "home_provider",
    "has_catalogue": "has_catalogue",
    "catalogue": "has_catalogue",
    "vendor_words": "vendor_words",
    "synonyms": "synonyms",
    "source_url": "source_url",
    "source": "source_url",
    "pictures_url": "pictures_url",
    "pictures": "pictures_url",
    "picture_hosts": "picture_hosts",
}
_NO = {"false", "no", "off"}
_KEY = {
    _YAML: re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?=\s|$)"),
    _TOML: re.compile(r"([A-Za-z][\w-]*)[ \t]*="),
}
_CONTINUES = re.compile(r"[ \t]|-|\]|\"\"\"|'''")  # a line of the value that began above
_PLAIN = re.compile(r"[A-Za-z][\w ()./+&-]*[\w)]")  # what YAML reads as these very words


def count_lines(lines: Sequence[str]) -> int:
    """How many lines of a file, from its first, are front matter with its fences; 0 for none."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in _KEY:
        return 0
    ends = (n for n, line in enumerate(lines[1 : MAX_LINES + 1], 1) if line.rstrip() == fence)
    end = next(ends, 0)
    return end + 1 if _table(lines[: end + 1]) else 0


def facts_of(source: str) -> tuple[Facts, list[str]]:
    """The facts in some front matter, and a sentence for each that cannot be so.

    source  of the front matter with its fences; what follows does not count
    """
    facts, problems = Facts(), list[str]()
    for name, (key, value) in _known(source).items():
        try:
            facts[name] = _checked(name, value)
        except ValidationError as error:
            problems.append(f"front matter, {key}: {error.messages[0]}")
    if "direction" not in facts and isinstance(language := facts.get("language"), str):
        facts["direction"] = guide_facts.direction_of(language)
    return facts, problems


def with_facts(source: str, facts: Mapping[str, str | bool]) -> str:
    """The same front matter, and what follows it, with other facts where it has them.

    A line that says something else stays as it is. What cannot be written stays too.
    """
    lines = source_lines.split(source)
    fence = lines[0].strip("\ufeff").rstrip() if lines else ""
    if fence not in _KEY:
        return source
    known, now = _known(source), facts_of(source)[0]
    wanted = {known[n][0]: v for n, v in facts.items() if n in known and now.get(n) != v}
    if not wanted:
        return source
    end = count_lines([fence, *lines[1:]]) - 1
    written, skipped = [lines[0]], False
    blanks = list[str]()  # behind a value that goes, and perhaps in the middle of it
    for line in lines[1:end]:
        if key := _KEY[fence].match(line):
            skipped = key[1] in wanted
            value = f"{key[0]} {_written(wanted[key[1]], fence)}{_eol(line)}" if skipped else line
            written, blanks = [*written, *blanks, value], []
        elif skipped and not line.strip():
            blanks.append(line)
        elif skipped and _CONTINUES.match(line):
            blanks = []
        else:
            written, blanks, skipped = [*written, *blanks, line], [], False
    written += blanks
    made = "".join([*written, *lines[end:]])
    then = facts_of(made)[0]
    return made if all(then.get(n) == facts.get(n, now.get(n)) for n in known) else source


def _known(source: str) -> dict[str, tuple[str, Any]]:
    """{fact: (its name in the file, its value)}."""
    lines = source_lines.split(source.removeprefix("\ufeff"))
    table = _table(lines[: count_lines(lines)])
    found: dict[str, tuple[str, Any]] = {}
    as_written = {key.lower().replace("-", "_"): key for key in table}
    for name, fact in _NAMES.items():
        if name in as_written and fact not in found:
            found[fact] = as_written[name], table[as_written[name]]
    return found


def _table(lines: Sequence[str]) -> dict[str, Any]:
    """What stands between two fences; {} if it is no table of names and values."""
    text = "".join(lines[1:-1])
    try:
        if lines and lines[0].rstrip() == _TOML:
            return tomllib.loads(source_lines.unix(text))
        # Texts alone: nothing is made of what a file says, and no date is taken for one.
        table = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506, it makes no objects
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}
    is_table = isinstance(table, dict) and all(isinstance(key, str) for key in table)
    return table if is_table else {}


def _checked(name: str, value: Any) -> str | bool:
    if name == "has_catalogue":
        return str(value).strip().lower() not in _NO
    return guide_facts.checked(name, _text(name, value))


def _text(name: str, value: Any) -> str:
    """A value as one text; of a list, its items as people write this fact."""
    if isinstance(value, list):
        between = "\n" if name in guide_facts.OF_MANY_LINES else ", "
        return between.join(
            ", ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value
        )
    if isinstance(value, dict):
        raise ValidationError("Write a text or a list.")
    return str(value)


def _eol(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _written(value: str | bool, fence: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    is_plain = fence == _YAML and _PLAIN.fullmatch(value) and value.lower() not in _NO | {"yes"}
    return value if is_plain else json.dumps(value, ensure_ascii=False)
