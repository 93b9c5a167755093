"""Bullets that begin with the same picture: only in the legend does it tell which one it is."""

import pytest

from entries.models import Entry
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db
BEFORE = (
    "# A\n\n- ✅ Use one role for each service of yours.\n- ✅ Turn the logs of all regions on.\n"
)


def bodies():
    return dict(Entry.objects.filter(retired_at=None).values_list("pk", "body"))


def test_two_edited_ones_keep_their_identities():
    imported(BEFORE)
    before = bodies()
    imported(BEFORE.replace("one role", "a role").replace("all regions", "every region"))
    assert {pk: "role" in body for pk, body in before.items()} == {
        pk: "role" in body for pk, body in bodies().items()
    }


def test_another_bullet_is_not_the_one_that_went():
    imported(BEFORE)
    imported(BEFORE.replace("Turn the logs of all regions on.", "Buy nothing."))
    (new,) = bodies().keys() - {Entry.objects.get(body__contains="role").pk}
    assert new != Entry.objects.get(body__contains="logs").pk


def test_a_line_of_the_legend_is_the_one_with_its_sign():
    legend = "# A\n\n- Words.\n\n## Legend\n\n- ❗ Risk\n- 🔹 Tip\n"
    imported(legend, signs=["❗", "🔹"])
    before = {body[0]: pk for pk, body in bodies().items()}
    imported(legend.replace("❗ Risk", "❗ Danger of loss"), signs=["❗", "🔹"])
    assert {body[0]: pk for pk, body in bodies().items()} == before
