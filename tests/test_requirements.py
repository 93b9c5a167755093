"""The locked requirements fit what they are made from, and name no package index."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ["requirements", "requirements-dev", "requirements-django61"]


def names(text):
    """Normalised names of the packages that begin a line of a requirements file."""
    found = re.findall(r"^[A-Za-z0-9][\w.-]*", text, flags=re.M)
    return {name.lower().replace("_", "-") for name in found}


@pytest.mark.parametrize("name", LOCKED)
def test_everything_asked_for_is_locked(name):
    asked = names((ROOT / f"{name}.in").read_text())
    locked = names((ROOT / f"{name}.txt").read_text())
    assert asked
    assert asked <= locked


@pytest.mark.parametrize("name", LOCKED)
def test_every_locked_package_has_one_version_and_a_hash(name):
    text = (ROOT / f"{name}.txt").read_text()
    packages = re.findall(r"^\w.*?(?=^\w|\Z)", text, flags=re.M | re.S)
    assert packages
    for package in packages:
        assert re.match(r"[\w.-]+==\S+ ", package), package
        assert "--hash=sha256:" in package, package


def test_the_tests_run_on_the_versions_that_the_site_runs_on():
    pins = re.compile(r"^[\w.-]+==\S+", flags=re.M)
    site = pins.findall((ROOT / "requirements.txt").read_text())
    assert set(site) <= set(pins.findall((ROOT / "requirements-dev.txt").read_text()))


@pytest.mark.parametrize("name", LOCKED)
def test_no_file_names_a_package_index(name):
    text = (ROOT / f"{name}.in").read_text() + (ROOT / f"{name}.txt").read_text()
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links", text) == []


def test_the_lock_of_node_packages_has_exact_versions_hashes_and_no_address():
    asked = json.loads((ROOT / ".ci/scripts/package.json").read_text())["devDependencies"]
    locked = json.loads((ROOT / ".ci/scripts/package-lock.json").read_text())["packages"]
    assert locked.pop("")["devDependencies"] == asked
    assert asked == {n.removeprefix("node_modules/"): p["version"] for n, p in locked.items()}
    for package in locked.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
