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
NAMES = {  # {as files call it: the fact}; of two names of one fact the first counts
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
_NULL = {"", "~", "null", "Null", "NULL"}  # what YAML reads as nothing, without quotes
_FENCES = (_YAML, _TOML)
_ENDS = {_YAML: (_YAML, "..."), _TOML: (_TOML,)}
_TOML_KEY = re.compile(r"[ \t]*(?:\"([^\"\\]+)\"|'([^']+)'|([\w-]+))[ \t]*=[ \t]*")
_PLAIN = re.compile(r"[A-Za-z][\w ()./+&-]*[\w)]")  # what YAML reads as these very words
_LONGEST = 50_000  # characters of front matter
_MOST_ITEMS, _MOST_BELOW = 400, 50  # of a list, and of a list in it; the rest is left out


def count_lines(lines: Sequence[str]) -> int:
    """How many lines of a file, from its first, are front matter with its fences; 0 for none."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in _FENCES:
        return 0
    numbered = enumerate(lines[1 : MAX_LINES + 1], 1)
    end = next((n for n, line in numbered if line.rstrip() in _ENDS[fence]), 0)
    is_empty = end > 0 and not "".join(lines[1:end]).strip()
    return end + 1 if end and (is_empty or _values("".join(lines[1:end]), fence)) else 0


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

    All else stays as it is: other lines, comments, what a fact is called.
    """
    mark = "\ufeff" if source.startswith("\ufeff") else ""
    lines = source_lines.split(source.removeprefix("\ufeff"))
    count = count_lines(lines)
    for name, value in facts.items():
        known, now = _known("".join(lines)), facts_of("".join(lines))[0]
        if count and name in known and now.get(name) != value:
            write = _with_yaml if lines[0].rstrip() == _YAML else _with_toml
            inside = write(lines[1 : count - 1], known[name][0], value)
            made = source_lines.split("".join([lines[0], inside, *lines[count - 1 :]]))
            if facts_of("".join(made))[0].get(name) == value:
                lines, count = made, count_lines(made)
    return mark + "".join(lines)


def _known(source: str) -> dict[str, tuple[str, Any]]:
    """{fact: (its name in the file, its value)}."""
    lines = source_lines.split(source.removeprefix("\ufeff"))
    count = count_lines(lines)
    table = _values("".join(lines[1 : count - 1]), lines[0].rstrip()) if count else {}
    found: dict[str, tuple[str, Any]] = {}
    as_written = {key.lower().replace("-", "_"): key for key in table}
    for name, fact in NAMES.items():
        if name in as_written and fact not in found:
            found[fact] = as_written[name], table[as_written[name]]
    return found


def _values(text: str, fence: str) -> dict[str, Any]:
    """What stands between two fences; {} if it is no table of names and values."""
    if fence == _YAML:
        return {key.value: _of_node(value) for key, value in _nodes(source_lines.unix(text))}
    try:
        return tomllib.loads(source_lines.unix(text))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}


def _nodes(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """The names and values of some YAML; [] if it is no table.

    Nothing is made of them: of a text it is known where it stands, and no date is taken for one.
    """
    if len(text) > _LONGEST or text.count("[") + text.count("{") > _MOST_ITEMS:
        return []  # reading that would take seconds
    try:
        found = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return []
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    if isinstance(found, yaml.MappingNode):
        pairs = found.value
    return pairs if all(isinstance(key, yaml.ScalarNode) for key, _ in pairs) else []


def _of_node(node: yaml.Node, *, deep: bool = True) -> Any:
    """A text, a list of texts or of lists of texts, or {} for anything else."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.style is None and node.value in _NULL else node.value
    if isinstance(node, yaml.SequenceNode) and deep:
        return [_of_node(item, deep=False) for item in node.value[:_MOST_ITEMS]]
    if isinstance(node, yaml.SequenceNode):
        items = node.value[:_MOST_BELOW]
        return [item.value for item in items if isinstance(item, yaml.ScalarNode)]
    return {}


def _checked(name: str, value: Any) -> str | bool:
    text = _text(name, value)
    if name == "has_catalogue":
        return text.strip().lower() not in _NO
    if not text and name in guide_facts.DEFAULTS:
        return guide_facts.DEFAULTS[name]
    return guide_facts.checked(name, text)


def _text(name: str, value: Any) -> str:
    """A value as one text; of a list, its items as people write this fact."""
    if isinstance(value, list):
        between = "\n" if name in guide_facts.OF_MANY_LINES else ", "
        items = (_text("", item) for item in value[:_MOST_ITEMS])
        return between.join(filter(None, items))
    if isinstance(value, dict):
        raise ValidationError("Write a text or a list.")
    try:
        return str(value)
    except ValueError:  # a number of thousands of digits
        raise ValidationError("Write a text.") from None


def _with_yaml(lines: Sequence[str], key: str, value: str | bool) -> str:
    """The lines with another value of a name."""
    text = "".join(lines)
    unix = source_lines.unix(text)
    if "\r" in text.replace("\r\n", ""):
        return text  # lone CRs: places in it would differ
    name, node = next((n, v) for n, v in _nodes(unix) if n.value == key)
    colon = unix.index(":", name.end_mark.index)
    start, end = node.start_mark.index, node.end_mark.index
    old = unix[start:end]
    in_flow = unix.lstrip().startswith("{")
    new = _written(value, is_plain_fine=not in_flow)
    if not old.strip() or node.start_mark.line != name.start_mark.line:
        start, new = colon + 1, f" {new}"
    end -= len(old) - len(old.rstrip())
    made = unix[:start] + new + unix[max(start, end) :]
    return made.replace("\n", "\r\n") if "\r\n" in text else made


def _with_toml(lines: Sequence[str], key: str, value: str | bool) -> str:
    """The same for TOML: names of the table itself stand before all others."""
    number = 0
    while number < len(lines) and not lines[number].lstrip().startswith("["):
        match = _TOML_KEY.match(lines[number])
        stop = _end_of_toml(lines, number) if match else number + 1
        if match and key in match.groups():
            line = lines[stop - 1]
            new = match[0] + _written(value, is_plain_fine=False) + line[len(line.rstrip("\r\n")) :]
            return "".join([*lines[:number], new, *lines[stop:]])
        number = stop
    return "".join(lines)


def _end_of_toml(lines: Sequence[str], start: int) -> int:
    """Number of the line behind the value that begins in one."""
    for stop in range(start + 1, len(lines) + 1):
        if _values("".join(lines[start:stop]), _TOML):
            return stop
    return start + 1


def _written(value: str | bool, *, is_plain_fine: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    is_word = _PLAIN.fullmatch(value) and value.lower() not in _NO | {"yes", "null"}
    return value if is_word and is_plain_fine else json.dumps(value, ensure_ascii=False)
