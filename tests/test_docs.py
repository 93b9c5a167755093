"""The documents name files, commands and settings that exist, and every setting is documented."""

import ast
import re
from pathlib import Path

import pytest

from moderation.states import diagram

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path.relative_to(ROOT).as_posix()
    for folder in (
        "guide_site",
        "entries",
        "services",
        "moderation",
        "templates",
        "static",
        "tests",
    )
    for path in sorted((ROOT / folder).rglob("*"))
    if "__pycache__" not in path.parts
] + [path.name for path in ROOT.iterdir()]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
PRESENT = [path for path in DOCUMENTS if path.name not in ("CHANGELOG.md", "decisions.md")]
TARGETS = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text("utf-8"), flags=re.M))
every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
present_document = pytest.mark.parametrize("path", PRESENT, ids=lambda path: path.name)


def code(text):
    """What stands between single backticks, outside of fenced blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))


def settings_in(*files):
    """Names of the variables GUIDE_… and DATABASE_URL in these files."""
    text = "".join((ROOT / file).read_text("utf-8") for file in files)
    return set(re.findall(r"\bGUIDE_[A-Z][A-Z_]*[A-Z]|\bDATABASE_URL", text))


@present_document
def test_every_file_that_a_document_names_exists(path):
    names = code(path.read_text("utf-8"))
    named = [name for name in names if re.fullmatch(r"\w[\w./-]*\.(py|html|js|css|txt|in)", name)]
    missing = [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in FILES)]
    assert missing == []


@present_document
def test_every_folder_that_a_document_names_exists(path):
    named = [name for name in code(path.read_text("utf-8")) if re.fullmatch(r"[\w/]+/", name)]
    named = [name for name in named if not name.startswith("/")]
    known = [*FILES, "docs", "fixtures"]
    missing = [
        name for name in named if not any(f"/{file}".endswith(f"/{name[:-1]}") for file in known)
    ]
    assert missing == []


@present_document
def test_every_make_target_that_a_document_names_exists(path):
    text = path.read_text("utf-8")
    named = re.findall(r"^make ([a-z][\w-]*)|`make ([a-z][\w-]*)", text, flags=re.M)
    assert {first or second for first, second in named} <= TARGETS


@every_document
def test_every_link_between_documents_leads_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_readme_lists_the_settings_that_there_are_and_no_others():
    table = (
        (ROOT / "README.md").read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    )
    documented = set(re.findall(r"^\| `(\w+)`", table, flags=re.M))
    assert documented == settings_in("guide_site/settings.py")


def test_the_documents_show_the_life_of_a_proposal_as_the_table_has_it():
    assert diagram() in (ROOT / "docs" / "moderation.md").read_text("utf-8")


def test_the_overview_of_the_architecture_fits_one_screen():
    lines = (ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()
    assert len(lines) <= 60
    assert [line for line in lines if len(line) > 120] == []


def test_every_make_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.M)[1].split()
    described = re.findall(r"^([\w-]+):.* ## \S", makefile, flags=re.M)
    assert set(targets) - set(described) == {"data"}  # a part of `run` and `dev`


def test_every_package_says_what_it_holds():
    packages = [file for file in FILES if re.fullmatch(r"(?!tests/).*/__init__\.py", file)]
    packages = [file for file in packages if "migrations" not in file]
    assert packages
    silent = [
        p for p in packages if not ast.get_docstring(ast.parse((ROOT / p).read_text("utf-8")))
    ]
    assert silent == []


def test_the_workflow_runs_every_step_of_ci_run():
    script = (ROOT / ".ci/run").read_text("utf-8")
    steps = " ".join(re.findall(r"^(?:steps|more)=\((.*)\)$", script, flags=re.M))
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    run = re.findall(r"\{ steps: ([\w ]+),", workflow)
    # The corpus lies beside the repository, where a code host has nothing.
    assert set(" ".join(run).split()) == set(steps.split()) - {"corpus"}
