"""Each import contract bites: an import that it forbids, planted into a copy of the program, breaks it."""

from __future__ import annotations

import json
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


LINTS = """
import contextlib, io, json, pathlib, sys
from importlinter.cli import lint_imports_command as lint

def told():
    with contextlib.redirect_stdout(io.StringIO()) as said:
        with contextlib.suppress(SystemExit):
            lint(["--cache-dir", "read"], standalone_mode=False)
    return said.getvalue()

found = {"": told()}
for name, (file, line) in json.load(sys.stdin).items():
    path = pathlib.Path("tui", file)
    whole = path.read_text("utf-8")
    path.write_text(f"{whole}\\n{line}\\n", "utf-8")
    found[name] = told()
    path.write_text(whole, "utf-8")
print(json.dumps(found))
"""
"""Looks at the program as it is, and with one planted import after another; prints what is said of each."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """By planted contract, and for "" without a planted import: the contracts that do not hold then."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "tui", folder / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    ended = subprocess.run(
        [sys.executable, "-c", LINTS],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "400"},
        input=json.dumps(PLANTED),
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return {name: _broken(said) for name, said in json.loads(ended.stdout).items()}


def _broken(said):
    told = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", said, re.MULTILINE))
    assert set(told) == set(CONTRACTS), said
    return {name for name, verdict in told.items() if verdict == "BROKEN"}


def test_every_contract_has_an_import_that_breaks_it():
    assert [name for name in CONTRACTS if not any(map(name.startswith, PLANTED))] == []


def test_all_of_them_hold(broken):
    assert broken[""] == set()


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_import_breaks_it(broken, name):
    assert any(one.startswith(name) for one in broken[name])
