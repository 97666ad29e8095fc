"""`python -m tui` in a team folder imports nothing from it, whatever its files are called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import INSTALLED, PROGRAM, ROOT
from tui.__main__ import leave_out_current_folder

OURS_ABROAD = (
    "yaml",
    "textual",
    "rich",
    "tinydb",
    "phonenumbers",
    "platformdirs",
    "babel",
    "shtab",
    "tzdata",
    "holidays",
    "keyring",
)


def _team(folder: Path) -> Path:
    """A team folder under git."""
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copy(ROOT / "config.yaml", folder)
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    return folder


def _plant(folder: Path, names: Iterable[str]) -> None:
    """Lay modules of these names that tell, as files and as folders; `tell` is how."""
    for name in names:
        text = f"open({str(folder / 'told')!r}, 'a').write('{name} ')\n"
        (folder / f"{name}.py").write_text(text, "utf-8")


def _told(folder: Path) -> set[str]:
    return set((folder / "told").read_text("utf-8").split()) if (folder / "told").exists() else set()


@pytest.fixture(scope="module")
def pythons_own(tmp_path_factory) -> set[str]:
    """What `python -m` itself imports from the current folder before any program begins; no program can help it."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "program").mkdir()
    (folder / "program" / "__main__.py").write_text("import os; os.write(1, b'begun')", "utf-8")
    names, own = set(sys.stdlib_module_names) - set(sys.builtin_module_names), set()
    while True:
        _plant(folder, names - own)
        done = subprocess.run([sys.executable, "-m", "program"], cwd=folder, capture_output=True, check=False)
        if b"begun" in done.stdout and not _told(folder):
            return own
        assert _told(folder) - own, done.stderr
        own |= _told(folder)
        for name in own:
            (folder / f"{name}.py").unlink(missing_ok=True)
        (folder / "told").unlink()


@pytest.mark.skipif(bool(INSTALLED), reason="the installed command is safe by itself")
def test_python_m_imports_nothing_from_a_team_folder(environment, tmp_path, home, pythons_own):
    team = _team(tmp_path / "team")
    names = {*sys.stdlib_module_names, *OURS_ABROAD} - set(sys.builtin_module_names) - pythons_own
    _plant(team, names)
    file = home / "people.csv"
    file.write_text("Name,Phone\nAnn Rossi,+44 20 7946 0100\n", "utf-8")
    data = ("--data", str(home / "data"))
    commands = [
        ("import", str(file), "--yes"),
        *(
            ("queue",),
            ("doctor",),
            ("config",),
            ("report",),
            ("export",),
            ("scripts", "check"),
            ("scripts", "stats"),
        ),
        *(("scripts", "diff", "enquiry"), ("scripts", "print", "enquiry"), ("log", "Ann", "voicemail")),
    ]
    for command in commands:
        done = subprocess.run(
            [*PROGRAM, *data, *command],
            cwd=team,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, (command, done.stderr)
        assert not _told(team), command
    assert done.returncode == 0  # Ann is there: the planted modules stopped nothing


@pytest.mark.skipif(bool(INSTALLED), reason="this is about the module")
def test_the_cockpit_imports_nothing_from_a_team_folder(terminal, tmp_path, pythons_own):
    team = _team(tmp_path / "team")
    _plant(team, {*sys.stdlib_module_names, *OURS_ABROAD} - set(sys.builtin_module_names) - pythons_own)
    cockpit = terminal(folder=team)
    cockpit.wait_for("Ready now")
    cockpit.press("f2")
    cockpit.wait_for("Who is calling?")
    assert not _told(team)


@pytest.mark.skipif(bool(INSTALLED), reason="this is about this checkout")
@pytest.mark.parametrize("safely", ["script", "-P"])
def test_the_command_and_dash_p_import_nothing_at_all(environment, tmp_path, home, safely):
    """Also what `python -m` itself imports before any program begins; docs/threats.md says to start so."""
    team = _team(tmp_path / "team")
    _plant(team, {*sys.stdlib_module_names, *OURS_ABROAD, "tui"} - set(sys.builtin_module_names))
    script = home / "powerhour"
    script.write_text("from tui.__main__ import main\nmain()\n", "utf-8")
    start = [sys.executable, str(script)] if safely == "script" else [sys.executable, "-P", "-m", "tui"]
    done = subprocess.run(
        [*start, "--data", str(home / "data"), "config"],
        cwd=team,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert not _told(team)
    assert done.returncode == 0


@pytest.mark.parametrize("entry", ["", ".", "inside", "{here}", "{here}/../{name}"])
def test_no_entry_of_the_import_path_means_the_current_folder(tmp_path, monkeypatch, entry):
    monkeypatch.chdir(tmp_path)
    path = [entry.format(here=tmp_path, name=tmp_path.name), "/elsewhere", str(Path(os.__file__).parent)]
    leave_out_current_folder(path)
    assert path == ["/elsewhere", str(Path(os.__file__).parent)]


def test_the_folder_python_is_installed_in_may_be_the_current_one(monkeypatch):
    installed = str(Path(os.__file__).parent)
    monkeypatch.chdir(installed)
    path = [installed]
    leave_out_current_folder(path)
    assert path == [installed]
