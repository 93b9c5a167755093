"""What the judge of EPUBs says, where it is installed (Debian: epubcheck)."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.entries.guides import CORPUS, needs_corpus
from tests.public.downloads.guide_for_downloads import pages, publish

EPUBCHECK = shutil.which("epubcheck")

pytestmark = pytest.mark.django_db


def import_corpus(name):
    call_command("import_guide", CORPUS / name, verbosity=0)


OURS = [
    pytest.param(publish, id="hostile"),
    pytest.param(lambda: call_command("load_guide"), id="shipped"),
]
THEIRS = [
    pytest.param(lambda: import_corpus("open-guide-aws-2016-07.md"), id="2016", marks=needs_corpus),
    pytest.param(lambda: import_corpus("open-guide-aws-2022-08.md"), id="2022", marks=needs_corpus),
]


def command(path):
    """Debian's is a jar, which runs by itself only with the package jarwrapper."""
    with Path(EPUBCHECK).open("rb") as file:
        is_jar = file.read(2) == b"PK"
    return [*(["java", "-jar"] if is_jar else []), EPUBCHECK, path]


@pytest.mark.parametrize("fill", OURS)
def test_every_page_is_well_formed(client, fill):
    fill()
    assert len(pages(client.get("/guide.epub").content)) > 4


@pytest.mark.skipif(not EPUBCHECK, reason="epubcheck is not installed (apt install epubcheck)")
@pytest.mark.parametrize("fill", OURS + THEIRS)
def test_epubcheck_finds_no_fault(client, tmp_path, fill):
    fill()
    path = tmp_path / "guide.epub"
    path.write_bytes(client.get("/guide.epub").content)
    found = subprocess.run(command(path), capture_output=True, text=True, check=False)
    assert "No errors or warnings detected." in found.stdout, found.stderr
    assert found.returncode == 0
