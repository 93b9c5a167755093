"""Published rows change only inside `history.revision()`: every other door is closed."""

import pytest
import reversion
from django.db import transaction
from reversion.models import Version

from entries.models import Entry, LegendTag, Section, SectionAlias
from guide_site.core import history
from guide_site.core.history import Versioned, VersionedQuerySet, WriteOutsideRevision
from services.models import Capability, Offering, Provider, Service, ServiceGroup
from tests import factories

pytestmark = pytest.mark.django_db

PUBLISHED = (
    *(LegendTag, Section, SectionAlias, Entry),
    *(Provider, ServiceGroup, Service, Capability, Offering),
)


@pytest.fixture
def tag():
    return factories.legend_tag()


@pytest.fixture
def entry(tag):
    return factories.entry("Untouched.", tags=[tag.slug])


@pytest.fixture
def other_tag():
    return factories.legend_tag("tip", "🔹")


@pytest.mark.parametrize("model", PUBLISHED)
def test_what_is_published_is_versioned(model):
    assert issubclass(model, Versioned)
    assert isinstance(model.objects.all(), VersionedQuerySet)


OUTSIDE = {
    "save": lambda entry, tag: entry.save(),
    "save some fields": lambda entry, tag: entry.save(update_fields=["body"]),
    "delete": lambda entry, tag: entry.delete(),
    "create": lambda entry, tag: Entry.objects.create(section=entry.section, body="x"),
    "create through a section": lambda entry, tag: entry.section.entries.create(body="x"),
    "get or create": lambda entry, tag: LegendTag.objects.get_or_create(slug="x"),
    "update or create": lambda entry, tag: Entry.objects.update_or_create(
        {"body": "x"}, pk=entry.pk
    ),
    "tags.add": lambda entry, tag: entry.tags.add(tag),
    "tags.remove": lambda entry, tag: entry.tags.remove(entry.tags.get()),
    "tags.set": lambda entry, tag: entry.tags.set([tag]),
    "tags.clear": lambda entry, tag: entry.tags.clear(),
    "tags.create": lambda entry, tag: entry.tags.create(slug="x", sign="x", label="x"),
    "entries of a tag": lambda entry, tag: tag.entries.add(entry),
    "clear the entries of a tag": lambda entry, tag: entry.tags.get().entries.clear(),
    "tags of a section": lambda entry, tag: entry.section.tags.add(tag),
    "add to a section": lambda entry, tag: factories.section().entries.add(entry),
    "set the children of a section": lambda entry, tag: factories.section().children.set(
        [entry.section]
    ),
}
BULK = {
    "update": lambda entry, tag: Entry.objects.update(body="x"),
    "update some": lambda entry, tag: Entry.objects.filter(pk=entry.pk).update(body="x"),
    "update live ones": lambda entry, tag: Entry.objects.live().update(body="x"),
    "update through a section": lambda entry, tag: entry.section.entries.update(body="x"),
    "bulk_update": lambda entry, tag: Entry.objects.bulk_update([entry], ["body"]),
    "bulk_create": lambda entry, tag: Entry.objects.bulk_create([Entry(body="x")]),
    "delete many": lambda entry, tag: Entry.objects.all().delete(),
    "delete through a section": lambda entry, tag: entry.section.entries.all().delete(),
    "clear children": lambda entry, tag: entry.children.clear(),
    "the base manager": lambda entry, tag: Entry._base_manager.update(body="x"),
}


def assert_untouched(entry, before):
    now = Entry.objects.get(pk=entry.pk)
    assert (now.body, [tag.slug for tag in now.tags.all()]) == ("Untouched.", ["gotcha"])
    assert Entry.objects.count() == 1
    assert (history.generation(), Version.objects.count()) == before


@pytest.mark.parametrize("name", [*OUTSIDE, *BULK])
def test_outside_a_revision_nothing_is_written(name, entry, other_tag):
    before = history.generation(), Version.objects.count()
    entry.body = "Changed."
    with pytest.raises(WriteOutsideRevision), transaction.atomic():
        (OUTSIDE | BULK)[name](entry, other_tag)
    assert_untouched(entry, before)


@pytest.mark.parametrize("name", BULK)
def test_inside_a_revision_too_rows_are_saved_one_by_one(name, entry, other_tag):
    before = history.generation(), Version.objects.count()
    with (
        pytest.raises(WriteOutsideRevision, match="Entry: save rows one by one"),
        history.revision(by=None, comment="in bulk"),
    ):
        BULK[name](entry, other_tag)
    assert_untouched(entry, before)


ALLOWED = ["save", "create", "create through a section", "update or create", "tags of a section"]
ALLOWED += [name for name in OUTSIDE if name.startswith("tags.")]


@pytest.mark.parametrize("name", ALLOWED)
def test_inside_a_revision_the_same_write_is_done_and_leaves_a_version(name, entry, other_tag):
    before = Version.objects.count()
    with history.revision(by=None, comment="as it should be"):
        OUTSIDE[name](entry, other_tag)
    assert Version.objects.count() > before


@pytest.mark.parametrize("model", PUBLISHED)
def test_no_published_row_is_saved_or_deleted_outside(model):
    for write in (model().save, model(pk=1).delete):
        with pytest.raises(WriteOutsideRevision, match=r"history\.revision\(\)"):
            write()


@pytest.mark.parametrize("model", PUBLISHED)
@pytest.mark.parametrize("write", ["update", "delete", "bulk_create", "bulk_update"])
def test_no_published_table_is_written_in_bulk(model, write):
    with pytest.raises(WriteOutsideRevision, match=model.__name__):
        getattr(model.objects.all(), write)()


def test_after_a_revision_the_door_is_closed_again(entry):
    with history.revision(by=None, comment="open"):
        entry.save()
    with pytest.raises(WriteOutsideRevision):
        entry.save()


def test_after_a_failed_revision_the_door_is_closed_again(entry):
    with pytest.raises(ZeroDivisionError), history.revision(by=None, comment="open"):
        raise ZeroDivisionError
    with pytest.raises(WriteOutsideRevision):
        entry.save()


def test_templates_cannot_call_what_is_closed():
    assert Entry.objects.all().update.alters_data
    assert Entry.objects.all().delete.alters_data


def test_a_bare_revision_of_reversion_opens_no_door(entry):
    with pytest.raises(WriteOutsideRevision), reversion.create_revision():
        entry.save()


def test_inside_a_revision_tags_are_given_to_a_row_not_rows_to_a_tag(entry, other_tag):
    with (
        pytest.raises(WriteOutsideRevision, match="not rows to a tag"),
        history.revision(by=None, comment="from the other side"),
    ):
        other_tag.entries.add(entry)
    assert not other_tag.entries.exists()


def test_the_editors_of_a_section_are_not_published_and_need_no_revision(editor):
    section = factories.section()
    before = history.generation()
    section.editors.add(editor)
    assert section.editors.get() == editor
    assert history.generation() == before
