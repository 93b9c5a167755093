"""Settings come from the environment, typed, and fail with a hint."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from guide_site.core import env

NAME = "GUIDE_TEST_SETTING"


@pytest.fixture
def given(monkeypatch):
    """Set the variable to a value; without a call it is not set."""
    monkeypatch.delenv(NAME, raising=False)
    return lambda value: monkeypatch.setenv(NAME, value)


def refused(match):
    return pytest.raises(ImproperlyConfigured, match=match)


def test_a_set_value_wins_over_the_default(given):
    given("from outside")
    assert env.text(NAME, "default") == "from outside"


def test_an_empty_value_is_a_value(given):
    given("")
    assert env.text(NAME, "default") == ""


def test_a_missing_value_has_its_default(given):
    assert env.text(NAME, "default") == "default"
    assert env.flag(NAME) is False
    assert env.flag(NAME, "on") is True
    assert env.number(NAME, 8) == 8
    assert env.names(NAME, "a,b") == ["a", "b"]
    assert env.choice(NAME, ("open", "closed"), "open") == "open"


@pytest.mark.parametrize("read", [env.text, env.names])
def test_a_missing_value_without_default_is_refused_with_a_hint(given, read):
    with refused(f"Set {NAME}: see README.md, “Settings”"):
        read(NAME)


@pytest.mark.parametrize(("value", "expected"), [("on", True), ("off", False)])
def test_a_flag_is_on_or_off(given, value, expected):
    given(value)
    assert env.flag(NAME) is expected


@pytest.mark.parametrize("value", ["", "ON", "true", "True", "1", "0", "yes", " on", "on\n"])
def test_any_other_flag_is_refused(given, value):
    given(value)
    with refused(f"{NAME}=.*say “on” or “off”.*README.md"):
        env.flag(NAME)


def test_a_choice_names_what_may_be_chosen(given):
    given("perhaps")
    with refused("GUIDE_TEST_SETTING='perhaps': say “open” or “closed”"):
        env.choice(NAME, ("open", "closed"), "open")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a.example", ["a.example"]),
        ("a.example,b.example", ["a.example", "b.example"]),
        (" a.example , b.example ", ["a.example", "b.example"]),
        (",a.example,,", ["a.example"]),
    ],
)
def test_names_are_parted_by_commas(given, value, expected):
    given(value)
    assert env.names(NAME) == expected


@pytest.mark.parametrize(("value", "expected"), [("0", 0), ("8", 8), ("08", 8), ("1000000", 10**6)])
def test_a_number_is_whole_and_not_negative(given, value, expected):
    given(value)
    assert env.number(NAME, 1) == expected


@pytest.mark.parametrize("value", ["", " ", "-1", "+1", "1.5", "1e3", "1_000", " 8", "eight", "٣"])
def test_any_other_number_is_refused(given, value):
    given(value)
    with refused("say a whole number; see README.md"):
        env.number(NAME, 1)


def test_a_database_is_a_file_or_a_server(given):
    given("sqlite:////var/guide.sqlite3")
    assert env.database(NAME, "")["NAME"] == "/var/guide.sqlite3"
    given("postgres://me:p%40ss@db.example:5433/guide")
    found = env.database(NAME, "")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("me", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "guide")


def test_a_cache_is_of_the_process_or_shared(given):
    assert env.cache(NAME, "locmemcache://")["BACKEND"].endswith("LocMemCache")
    given("redis://cache.example:6379/1")
    found = env.cache(NAME, "locmemcache://")
    assert found["BACKEND"].endswith("RedisCache")
    assert found["LOCATION"] == "redis://cache.example:6379/1"


def test_mail_is_shown_or_sent(given):
    shown = env.mailer(NAME, "consolemail://")
    assert shown == {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    given("smtp+tls://me:p%40ss@mail.example:587")
    assert env.mailer(NAME, "consolemail://") == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example",
            "port": 587,
            "username": "me",
            "password": "p@ss",
            "use_tls": True,
            "timeout": 10,
        },
    }


def test_mail_without_a_server_goes_to_this_machine(given):
    given("smtp://")
    assert env.mailer(NAME, "consolemail://", timeout=3)["OPTIONS"]["host"] == "localhost"


def test_older_versions_of_django_have_a_setting_for_each_option(given):
    given("smtp+ssl://me:secret@mail.example:465")
    assert env.email_settings(env.mailer(NAME, "")) == env.EmailSettings(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host="mail.example",
        port=465,
        username="me",
        password="secret",
        use_ssl=True,
        timeout=10,
    )
    given("consolemail://")
    shown = env.mailer(NAME, "")
    assert env.email_settings(shown) == env.EmailSettings(shown["BACKEND"])


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (env.database, "mysql://me:secret@db.example/guide"),
        (env.database, "guide.sqlite3"),
        (env.database, ""),
        (env.database, "POSTGRES://me:secret@db.example/guide"),
        (env.cache, "dummycache://secret"),
        (env.cache, "secret"),
        (env.mailer, "http://me:secret@mail.example"),
        (env.mailer, "me:secret@mail.example"),
    ],
)
def test_any_other_address_is_refused_without_repeating_its_password(given, read, value):
    given(value)
    with refused(rf"{NAME} must start with one of \w+.*://.*README.md") as refusal:
        read(NAME, "")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (env.database, "postgres://me:sec/ret@db.example/guide"),
        (env.database, "postgres://me:x@db.example:port/guide"),
        (env.mailer, "smtp+tls://me:pass#word@mail.example:587"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_with_the_name_of_its_setting(given, read, value):
    given(value)
    with refused(NAME):
        read(NAME, "")
