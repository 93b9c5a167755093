"""Runs EPUBCheck, where it is installed (Debian: epubcheck)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAM = shutil.which("epubcheck")
NEEDED = pytest.mark.skipif(
    not PROGRAM, reason="epubcheck is not installed (apt install epubcheck)"
)
# It runs for seconds: thorough compiling costs Java more than it saves.
ENVIRONMENT = os.environ | {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


def check(path):
    """Assert that it finds no fault in the EPUB at `path`."""
    done = subprocess.run(
        [*_command(), path], capture_output=True, text=True, check=False, env=ENVIRONMENT
    )
    assert "No errors or warnings detected." in done.stdout, done.stderr
    assert done.returncode == 0


def _command():
    """Debian's is a jar, which runs by itself only with the package jarwrapper."""
    with Path(PROGRAM).open("rb") as file:
        is_jar = file.read(2) == b"PK"
    return [*(["java", "-jar"] if is_jar else []), PROGRAM]
