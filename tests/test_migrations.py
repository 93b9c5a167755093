"""The schema: what the models say is migrated, and every migration goes back and forth."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from entries.models import Entry
from guide_site.core import history
from guide_site.core.access import Role
from guide_site.public.search import upkeep
from moderation.models import Change, Comment, Event, ImportedFile, Operation, Proposal, Subject
from moderation.states import Status
from tests import factories

APPS = ["guide_site", "entries", "services", "moderation", "public"]


@pytest.fixture
def schema(transactional_db):
    """Whatever a test does to the schema is undone behind it."""
    yield
    try:
        migrate_all()
    except DatabaseError:  # rows that a test left in its way
        for app in reversed(APPS):
            migrate(app, None)
        migrate_all()


def tables():
    """Names of the tables of this project's apps that exist."""
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith(tuple(f"{app}_" for app in APPS))}


def check_that_the_legend_stays():
    """Going from the second migration of entries to the first and back leaves the legend alone."""
    assert signs() == ["❗"]
    with connection.cursor() as cursor:
        for table in ("entries_entry_tags", "entries_entry"):  # they cannot come back: no section
            cursor.execute(f"DELETE FROM {table}")
    migrate("entries", "0002")
    assert signs() == ["❗"]
    migrate("entries", "0001")
    assert signs() == ["❗"]


def one_of_each():
    """A guide with a service, a proposal of each kind and a review."""
    entry = factories.entry(tags=[factories.legend_tag().slug])
    factories.service(section=entry.section)
    factories.proposal(entry)
    factories.retirement(entry)
    proposal = factories.addition(entry.section)
    report = factories.report(entry)
    Comment.objects.create(report=report, body="Since when?")
    file = ImportedFile.with_text("# Guide\n", "guide")
    file.proposal = proposal
    file.save()
    same = proposal.status
    Event.objects.create(proposal=proposal, what=Event.What.SPLIT, old=same, new=same)
    cell = factories.offering()
    Change.objects.create(
        proposal=proposal, subject=Subject.OFFERING, operation=Operation.RETIRE, offering=cell
    )
    with history.revision(by=None, comment="Emptied"):
        cell.delete()


def migrate(app, name):
    """Migrate an app forth or back to a migration; to None, which undoes all of them."""
    call_command("migrate", app, name or "zero", verbosity=0)


def undo(*targets):
    """Undo this project's migrations one after the other, down to [(app, name or None)]."""
    upkeep.remove()
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


def signs():
    """The signs of the legend, read without a model."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sign FROM entries_legendtag")
        return [sign for (sign,) in cursor.fetchall()]


def migrate_all():
    call_command("migrate", verbosity=0)
    ContentType.objects.clear_cache()


def test_there_is_nothing_to_migrate(db, capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def test_each_migration_goes_back_with_data_in_the_tables_and_forth_again(schema):
    one_of_each()
    before = tables()
    undo(("entries", "0001_initial"))
    check_that_the_legend_stays()
    undo(*[(app, None) for app in APPS])
    assert tables() == set()
    migrate_all()
    assert tables() == before
    one_of_each()
    assert Proposal.objects.count() == 3


def test_what_was_merged_without_a_revision_was_in_the_guide_already(schema):
    made = factories.proposal(factories.entry("One."), "Two.")
    made.status, made.closed_at = Status.ALREADY, timezone.now()
    made.save()
    log = {"proposal": made, "what": Event.What.ALREADY, "old": "open", "new": "already"}
    event = Event.objects.create(**log)
    migrate("moderation", "0010")
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, what, new FROM moderation_proposal, moderation_event")
        assert cursor.fetchall() == [("merged", "merged", "merged")]
    migrate("moderation", "0011")
    made.refresh_from_db()
    event.refresh_from_db()
    assert (made.status, event.what, event.old, event.new) == (
        "already",
        "already",
        "open",
        "already",
    )


def test_footnotes_and_definitions_keep_their_texts_on_the_way_back(schema):
    section = factories.section()
    for kind, body in (("footnote", "[^1]: Words."), ("definition", "[a]: /b")):
        factories.entry(body, section=section, kind=kind)
    undo(("entries", "0007_origin_and_joined"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, body FROM entries_entry ORDER BY id")
        assert cursor.fetchall() == [("paragraph", "[^1]: Words."), ("kept", "[a]: /b")]
    migrate_all()
    kinds = Entry.objects.order_by("pk").values_list("kind", "defines")
    assert list(kinds) == [("footnote", True), ("kept", True)]


def test_long_signs_are_cut_to_whole_parts_on_the_way_back(schema):
    family, other = "👨‍👩‍👧‍👦", "👩🏽‍❤️‍💋‍👨🏾"
    for number, sign in enumerate([family, other, other[:-1] + "🏿"]):
        factories.legend_tag(f"tag-{number}", sign)
    undo(("entries", "0010_guide"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sign FROM entries_legendtag ORDER BY id")
        (_, kept), (_, cut), (pk, box) = cursor.fetchall()
    assert (kept, cut, box) == (family, "👩🏽‍❤‍💋", f"□{pk}")
    migrate_all()
    assert sorted(signs()) == sorted([family, "👩🏽‍❤‍💋", f"□{pk}"])


def test_migrating_makes_the_group_of_every_role_again(schema):
    Group.objects.all().delete()
    migrate_all()
    names = set(Group.objects.values_list("name", flat=True))
    assert names == {role.value for role in Role}
