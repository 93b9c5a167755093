"""What every test starts from: an empty cache, and people to log in as."""

import gc
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.template.base import Variable
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from guide_site.core.access import Role
from tests import factories, unknown_names

DATABASE = {"db", "transactional_db", "module_db", "django_db_setup", "live_server"}  # fixtures


def pytest_collection_finish():
    """Save time: collect garbage seldom, and never among what was imported.

    Tests leave little garbage in cycles, but thousands of tests and modules live to the end.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items):
    """Mark the tests that use the database: on another one, only these can go another way."""
    for item in items:
        is_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        if is_case or item.get_closest_marker("django_db") or DATABASE & {*item.fixturenames}:
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@contextmanager
def kept_until_it_ends(django_db_blocker):
    """The database for a fixture that several tests share; what was written goes at its end.

    Each test starts from it: what a test itself writes is rolled back behind it. The tests need
    the mark `django_db`.
    """
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """The database for fixtures of module scope."""
    with kept_until_it_ends(django_db_blocker):
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_unknown_names():
    """Templates of ours fail where they read an unknown name, in `{% if %}` and `{% for %}` too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Variable, "resolve", unknown_names.resolve_strictly)
        yield


@pytest.fixture
def reader(db):
    """A member without a role."""
    return factories.user(None, username="reader")


@pytest.fixture
def contributor(db):
    return factories.user(Role.CONTRIBUTOR, username="contributor")


@pytest.fixture
def editor(db):
    return factories.user(Role.EDITOR, username="editor")


@pytest.fixture
def lead(db):
    return factories.user(Role.LEAD, username="lead")


@pytest.fixture
def one_is_enough(settings):
    """A guide with a single moderator, for tests that are not about who must approve."""
    settings.REVIEW = "single"


@pytest.fixture
def as_user(client):
    """Log the test client in: `as_user(editor).get(...)`."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in


# Property tests try the same examples in every run of the suite; `make fuzz` tries many others.
# Neither is judged by the clock. How many: `tests/examples.py`.
_COMMON = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("guide", derandomize=True, **_COMMON)
settings.register_profile(
    "nightly", derandomize=False, max_examples=10_000, print_blob=True, **_COMMON
)
settings.load_profile("guide")
