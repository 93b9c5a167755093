"""A bullet that was split or joined in the text of a section is recognised as such."""

import pytest

from entries.models import Entry
from moderation.changes.from_steps import as_changes
from moderation.models import Operation
from tests.moderation.helpers import approve
from tests.moderation.section_texts import edited, propose, source_of, the_guide

pytestmark = pytest.mark.django_db
LIST = "# Guide\n\n## S3\n\n- Keys leak. Roles rotate themselves every hour or so.\n- Use tags.\n"


def changes(section, typed):
    """Fields of the changes that the typed text amounts to."""
    return as_changes(edited(section, typed).steps)


@pytest.mark.parametrize(
    ("typed", "first", "rest"),
    [
        ("- Keys leak.\n- Roles rotate themselves every hour or so.", "Keys leak.", 1),
        ("- Keys leak. Roles rotate themselves\n- every hour or so.", None, 1),
        ("- Keys leak.\n- Roles rotate themselves\n- every hour or so.", "Keys leak.", 2),
        ("- Keys always leak.\n- ❗ Roles rotate every hour or so.", "Keys always leak.", 1),
    ],
)
def test_a_bullet_that_was_split_is_one_change(typed, first, rest):
    section = the_guide(LIST)
    entry = Entry.objects.get(body__startswith="Keys leak")
    (change,) = changes(section, f"{typed}\n- Use tags.\n")
    assert (change["operation"], change["entry_id"]) == (Operation.SPLIT, entry.pk)
    assert first in (None, change["proposed"]["body"])
    assert len(change["proposed"]["rest"]) == rest


@pytest.mark.parametrize(
    "typed",
    [
        "- Keys leak. Roles rotate themselves every hour or so. Use tags.\n",
        "- Keys leak. Roles rotate every hour. And use tags.\n",
    ],
)
def test_two_bullets_that_were_joined_are_one_change_that_needs_no_reason(typed):
    section = the_guide(LIST)
    first, second = Entry.objects.order_by("position")
    found = edited(section, typed)
    (change,) = as_changes(found.steps)
    assert (change["operation"], change["entry_id"]) == (Operation.JOIN, first.pk)
    assert change["proposed"]["other"] == second.pk
    assert found.removed == []


@pytest.mark.parametrize(
    "typed",
    [
        "- Keys leak.\n- Something else entirely.\n- Use tags.\n",  # new words: an addition
        "- Keys leak.\n",  # and the other bullet is gone, not joined
        "- Keys leak.\n- Roles rotate themselves every hour or so.\n  - Below.\n- Use tags.\n",
        "1. Keys leak.\n2. Roles rotate themselves every hour or so.\n3. Use tags.\n",  # of a kind
    ],
)
def test_what_only_looks_like_it_stays_single_changes(typed):
    section = the_guide(LIST)
    operations = {change["operation"] for change in changes(section, typed)}
    assert operations.isdisjoint({Operation.SPLIT, Operation.JOIN})


@pytest.mark.parametrize(
    "typed",
    [
        "- Keys leak.\n- Roles rotate themselves every hour or so.\n- Use tags.\n",
        "- Keys leak. Roles rotate themselves every hour or so. Use tags.\n",
        "1. Keys leak. Roles rotate themselves every hour or so. Use tags.\n",
    ],
)
def test_the_guide_then_says_what_was_typed(typed, editor):
    section = the_guide(LIST)
    approve(propose(section, typed, by=editor))
    assert source_of(section).text.strip() == typed.strip()


def test_what_stands_under_a_later_part_stays_there(editor):
    section = the_guide("# Guide\n\n## S3\n\n- Keys leak. Roles rotate daily.\n  - Below.\n")
    typed = "- Keys leak.\n- Roles rotate daily.\n  - Below.\n"
    approve(propose(section, typed, by=editor))
    assert source_of(section).text == typed


def test_a_bullet_is_joined_with_its_neighbour_also_where_another_like_it_goes():
    section = the_guide("# Guide\n\n## S3\n\n- One two.\n- Keys leak.\n- Keys.\n- Keys leak.\n")
    first, second = Entry.objects.order_by("position")[:2]
    (join,) = [
        change
        for change in changes(section, "- One two. Keys leak.\n- Keys.\n")
        if change["operation"] == Operation.JOIN
    ]
    assert (join["entry_id"], join["proposed"]["other"]) == (first.pk, second.pk)
