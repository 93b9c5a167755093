"""Settings of the site.

Everything that differs between installations comes from the environment, through
`core/env.py`; README.md lists the variables.
"""

from pathlib import Path
from typing import Any

import django
from django.urls import reverse_lazy

from guide_site.core import env, middleware

BASE_DIR = Path(__file__).resolve().parent.parent

# What kind of installation this is.
DEBUG = env.flag("GUIDE_DEBUG")  # demo accounts and tracebacks: never on a public machine
SECRET_KEY = env.text("GUIDE_SECRET_KEY", "only-for-this-machine" if DEBUG else None)
ALLOWED_HOSTS = env.names("GUIDE_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else None)
HTTPS = env.flag("GUIDE_HTTPS", "off" if DEBUG else "on")
# Links in emails begin with it. It has to be set if the first host is a pattern.
_scheme, _host = "https" if HTTPS else "http", ALLOWED_HOSTS[0].removeprefix(".")
_own = "http://127.0.0.1:8000" if DEBUG else None if "*" in _host else f"{_scheme}://{_host}"
GUIDE_URL = env.site("GUIDE_URL", _own)
GUIDE_NAME = env.text("GUIDE_NAME", "")  # of a new guide, until its settings say another
SIGNUP = env.choice("GUIDE_SIGNUP", ("open", "closed"), "open")
# How many approvals a proposal needs: see docs/moderation.md.
REVIEW = env.choice("GUIDE_REVIEW", ("two", "single"), "two")
PAGE_CACHE = env.flag("GUIDE_PAGE_CACHE", "on")
# Part of every page-cache key and ETag: a new build never shows pages of the old one.
BUILD = env.text("GUIDE_BUILD", env.fingerprint(BASE_DIR))
# Tables that only grow: a new row makes stale what is cached of files and feeds, and of pages.
FILE_LOGS = ["reversion.Revision", "guide_site.AccountChange"]
PAGE_LOGS = [*FILE_LOGS, "moderation.ReportEvent"]
# Called at the end of every revision, as a part of it, with what it has written.
FOLLOWERS = [
    "entries.actions.legend_following.follow",
    "entries.actions.facts_following.follow",
    "services.tables.following.follow",
]
# Returns the hosts of other sites whose pictures pages may load.
PICTURE_HOSTS = "entries.reading.pictures.picture_hosts"
# Returns the expression that counts the open reports of an entry: pages of the guide show them.
OPEN_REPORTS = "moderation.lists.open_reports.count_for_entry"

INSTALLED_APPS = [
    "guide_site",
    "entries",
    "services",
    "moderation",
    "guide_site.public",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "markdownx",
    "reversion",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guide_site.core.middleware.IsolationHeadersMiddleware",
    "guide_site.core.middleware.RefuseNulMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "guide_site.urls"
WSGI_APPLICATION = "guide_site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guide_site.core.context.site",
                "entries.context.guide",
                "services.context.catalogue",
                "moderation.context.member",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "guide_site.core.rescued_forms.csrf_failure"

# Data. A test database is a file, because threads cannot share one in memory.
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR}/guide.sqlite3")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": _database.get("OPTIONS", {})
        | {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds a writer waits for its turn
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
        "TEST": {"NAME": f"{_database['NAME']}.test"},
    }
else:
    _pool = max(1, env.number("GUIDE_DB_POOL", 8))
    _database |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": _database.get("OPTIONS", {})
        | {
            "pool": {"min_size": min(2, _pool), "max_size": _pool, "timeout": 10},
            "options": "-c lock_timeout=20000 -c idle_in_transaction_session_timeout=60000",
        },
    }
CACHES = {"default": env.cache("GUIDE_CACHE_URL", "locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes, without files
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["guide_site.core.uploads.BoundedUploadHandler"]

# Accounts.
AUTH_USER_MODEL = "guide_site.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "guide_site.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = env.choice(
    "GUIDE_EMAIL_VERIFICATION", ("mandatory", "optional", "none"), "optional"
)
ACCOUNT_USERNAME_BLACKLIST = ["admin", "former-contributor", "guide", "moderator", "mine"]
ACCOUNT_USERNAME_VALIDATORS = "guide_site.models.USERNAME_VALIDATORS"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
if not env.flag("GUIDE_RATE_LIMITS", "on"):
    ACCOUNT_RATE_LIMITS = False
MAILERS = {"default": env.mailer("GUIDE_EMAIL_URL", "consolemail://")}
if django.VERSION < (6, 1):  # which does not know MAILERS
    (
        EMAIL_BACKEND,
        EMAIL_HOST,
        EMAIL_PORT,
        EMAIL_HOST_USER,
        EMAIL_HOST_PASSWORD,
        EMAIL_USE_TLS,
        EMAIL_USE_SSL,
        EMAIL_TIMEOUT,
    ) = env.email_settings(MAILERS["default"])
DEFAULT_FROM_EMAIL = env.text("GUIDE_EMAIL_FROM", "guide@localhost")

# The editor: preview through our own guarded view, no uploads.
MARKDOWNX_URLS_PATH = "/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/preview/"
MARKDOWNX_MARKDOWNIFY_FUNCTION = "moderation.display.preview"

# Static files and response headers.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "guide_site.core.stylesheets.JoiningFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ADD_HEADERS_FUNCTION = middleware.for_static_files
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30  # seconds
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    if env.flag("GUIDE_BEHIND_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("GUIDE_TRUSTED_PROXIES", 0)

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO"}},
}
