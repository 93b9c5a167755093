"""What settings are made of: the environment, and the files of the program.

This is the only reader of `os.environ`. In the functions that read it `name` is the variable and
`default` its value, as text, where it is not set. Without a default the variable must be set. They
raise ImproperlyConfigured, with a sentence that says what to set.
"""

import hashlib
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_PARTS = ("guide_site", "entries", "services", "moderation", "templates", "static")
_HINT = "see README.md, “Settings”"
# Options of a mailer, and the settings that held them before Django 6.1.
_MAIL_SETTINGS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "timeout": "EMAIL_TIMEOUT",
}


def text(name: str, default: str | None = None) -> str:
    """The value as it is; without a default it must not be blank."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value.strip()):
        raise ImproperlyConfigured(f"Set {name}: {_HINT}.")
    return value


def flag(name: str, default: str = "off") -> bool:
    """True for `on`, False for `off`."""
    return choice(name, ("on", "off"), default) == "on"


def choice(name: str, allowed: Collection[str], default: str) -> str:
    """One of the words in `allowed`."""
    value = text(name, default)
    if value not in allowed:
        words = " or ".join(f"“{word}”" for word in allowed)
        raise ImproperlyConfigured(f"{name}={value!r}: say {words}; {_HINT}.")
    return value


def names(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list of non-empty words; without a default at least one."""
    words = [word.strip() for word in text(name, default).split(",") if word.strip()]
    if default is None and not words:
        raise ImproperlyConfigured(f"Set {name}: {_HINT}.")
    return words


def number(name: str, default: int) -> int:
    """A whole number, zero or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r}: say a whole number; {_HINT}.")
    return int(value)


def site(name: str, default: str | None = None) -> str:
    """The root address of a site, such as https://guide.example.org, without a last slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write an address such as https://guide.example.org; {_HINT}."
        )
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """A database URL as an entry of DATABASES.

    sqlite:///PATH or postgres://USER:PASSWORD@HOST/NAME
    """
    return _url(name, default, environ.Env.db_url_config, ("sqlite", "postgres", "postgresql"))


def cache(name: str, default: str) -> dict[str, Any]:
    """A cache URL (locmemcache:// or redis://HOST:PORT/NUMBER) as an entry of CACHES."""
    return _url(name, default, environ.Env.cache_url_config, ("locmemcache", "redis", "rediss"))


def mailer(name: str, default: str, timeout: int = 10) -> dict[str, Any]:
    """A mail URL (consolemail:// or smtp+tls://USER:PASSWORD@HOST:PORT) for MAILERS.

    timeout  seconds to wait for the mail server
    """
    schemes = ("consolemail", "dummymail", "memorymail", "smtp", "smtp+tls", "smtp+ssl")
    parsed = _url(name, default, environ.Env.email_url_config, schemes)
    backend = parsed["EMAIL_BACKEND"]
    if not backend.endswith(".smtp.EmailBackend"):
        return {"BACKEND": backend}
    given = {option: parsed.get(setting) for option, setting in _MAIL_SETTINGS.items()}
    options = {option: value for option, value in given.items() if value is not None}
    return {"BACKEND": backend, "OPTIONS": {"host": "localhost", "timeout": timeout} | options}


class EmailSettings(NamedTuple):
    """The settings EMAIL_… of Django before 6.1, with the defaults that Django gives them."""

    backend: str
    host: str = "localhost"
    port: int = 25
    username: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    timeout: int | None = None


def email_settings(mailer: dict[str, Any]) -> EmailSettings:
    """What this entry of MAILERS says, as settings of Django before 6.1."""
    return EmailSettings(mailer["BACKEND"], **mailer.get("OPTIONS", {}))


def _url(
    name: str,
    default: str,
    parse: Callable[[str], dict[str, Any]],
    schemes: Collection[str],
) -> dict[str, Any]:
    value = text(name, default)
    scheme, separator, _ = value.partition("://")
    if not separator or scheme not in schemes:
        words = ", ".join(f"{allowed}://" for allowed in schemes)
        # The value may hold a password, so the message does not repeat it.
        raise ImproperlyConfigured(f"{name} must start with one of {words}; {_HINT}.")
    try:
        return parse(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is no complete address. Write special characters of the password as "
            f"%2F (/), %23 (#), %40 (@); {_HINT}."
        ) from None


def fingerprint(folder: Path, *settings: str) -> str:
    """A short digest (12 hex digits) of the code, templates and static files under `folder`.

    It is the same on every app server that runs the same files with the same `settings`
    (texts that pages show).
    """
    digest = hashlib.blake2s("\n".join(settings).encode(), digest_size=6)
    for part in _PARTS:
        for path in sorted((folder / part).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                digest.update(f"\n{path.relative_to(folder)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
