"""CONTRIBUTING.md, the task file and the hosted checks: what they name is there and works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.rows import each

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
VERBS = ("setup", "test", "check", "golden", "pictures", "catalogue", "bench")
MAKE = shutil.which("make")
NEEDS_MAKE = pytest.mark.skipif(not MAKE, reason="no make on this machine")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = re.compile(r"(?<![\w./-])(?:tui|tests|bench|docs|\.ci|\.github)/[\w./*-]*[\w*]")
TO_ADD = ("key", "screen", "outcome", "setting", "script rule", "dialer", "import heading", "theme")


def make(*words: str) -> str:
    done = subprocess.run(
        [MAKE or "", "--no-print-directory", *words], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@each("page", PAGES)
def test_every_file_a_page_names_is_there(page: Path) -> None:
    named = set(NAMED.findall(page.read_text("utf-8")))
    assert [path for path in named if not any(ROOT.glob(path))] == []


WHERE = {
    "undo": "class Undo",
    "when a promise is tried again": "in 2 hours",
    "the form behind an outcome": "class Form(",
    "the law and the clock of a number": "def number_in_hand",
    "the import heading for the company": "Meaning.COMPANY:",
    "the key that hangs up": '"talking.hang_up"',
}
"""What a newcomer looks for, and words of the one file that has it."""


@pytest.mark.parametrize("what", WHERE)
def test_the_page_says_in_which_one_file_it_is(what: str) -> None:
    (path,) = re.findall(rf"^\| {what} \| `(tui/[\w/]+\.py)` \|$", PAGE, re.MULTILINE)
    assert WHERE[what] in (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("thing", TO_ADD)
def test_how_to_add_it_names_the_files_to_touch_and_the_tests(thing: str) -> None:
    (told,) = re.findall(rf"^\*\*An? {thing}\.\*\* .*?(?=\n\n)", PAGE, re.MULTILINE | re.DOTALL)
    assert "`tui/" in told
    assert "`tests/" in told


def test_the_page_and_the_task_file_have_the_same_verbs() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    assert tuple(re.findall(r"^(\w+):", text, re.MULTILINE)) == VERBS
    assert tuple(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == VERBS


@NEEDS_MAKE
@pytest.mark.parametrize("verb", VERBS)
def test_what_a_verb_would_do_names_files_that_are_there(verb: str) -> None:
    told = make("-n", verb, "ARGS=--quick")
    assert told.strip()
    paths = [word for word in told.split() if "/" in word and not word.startswith(".venv")]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert ("--quick" in told) is (verb in ("test", "golden", "pictures", "bench"))


@NEEDS_MAKE
@pytest.mark.slow
def test_a_verb_runs_with_what_is_behind_args() -> None:
    told = make("test", f"BIN={Path(sys.executable).parent}", "ARGS=-n0 --collect-only tests/test_desktop.py")
    assert "tests/test_desktop.py::" in told


def test_the_verbs_do_what_the_checks_do() -> None:
    text, checks = (ROOT / "Makefile").read_text("utf-8"), (ROOT / ".ci" / "run").read_text("utf-8")
    mine = re.findall(r"^\t\$\(BIN\)/(.+)$", text.split("check:")[1].split("\n\n")[0], re.MULTILINE)
    run = set(re.findall(r"\.venv/bin/(.+)$", checks, re.MULTILINE))
    assert set(mine) <= run


def test_the_hosted_checks_run_the_checks_on_every_python_we_promise() -> None:
    (job,) = yaml.safe_load((ROOT / ".github/workflows/checks.yml").read_text("utf-8"))["jobs"].values()
    (checks,) = [step for step in job["steps"] if step.get("run") == ".ci/run"]
    assert checks["env"] == {"CI": "true"}
    (pythons,) = [step["with"] for step in job["steps"] if "setup-python" in step.get("uses", "")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    promised = [one.rpartition(" :: ")[2] for one in project["classifiers"] if ":: Python :: 3." in one]
    assert pythons["python-version"].split() == promised


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"^\| \[[\w-]+(?:\.md)?\]\(([\w-]+\.md)\)", index, re.MULTILINE))


def test_the_readme_is_short_and_shows_a_picture() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.split()) < 450
    assert "](docs/pictures/one-call.svg)" in text
