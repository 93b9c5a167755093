"""What tests of changes start from: they are not about who must approve."""

import pytest


@pytest.fixture(autouse=True)
def _review(one_is_enough):
    """One approval merges a proposal."""
