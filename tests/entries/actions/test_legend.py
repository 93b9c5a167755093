"""Adding a sign to the legend, changing it, moving it, and taking it out again."""

import pytest
from django.core.exceptions import ValidationError

from entries.actions import legend
from entries.actions.positions import FIRST
from entries.models import Entry, LegendTag
from guide_site.core import history
from guide_site.core.history import WriteOutsideRevision
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision():
    with history.revision(by=None, comment="legend"):
        yield


@pytest.fixture
def tags():
    """❗ and 🔹, in this order."""
    return [
        factories.legend_tag("gotcha", "❗", position=100),
        factories.legend_tag("tip", "🔹", position=200),
    ]


def signs():
    return [tag.sign for tag in LegendTag.objects.live()]


@pytest.mark.parametrize(
    ("after", "order"), [(None, "❗🔹💸"), (FIRST, "💸❗🔹"), ("gotcha", "❗💸🔹")]
)
def test_a_new_sign_stands_where_it_was_put(tags, revision, after, order):
    if after == "gotcha":
        after = tags[0]
    made = legend.add_legend_tag(sign="💸", label="Cost", meaning="Money.", after=after)
    assert (made.slug, made.label, made.meaning) == ("cost", "Cost", "Money.")
    assert "".join(signs()) == order


@pytest.mark.parametrize(
    ("label", "slug"),
    [("Cost", "cost"), ("Very new!", "very-new"), ("日本", "sign-1f4b8"), ("Tip", "tip-2")],
)
def test_the_slug_comes_from_the_label_or_else_from_the_sign(tags, revision, label, slug):
    assert legend.add_legend_tag(sign="💸", label=label).slug == slug


@pytest.mark.parametrize("sign", ["a", "1", "#", "*", " ", "❗ a", "", "x❗"])
def test_what_is_no_picture_is_no_sign(revision, sign):
    with pytest.raises(ValidationError, match="A sign is one picture"):
        legend.add_legend_tag(sign=sign, label="Odd")
    assert not LegendTag.objects.exists()


@pytest.mark.parametrize("sign", ["❗", "❗\ufe0f"])
def test_a_sign_of_the_legend_is_not_added_again(tags, revision, sign):
    with pytest.raises(ValidationError, match="“Gotcha” has it already"):
        legend.add_legend_tag(sign=sign, label="Another")


def test_a_retired_sign_is_restored_rather_than_added(tags, revision):
    legend.retire_legend_tag(tags[0], because="Unused.")
    with pytest.raises(ValidationError, match="“Gotcha” was retired: restore it instead"):
        legend.add_legend_tag(sign="❗", label="Another")


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"label": "Risk"}, ("Risk", "A risk.")),
        ({"meaning": "It bites."}, ("Gotcha", "It bites.")),
        ({"meaning": ""}, ("Gotcha", "")),
        ({}, ("Gotcha", "A risk.")),
    ],
)
def test_an_edit_changes_what_it_names_and_nothing_else(tags, revision, fields, after):
    legend.edit_legend_tag(tags[0], **fields)
    tag = LegendTag.objects.get(slug="gotcha")
    assert (tag.label, tag.meaning, tag.sign) == (*after, "❗")


def test_texts_that_hold_the_sign_follow_its_label(tags):
    entry = factories.entry("Mind ❗ here.")
    other = factories.entry("Nothing here.")
    with history.revision(by=None, comment="label"):
        legend.edit_legend_tag(tags[0], label="Beware")
    assert 'title="Beware"' in Entry.objects.get(pk=entry.pk).body_html
    assert Entry.objects.get(pk=other.pk).body_html == other.body_html


def test_a_label_is_needed(tags, revision):
    with pytest.raises(ValidationError) as refusal:
        legend.edit_legend_tag(tags[0], label="")
    assert set(refusal.value.message_dict) == {"label"}


@pytest.mark.parametrize(("after", "order"), [(None, "🔹❗"), (FIRST, "❗🔹"), ("tip", "🔹❗")])
def test_a_sign_moves(tags, revision, after, order):
    legend.move_legend_tag(tags[0], after=tags[1] if after == "tip" else after)
    assert "".join(signs()) == order


@pytest.mark.parametrize(
    ("entries", "sentence"), [(1, "1 entry carries it"), (2, "2 entries carry it")]
)
def test_a_sign_that_entries_carry_does_not_retire(tags, revision, entries, sentence):
    for _ in range(entries):
        factories.entry(tags=["gotcha"])
    with pytest.raises(ValidationError, match=sentence):
        legend.retire_legend_tag(tags[0], because="Unused.")


def test_a_sign_that_a_section_carries_does_not_retire(tags, revision):
    factories.section().tags.add(tags[0])
    with pytest.raises(ValidationError, match="in use: by a section"):
        legend.retire_legend_tag(tags[0], because="Unused.")


def test_a_sign_of_retired_entries_only_retires(tags):
    factories.retire(factories.entry(tags=["gotcha"]))
    with history.revision(by=None, comment="legend"):
        legend.retire_legend_tag(tags[0], because="Unused.")
    assert signs() == ["🔹"]
    assert LegendTag.objects.get(slug="gotcha").retired_because == "Unused."


def test_a_restored_sign_is_back_at_its_place(tags, revision):
    legend.retire_legend_tag(tags[0], because="Unused.")
    legend.restore_legend_tag(tags[0])
    assert signs() == ["❗", "🔹"]
    assert LegendTag.objects.get(slug="gotcha").retired_because == ""


def test_outside_a_revision_the_legend_stays_as_it_is(tags):
    with pytest.raises(WriteOutsideRevision):
        legend.add_legend_tag(sign="💸", label="Cost")
    with pytest.raises(WriteOutsideRevision):
        legend.move_legend_tag(tags[0])
    assert signs() == ["❗", "🔹"]
