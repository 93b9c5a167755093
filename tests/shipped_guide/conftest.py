"""The guide that ships: loaded once for all tests of this folder."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.conftest import kept_until_it_ends


@pytest.fixture(scope="package")
def shipped(django_db_setup, django_db_blocker):
    """The shipped guide in the database: what the command printed."""
    with kept_until_it_ends(django_db_blocker):
        out = StringIO()
        call_command("load_guide", stdout=out)
        yield out.getvalue()
