"""A shared folder runs nothing and has nothing read outside it: every way we know, through every command.

`POWERHOUR_WAYS` above 0 drives every way through every command; unset, through those that read most.
The cockpit is driven by `tests/e2e/test_outside_cockpit.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_every_command import ALL, arguments
from tests.conftest import ROOT
from tests.outside_bench import CANARY, WAYS, Outside, team

EVERY = int(os.environ.get("POWERHOUR_WAYS", "0")) > 0
MOST_READING = (
    "",
    "config",
    "queue",
    "scripts check",
    "scripts diff",
    "scripts print",
    "scripts tree",
    "doctor",
)
COMMANDS = [command for command in ALL if EVERY or command in MOST_READING]


@pytest.fixture
def outside(tmp_path):
    return Outside(tmp_path)


def _lines(home: Path) -> list[list[str]]:
    """The arguments of every command; of the folder's own scripts, the ones that the ways spoil."""
    (home / "customers.csv").write_text("Name,Phone\nAnn Rossi,+44 20 7946 0100\n", "utf-8")
    (home / "register.txt").write_text("+442079460112\n", "utf-8")
    made = []
    for command in COMMANDS:
        words = [
            str(home / word) if word in ("customers.csv", "register.txt") else word
            for word in arguments(command)
        ]
        if command == "init":
            words = ["init", str(home / "new")]
        if words[-1:] == ["warm"]:
            made += [[*words[:-1], name] for name in ("enquiry", "up", "tag0", "bomb")[: 4 if EVERY else 2]]
        else:
            made.append(words)
    return made


class Watched:
    """A process that runs commands and notes what they open; it is started in a folder."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("watched.py")],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # nothing but an answer may be said
            text=True,
            bufsize=1,
        )

    def ask(self, **task: object) -> str:
        """Do a task; what the process answers."""
        self._process.stdin.write(json.dumps(task) + "\n")
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """No more tasks."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A process that has run the commands in a sound folder: what they import is read once, not for each way."""
    home = tmp_path_factory.mktemp("sound")
    environment = dict(os.environ) | {"PYTHONPATH": str(ROOT), "HOME": str(home)}
    watched = Watched(team(home / "team"), environment)
    assert watched.ask(warm=[["--data", str(home / "data"), *words] for words in _lines(home)]) == "warm"
    yield watched
    watched.end()


def _drive(
    watched: Watched, folder: Path, home: Path, environment: dict[str, str], commands: list[list[str]]
) -> tuple[list, list[str]]:
    """Every command in the folder, by one process that notes what it opens: what they gave, and the notes."""
    log = home / "opened"
    code = watched.ask(
        folder=str(folder),
        environment=environment | {"PATH": os.pathsep.join((".", "", "bin", os.environ["PATH"]))},
        log=str(log),
        commands=[["--data", str(home / "data"), *words] for words in commands],
    )
    assert code == "0"
    return json.loads(Path(f"{log}.results").read_text("utf-8")), log.read_text("utf-8").splitlines()


def test_a_reading_and_a_start_would_be_noticed(outside, tmp_path):
    assert outside.touched() == []
    outside.secret.read_text("utf-8")
    if outside.touched() != ["secret.yaml"]:
        pytest.skip("this file system does not note when a file was read")
    subprocess.run([outside.program, "x"], check=True)
    subprocess.run(["git", "config", "-f", outside.script, "a.b"], check=False)  # noqa: S607 - whichever git there is
    assert outside.touched() == [f"{outside.program} x", "script.yaml"]


def test_the_sound_folder_is_read_and_compared(warm, tmp_path, home, environment):
    """Else no way would be tried at all."""
    results, opened = _drive(
        warm, team(tmp_path / "team"), home, environment, [["scripts", "diff", "enquiry"], ["config"]]
    )
    assert [one["code"] for one in results] == [0, 0]
    assert any("enquiry.yaml" in line for line in opened)
    assert any("subprocess.Popen" in line and "git" in line for line in opened)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("way", WAYS)
def test_nothing_outside_is_run_or_read(way, tmp_path, home, environment, outside, request):
    folder = team(tmp_path / "team")
    WAYS[way](folder, outside)
    assert outside.touched() == []
    # What is imported already can be planted no more.
    is_cold = EVERY or way == "planted_modules"
    watched = Watched(folder, environment) if is_cold else request.getfixturevalue("warm")
    results, opened = _drive(watched, folder, home, environment, _lines(home))
    if is_cold:
        watched.end()
    print(f"\n{way}: {len(results)} commands, {len(opened)} files, folders and programs opened")
    assert outside.touched() == []
    assert not [line for line in opened if str(outside.folder) in line or "../outside" in line]
    assert not [
        line for line in opened if str(outside.program) in line or (f"'{folder}/" in line and "Popen" in line)
    ]
    for one in results:
        assert CANARY not in one["said"], one
        assert "Traceback" not in one["said"], one
        assert one["code"] in (0, 1, 2), one
    for file in home.rglob("*"):
        assert not file.is_file() or CANARY not in file.read_bytes().decode("utf-8", "replace"), file


def test_a_repository_that_points_out_of_its_folder_is_refused_with_the_way_round(
    warm, tmp_path, home, environment, outside
):
    for way in ("included_settings", "repository_elsewhere", "borrowed_objects", "linked_settings"):
        folder = team(tmp_path / way)
        WAYS[way](folder, Outside(tmp_path / way))
        [done], _ = _drive(warm, folder, home, environment, [["scripts", "diff", "enquiry"]])
        assert done["code"] == 1, way
        assert "Give two files: scripts diff OLD NEW" in done["said"], way
