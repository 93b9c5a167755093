"""What tests of proposals start from."""

import pytest

from guide_site.core.access import Role
from tests import factories


@pytest.fixture
def expert(db):
    return factories.user(Role.EXPERT, username="expert")


@pytest.fixture
def entry(db):
    return factories.entry("One, two, three, four.")


@pytest.fixture
def member(as_user, contributor):
    """The browser of `contributor`."""
    return as_user(contributor)
