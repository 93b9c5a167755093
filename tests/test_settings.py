"""Settings: production is safe as it comes, and a wrong environment is told in one sentence."""

import os
import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import ConnectionHandler

from tests.production import Installation, manage, settings_of

ON_POSTGRES = pytest.mark.skipif(connection.vendor != "postgresql", reason="its own settings")
PRAGMA_VALUES = {"WAL": "wal", "FULL": 2, "MEMORY": 2}  # how SQLite reads them back
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}
OF_A_PAGE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
}
NO_ISSUES = "System check identified no issues (0 silenced)."
PAGES = ["https:/", "https:/legend/", "https:/accounts/login/", "https:/no/such/page/"]
PLAIN = ["http:/guide/", "http:/health/"]
STATIC = ["https:static/css/site.css", "https:static/js/guide.js", "https:static/icon.svg"]
ADDRESSES = [*PAGES, "https:/guide/", *PLAIN, *STATIC]
SAYS_HTTPS = {"x-forwarded-proto": "https"}
ODD = {  # requests with a header that should not count: what, the address, the header
    "no proxy": ("http:/", SAYS_HTTPS),
    "another host": ("https:/guide/", {"host": "evil.example.org"}),
}
WRONG = [
    ({"GUIDE_SECRET_KEY": None}, "Set GUIDE_SECRET_KEY: "),
    ({"GUIDE_HOSTS": None}, "Set GUIDE_HOSTS: "),
    ({"GUIDE_SECRET_KEY": ""}, "Set GUIDE_SECRET_KEY: "),
    ({"GUIDE_HOSTS": ""}, "Set GUIDE_HOSTS: "),
    ({"GUIDE_HOSTS": " , "}, "Set GUIDE_HOSTS: "),
    ({"GUIDE_DEBUG": "yes"}, "GUIDE_DEBUG='yes': say “on” or “off”"),
    ({"GUIDE_HTTPS": "True"}, "GUIDE_HTTPS='True': say “on” or “off”"),
    ({"GUIDE_PAGE_CACHE": ""}, "GUIDE_PAGE_CACHE='': say “on” or “off”"),
    ({"GUIDE_SIGNUP": "maybe"}, "GUIDE_SIGNUP='maybe': say “open” or “closed”"),
    ({"GUIDE_EMAIL_VERIFICATION": "yes"}, "say “mandatory” or “optional” or “none”"),
    ({"GUIDE_TRUSTED_PROXIES": "-1"}, "GUIDE_TRUSTED_PROXIES='-1': say a whole number"),
    ({"DATABASE_URL": "mysql://me:secret@host/db"}, "DATABASE_URL must start with one of sqlite"),
    ({"DATABASE_URL": "guide.sqlite3"}, "DATABASE_URL must start with one of sqlite"),
    ({"DATABASE_URL": ""}, "DATABASE_URL must start with one of sqlite"),
    ({"DATABASE_URL": "postgres://me:secret@host:port/db"}, "DATABASE_URL is no complete address"),
    ({"GUIDE_EMAIL_URL": "smtp://host:port"}, "GUIDE_EMAIL_URL is no complete address"),
    ({"GUIDE_CACHE_URL": "memcache://host"}, "GUIDE_CACHE_URL must start with one of locmem"),
    ({"GUIDE_URL": "guide.example.org"}, "GUIDE_URL='guide.example.org': write an address such"),
    ({"GUIDE_URL": "https://guide.example.org/wiki"}, "write an address such as https://"),
    ({"GUIDE_HOSTS": "*"}, "Set GUIDE_URL: "),
    ({"GUIDE_EMAIL_URL": "mail"}, "GUIDE_EMAIL_URL must start with one of consolemail"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A public site, as `Installation`."""
    return Installation(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def answers(site):
    """What the site answers to every request below, by address or by name in ODD."""
    requests = [*ADDRESSES, *ODD.values()]
    return dict(zip([*ADDRESSES, *ODD], site.ask(*requests), strict=True))


def test_production_passes_every_check_for_deployment():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{NO_ISSUES}\n", "")


@pytest.mark.parametrize(("environment", "sentence"), WRONG)
def test_a_wrong_environment_is_refused_in_one_sentence(environment, sentence):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of(**environment)
    assert sentence in str(refusal.value)
    assert "see README.md, “Settings”" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "environment", [{"GUIDE_SECRET_KEY": None}, {"DATABASE_URL": "mysql://me:secret@host/db"}]
)
def test_the_command_line_prints_that_sentence_and_ends(environment):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of(**environment)
    done = manage("check", **environment)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{refusal.value}\n")


@pytest.mark.parametrize("url", ["mysql://me:secret@host/db", "postgres://me:secret@host:x/db"])
def test_a_refused_database_address_keeps_its_password_to_itself(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of(DATABASE_URL=url)
    assert "secret" not in str(refusal.value)


def test_the_word_on_says_the_debug_flag_and_then_nothing_else_must_be_set():
    environment = {"GUIDE_SECRET_KEY": None, "GUIDE_HOSTS": None, "GUIDE_DEBUG": "on"}
    assert manage("check", **environment).returncode == 0


def test_demo_accounts_are_refused_on_a_public_machine():
    done = manage("demo_accounts")
    assert done.returncode == 1
    assert done.stderr == "CommandError: Demo accounts exist only with GUIDE_DEBUG=on.\n"


@contextmanager
def public_database(url):
    """A connection to the database at `url`, as a public installation opens it."""
    database = settings_of(DATABASE_URL=url)["DATABASES"]["default"]
    # Pools are kept by alias, and “default” has one with other settings.
    opened = ConnectionHandler({"default": {}, "public": database})["public"]
    try:
        yield opened
    finally:
        opened.close()
        if opened.vendor == "postgresql":
            opened.close_pool()


def values(database, *questions):
    with database.cursor() as cursor:
        return [(cursor.execute(question), cursor.fetchone()[0])[1] for question in questions]


def test_sqlite_has_the_pragmas_that_the_settings_say(db, tmp_path):
    with public_database(f"sqlite:///{tmp_path}/guide.sqlite3") as database:
        said = database.settings_dict["OPTIONS"]["init_command"]
        said = dict(re.findall(r"PRAGMA (\w+)=(-?\w+);", said))
        assert len(said) >= 6
        found = values(database, *(f"PRAGMA {name}" for name in said))
    assert found == [PRAGMA_VALUES[v] if v in PRAGMA_VALUES else int(v) for v in said.values()]


def test_sqlite_syncs_what_it_has_acknowledged_and_writers_queue(db, tmp_path):
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    with public_database(f"sqlite:///{tmp_path}/guide.sqlite3") as database:
        assert values(database, *(f"PRAGMA {name}" for name in names)) == ["wal", 2, 20_000, 1]
        assert database.transaction_mode == "IMMEDIATE"


@ON_POSTGRES
def test_postgres_has_the_time_limits_that_the_settings_say(db):
    with public_database(os.environ["DATABASE_URL"]) as database:
        names = ("lock_timeout", "idle_in_transaction_session_timeout")
        assert values(database, *(f"SHOW {name}" for name in names)) == ["20s", "1min"]


def test_requests_are_no_transactions():
    assert not settings.DATABASES["default"]["ATOMIC_REQUESTS"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_the_security_headers(answers, address):
    headers = answers[address]["headers"]
    assert {name: headers.get(name) for name in OF_A_PAGE} == OF_A_PAGE
    assert set(headers["content-security-policy"].split("; ")) == POLICY
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize("address", STATIC)
def test_static_files_are_cached_permanently_and_are_for_this_site_only(answers, address):
    headers = answers[address]["headers"]
    assert answers[address]["status"] == 200
    assert headers["cache-control"] == "max-age=315360000, public, immutable"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"


def test_plain_http_is_sent_to_https_except_for_the_health_check(answers):
    page, health = (answers[address] for address in PLAIN)
    assert (page["status"], page["headers"]["location"]) == (
        301,
        "https://guide.example.org/guide/",
    )
    assert health["status"] == 200


def test_cookies_are_for_this_host_over_https_and_not_for_scripts(answers):
    answer = answers["https:/accounts/login/"]
    assert list(answer["cookies"]) == ["__Host-csrf"]
    cookie = answer["cookies"]["__Host-csrf"]
    assert [w for w in ("HttpOnly", "Secure", "Path=/", "SameSite=Lax") if w not in cookie] == []
    assert "Domain" not in cookie


def test_a_site_without_https_uses_cookies_that_browsers_take_there(site):
    page, form = site.ask("http:/", "http:/accounts/login/", GUIDE_HTTPS="off")
    assert (page["status"], "strict-transport-security" in page["headers"]) == (200, False)
    assert list(form["cookies"]) == ["csrftoken"]
    assert "Secure" not in form["cookies"]["csrftoken"]


def test_only_behind_a_proxy_is_its_word_on_https_taken(site, answers):
    (behind_proxy,) = site.ask(("http:/", SAYS_HTTPS), GUIDE_BEHIND_PROXY="on")
    assert behind_proxy["status"] == 200
    assert answers["no proxy"]["status"] == 301


@pytest.mark.parametrize("address", ["https:/", "https:/guide/"])
def test_a_reading_page_sets_no_cookie(answers, address):
    assert answers[address]["cookies"] == {}


def test_a_request_for_another_host_is_refused(answers):
    assert answers["another host"]["status"] == 400


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "https://guide.example.org"),
        ({"GUIDE_HOSTS": ".example.org,other.example"}, "https://example.org"),
        ({"GUIDE_HTTPS": "off"}, "http://guide.example.org"),
        (
            {"GUIDE_HOSTS": "*", "GUIDE_URL": "https://wiki.example.org/"},
            "https://wiki.example.org",
        ),
        ({"GUIDE_DEBUG": "on", "GUIDE_HOSTS": None}, "http://127.0.0.1:8000"),
    ],
)
def test_links_in_emails_lead_to_the_address_of_the_site(environment, address):
    assert settings_of(**environment)["GUIDE_URL"] == address


def options_of_the_database(url, **environment):
    """What Django would connect with."""
    return settings_of(DATABASE_URL=url, **environment)["DATABASES"]["default"]["OPTIONS"]


def test_a_pool_may_hold_a_single_connection():
    options = options_of_the_database("postgres://guide@127.0.0.1/guide", GUIDE_DB_POOL="1")
    assert (options["pool"]["min_size"], options["pool"]["max_size"]) == (1, 1)


def test_options_in_the_address_of_the_database_are_kept():
    assert options_of_the_database("postgres://u:p@h/db?sslmode=require")["sslmode"] == "require"
