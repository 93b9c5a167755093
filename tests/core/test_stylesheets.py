"""Style sheets are written in parts, and the browser gets one file."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from guide_site.core.stylesheets import JoiningFinder, join

STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


@pytest.fixture
def write(tmp_path):
    """`write("site.css", text)` writes a style sheet and returns its path."""

    def written(name, text):
        path = tmp_path / "static" / "css" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return written


@pytest.fixture
def finder(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    return JoiningFinder()


def test_a_part_stands_in_place_of_its_import(write):
    write("one.css", "a { color: red; }\n")
    sheet = write("site.css", '@layer x;\n@import url("one.css");\nb { color: blue; }\n')
    assert join(sheet) == ("@layer x;\n/* one.css */\na { color: red; }\n\nb { color: blue; }\n")


def test_a_part_keeps_its_layer_and_its_medium(write):
    write("one.css", "a { color: red; }")
    sheet = write("site.css", '@import url("one.css") layer(base) print and (width < 9em);')
    expected = "@media print and (width < 9em) {\n@layer base {\na { color: red; }\n}\n}\n"
    assert join(sheet) == f"/* one.css */\n{expected}"


@pytest.mark.parametrize(
    "line",
    [
        '@import "one.css";',
        "@import url(one.css);",
        '@import url("../one.css");',
        '@import url("https://evil.example/one.css");',
        '@import url("one.css") supports(display: grid);',
        '@import url("one.css") layer;',
        '@import url("nested.css");',
    ],
)
def test_an_import_of_another_kind_is_refused(write, line):
    write("one.css", "")
    write("nested.css", '@import url("one.css");')
    with pytest.raises(ImproperlyConfigured, match=r"^site\.css: "):
        join(write("site.css", line))


def test_the_finder_joins_again_when_a_part_has_changed(write, finder):
    write("site.css", '@import url("one.css");')
    write("one.css", "a { color: red; }")
    before = finder.find("css/site.css")
    unchanged = finder.find("css/site.css")
    assert "red" in Path(before).read_text()
    assert unchanged == before
    write("one.css", "a { color: blue; }")
    assert "blue" in Path(finder.find("css/site.css")).read_text()


def test_the_finder_leaves_an_unchanged_file_alone(write, finder, tmp_path):
    write("site.css", '@import url("one.css");')
    write("one.css", "a { color: red; }")
    first = (path := tmp_path / finder.find("css/site.css")).stat().st_mtime_ns
    assert tmp_path / finder.find("css/site.css") == path
    assert path.stat().st_mtime_ns == first


def test_other_files_are_found_where_they_are(write, finder):
    plain = write("plain.css", "a { color: red; }")
    assert finder.find("css/plain.css") == str(plain)
    assert finder.find("css/nowhere.css") == []


def test_the_finder_lists_the_joined_file_and_not_its_parts(write, finder):
    write("site.css", '@import url("one.css");')
    write("one.css", "a { color: red; }")
    write("plain.css", "")
    listed = {path: Path(storage.path(path)) for path, storage in finder.list(None)}
    assert set(listed) == {"css/site.css", "css/plain.css"}
    assert "a { color: red; }" in listed["css/site.css"].read_text()


def test_a_page_asks_for_one_style_sheet_and_gets_all_of_it(client, db):
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert sheets == ["/static/css/site.css"]
    response = client.get(sheets[0])
    text = response.getvalue().decode()
    assert response.headers["content-type"] == 'text/css; charset="utf-8"'
    assert "@import" not in text
    assert "@font-face" in text
    assert ".timeline" in text


def test_collected_files_hold_one_hashed_and_compressed_style_sheet(settings, tmp_path):
    settings.STATIC_ROOT, settings.STORAGES = tmp_path / "out", settings.STORAGES | STORAGES
    call_command("collectstatic", interactive=False, ignore_patterns=["admin"], verbosity=0)
    names = {path.name for path in (tmp_path / "out" / "css").iterdir()}
    (hashed,) = (name for name in names if re.fullmatch(r"site\.[0-9a-f]{12}\.css", name))
    assert names == {
        f"{name}{ending}" for name in ("site.css", hashed) for ending in ("", ".gz", ".br")
    }
    text = (tmp_path / "out" / "css" / hashed).read_text()
    assert "@import" not in text
    assert (
        gzip.decompress((tmp_path / "out" / "css" / f"{hashed}.gz").read_bytes()).decode() == text
    )
    for font in re.findall(r'url\("../(fonts/[^"]+)"\)', text):
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (tmp_path / "out" / font).exists()


def test_every_sheet_is_part_of_the_one_file(settings):
    folder = settings.BASE_DIR / "static" / "css"
    joined = Path(finders.find("css/site.css")).read_text()
    missing = [
        sheet.name
        for sheet in folder.glob("*.css")
        if sheet.name != "site.css" and sheet.read_text().strip() not in joined
    ]
    assert missing == []


def test_every_part_is_in_one_of_the_layers(settings):
    text = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()
    layers = re.search(r"@layer ([\w, ]+);", text)[1].split(", ")
    lines = [line for line in text.splitlines() if line.startswith("@import")]
    used = [re.search(r" layer\((\w+)\)", line)[1] for line in lines]
    assert list(dict.fromkeys(used)) == layers
