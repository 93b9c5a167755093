"""Typed access to the environment; the only reader of `os.environ`.

Every function raises ImproperlyConfigured with a sentence that says what to set.
"""

import os
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_HINT = "see README.md, “Settings”"


def text(name, default=None):
    """The value of `name`; without a default the variable must be set."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value.strip()):
        raise ImproperlyConfigured(f"Set {name}: {_HINT}.")
    return value


def flag(name, default="off"):
    """`on` or `off` as a boolean."""
    return choice(name, ("on", "off"), default) == "on"


def choice(name, allowed, default):
    """One of the words in `allowed`."""
    value = text(name, default)
    if value not in allowed:
        words = " or ".join(f"“{word}”" for word in allowed)
        raise ImproperlyConfigured(f"{name}={value!r}: say {words}; {_HINT}.")
    return value


def names(name, default=None):
    """A comma-separated list of non-empty words."""
    words = [word.strip() for word in text(name, default).split(",") if word.strip()]
    if default is None and not words:
        raise ImproperlyConfigured(f"Set {name}: {_HINT}.")
    return words


def number(name, default):
    """A whole number, zero or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r}: say a whole number; {_HINT}.")
    return int(value)


def site(name, default=None):
    """The whole address of a site, such as https://guide.example.org, without a last slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write an address such as https://guide.example.org; {_HINT}."
        )
    return value


def database(name, default):
    """A database URL (sqlite:///PATH or postgres://USER:PASSWORD@HOST/NAME) for DATABASES."""
    return _url(name, default, environ.Env.db_url_config, ("sqlite", "postgres", "postgresql"))


def cache(name, default):
    """A cache URL (locmemcache:// or redis://HOST:PORT/NUMBER) for CACHES."""
    return _url(name, default, environ.Env.cache_url_config, ("locmemcache", "redis", "rediss"))


def email(name, default):
    """A mail URL (consolemail:// or smtp+tls://USER:PASSWORD@HOST:PORT) as EMAIL_… settings."""
    return _url(
        name,
        default,
        environ.Env.email_url_config,
        ("consolemail", "dummymail", "memorymail", "smtp", "smtp+tls", "smtp+ssl"),
    )


def _url(name, default, parse, schemes):
    value = text(name, default)
    scheme, separator, _ = value.partition("://")
    if not separator or scheme not in schemes:
        words = ", ".join(f"{known}://" for known in schemes)
        # The value may hold a password, so the message does not repeat it.
        raise ImproperlyConfigured(f"{name} must start with one of {words}; {_HINT}.")
    try:
        return parse(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is no complete address. Write special characters of the password as "
            f"%2F (/), %23 (#), %40 (@); {_HINT}."
        ) from None
