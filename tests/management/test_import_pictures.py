"""manage.py import_guide FILE --files DIR: the pictures that a guide refers to come along."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from reversion.models import Revision, Version

from entries.actions.guide import edit_guide
from entries.models import Entry, Figure, Guide, Picture
from guide_site.core import history
from guide_site.core.pictures import encoding, refusing
from tests import picture_files
from tests.picture_files import raster

pytestmark = pytest.mark.django_db

GUIDE = """\
# Guide

- See ![The plan](figures/plan.png) first.
- And ![again](./figures/plan.png?raw=true).

<img src="/a%20drawing.svg" alt="A drawing">

![Gone][gone]

[gone]: figures/gone.png

`![code](figures/code.png)` ![far](https://far.example/x.png)
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a guide and its pictures, and one that it does not refer to."""
    (tmp_path / "guide.md").write_text(GUIDE)
    (tmp_path / "figures").mkdir()
    for name in ("plan.png", "other.png", "code.png"):
        (tmp_path / "figures" / name).write_bytes(raster(size=(40, len(name))))
    (tmp_path / "a drawing.svg").write_bytes(picture_files.svg("<script>1</script>"))
    return tmp_path


def run(folder, *options, files=True):
    """What the command prints."""
    out = StringIO()
    beside = ["--files", str(folder)] if files else []
    call_command(
        "import_guide", str(folder / "guide.md"), *beside, *options, stdout=out, stderr=StringIO()
    )
    return out.getvalue()


def imported(folder, text, *options):
    (folder / "guide.md").write_text(text)
    return run(folder, *options)


def names():
    return list(Figure.objects.values_list("name", flat=True))


def test_the_pictures_that_the_guide_refers_to_come_in_and_no_others(folder):
    printed = run(folder)
    assert names() == ["a drawing.svg", "figures/plan.png"]
    assert "  pictures: 2 shown (2 new)\n" in printed
    assert "  pictures missing: 1: figures/gone.png\n" in printed
    assert "  pictures of other sites, shown as links: 1\n" in printed


def test_their_bytes_are_kept_and_others_are_served(folder):
    run(folder)
    picture = Figure.objects.get(name="figures/plan.png").picture
    assert bytes(picture.original) == (folder / "figures/plan.png").read_bytes()
    assert (picture.kind, picture.width, picture.height) == ("png", 40, 8)
    assert picture.digest == encoding.digest(bytes(picture.data))


def test_texts_show_them_at_once(folder):
    run(folder)
    plan, drawing = (f.picture.get_absolute_url() for f in Figure.objects.order_by("-name"))
    shown = [entry.body_html for entry in Entry.objects.order_by("pk")]
    assert [plan in html for html in shown[:2]] == [True, True]
    assert drawing in shown[2]
    assert ">Gone</span>" in shown[3]
    assert "<img" not in shown[5]


def test_all_of_it_is_one_revision(folder):
    run(folder)
    assert Revision.objects.count() == 1


def test_pictures_of_other_sites_are_counted_by_what_becomes_of_them(folder):
    with history.revision(by=None, comment="facts"):
        edit_guide(Guide.current(), picture_hosts="near.example")
    addresses = ["//far.example/a.png", "https://near.example/b.png", "https://a.example/badge.svg"]
    printed = imported(folder, "# Guide\n\n" + "".join(f"- See ![x]({a}).\n" for a in addresses))
    assert "pictures of other sites, shown as links: 1\n" in printed
    assert "pictures of other sites, shown: 1\n" in printed
    assert "badges, shown as links: 1\n" in printed


def test_a_second_run_brings_nothing_new(folder):
    run(folder)
    before = history.generation()
    printed = run(folder)
    assert "pictures: 2 shown (0 new)" in printed
    assert "Nothing to do" in printed
    assert (history.generation(), Picture.objects.count()) == (before, 2)


def test_pictures_that_come_later_are_shown_where_the_guide_refers_to_them(folder):
    run(folder, files=False)
    assert not Entry.objects.filter(body_html__contains="<img").exists()
    printed = run(folder)
    assert "pictures: 2 shown (2 new)" in printed
    assert Entry.objects.filter(body_html__contains="<img").count() == 3


def test_a_picture_that_came_later_is_a_revision_of_its_own_with_versions(folder):
    run(folder, files=False)
    run(folder)
    latest = Revision.objects.latest("pk")
    models = {version.content_type.model for version in Version.objects.filter(revision=latest)}
    assert models == {"figure", "picture"}


def test_another_file_under_the_same_name_takes_its_place_and_the_older_one_stays(folder):
    run(folder)
    (folder / "figures/plan.png").write_bytes(raster(size=(77, 7)))
    assert "pictures: 2 shown (1 new)" in run(folder)
    assert Entry.objects.filter(body_html__contains='width="77"').count() == 2
    assert Picture.objects.count() == 3


def test_one_file_under_two_names_is_kept_once(folder):
    (folder / "copy.png").write_bytes((folder / "figures/plan.png").read_bytes())
    imported(folder, "# Guide\n\n- ![a](figures/plan.png) ![b](copy.png)\n")
    assert (Figure.objects.count(), Picture.objects.count()) == (2, 1)


def test_a_dry_run_reports_the_same_and_keeps_nothing(folder):
    assert "pictures: 2 shown (2 new)" in run(folder, "--dry-run")
    assert (Figure.objects.count(), Picture.objects.count(), history.generation()) == (0, 0, 0)
    run(folder, files=False)
    assert "pictures: 2 shown (2 new)" in run(folder, "--dry-run")
    assert Figure.objects.count() == 0


def test_an_import_without_its_folder_counts_what_is_here_already(folder):
    run(folder)
    printed = imported(folder, GUIDE.replace("first", "at first"))
    assert "pictures: 2 shown (0 new)" in printed
    assert Entry.objects.filter(body_html__contains="<img").count() == 3


HOSTILE = {
    "../secret.png": "leads out",
    "link.png": "leads out of the folder",
    "linked/secret.png": "leads out of the folder",
    "..%2Fsecret.png": "leads out",
    "a-page.png": "no well-formed SVG",
    "bomb.png": "million pixels",
    "dot.gif": "a dot",
    "half.jpg": "damaged",
    "folder.png/": "",
}


@pytest.mark.parametrize("address", HOSTILE)
def test_nothing_hostile_comes_in(folder, tmp_path_factory, address):
    outside = tmp_path_factory.mktemp("outside")
    for place in (outside, folder.parent):
        (place / "secret.png").write_bytes(raster())
    os.symlink(outside / "secret.png", folder / "link.png")
    os.symlink(outside, folder / "linked")
    (folder / "a-page.png").write_bytes(b"<html>" + picture_files.SCRIPT)
    (folder / "bomb.png").write_bytes(picture_files.png_of_size(30_000, 30_000))
    (folder / "dot.gif").write_bytes(raster("GIF", size=(1, 1)))
    (folder / "half.jpg").write_bytes(raster("JPEG", size=(200, 200))[:700])
    (folder / "folder.png").mkdir()
    imported(folder, f"# Guide\n\n- Use ![it]({address}) well.\n")
    assert (Figure.objects.count(), Picture.objects.count()) == (0, 0)
    assert "<img" not in Entry.objects.get().body_html


def test_what_is_refused_is_named_with_the_reason(folder):
    (folder / "half.jpg").write_bytes(raster("JPEG", size=(200, 200))[:700])
    printed = imported(folder, "# Guide\n\n- ![a](half.jpg) ![b](../secret.png)\n")
    assert "picture refused: half.jpg: It is damaged, or only a part of a picture.\n" in printed
    assert "picture refused: ../secret.png: Its address names no file in the folder" in printed


def test_a_link_within_the_folder_is_followed(folder):
    os.symlink(folder / "figures/plan.png", folder / "link.png")
    imported(folder, "# Guide\n\n- ![a](link.png)\n")
    assert names() == ["link.png"]


def test_a_guide_takes_so_many_pictures_and_no_more(folder, monkeypatch):
    monkeypatch.setattr(refusing, "MOST", 1)
    printed = run(folder)
    assert len(names()) == 1
    assert "picture refused: a drawing.svg: The guide has 1 pictures already" in printed


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--files", "/no/such/folder"], "/no/such/folder is no folder."),
        (["--files", "{folder}", "--as-proposal", "--by", "lead"], "not proposed with a file"),
    ],
)
def test_options_that_do_not_fit_are_refused(folder, lead, options, sentence):
    options = [option.format(folder=folder) for option in options]
    with pytest.raises(CommandError, match=sentence):
        run(folder, *options, files=False)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "drawing",
    [
        b'<?xml version="1.0" encoding="hex"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0" encoding="rot13"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_hostile_picture_is_named_and_the_import_goes_on(folder, drawing):
    (folder / "a drawing.svg").write_bytes(drawing)
    assert "picture refused: a drawing.svg: It is no well-formed SVG drawing." in run(folder)
    assert [figure.name for figure in Figure.objects.all()] == ["figures/plan.png"]
