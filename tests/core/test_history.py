"""One revision: one transaction, one author, one summary, one number."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from reversion.models import Revision, Version

from entries.models import Entry, LegendTag, Section, SectionAlias
from guide_site.core import history
from moderation.models import Event
from services.models import Offering
from tests import factories

pytestmark = pytest.mark.django_db


def new_tag(slug, **fields):
    tag = LegendTag(slug=slug, sign=slug[0], label=slug, **fields)
    tag.save()
    return tag


def test_a_revision_says_who_and_why(editor):
    with history.revision(by=editor, comment="Say it better"):
        new_tag("tip")
    revision = Revision.objects.get()
    assert (revision.user, revision.comment) == (editor, "Say it better")
    assert revision.date_created is not None


def test_a_revision_of_the_software_has_no_author():
    with history.revision(by=None, comment="Import"):
        new_tag("tip")
    assert Revision.objects.get().user is None


def test_many_writes_are_one_revision_with_a_version_each(editor):
    with history.revision(by=editor, comment="Several"):
        tag = new_tag("tip")
        section = Section(title="S3", slug="s3")
        section.save()
        section.tags.add(tag)
        entry = Entry(section=section, body="x")
        entry.save()
        entry.tags.set([tag])
    versions = Revision.objects.get().version_set
    assert {version.object for version in versions.all()} == {tag, section, entry}
    assert versions.count() == 3


def test_a_version_holds_the_tags_that_were_set_after_saving():
    tag = factories.legend_tag()
    entry = factories.entry(tags=[tag.slug])
    version = Version.objects.get_for_object(entry).get()
    assert version.field_dict["tags"] == [tag.pk]


def test_a_version_holds_no_derived_html():
    entry = factories.entry("**bold**")
    assert "body_html" not in Version.objects.get_for_object(entry).get().field_dict


def test_every_edit_of_an_entry_stays_readable():
    entry = factories.entry("One.")
    factories.edit(entry, "Two.")
    factories.edit(entry, "Three.")
    bodies = [version.field_dict["body"] for version in Version.objects.get_for_object(entry)]
    assert bodies == ["Three.", "Two.", "One."]


def fail_halfway(entry, by):
    with history.revision(by=by, comment="Half done"):
        new_tag("half")
        entry.body = "After."
        entry.save()
        raise ZeroDivisionError


def test_a_failed_revision_leaves_nothing(editor):
    entry = factories.entry("Before.")
    before = history.generation(), Version.objects.count()
    with pytest.raises(ZeroDivisionError):
        fail_halfway(entry, by=editor)
    assert Entry.objects.get().body == "Before."
    assert not LegendTag.objects.exists()
    assert (history.generation(), Version.objects.count()) == before


def test_a_revision_that_the_database_refuses_leaves_nothing():
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        history.revision(by=None, comment="The same sign twice"),
    ):
        [new_tag(slug) for slug in ("tip", "trap")]
    assert not LegendTag.objects.exists()
    assert history.generation() == 0


def test_after_a_failure_the_next_revision_is_all_its_own(editor):
    entry = factories.entry()
    with pytest.raises(ZeroDivisionError):
        fail_halfway(entry, by=editor)
    with history.revision(by=None, comment="Done"):
        new_tag("done")
    revision = Revision.objects.latest("pk")
    assert (revision.user, revision.comment) == (None, "Done")
    assert [version.object.slug for version in revision.version_set.all()] == ["done"]


def test_a_revision_that_writes_nothing_is_none(editor):
    with history.revision(by=editor, comment="Nothing"):
        pass
    assert not Revision.objects.exists()


def a_cell():
    return factories.offering()


def an_alias():
    alias = SectionAlias(section=factories.section(), slug="old")
    with history.revision(by=None, comment="factory"):
        alias.save()
    return alias


@pytest.mark.parametrize("make", [a_cell, an_alias])
def test_a_deletion_alone_is_a_revision(editor, make):
    row = make()
    before = history.generation()
    with history.revision(by=editor, comment="Gone"):
        row.delete()
    revision = Revision.objects.latest("pk")
    assert (revision.pk > before, revision.user, revision.comment) == (True, editor, "Gone")
    (version,) = revision.version_set.all()
    assert version.object == getattr(row, row.traced_by)


def test_what_was_deleted_stays_readable_in_the_revisions_before():
    cell = factories.offering("S3")
    with history.revision(by=None, comment="Gone"):
        cell.delete()
    (version,) = Version.objects.get_for_model(Offering)
    assert version.field_dict["name"] == "S3"


def test_the_generation_of_an_empty_guide_is_zero():
    assert history.generation() == 0


def test_the_generation_is_the_number_of_the_last_revision():
    for body in ("One.", "Two."):
        factories.entry(body)
    last = Revision.objects.latest("pk").pk
    Revision.objects.earliest("pk").delete()
    assert history.generation() == last


def test_the_generation_grows_with_every_revision():
    entry, seen = factories.entry("One."), [history.generation()]
    for body in ("Two.", "Two.", "Three."):
        factories.edit(entry, body)
        seen.append(history.generation())
    assert seen == sorted(set(seen))


def test_drafts_of_the_moderation_do_not_change_the_generation(contributor):
    entry = factories.entry()
    before = history.generation()
    factories.proposal(entry, author=contributor)
    assert history.generation() == before


def test_the_generation_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        history.generation()


def test_the_latest_numbers_of_several_tables_are_one_query(django_assert_num_queries):
    factories.entry()
    expected = Revision.objects.latest("pk").pk, 0, Entry.objects.get().pk
    ContentType.objects.clear_cache()
    with django_assert_num_queries(1):
        assert history.latest(Revision, Event, Entry) == expected


def test_writing_alone_opens_no_door():
    entry = factories.entry()
    with pytest.raises(history.WriteOutsideRevision), history.writing():
        entry.save()
