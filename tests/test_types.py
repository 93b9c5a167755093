"""mypy checks all of our code (make types), and nothing is taken out of it unseen."""

import re
import tomllib

from tests.test_house import MODULES, ROOT


def test_mypy_is_strict_everywhere_and_every_exception_to_it_says_why():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert settings["strict"]
    libraries = {"module", "follow_untyped_imports", "implicit_reexport"}  # of untyped libraries
    assert [o for o in settings["overrides"] if not o.keys() <= libraries] == []
    ignored = [
        line.strip()
        for path in MODULES.values()
        for line in path.read_text("utf-8").splitlines()
        if "type: ignore" in line
    ]
    assert [line for line in ignored if not re.search(r"type: ignore\[[a-z-]+\] # \w", line)] == []
