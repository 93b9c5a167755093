"""A newer edition of a guide that is there: each line that goes on stays the row it was."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from entries.markdown.writer import export
from entries.models import Entry, Section
from guide_site.core import history
from tests.entries.guides import DATA

pytestmark = pytest.mark.django_db

OLD, NEW = DATA / "garden-tools-2019.md", DATA / "garden-tools-2024.md"


def import_guide(path, *options):
    """What the command prints."""
    out = StringIO()
    call_command("import_guide", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def rows(model, **match):
    """{primary key: row} of the live rows."""
    return {row.pk: row for row in model.objects.filter(retired_at=None, **match)}


def row_of(start):
    return Entry.objects.get(retired_at=None, body__startswith=start)


def tips():
    """{title of the section above: primary key} of the sections called “Tips”."""
    found = Section.objects.filter(title="Tips", retired_at=None).select_related("parent")
    return {section.parent.title: section.pk for section in found}


STARTS = {  # what the newer edition did to a line: how the line begins in both
    "edited": (
        "Steel that is *forged* lasts longer than steel that is *stamped*.",
        "Steel that is *forged* lasts longer than steel that is *stamped*, and",
    ),
    "a figure": ("A narrow blade (about 11 cm)", "A narrow blade (about 12 cm)"),
    "another marker": ("A forged head", "A forged head"),
    "nested deeper": ("The seam breaks first", "The seam breaks first"),
    "moved": ("Dip the blade", "Dip the blade"),
    "untagged": ("Ratchets need less force", "Ratchets need less force"),
    "a second line": (
        "Both are called pruners",
        "Both are called pruners in North America.<br>",
    ),
    "untouched": ("Never reach into the blades", "Never reach into the blades"),
}


@pytest.fixture(scope="module")
def older(module_db):
    """The newer edition is imported over the older one; what there was before."""
    import_guide(OLD)
    before = SimpleNamespace(
        pks={what: row_of(start).pk for what, (start, _) in STARTS.items()},
        entries=rows(Entry),
        tips=tips(),
        spade_sizes=Section.objects.get(title="Spade sizes").pk,
    )
    before.printed = import_guide(NEW)
    return before


@pytest.mark.parametrize("what", STARTS)
def test_a_line_that_goes_on_keeps_its_identity(older, what):
    assert row_of(STARTS[what][1]).pk == older.pks[what]


def test_it_says_how_much_changed_and_changes_no_more(older):
    old, new = older.entries, rows(Entry)
    assert "entries: 16 added, 11 edited, 1 moved, 10 removed" in older.printed
    assert "sections: 2 added, 1 edited, 3 moved, 1 removed" in older.printed
    assert (len(new.keys() - old.keys()), len(old.keys() - new.keys())) == (16, 10)
    same = old.keys() & new.keys()
    assert len([pk for pk in same if old[pk].body != new[pk].body]) <= 10


def test_what_is_gone_retires_with_a_reason(older):
    gone = Section.objects.get(title="Wheelbarrows")
    assert gone.retired_at
    assert gone.retired_because
    assert not Entry.objects.filter(section=gone, retired_at=None).exists()


def test_a_renamed_heading_keeps_its_section_and_its_old_address(client, older):
    section = Section.objects.get(pk=older.spade_sizes)
    assert (section.title, section.retired_at) == ("Sizes of spades", None)
    assert client.get("/sections/spade-sizes/", follow=True).status_code == 200


def test_headings_of_one_name_stay_with_the_heading_above(older):
    new = tips()
    assert len(older.tips) == 4
    for tool in ("Spades", "Secateurs", "Hoses"):
        assert new[tool] == older.tips[tool]


def test_the_newer_edition_is_exported_byte_for_byte_and_again_is_nothing_to_do(older):
    assert export().encode() == NEW.read_bytes()
    generation = history.generation()
    assert "Nothing to do" in import_guide(NEW)
    assert history.generation() == generation


def test_the_older_edition_can_come_back_on_request(older):
    assert "Nothing to do" in import_guide(OLD)
    import_guide(OLD, "--replace")
    assert export().encode() == OLD.read_bytes()
    assert Section.objects.get(title="Wheelbarrows", retired_at=None)
