"""A small guide here, and files that come in."""

from io import StringIO

import pytest
from django.core.management import call_command

from guide_site.core import history
from tests import factories
from tests.conftest import kept_until_it_ends
from tests.moderation.imports.acts import GUIDE, written


@pytest.fixture(scope="module")
def _guide(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_until_it_ends(django_db_blocker):
        factories.legend_tag("gotcha", "❗")
        path = tmp_path_factory.mktemp("guide") / "guide.md"
        path.write_text(written(GUIDE), encoding="utf-8")
        call_command("import_guide", str(path), stdout=StringIO(), stderr=StringIO())
        yield history.generation()


@pytest.fixture
def made_from(_guide, db):
    """The number of the revision that brought the guide; the database holds it."""
    return _guide


@pytest.fixture
def bring(tmp_path):
    """Bring a file into the guide and return what the command prints."""

    def bring(text, name="outside.md", **options):
        path, out = tmp_path / name, StringIO()
        path.write_text(text, encoding="utf-8")
        call_command("import_guide", str(path), stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return bring
