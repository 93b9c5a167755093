"""The fingerprint of the program: it names a build in every page-cache key."""

import pytest

from guide_site.core.env import fingerprint

FILES = {
    "guide_site/core/pages.py": "program",
    "entries/views.py": "views",
    "templates/base.html": "template",
    "static/css/base.css": "base",
    "static/css/site.css": "style",
    "static/js/guide.js": "script",
    "static/icon.svg": "picture",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        write(tmp_path / "one" / name, text)
    return tmp_path / "one"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_same_files_elsewhere_are_the_same_build(folder):
    other = folder.parent / "two"
    for name, text in reversed(FILES.items()):
        write(other / name, text)
    assert fingerprint(other) == fingerprint(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_another_build(folder, name):
    before = fingerprint(folder)
    write(folder / name, "changed")
    assert fingerprint(folder) != before


def test_a_new_and_a_removed_file_are_another_build(folder):
    before = fingerprint(folder)
    write(folder / "moderation/new.py", "new")
    grown = fingerprint(folder)
    (folder / "static/icon.svg").unlink()
    assert len({before, grown, fingerprint(folder)}) == 3


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "guide.sqlite3",
        "tests/test_x.py",
        "guide_site/__pycache__/urls.cpython-311.pyc",
        "static/css/site.css.gz",
        "staticfiles/css/site.css",
    ],
)
def test_what_does_not_run_is_no_part_of_it(folder, name):
    before = fingerprint(folder)
    write(folder / name, "something")
    assert fingerprint(folder) == before


def test_it_is_short_and_fits_into_a_header(folder):
    assert fingerprint(folder).isalnum()
    assert len(fingerprint(folder)) == 12


def test_a_folder_without_the_program_has_one_too(tmp_path):
    assert fingerprint(tmp_path) == fingerprint(tmp_path / "nowhere")


def test_a_file_with_another_name_is_another_build(tmp_path):
    write(tmp_path / "one/templates/base.html", "x")
    write(tmp_path / "two/templates/other.html", "x")
    assert fingerprint(tmp_path / "one") != fingerprint(tmp_path / "two")
