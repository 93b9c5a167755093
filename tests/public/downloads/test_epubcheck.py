"""What the judge of EPUBs says, where it is installed (Debian: epubcheck)."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.entries.guides import whole_guide
from tests.public.downloads.guide_for_downloads import pages, publish

EPUBCHECK = shutil.which("epubcheck")

pytestmark = pytest.mark.django_db


def fill(guide):
    """Put a guide into the database: a file, or a function that publishes one."""
    if callable(guide):
        guide()
    else:
        call_command("import_guide", guide, verbosity=0)


def load_shipped():
    call_command("load_guide", verbosity=0)


GUIDES = [
    pytest.param(publish, id="hostile"),
    pytest.param(load_shipped, id="shipped"),
    whole_guide("containers.md"),
    whole_guide("garden-tools-2024.md"),
    whole_guide("small-clouds-2024.md"),
    whole_guide("open-guide-aws-2016-07.md"),
    whole_guide("open-guide-aws-2022-08.md"),
]


def command(path):
    """Debian's is a jar, which runs by itself only with the package jarwrapper."""
    with Path(EPUBCHECK).open("rb") as file:
        is_jar = file.read(2) == b"PK"
    return [*(["java", "-jar"] if is_jar else []), EPUBCHECK, path]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_page_is_well_formed(client, guide):
    fill(guide)
    assert len(pages(client.get("/guide.epub").content)) > 4


@pytest.mark.skipif(not EPUBCHECK, reason="epubcheck is not installed (apt install epubcheck)")
@pytest.mark.parametrize("guide", GUIDES)
def test_epubcheck_finds_no_fault(client, tmp_path, guide):
    fill(guide)
    path = tmp_path / "guide.epub"
    path.write_bytes(client.get("/guide.epub").content)
    found = subprocess.run(command(path), capture_output=True, text=True, check=False)
    assert "No errors or warnings detected." in found.stdout, found.stderr
    assert found.returncode == 0
