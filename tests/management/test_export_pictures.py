"""manage.py export_guide --files DIR: the original pictures, byte for byte."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from entries.models import Section
from tests import factories, picture_files

pytestmark = pytest.mark.django_db

PICTURES = {
    "plan.png": picture_files.raster() + b"behind it",
    "figures/a drawing.svg": picture_files.svg("<script>1</script>"),
    "figures/deep/photo.jpg": picture_files.with_orientation(),
}


@pytest.fixture
def folder(tmp_path):
    """A folder with a guide, which was imported with its pictures."""
    text = "".join(f"- ![{name}](<{name}>)\n" for name in PICTURES)
    (tmp_path / "in" / "figures" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "guide.md").write_text(f"# Guide\n\n## One\n\n{text}\n## Two\n\n- none\n")
    for name, data in PICTURES.items():
        (tmp_path / "in" / name).write_bytes(data)
    call_command("import_guide", str(tmp_path / "in"), stdout=StringIO())
    return tmp_path


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def export(folder, *options):
    out = folder / "out"
    out.mkdir(exist_ok=True)
    call_command("export_guide", "--files", str(out), "--out", str(out / "guide.md"), *options)
    return files(out)


def test_what_came_in_leaves_as_it_came(folder):
    assert export(folder) == files(folder / "in")


def test_pictures_that_no_text_refers_to_stay(folder):
    factories.figure("other.png")
    assert "other.png" not in export(folder)


def test_a_section_takes_its_own_pictures(folder):
    assert set(export(folder, "--section", "two")) == {"guide.md"}
    assert set(export(folder, "--section", "one")) == {"guide.md", *PICTURES}
    assert Section.objects.count() == 3


def test_nothing_is_written_outside_of_the_folder(folder):
    (folder / "out").mkdir()
    (folder / "elsewhere").mkdir()
    os.symlink(folder / "elsewhere", folder / "out" / "figures")
    with pytest.raises(CommandError, match="leads out of"):
        export(folder)
    assert files(folder / "elsewhere") == {}


def test_a_folder_that_cannot_be_written_is_named(folder):
    (folder / "file").write_text("no folder")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_guide", "--files", str(folder / "file"))
