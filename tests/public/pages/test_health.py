"""The health check, for load balancers."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


def test_it_says_ok_and_which_build_runs(client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.text) == (200, f"ok {settings.BUILD}\n")
    assert answer["Content-Type"] == "text/plain"


def test_it_needs_no_account_and_leaves_no_cookie(client):
    assert not client.get("/health/").cookies


def test_it_is_read_only(client):
    assert client.post("/health/").status_code == 405


def test_it_fails_while_the_database_does_not_respond(client):
    def refuse(*args):
        raise OperationalError("gone")

    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        assert client.get("/health/").status_code >= 500
