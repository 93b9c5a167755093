"""manage.py demo_accounts: one account of each kind, on a machine for trying out only."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guide_site.core.access import Permission, can
from guide_site.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


def run():
    """What the command prints."""
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_it_makes_the_five_and_says_how_to_log_in(debug):
    printed = run()
    assert printed == (
        "Log in as reader, contributor, editor, lead, lead2; password of each: open-guide\n"
    )
    names = set(User.objects.values_list("username", flat=True))
    assert names == {"reader", "contributor", "editor", "lead", "lead2"}


@pytest.mark.parametrize("name", ["reader", "contributor", "editor", "lead", "lead2"])
def test_each_logs_in_with_what_was_printed(debug, client, name):
    run()
    answer = client.post("/accounts/login/", {"login": name, "password": "open-guide"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(username=name).pk)


@pytest.mark.parametrize(
    ("name", "proposes", "decides"),
    [
        ("reader", False, False),
        ("contributor", True, False),
        ("editor", True, True),
        ("lead", True, True),
        ("lead2", True, True),
    ],
)
def test_each_may_do_what_its_name_says(debug, name, proposes, decides):
    run()
    user = User.objects.get(username=name)
    assert can(user, Permission.PROPOSE) == proposes
    assert can(user, Permission.DECIDE) == decides


def test_none_is_an_operator(debug):
    run()
    assert not User.objects.filter(is_staff=True).exists()
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_second_run_keeps_what_is_there(debug):
    run()
    user = User.objects.get(username="editor")
    user.set_password("something else")
    user.save()
    user.groups.clear()
    run()
    user = User.objects.get(username="editor")
    assert user.check_password("something else")
    assert not can(user, Permission.DECIDE)
    assert User.objects.count() == 5


def test_an_account_of_that_name_is_not_taken_over(debug):
    factories.user(None, username="lead", password="my own")
    run()
    user = User.objects.get(username="lead")
    assert user.check_password("my own")
    assert not can(user, Permission.DECIDE)


def test_without_debug_it_refuses_and_makes_nobody(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only with GUIDE_DEBUG=on"):
        run()
    assert not User.objects.exists()
