"""Front matter of a file: found, read, and written again line by line."""

import pytest

from entries.markdown import front_matter, reader
from entries.markdown.source_lines import split

YAML = """---
title: Guide to Tea
lang: ar # right to left
tags:
- drinks
synonyms:
  - [cuppa, cup of tea]
  - brew, steep
license: "CC BY: 4.0"
---
"""
TOML = """+++
title = "Tea"
synonyms = [
  ["a", "b"],
]
catalogue = false

[extra]
language = "de"
+++
"""
REST = "\n# Tea\n\n- Boil it.\n"


def test_yaml_and_toml_say_facts():
    assert front_matter.facts_of(YAML + REST) == (
        {
            "name": "Guide to Tea",
            "licence": "CC BY: 4.0",
            "language": "ar",
            "direction": "rtl",
            "synonyms": "cuppa, cup of tea\nbrew, steep",
        },
        [],
    )
    facts = {"name": "Tea", "synonyms": "a, b", "has_catalogue": False}
    assert front_matter.facts_of(TOML) == (facts, [])


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nOnly a line across the page.\n\n---\n",
        "---\nwords\n---\n# A\n",
        "---\ntitle: never ends\n\n# A\n",
        "---\na: [\n---\n# A\n",
        "---\n? [a]\n: b\n---\n# A\n",
        "+++\nno = \n+++\n# A\n",
        " ---\ntitle: x\n---\n",
        "- a\n",
        "",
        "---\n" + "a: " + "[" * 5000 + "\n---\n",
        "---\n" + "a: b\n" * 501 + "---\n",
    ],
)
def test_what_only_looks_like_it_is_text(text):
    assert front_matter.count_lines(split(text)) == 0
    assert front_matter.facts_of(text) == ({}, [])
    assert front_matter.with_facts(text, {"name": "X"}) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\n---\n# A\n", 2),
        ("---\ntitle: A\n...\n# A\n", 3),
        ("---\nsynonyms: &a [*a]\n---\n# A\n", 3),
        ("---\n{title: A}\n---\n", 3),
    ],
)
def test_other_forms_of_it_are_no_text(text, lines):
    assert front_matter.count_lines(split(text)) == lines


BOMB = "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(
    "front",
    [
        "+++\nname = 0x" + "f" * 4000 + "\n+++\n",
        "---\ntitle: [" + "[" * 50 + "]" * 50 + "]\n---\n",
        f"---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n{BOMB}synonyms: *a8\ntitle: *a8\n---\n",
        '---\ntitle: "a\\ud800b"\n---\n',
        "---\ntitle: {a: b}\n---\n",
    ],
)
def test_hostile_values_stop_nothing(front):
    facts, problems = front_matter.facts_of(front)
    assert not facts.get("name")
    assert all(problem.startswith("front matter, ") for problem in problems)
    assert front_matter.with_facts(front, {"licence": "MIT"}) == front


def test_nothing_is_no_word():
    text = "---\ntitle: ~\nlicense: null\nlang:\ncredit: 'null'\n---\n"
    facts, _ = front_matter.facts_of(text)
    expected = {"name": "", "licence": "", "language": "en", "direction": "ltr", "credit": "null"}
    assert facts == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---\nlicense: MIT # ours\n---\n", "---\nlicense: CC0 # ours\n---\n"),
        ('---\n"license": MIT\n---\n', '---\n"license": CC0\n---\n'),
        ("---\n{license: MIT, x: y}\n---\n", '---\n{license: "CC0", x: y}\n---\n'),
        ("---\nlicense:\ntags:\n- a\n---\n", "---\nlicense: CC0\ntags:\n- a\n---\n"),
        (
            "---\nlicense: >-\n  MIT\n\n  License\n\nx: y\n---\n",
            "---\nlicense: CC0\n\nx: y\n---\n",
        ),
        ("---\nlicense:\n- MIT\n- BSD\n---\n", "---\nlicense: CC0\n---\n"),
        ('+++\nlicense = """\nMIT\n\nor so"""\n+++\n', '+++\nlicense = "CC0"\n+++\n'),
        (
            '+++\nlicense = "MIT"\n[author]\nlicense = "x"\nname = "Jane"\n+++\n',
            '+++\nlicense = "CC0"\n[author]\nlicense = "x"\nname = "Jane"\n+++\n',
        ),
        ('+++\n"license" = "MIT"\n+++\n', '+++\n"license" = "CC0"\n+++\n'),
    ],
)
def test_a_fact_is_written_whatever_its_form(old, new):
    assert front_matter.with_facts(old, {"licence": "CC0", "name": "Not there"}) == new


def test_a_fact_that_cannot_be_so_is_named():
    _, problems = front_matter.facts_of("---\ncolor: yellow\ntitle: {a: b}\nlang: en_GB\n---\n")
    assert [problem.partition(":")[0] for problem in problems] == [
        "front matter, title",
        "front matter, color",
    ]


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_other_facts_change_their_own_lines_alone(eol):
    text = (YAML + REST).replace("\n", eol)
    facts = {"name": "Tea: hot", "synonyms": "e, f\ng, h", "tagline": "Not in the file."}
    expected = text.replace("title: Guide to Tea", 'title: "Tea: hot"')
    old = eol.join(["synonyms:", "  - [cuppa, cup of tea]", "  - brew, steep"])
    expected = expected.replace(old, 'synonyms: "e, f\\ng, h"')
    made = front_matter.with_facts(text, facts)
    assert made == expected
    assert front_matter.facts_of(made)[0]["synonyms"] == "e, f\ng, h"


def test_toml_is_written_as_toml():
    made = front_matter.with_facts(TOML, {"name": 'Tea "hot"', "has_catalogue": True})
    assert made == TOML.replace('"Tea"', '"Tea \\"hot\\""').replace("= false", "= true")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("rest", [REST, "- Boil it.\n", "![x](a.png)\n\n# Tea\n\n- Boil it.\n"])
@pytest.mark.parametrize("front", [YAML, TOML])
def test_a_file_with_it_is_read_losslessly_and_its_rest_as_without(front, rest, mark):
    guide = reader.parse(mark + front + rest)
    first, *others = guide.sections
    kept = first.entries[0]
    assert (kept.kind, kept.body) == ("kept", front.strip())
    rows = [first, *first.walk()]
    for section in others:
        rows += [section, *section.walk()]
    assert "".join(row.verbatim for row in rows) == mark + front + rest
    alone = reader.parse(rest.lstrip("\n"), name="Guide")
    titles = [section.title for section in guide.sections if section.has_heading]
    assert titles == [section.title for section in alone.sections if section.has_heading]
    assert {entry.line for entry in guide.walk()} - {1} == {
        entry.line + (front + rest).count("\n") - rest.lstrip("\n").count("\n")
        for entry in alone.walk()
    }
