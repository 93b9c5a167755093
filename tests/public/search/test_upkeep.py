"""The database itself keeps the index what the guide is, whoever writes and however."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

import entries.actions.entries
from entries.actions import sections as section_actions
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from guide_site.public.models import SearchDocument
from guide_site.public.search import upkeep
from services.models import Service, ServiceGroup
from tests import factories
from tests.public.search.looking import found, places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _right_afterwards():
    """Whatever a test did, the index is what a new one would be."""
    yield
    assert upkeep.problems() == []


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def write(row, **fields):
    """Change a row of the guide, past all actions."""
    row = type(row).objects.get(pk=row.pk)
    with history.revision(by=None, comment="test"):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return row


@pytest.fixture
def below():
    """A section with a chapter and a second root, so that paths begin with their root."""
    factories.section("Another")
    top = factories.section("Quasar")
    return factories.section("Pulsar", parent=top)


def test_an_edit_is_found_at_once(below):
    entry = factories.entry("Old words.", section=below)
    factories.edit(entry, "New xylophone.")
    assert (found("xylophone"), found("old words")) == (["New xylophone."], [])


def test_so_is_what_was_written_past_the_program(below):
    entry = factories.entry(section=below)
    sql("UPDATE entries_entry SET body = 'Raw xylophone.' WHERE id = %s", entry.pk)
    assert found("xylophone") == ["Raw xylophone."]
    sql("DELETE FROM entries_entry WHERE id = %s", entry.pk)
    assert found("xylophone") == []


def test_a_retired_entry_comes_back_when_it_is_restored(below):
    entry = factories.entry("A xylophone.", section=below)
    factories.retire(entry)
    assert found("xylophone") == []
    write(entry, retired_at=None, retired_because="")
    assert found("xylophone") == ["A xylophone."]


def test_rendering_anew_changes_nothing(below):
    factories.entry("A xylophone.", section=below)
    before = list(SearchDocument.objects.order_by("pk").values())
    sql("UPDATE entries_entry SET body_html = ''")
    assert Entry.objects.all().rerender() == 1
    assert list(SearchDocument.objects.order_by("pk").values()) == before


def test_what_is_nested_follows_the_text_above(below):
    above = factories.entry("Volumes:", section=below)
    child = factories.entry("Resize.", section=below, parent=above)
    factories.entry("Twice.", section=below, parent=child)
    factories.edit(above, "Xylophones:")
    assert set(found("xylophone")) == {"Xylophones:", "Resize.", "Twice."}


def test_an_entry_moves_with_its_context(below):
    entry = factories.entry("Wander.", section=below)
    write(entry, section=factories.section("Xylophone"))
    assert found("xylophone") == ["Wander."]
    assert found("pulsar") == []


def test_a_new_title_reaches_everything_below(below):
    factories.entry("Deep down.", section=below)
    write(below.parent, title="Xylophone")
    assert found("xylophone") == ["Deep down."]
    assert found("quasar") == []


def test_a_moved_section_takes_its_entries_along(below):
    factories.entry("Deep down.", section=below)
    target = factories.section("Xylophone")
    with history.revision(by=None, comment="test"):
        section_actions.move_section(Section.objects.get(pk=below.pk), parent=target)
    assert found("xylophone") == ["Deep down."]


def test_the_title_of_a_guide_is_no_part_of_its_paths():
    title = factories.section("The guide")
    factories.entry("Deep down.", section=factories.section("Basics", parent=title))
    assert found("the guide") == []
    factories.section("A second title")
    assert found("the guide") == ["Deep down."]


def test_a_section_that_becomes_a_title_changes_all_paths(below):
    factories.entry("Deep down.", section=below)
    other = Section.objects.get(title="Another")
    write(other, parent=below)
    assert found("quasar") == []
    write(other, parent=None)
    assert found("quasar") == ["Deep down."]


def test_a_retired_section_is_not_found(below):
    write(below, retired_at=timezone.now(), retired_because="Gone.")
    assert places("pulsar") == []


def test_hidden_contents_are_not_found(below):
    factories.entry("A xylophone.", section=below)
    write(below, kind=Section.Kind.CONTENTS)
    assert found("xylophone") == []
    write(below, kind=Section.Kind.TIPS)
    assert found("xylophone") == ["A xylophone."]


def test_tags_are_followed(below):
    factories.legend_tag("gotcha", "❗", label="Xylophone")
    entry = factories.entry("Tagged.", section=below, tags=["gotcha"])
    assert found("xylophone") == ["Tagged."]
    write(LegendTag.objects.get(), label="Marimba")
    assert (found("xylophone"), found("marimba")) == ([], ["Tagged."])
    with history.revision(by=None, comment="test"):
        entries.actions.entries.edit_entry(entry, tags=[])
    assert found("marimba") == []


def test_a_service_follows_its_names_its_group_and_its_section(below):
    factories.entry("Deep down.", section=below)
    service = factories.service("Xylophone", slug="x", section=below)
    assert places("xylophone") == [("service", "x")]
    assert found("deep xylophone", service="x") == ["Deep down."]
    service = write(service, name="Marimba", section=None)
    assert (places("xylophone"), places("marimba")) == ([], [("service", "x")])
    assert found("deep", service="x") == []
    with history.revision(by=None, comment="test"):
        group = ServiceGroup(name="Idiophones", slug="idiophones")
        group.save()
    write(service, group=group)
    assert places("idiophones") == [("service", "x")]
    with history.revision(by=None, comment="test"):
        Service.objects.get().delete()
    assert places("marimba") == []


def test_what_was_rolled_back_is_not_found(below):
    with history.revision(by=None, comment="test"):
        entries.actions.entries.add_entry(section=below, body="A xylophone.")
        transaction.set_rollback(True)
    assert found("xylophone") == []


def test_an_import_is_found(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_text("# Guide\n\n## Tools\n\n- A xylophone\n  - with **mallets**\n", "utf-8")
    call_command("import_guide", str(guide), stdout=StringIO(), stderr=StringIO())
    assert found("xylophone")[0] == "A xylophone"
    guide.write_text("# Guide\n\n## Tools\n\n- A marimba\n  - with **mallets**\n", "utf-8")
    call_command("import_guide", str(guide), stdout=StringIO(), stderr=StringIO())
    assert found("xylophone") == []


def test_a_broken_index_is_told_and_mended(below):
    factories.entry("A xylophone.", section=below)
    sql("DELETE FROM public_searchdocument WHERE kind = 'entry'")
    with pytest.raises(CommandError, match="1 problem found"):
        call_command("verify", stdout=StringIO())
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert "holds 4 entries, sections and services" in out.getvalue()
    call_command("verify", stdout=StringIO())
    assert found("xylophone") == ["A xylophone."]


def test_an_old_document_is_told(below):
    factories.entry("A xylophone.", section=below)
    sql("UPDATE public_searchdocument SET body = 'other' WHERE kind = 'entry'")
    (problem,) = upkeep.problems()
    assert "entry: 1 documents are missing or old, 1 too many" in problem
    upkeep.rebuild()


def test_a_missing_trigger_is_told_and_put_back_after_migrating(below):
    sql(upkeep.dialect().drop_trigger("search_entries_entry_insert", "entries_entry")[0])
    factories.entry("A xylophone.", section=below)
    assert any("triggers are missing: search_entries_entry_insert" in p for p in upkeep.problems())
    upkeep.after_migrating()
    assert found("xylophone") == ["A xylophone."]


def test_triggers_are_away_while_the_schema_changes(below):
    upkeep.before_migrating(plan=["something"])
    factories.entry("A xylophone.", section=below)
    assert found("xylophone") == []
    upkeep.after_migrating()
    assert found("xylophone") == ["A xylophone."]


def test_migrating_without_anything_to_do_leaves_them_alone():
    upkeep.before_migrating(plan=[])
    assert upkeep.problems() == []
