"""Runs commands inside the test's own process: quick, and their output is at hand."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.storage.tiny import TinyStore

CONTACTS = """\
First name;Last name;Company;Title;Phone;Mobile;E-mail;Do not call;Segment
Ann;Rossi;Acme Tools;Buyer;020 7946 0100;07700 900123;ann@acme.example;;north
Bo;Lund;Nordkap;Owner;;07700 900124;;;south
Eva;Brandt;Brandt & Sohn;Purchasing;020 7946 0102;;eva@brandt.example;yes;south
;;;;;;;;
Fay;Osei;Kente Foods;Director;020 7946 0103;;;;north
"""


@dataclass(frozen=True)
class Done:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.json["rows"]
        return rows


@pytest.fixture
def run(
    here: Callable[..., subprocess.CompletedProcess[str]],
    home: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Done]:
    """Runs a command: `run("queue", "--json")` gives its exit code, output and errors."""
    # What another program left in the machine's own folder is none of a test's business.
    temporary = home.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def command(*args: str) -> Done:
        done = here("--data", str(data), *args)
        return Done(done.returncode, done.stdout, done.stderr)

    return command


_MADE: dict[str, dict[str, tuple[int, bytes]]] = {}
"""Folders that a command made once in this process: each file with its mode and content."""


def made_once(name: str, folder: Path, make: Callable[[], object]) -> None:
    """Have `make` fill the folder, once in this process: for the next test of that name its files are copied."""
    if name not in _MADE:
        make()
        files = {path: path.stat() for path in sorted(folder.rglob("*")) if path.is_file()}
        _MADE[name] = {
            str(path.relative_to(folder)): (found.st_mode & 0o777, path.read_bytes())
            for path, found in files.items()
        }
        return
    for path, (mode, content) in _MADE[name].items():
        (folder / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        (folder / path).chmod(mode)


@pytest.fixture
def team(run: Callable[..., Done], home: Path) -> Path:
    """A team folder as `init` makes it."""

    def init() -> None:
        assert run("init", "team").code == 0

    made_once("team", home / "team", init)
    return home / "team"


def keep_scripts(team: Path, *kept: str) -> None:
    """Leave only these scripts of a team folder, and the parts they share: each is read at every command."""
    for path in (team / "scripts").glob("[!_]*.yaml"):
        if path.stem not in kept:
            path.unlink()


@pytest.fixture
def contact_file(home: Path) -> Path:
    """Four fictional people as a CRM exports them, one of whom must not be called, and an empty row."""
    file = home / "customers.csv"
    file.write_text(CONTACTS, "utf-8")
    return file


@pytest.fixture
def imported(
    run: Callable[..., Done], contact_file: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """`run`, after the contact file was imported an hour ago."""

    def an_hour_ago() -> None:
        now = os.environ["POWERHOUR_NOW"]
        monkeypatch.setenv("POWERHOUR_NOW", now.replace("T15:", "T14:"))
        done = run("import", str(contact_file), "--yes", "--region", "GB", "--list", "North")
        assert done.code == 0, done.err
        monkeypatch.setenv("POWERHOUR_NOW", now)

    made_once("data", data, an_hour_ago)
    return run


@pytest.fixture
def open_elsewhere(imported: Callable[..., Done], data: Path) -> Iterator[Callable[[], None]]:
    """A cockpit has the data; gives what lets go of it."""
    store = TinyStore.open(data)
    yield store.close
    store.close()
