"""Changing the text or the legend tags of an entry."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction
from reversion.models import Version

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry
from guide_site.core import history, markdown
from tests import factories
from tests.entries.guides import imported, only

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """An imported entry with one tag."""
    factories.legend_tag("gotcha", "❗")
    factories.legend_tag("cost", "💸")
    made = factories.entry("Use roles.", tags=["gotcha"])
    models.QuerySet(Entry).update(verbatim="- ❗ Use roles.\n")
    made.refresh_from_db()
    return made


def tags(entry):
    return {tag.slug for tag in entry.tags.all()}


def test_it_changes_the_text_and_its_html(entry):
    factories.edit(entry, "Use **roles**.\r\n")
    entry.refresh_from_db()
    assert entry.body == "Use **roles**."
    assert entry.body_html == "<p>Use <strong>roles</strong>.</p>\n"


def test_its_source_lines_say_the_same_afterwards(entry):
    factories.edit(entry, "Use **roles**,\nalways.", tags=["cost", "gotcha"])
    entry.refresh_from_db()
    read = only(entry.verbatim)
    assert read.body == entry.body
    assert set(read.signs) == {"❗", "💸"}


def test_other_tags_change_the_source_lines_as_well(entry):
    factories.edit(entry, None, tags=["cost"])
    entry.refresh_from_db()
    assert (entry.body, tags(entry)) == ("Use roles.", {"cost"})
    assert only(entry.verbatim).signs == ["💸"]


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("bullet", "\t-\tUse roles.\r\n\r\n"),
        ("bullet", "  * ❗️ Use roles."),
        ("step", "10) Use roles.\n\n[x]: http://example.org\n"),
        ("paragraph", "Use roles.\n\n"),
    ],
)
def test_its_lines_keep_the_look_that_they_had(entry, kind, source):
    models.QuerySet(Entry).update(kind=kind, verbatim=source)
    factories.edit(Entry.objects.get(), "Use keys.", tags=["gotcha"] if "❗" in source else [])
    entry.refresh_from_db()
    assert entry.verbatim.replace("\ufe0f", "") == source.replace("\ufe0f", "").replace(
        "roles", "keys"
    )


def test_what_never_stood_in_a_file_gets_no_lines():
    entry = factories.entry("Use roles.")
    factories.edit(entry, "Use roles, always.")
    entry.refresh_from_db()
    assert entry.verbatim == ""


@pytest.mark.parametrize(
    ("given", "after"),
    [
        (None, {"gotcha"}),
        ([], set()),
        (["cost"], {"cost"}),
        (["cost", "gotcha"], {"cost", "gotcha"}),
    ],
)
def test_tags_stay_unless_they_are_given(entry, given, after):
    factories.edit(entry, "Use roles, always.", tags=given)
    assert tags(entry) == after


def test_it_keeps_its_identity_and_place(entry):
    place = (entry.pk, entry.section_id, entry.parent_id, entry.position, entry.kind)
    factories.edit(entry, "Another text.")
    entry.refresh_from_db()
    assert (entry.pk, entry.section_id, entry.parent_id, entry.position, entry.kind) == place


def test_it_leaves_one_version_more(entry):
    before = Version.objects.get_for_object(entry).count()
    factories.edit(entry, "Another text.", tags=["cost"])
    versions = Version.objects.get_for_object(entry)
    assert len(versions) == before + 1
    assert versions[0].field_dict["body"] == "Another text."
    assert len(versions[0].field_dict["tags"]) == 1


@pytest.mark.parametrize(
    ("body", "given", "reason"),
    [
        ("", None, "blank"),
        (" \n\t\n", None, "blank"),
        ("Fine.", ["poem"], "Unknown legend tag: poem"),
    ],
)
def test_a_refused_edit_changes_nothing(entry, body, given, reason):
    before = history.generation()
    with pytest.raises(ValidationError, match=reason):
        factories.edit(entry, body, tags=given)
    entry.refresh_from_db()
    assert (entry.body, entry.verbatim) == ("Use roles.", "- ❗ Use roles.\n")
    assert tags(entry) == {"gotcha"}
    assert history.generation() == before


def test_a_text_too_long_is_refused():
    entry = factories.entry("Use roles.")
    with pytest.raises(ValidationError, match="under 20,000 characters"):
        factories.edit(entry, "x" * (markdown.MAX_LENGTH + 1))
    entry.refresh_from_db()
    assert entry.body == "Use roles."


def test_outside_a_revision_it_is_refused(entry):
    with pytest.raises(history.WriteOutsideRevision):
        entry_actions.edit_entry(entry, body="Another text.")
    entry.refresh_from_db()
    assert entry.body == "Use roles."


def test_tags_outside_a_revision_are_refused(entry):
    with pytest.raises(history.WriteOutsideRevision), transaction.atomic():
        entry.tags.clear()
    assert tags(entry) == {"gotcha"}


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("# A\n- ```\n  c\n  ```\nbelow\n", "```", "# A\n- New.\n\nbelow\n"),
        ("# A\n- a\n***\n- b\n", "***", "# A\n- a\n\nNew.\n- b\n"),
        ("# A\n- ```\n  c\n  ```\n- b\n", "```", "# A\n- New.\n- b\n"),
        ("# A\n- a\n- b\n\nlast\n", "b", "# A\n- a\n- New.\n\nlast\n"),
    ],
)
def test_text_in_place_of_a_rule_or_code_does_not_run_into_its_neighbours(text, old, new):
    imported(text)
    factories.edit(Entry.objects.get(body__startswith=old), "New.")
    assert export() == new


def test_an_edit_of_an_imported_entry_is_limited_like_any_other():
    imported("# a\n- short\n")
    with pytest.raises(ValidationError, match="20,000"):
        factories.edit(Entry.objects.get(), "x" * 20_001)
