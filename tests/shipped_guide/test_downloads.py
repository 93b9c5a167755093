"""The guide that ships, as files to read offline."""

import pytest
from django.core.management import call_command

from tests.public.downloads import epubcheck

pytestmark = pytest.mark.django_db


def test_the_markdown_is_what_the_command_writes(client, shipped, tmp_path):
    call_command("export_guide", out=tmp_path / "guide.md")
    assert client.get("/guide.md").content == (tmp_path / "guide.md").read_bytes()


@epubcheck.NEEDED
def test_epubcheck_finds_no_fault(client, shipped, tmp_path):
    path = tmp_path / "guide.epub"
    path.write_bytes(client.get("/guide.epub").content)
    epubcheck.check(path)
