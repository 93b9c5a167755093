"""manage.py import_guide FOLDER or ARCHIVE.zip: a guide and its pictures as one import."""

import io
import os
import stat
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from reversion.models import Revision

from entries.imports import files
from entries.models import Entry, Figure, Section
from guide_site.core import history
from tests import picture_files
from tests.picture_files import raster

pytestmark = pytest.mark.django_db

GUIDE = "# Guide\n\n- See ![The plan](figures/plan.png).\n"
PICTURE = raster()


def packed(path, entries, **options):
    """A zip archive of {name: content}."""
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def archive(tmp_path):
    def make(entries=None, /, **options):
        entries = entries or {"guide.md": GUIDE, "figures/plan.png": PICTURE}
        return packed(tmp_path / "it.zip", entries, **options)

    return make


def run(path, *options):
    out = StringIO()
    call_command("import_guide", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def refused(path, sentence, *options):
    """The import is refused with a sentence, and nothing came in."""
    with pytest.raises(CommandError, match=sentence):
        run(path, *options)
    assert (Section.objects.count(), Figure.objects.count(), history.generation()) == (0, 0, 0)


@pytest.mark.parametrize("top", ["", "guide-main/"])
def test_an_archive_is_one_import_also_if_a_folder_is_around_it(archive, top):
    names = {"guide.md": GUIDE, "figures/plan.png": PICTURE, "figures/other.png": b"unread"}
    printed = run(archive({top + name: content for name, content in names.items()}))
    assert "pictures: 1 shown (1 new)" in printed
    assert Revision.objects.get().comment == "Import of it.zip"
    assert bytes(Figure.objects.get().picture.original) == PICTURE
    assert "<img" in Entry.objects.get().body_html


def test_a_folder_is_one_import(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/plan.png").write_bytes(PICTURE)
    (tmp_path / "README.md").write_text(GUIDE)
    (tmp_path / "CONTRIBUTING.md").write_text("# Rules")
    assert "pictures: 1 shown (1 new)" in run(tmp_path)


def test_a_second_import_of_it_changes_nothing(archive):
    path = archive()
    run(path)
    before = history.generation()
    assert "Nothing to do" in run(path)
    assert history.generation() == before


def test_of_several_files_the_readme_is_the_guide(archive):
    names = ["docs.md", "README.md", "README.de.md", "x/README.md"]
    run(archive({name: f"# Title of {name}\n\n- a\n" for name in names}))
    assert Section.objects.get().title == "Title of README.md"


def test_what_a_mac_adds_is_no_part_of_it(archive):
    names = {"g/guide.md": GUIDE, "g/.DS_Store": b"x", "__MACOSX/g/._guide.md": b"x"}
    run(archive(names))
    assert Section.objects.get().title == "Guide"


WITHOUT_GUIDE = {
    "no Markdown": ({"plan.png": PICTURE}, "no Markdown file"),
    "none at the top": ({"a/guide.md": GUIDE, "plan.png": PICTURE}, "no Markdown file"),
    "several": ({"a.md": GUIDE, "b.md": GUIDE}, r"several Markdown files \(a.md, b.md\)"),
    "an empty one": ({"a.md": ""}, "The file is empty"),
    "no text": ({"a.md": b"\xff\xfe\x00"}, "not UTF-8"),
}


@pytest.mark.parametrize(("entries", "sentence"), WITHOUT_GUIDE.values(), ids=WITHOUT_GUIDE)
def test_without_one_guide_nothing_comes_in(archive, tmp_path, entries, sentence):
    refused(archive(entries), sentence)
    for name, content in entries.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    refused(tmp_path / "folder", sentence)


@pytest.mark.parametrize(
    "name",
    ["../evil.png", "a/../../evil.png", "/etc/evil.png", "..\\evil.png", "C:/evil.png", "\\evil"],
)
def test_an_archive_that_names_files_outside_of_it_is_refused(archive, tmp_path, name):
    refused(archive({"guide.md": GUIDE, name: PICTURE}), "leads out of it")
    assert not list(tmp_path.parent.glob("evil*"))


def test_an_encrypted_archive_is_refused(archive):
    path = archive()
    data = bytearray(path.read_bytes())
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    path.write_bytes(data)
    refused(path, "The archive is encrypted")


def test_a_bomb_is_refused_before_it_is_unpacked(archive, monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED", 10_000_000)
    bomb = archive(
        {"guide.md": GUIDE, "figures/plan.png": b"\0" * 10_000_001},
        compression=zipfile.ZIP_DEFLATED,
    )
    assert bomb.stat().st_size < 20_000
    refused(bomb, "more than 20000 files or 10 MB")


def test_an_archive_of_too_many_files_is_refused(archive, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 1)
    refused(archive(), "more than 1 files")


def test_a_file_that_unpacks_to_more_than_it_says_is_refused(archive):
    """The size in the directory is a lie: reading stops there, and the check sum is wrong."""
    path = archive({"guide.md": GUIDE, "figures/plan.png": b"x" * 4000})
    data = path.read_bytes()
    path.write_bytes(data.replace((4000).to_bytes(4, "little"), (4).to_bytes(4, "little")))
    assert "picture refused: figures/plan.png" in run(path)
    assert not Figure.objects.exists()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_a_way_without_bounds_is_refused(archive, method):
    refused(archive(compression=method), "use “deflate”")


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500])
def test_a_damaged_archive_is_refused(tmp_path, data):
    (tmp_path / "it.zip").write_bytes(data)
    refused(tmp_path / "it.zip", "no zip archive, or a damaged one")


def test_half_an_archive_is_refused(archive):
    path = archive()
    path.write_bytes(path.read_bytes()[:-60])
    refused(path, "no zip archive, or a damaged one")


def test_a_link_in_an_archive_is_not_followed(archive, tmp_path):
    (tmp_path / "secret.png").write_bytes(PICTURE)
    link = zipfile.ZipInfo("figures/plan.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "linked.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("guide.md", GUIDE)
        made.writestr(link, str(tmp_path / "secret.png"))
    assert "pictures missing: 1: figures/plan.png" in run(path)
    assert not Figure.objects.exists()


def test_an_archive_in_an_archive_is_no_picture(archive):
    inner = io.BytesIO()
    packed(inner, {"plan.png": PICTURE})
    printed = run(archive({"guide.md": GUIDE, "figures/plan.png": inner.getvalue()}))
    assert "picture refused: figures/plan.png: It is no PNG" in printed


def test_a_picture_that_is_an_archive_as_well_is_served_without_it(archive):
    inner = io.BytesIO()
    packed(inner, {"evil.html": picture_files.SCRIPT})
    run(archive({"guide.md": GUIDE, "figures/plan.png": PICTURE + inner.getvalue()}))
    picture = Figure.objects.get().picture
    assert (b"PK\x03\x04" in picture.original, b"PK\x03\x04" in picture.data) == (True, False)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(["--files", "."], "leave out --files"), (["--as-proposal", "--by", "lead"], "not proposed")],
)
def test_options_that_do_not_fit_are_refused(archive, lead, options, sentence):
    refused(archive(), sentence, *options)


def test_a_guide_that_is_a_link_out_of_its_folder_is_refused(tmp_path):
    (tmp_path / "secret.md").write_text(GUIDE)
    (tmp_path / "folder").mkdir()
    os.symlink(tmp_path / "secret.md", tmp_path / "folder/guide.md")
    refused(tmp_path / "folder", "leads out of the folder")
