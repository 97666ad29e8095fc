"""Each import contract bites: an import that it forbids, planted into a copy of the program, breaks it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CONTRACTS = [
    one["name"]
    for one in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
]
PLANTED = {
    "Who may import whom": ("domain/outcome.py", "import tui.settings.load"),
    "The cockpit: its face": ("cockpit/wording/outcomes.py", "import tui.cockpit.actions.undo"),
    "Scripts: authors on top": ("script/language/model.py", "import tui.script.call.walk"),
    "Reading files knows nothing": ("exchange/reading/dates.py", "import tui.exchange.writing"),
    "The shared list": ("shared_list/port.py", "import tui.shared_list.server"),
    "PostgreSQL is spoken with": ("cockpit/state/state.py", "import psycopg"),
    "Storage, dialer and exchange": ("storage/disk.py", "import tui.yamlfile.problem"),
    "The cockpit and all below": ("domain/outcome.py", "import textual"),
    "Screens and widgets never": ("screens/help.py", "import tui.storage.disk"),
    "Widgets know": ("widgets/frame.py", "import tui.cockpit.clock"),
    "Screens know": ("screens/help.py", "import tui.cockpit.state.stored"),
    "The plain room knows": ("plain/facts.py", "import tui.widgets.words"),
    "The app is wiring": ("app.py", "import tui.exchange.writing"),
}
"""By the beginning of a contract's name: a file, and an import that has no place in it."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "tui", folder / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def broken(folder):
    """The names of the contracts that do not hold in this folder."""
    command = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    env = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "400"}
    ended = subprocess.run(
        [sys.executable, "-c", command], cwd=folder, env=env, capture_output=True, text=True
    )
    told = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", ended.stdout, re.MULTILINE))
    assert set(told) == set(CONTRACTS), ended.stdout + ended.stderr
    return {name for name, verdict in told.items() if verdict == "BROKEN"}


def test_every_contract_has_an_import_that_breaks_it():
    assert [name for name in CONTRACTS if not any(map(name.startswith, PLANTED))] == []


def test_all_of_them_hold(copy):
    assert broken(copy) == set()


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_import_breaks_it(copy, name):
    path, line = copy / "tui" / PLANTED[name][0], PLANTED[name][1]
    whole = path.read_text("utf-8")
    path.write_text(f"{whole}\n{line}\n", "utf-8")
    try:
        assert any(one.startswith(name) for one in broken(copy))
    finally:
        path.write_text(whole, "utf-8")
