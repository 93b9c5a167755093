"""manage.py import_guide FILE: one revision, or one sentence and nothing changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from reversion.models import Revision

from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from services.models import Service
from tests import factories

pytestmark = pytest.mark.django_db

GUIDE = "# Guide\n\n- Legend:\n  - 🔹 Tip\n\n## S3\n\n- 🔹 Use [it](#ec2)\n\n<hr>\n"
REPORT = """\
  2 sections (headings)
  3 bullets, 1 of them with a legend tag
  other entries: html: 1
  legend tags: 🔹 1
  1 links, 1 of them within the guide
      1 of these lead nowhere
  line 8: a link to “#ec2”, which is no heading and no anchor
  line 10: a block of HTML
  entries: 4 added
  sections: 2 added
"""


@pytest.fixture
def file(tmp_path):
    """Write bytes or text to a file and return its path."""

    def write(content, name="my-guide.md"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def run(path, *options):
    """What the command prints."""
    out = StringIO()
    call_command("import_guide", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def state():
    """How much the database holds, and its generation."""
    tables = (Section, Entry, LegendTag, Service, Revision)
    return [table.objects.count() for table in tables], history.generation()


def test_it_fills_an_empty_database_and_reports(file):
    assert run(file(GUIDE)) == f"Imported:\n{REPORT}"
    assert [section.title for section in Section.objects.order_by("pk")] == ["Guide", "S3"]
    assert Entry.objects.count() == 4


def test_it_is_one_revision_of_nobody_that_names_the_file(file):
    run(file(GUIDE))
    revision = Revision.objects.get()
    assert (revision.user, revision.comment) == (None, "Import of my-guide.md")


def test_a_dry_run_reports_the_same_and_changes_nothing(file):
    factories.service("S3")
    before = state()
    printed = run(file(GUIDE), "--dry-run")
    assert printed == f"Would import:\n{REPORT}  1 services found their section\n"
    assert state() == before


def test_after_a_dry_run_the_import_works(file):
    path = file(GUIDE)
    run(path, "--dry-run")
    assert run(path).startswith("Imported:")
    assert Revision.objects.count() == 1


def test_services_that_wait_find_their_section(file):
    service = factories.service("S3")
    assert run(file(GUIDE)).endswith("  1 services found their section\n")
    service.refresh_from_db()
    assert service.section.title == "S3"


def test_signs_of_the_database_are_known(file):
    factories.legend_tag("gotcha", "❗")
    run(file("# A\n- ❗ Not a disk\n"))
    assert Entry.objects.get().tags.get().slug == "gotcha"


def test_bullets_without_a_heading_stand_in_a_section_of_the_files_name(file):
    run(file("- one\n- two\n", name="Field notes.md"))
    section = Section.objects.get()
    assert (section.title, section.slug) == ("Field notes", "field-notes")


@pytest.mark.parametrize(
    "text",
    ["\ufeff# A\r\n- b\r\n", "# A\r- b\r", "- b", "#", "# A\n- \x0cb\u2028- c\x85\n"],
)
def test_unusual_files_are_taken(file, text):
    assert run(file(text)).startswith("Imported:")
    assert Section.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n", "The file is empty."),
        ("# Größe".encode("latin-1"), "The file is not UTF-8 text (byte 5)."),
        ("# A\n- b\n".encode("utf-16"), "The file is not UTF-8 text (byte 1)."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "The file is not UTF-8 text (byte 1)."),
        (b"PK\x03\x04\0\0# A", "It is no zip archive, or a damaged one."),
        (b"# A\n- b\n\0", "The file holds a NUL character in line 3: it is no text."),
        (b"Only words.\n", "The file holds neither a heading nor a bullet: it is no guide."),
        (b"{}", "The file holds neither a heading nor a bullet: it is no guide."),
        (b"x" * 1_000_000, "The file holds neither a heading nor a bullet: it is no guide."),
    ],
    ids=lambda value: value[:16] if isinstance(value, bytes) else "",
)
def test_a_file_that_is_no_guide_gets_one_sentence_and_changes_nothing(file, content, sentence):
    path, before = file(content), state()
    with pytest.raises(CommandError) as refusal:
        run(path)
    assert str(refusal.value) == f"{path}: {sentence} Nothing was changed."
    assert state() == before


def test_what_cannot_be_read_is_refused(tmp_path):
    path = tmp_path / "missing.md"
    with pytest.raises(CommandError) as refusal:
        run(path)
    assert str(refusal.value) == f"{path} cannot be read: No such file or directory."


def test_a_failure_in_the_middle_changes_nothing(file, monkeypatch):
    before = state()
    monkeypatch.setattr("services.actions.link_sections", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(file(GUIDE))
    assert state() == before


def test_the_same_file_again_writes_nothing(file):
    path = file(GUIDE)
    run(path)
    before = state()
    assert run(path).endswith("Nothing to do: the guide has all that the file changes.\n")
    assert state() == before


def test_a_changed_file_leaves_what_is_the_same_itself(file):
    run(file(GUIDE))
    before = {entry.body: entry.pk for entry in Entry.objects.all()}
    assert "  entries: 1 added\n" in run(file(GUIDE.replace("- 🔹 Use", "- Not a disk\n- 🔹 Use")))
    after = {entry.body: entry.pk for entry in Entry.objects.all()}
    assert after.keys() - before.keys() == {"Not a disk"}
    assert {body: after[body] for body in before} == before


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_another_guide_is_refused_and_changes_nothing(file, options):
    factories.entry("Something else entirely.")
    before = state()
    with pytest.raises(CommandError, match=r"seems to be another one.*Nothing was changed\.$"):
        run(file(GUIDE), *options)
    assert state() == before


def test_only_an_empty_database_is_filled_on_request(file):
    factories.entry("Something else entirely.")
    before = state()
    printed = run(file(GUIDE), "--if-empty")
    assert printed == "The guide is there already: nothing to do.\n"
    assert state() == before
