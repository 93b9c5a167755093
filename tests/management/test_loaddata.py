"""A whole guide goes to another database by `dumpdata` and `loaddata`."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from reversion.models import Revision, Version

from entries.models import Entry, EntryKind
from guide_site.models import User
from guide_site.public.search import upkeep
from moderation import actions
from moderation.models import ImportedFile
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def guide(editor, contributor):
    """A guide with history, a catalogue, proposals and accounts, one of them renamed."""
    entry = factories.entry("One, two.", tags=[factories.legend_tag().slug])
    factories.service(section=entry.section)
    factories.offering()
    merged = factories.proposal(entry, author=contributor)
    actions.approve(merged, by=editor, version=1)
    factories.proposal(entry, author=contributor)
    factories.retirement(entry)
    factories.report(entry, author=contributor)
    factories.entry("[^1]: A note of [docs].", section=entry.section, kind=EntryKind.FOOTNOTE)
    factories.entry("[docs]: https://d.example", section=entry.section, kind=EntryKind.DEFINITION)
    file = ImportedFile.with_text("# Guide\n\n- é\n", "outside.md")
    file.proposal = merged
    file.save()
    contributor.username = "renamed"
    contributor.save()
    return entry


def dump(path, **options):
    call_command("dumpdata", output=str(path), **options)
    return path


def rows(path):
    """{(model, primary key): fields} of a dump, without what each database makes for itself."""
    text = path.read_text("utf-8").replace(".000Z", "Z")  # Django writes whole seconds in two ways
    read = json.loads(text)
    return {
        (row["model"], row["pk"]): row["fields"]
        for row in read
        if row["model"] != "public.searchdocument"
    }


def empty():
    """An empty database as “migrate” leaves it, with other numbers of content types."""
    call_command("flush", interactive=False, verbosity=0)
    ContentType.objects.filter(app_label__in=["entries", "moderation"]).delete()
    call_command("migrate", verbosity=0)


def test_a_dump_fills_an_empty_database_with_the_whole_guide(guide, tmp_path, client):
    before = dump(tmp_path / "before.json")
    empty()
    call_command("loaddata", str(before), verbosity=0)
    assert rows(dump(tmp_path / "after.json")) == rows(before)
    assert upkeep.problems() == []
    page = client.get(f"{guide.get_absolute_url()}history/").text
    assert "renamed" in page


def test_the_guide_goes_on_where_it_was(guide, tmp_path):
    before = dump(tmp_path / "before.json")
    last = Revision.objects.order_by("pk").last().pk
    empty()
    call_command("loaddata", str(before), verbosity=0)
    entry = factories.entry("New.", section=guide.section, tags=["gotcha"])
    factories.user(username="newcomer")
    factories.proposal(entry)
    assert Revision.objects.order_by("pk").last().pk == last + 1
    assert Version.objects.get_for_object(entry).count() == 1
    assert upkeep.problems() == []


def test_a_database_with_a_guide_is_refused_and_stays(guide, tmp_path):
    before = dump(tmp_path / "before.json")
    with pytest.raises(CommandError, match="has revisions already"):
        call_command("loaddata", str(before), verbosity=0)
    assert rows(dump(tmp_path / "after.json")) == rows(before)


def test_a_database_with_an_account_is_refused(guide, tmp_path):
    before = dump(tmp_path / "before.json")
    empty()
    factories.user(username="operator")
    with pytest.raises(CommandError, match="has users already"):
        call_command("loaddata", str(before), verbosity=0)
    assert User.objects.count() == 1


def test_a_dump_without_what_history_refers_to_is_refused_and_leaves_nothing(guide, tmp_path):
    part = dump(tmp_path / "part.json", exclude=["contenttypes"])
    empty()
    with pytest.raises(CommandError, match="refers to rows that it lacks"):
        call_command("loaddata", str(part), verbosity=0)
    assert (Entry.objects.count(), User.objects.count()) == (0, 0)
    assert ContentType.objects.filter(app_label="entries").exists()
    assert upkeep.problems() == []
