"""What tests of the API start from."""

import pytest

from tests.public.api.guide_for_api import publish


@pytest.fixture(scope="module")
def guide(module_db):
    """Entries of a small guide by name."""
    return publish()
