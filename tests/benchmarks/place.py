"""A place to measure in: a temporary folder with a database, static files and settings."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def prepare(folder):
    """Set the environment for the site in `folder`, make what it needs, set Django up."""
    (folder / "bare").mkdir()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": f"sqlite:///{folder}/guide.sqlite3",
        "GUIDE_BENCH_FOLDER": str(folder),
        "GUIDE_DEBUG": "off",
        "GUIDE_HTTPS": "off",
        "GUIDE_REVIEW": "single",
        "GUIDE_HOSTS": "127.0.0.1",
        "GUIDE_SECRET_KEY": secrets.token_urlsafe(60),
    }
    for words in (["migrate"], ["collectstatic", "--noinput"]):
        if manage(*words, "--verbosity=0").wait():
            raise RuntimeError(f"manage.py {words[0]} failed")
    django.setup()


def manage(*words):
    """Start a management command; returns its process."""
    command = [sys.executable, "-m", "django", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
