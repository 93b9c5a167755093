"""Runs of the project in a process of its own, with nothing in the environment but what is said."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {
    "GUIDE_SECRET_KEY": "a-key-for-tests-that-is-long-enough-and-has-0123456789-in-it",
    "GUIDE_HOSTS": "guide.example.org",
    "GUIDE_EMAIL_URL": "smtp://localhost",  # Django 6.1 warns of mail that goes to the console
}

# Prepares a new installation.
_INSTALL = """
import django
django.setup()
from django.core.management import call_command
call_command("collectstatic", "--noinput", "--ignore=admin", verbosity=0)
call_command("migrate", verbosity=0)
"""

# Prints [{status, headers, cookies}]; its argument is [[address, headers to send]].
_ASK = """
import json, sys, django
django.setup()
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

answers = []
for address, headers in json.loads(sys.argv[1]):
    scheme, path = address.split(":", 1)
    if path.startswith("static/"):
        path = staticfiles_storage.url(path.removeprefix("static/"))
    answer = Client(headers=headers).get(path, secure=scheme == "https")
    cookies = {name: cookie.output(header="") for name, cookie in answer.cookies.items()}
    headers = {name.lower(): value for name, value in answer.headers.items()}
    answers.append({"status": answer.status_code, "headers": headers, "cookies": cookies})
    answer.close()
print(json.dumps(answers))
"""


def settings_of(**environment):
    """The settings of a public machine by name; None takes a variable away.

    Raises ImproperlyConfigured as `manage.py` meets it: it prints the error and ends.
    """
    environment = {k: v for k, v in (ENVIRONMENT | environment).items() if v is not None}
    with mock.patch.dict(os.environ, environment, clear=True):
        return runpy.run_path(str(ROOT / "guide_site" / "settings.py"))


def run(*command, **environment):
    """The finished process of `python …` in the project's folder."""
    environment = {k: v for k, v in environment.items() if v is not None}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def manage(*arguments, **environment):
    """The finished process of `manage.py …` as on a public machine; None takes a variable away."""
    return run("manage.py", *arguments, **(ENVIRONMENT | environment))


class Installation:
    """A public site in `folder` with its own database and collected static files."""

    def __init__(self, folder):
        lines = ["from guide_site.settings import *", f"STATIC_ROOT = {str(folder / 'static')!r}"]
        (folder / "installed.py").write_text("\n".join(lines))
        self.environment = ENVIRONMENT | {
            "DJANGO_SETTINGS_MODULE": "installed",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        }
        done = run("-c", _INSTALL, **self.environment)
        assert done.returncode == 0, done.stderr

    def ask(self, *requests, **environment):
        """What it answers to each request: {"status", "headers", "cookies"}.

        A request is “https:/path”, “http:/path” or “https:static/css/site.css”, or such an
        address and a dict of headers to send with it.
        """
        pairs = [(each, {}) if isinstance(each, str) else each for each in requests]
        asked = [(address, {"host": "guide.example.org"} | more) for address, more in pairs]
        done = run("-c", _ASK, json.dumps(asked), **(self.environment | environment))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
