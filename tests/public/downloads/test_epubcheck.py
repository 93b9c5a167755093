"""What the judge of EPUBs says, where it is installed (Debian: epubcheck)."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests.conftest import kept_until_it_ends
from tests.entries.guides import whole_guide
from tests.public.downloads import epubcheck
from tests.public.downloads.guide_for_downloads import pages, publish

pytestmark = pytest.mark.django_db  # or pytest-django makes no test database

GUIDES = [
    pytest.param(publish, id="hostile"),
    whole_guide("containers.md"),
    whole_guide("garden-tools-2024.md"),
    whole_guide("small-clouds-2024.md"),
    whole_guide("open-guide-aws-2016-07.md"),
    whole_guide("open-guide-aws-2022-08.md"),
]


@pytest.fixture(scope="module", params=GUIDES)
def epub(request, django_db_setup, django_db_blocker):
    """The EPUB of a guide, which is a file or a function that publishes one."""
    with kept_until_it_ends(django_db_blocker):
        if callable(request.param):
            request.param()
        else:
            call_command("import_guide", request.param, verbosity=0)
        return Client().get("/guide.epub").content


def test_every_page_is_well_formed(epub):
    assert len(pages(epub)) > 4


@epubcheck.NEEDED
def test_epubcheck_finds_no_fault(tmp_path, epub):
    path = tmp_path / "guide.epub"
    path.write_bytes(epub)
    epubcheck.check(path)
