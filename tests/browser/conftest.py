"""A real Chromium before a live server; people open browsers of their own."""

import os

import pytest
from django.conf import settings
from django.test import Client

from tests.browser import small_guide
from tests.browser.watching import Watch

# Playwright's synchronous interface keeps an event loop in the thread that uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PASSWORD = "open-guide"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Everything in this folder is marked `browser`."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": _ARGUMENTS}


@pytest.fixture(scope="session")
def base_url():
    """In place of the plugin's own, which pytest 9 warns of; `visit` sets the address."""


@pytest.fixture(autouse=True)
def _one_is_enough(one_is_enough):
    """One approval merges; the test of the whole job asks for two, as a new guide does."""


@pytest.fixture
def guide(live_server):
    """A small guide with one page of every kind, and proposals in every state."""
    return small_guide.publish(PASSWORD)


@pytest.fixture
def visit(new_context, live_server):
    """Open a browser: `visit(user, width=320)` returns a page of it, logged in as `user`."""

    def opened(user=None, *, width=1280, **options):
        options = {
            "reduced_motion": "reduce",
            "viewport": {"width": width, "height": 800},
        } | options
        context = new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        if user:
            context.add_cookies([_session_cookie(user, live_server.url)])
        return context.new_page()

    return opened


@pytest.fixture
def watch():
    """`watch(page)` returns a Watch: what goes wrong on the page from now on."""
    return Watch


def _session_cookie(user, url):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
