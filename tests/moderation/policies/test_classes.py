"""How much of a look a change needs: a table of cases."""

from types import SimpleNamespace

import pytest

from moderation.models import Operation, Subject
from moderation.policies import class_of

BASE = "Use **roles**, not keys, for [programs](https://a.example/x) on 3 hosts."


def change(operation=Operation.EDIT, subject=Subject.ENTRY, base=None, **proposed):
    return SimpleNamespace(operation=operation, subject=subject, base=base or {}, proposed=proposed)


def edit(old, new, tags=(), new_tags=None):
    """An edit of an entry's text, or of its tags."""
    new_tags = tags if new_tags is None else new_tags
    return change(base={"body": old, "tags": list(tags)}, body=new, tags=list(new_tags))


TEXTS = [
    # old, new, class
    ("Use roles whereever you can.", "Use roles wherever you can.", "trivial"),
    ("It is is here.", "It is here.", "trivial"),
    ("Buckets have a global name", "Buckets have a global name.", "trivial"),
    ("Use roles, they are better.", "Use roles: they are better.", "trivial"),
    ("A colour.", "A color.", "trivial"),
    ("It's so.", "It’s so.", "trivial"),
    ("Reads are consistent.", "Reads are not consistent.", "normal"),
    ("It is safe.", "It is unsafe.", "normal"),
    ("You should do it.", "You must do it.", "normal"),
    ("You can do it.", "You can't do it.", "normal"),
    ("Do it before the launch.", "Do it after the launch.", "normal"),
    ("It holds 5 TB.", "It holds 50 TB.", "normal"),
    ("It takes five days.", "It takes six days.", "normal"),
    ("It takes long.", "It takes **long**.", "normal"),
    ("See [this](https://a.example/).", "See [this](https://b.example/).", "normal"),
    ("See this.", "See [this](https://a.example/).", "normal"),
    ("Run `aws s3 ls`.", "Run `aws s3 cp`.", "trivial"),
    ("Run aws s3 ls.", "Run `aws s3 ls`.", "normal"),
    ("One line.", "One line.\n\nAnd another.", "normal"),
    ("A.", "A b c d e f g h.", "normal"),
    ("Mind this.", "❗ Mind this.", "sensitive"),
    ("❗ Mind this.", "Mind this.", "sensitive"),
]


@pytest.mark.parametrize(("old", "new", "expected"), TEXTS)
def test_an_edit_of_a_text(old, new, expected):
    assert class_of([edit(old, new)]) == expected


TAGS = [
    ((), ("tip",), "normal"),
    ((), ("gotcha",), "sensitive"),
    (("gotcha",), (), "sensitive"),
    (("gotcha", "tip"), ("gotcha",), "normal"),
]


@pytest.mark.parametrize(("old", "new", "expected"), TAGS)
def test_an_edit_of_the_tags(old, new, expected):
    assert class_of([edit("Same.", "Same.", old, new)], ["gotcha"]) == expected


OTHERS = [
    (Subject.ENTRY, Operation.ADD, "normal"),
    (Subject.ENTRY, Operation.MOVE, "normal"),
    (Subject.ENTRY, Operation.RETIRE, "sensitive"),
    (Subject.ENTRY, Operation.RESTORE, "sensitive"),
    (Subject.SECTION, Operation.EDIT, "sensitive"),
    (Subject.SECTION, Operation.MOVE, "sensitive"),
    (Subject.OFFERING, Operation.EDIT, "sensitive"),
    (Subject.LEGEND_TAG, Operation.EDIT, "sensitive"),
    (Subject.SERVICE, Operation.EDIT, "normal"),
    (Subject.SERVICE, Operation.ADD, "sensitive"),
]


@pytest.mark.parametrize(("subject", "operation", "expected"), OTHERS)
def test_what_else_a_change_may_be(subject, operation, expected):
    proposed = {"body": "A text.", "tags": []}
    assert class_of([change(operation, subject, **proposed)]) == expected


def test_a_new_entry_that_warns_is_sensitive():
    assert (
        class_of([change(Operation.ADD, body="Mind.", tags=["gotcha"])], ["gotcha"]) == "sensitive"
    )


@pytest.mark.parametrize(("tag", "expected"), [("gotcha", "sensitive"), ("tip", "normal")])
def test_a_split_or_a_join_of_a_bullet_that_warns_is_sensitive(tag, expected):
    text, further = {"body": "One.", "tags": []}, [{"body": "Two.", "tags": [tag]}]
    split = change(Operation.SPLIT, **text, rest=further)
    join = change(Operation.JOIN, base=text | {"joined": further}, **text, other=2)
    for each in (split, join):
        assert class_of([each], ["gotcha"]) == expected


def test_the_gravest_change_counts():
    slight, grave = edit("A wrod.", "A word."), change(Operation.RETIRE)
    assert class_of([slight, grave]) == "sensitive"


def test_many_slight_changes_are_more_than_trivial():
    slight = edit("A wrod.", "A word.")
    assert class_of([slight] * 6) == "trivial"
    assert class_of([slight] * 7) == "normal"


def test_a_change_of_the_place_with_the_text_is_normal():
    moved = edit("A wrod.", "A word.")
    moved.proposed |= {"section": 7, "parent": None}
    assert class_of([moved]) == "normal"


def test_nothing_is_normal():
    assert class_of([]) == "normal"
