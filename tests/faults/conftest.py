"""A small history to damage, and a disk that remembers what a power cut would leave of it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui.storage.tiny import JournalDB
from tui.storage.values import dump

if sys.platform == "win32":
    # There is neither fork nor SIGKILL on Windows.
    collect_ignore = ["test_kill.py", "test_mutants.py", "test_full_disk.py"]
    collect_ignore += ["test_killed_cockpit.py", "test_monkey.py"]

Snapshot = dict[str, dict[str, Any]]


def crash(db: JournalDB) -> None:
    """As the kernel does it: the files are let go of, nothing is written."""
    db.storage.abandon()


def snapshot(db: JournalDB) -> Snapshot:
    """Every document of every table that holds one."""
    tables = db.storage.tables
    return {name: {key: rows[key] for key in rows} for name, rows in sorted(tables.items()) if len(rows)}


def commit(db: JournalDB, number: int) -> None:
    """One commit like the cockpit's: a call, its contact and the state, together."""
    call = {"id": f"k{number}", "text": 'é\n"x" \\', "pad": "x" * (number % 3)}
    last = {"id": "c1", "last": number}
    db.storage.commit({"calls": {number: dump(call)}, "contacts": {1: dump(last)}, "state": {1: dump(last)}})


def fill(path: Path, count: int) -> tuple[JournalDB, list[Snapshot]]:
    """A store with so many commits, one of them a removal; and what it held after each, nothing first."""
    db = JournalDB(path)
    states = [snapshot(db)]
    for number in range(1, count + 1):
        if number == 4:
            db.table("calls").remove(doc_ids=[2])
        else:
            commit(db, number)
        states.append(snapshot(db))
    return db, states


def weeks(path: Path) -> tuple[JournalDB, bytes]:
    """A data file of Monday, of Tuesday, and steps since that only the journal holds; open, and Monday's copy."""
    db, _ = fill(path, 3)
    db.close()
    monday = path.read_bytes()
    for numbers in ((11, 12), (21, 22)):
        db = JournalDB(path)
        for number in numbers:
            commit(db, number)
        if numbers[0] == 11:
            db.close()
    return db, monday


def evening(path: Path) -> JournalDB:
    """A data file of three commits that was closed, open again."""
    fill(path, 3)[0].close()
    return JournalDB(path)


def holds(path: Path, wanted: Snapshot, *, even_damaged: bool = False) -> None:
    """The next start finds exactly this, and the one behind it too when the data file is damaged meanwhile."""
    for damage in (None, b"damaged") if even_damaged else (None,):
        if damage:
            path.write_bytes(damage)
        db = JournalDB(path)
        assert snapshot(db) == wanted
        crash(db)


def named(folder: Path, note: str) -> list[bytes]:
    """The contents of the copies that the note names; each is the rep's alone."""
    copies = [one for one in folder.iterdir() if one.name in note and one.name.rpartition("-")[2].isdigit()]
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in copies)
    return [one.read_bytes() for one in copies]


@pytest.fixture
def history() -> SimpleNamespace:
    """What there is to do with a file of a few commits: the functions above, by their names, and `open`."""
    doings = (fill, weeks, evening, holds, commit, crash, snapshot, named)
    return SimpleNamespace(open=JournalDB, **{doing.__name__: doing for doing in doings})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The data file of a folder that holds nothing yet."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "s.json"


@pytest.fixture
def place(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Makes a folder of exactly these files; gives the path of the data file in it."""

    def make(files: dict[str, bytes]) -> Path:
        folder = tmp_path / "case"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return folder / "s.json"

    return make


@pytest.fixture
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of cases need no real disk: what a sync means is the business of the power-cut test."""
    monkeypatch.setattr("tui.storage.disk.sync", lambda descriptor: None)
    monkeypatch.setattr("tui.storage.disk.sync_folder", lambda folder: None)


class RecordingDisk:
    """Notes every call that changes files, and rebuilds what a power cut may leave behind any of them.

    After SQLite's crash tests and ALICE (OSDI 2014): any subset of the unsynced changes of names, with the
    unsynced data absent, there, half there, or zeros of the right length.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._nodes: dict[int, int] = {}
        """By the system's number of a file. The system gives the number of a removed file to the next one, at its
        leisure; ours are never used again, so that two files are never taken for one."""
        self._count = itertools.count(1)

    def _node(self, inode: int, *, is_new: bool = False) -> int:
        if is_new or inode not in self._nodes:
            self._nodes[inode] = next(self._count)
        return self._nodes[inode]

    def hook(self, patch: pytest.MonkeyPatch) -> None:
        """Puts itself between the program and the operating system."""
        real = SimpleNamespace(
            open=os.open,
            write=os.write,
            fsync=os.fsync,
            replace=os.replace,
            link=os.link,
            unlink=os.unlink,
            ftruncate=os.ftruncate,
        )
        note = self.calls.append

        def open_(path: Any, flags: int, *rest: int) -> int:
            is_new = not Path(path).exists()
            descriptor: int = real.open(path, flags, *rest)
            if not Path(path).is_dir():
                node = self._node(os.fstat(descriptor).st_ino, is_new=is_new)
                if is_new:
                    note(("set", Path(path).name, node))
                elif flags & os.O_TRUNC:
                    note(("cut", node, 0))
            return descriptor

        def write(descriptor: int, data: bytes) -> int:
            written: int = real.write(descriptor, data)
            note(("write", self._node(os.fstat(descriptor).st_ino), bytes(data[:written])))
            return written

        def fsync(descriptor: int) -> None:
            real.fsync(descriptor)
            is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
            note(("sync names",) if is_folder else ("sync", self._node(os.fstat(descriptor).st_ino)))

        def replace(source: Any, target: Any, **_: Any) -> None:
            node = self._node(Path(source).stat().st_ino)
            real.replace(source, target)
            note(("move", Path(source).name, Path(target).name, node))

        def link(source: Any, target: Any, **_: Any) -> None:
            real.link(source, target)
            note(("set", Path(target).name, self._node(Path(target).stat().st_ino)))

        def unlink(path: Any, **_: Any) -> None:
            real.unlink(path)
            note(("remove", Path(path).name))

        def ftruncate(descriptor: int, size: int) -> None:
            real.ftruncate(descriptor, size)
            note(("cut", self._node(os.fstat(descriptor).st_ino), size))

        hooks = {"open": open_, "write": write, "fsync": fsync, "replace": replace}
        for name, hook in {**hooks, "link": link, "unlink": unlink, "ftruncate": ftruncate}.items():
            patch.setattr(os, name, hook)

    def states(self, upto: int) -> Iterator[dict[str, bytes]]:
        """Every folder a cut right behind the first `upto` calls may leave."""
        data: dict[int, bytes] = {}
        durable: dict[int, bytes] = {}
        names: dict[str, int] = {}
        pending: list[tuple[Any, ...]] = []
        for call in self.calls[:upto]:
            match call:
                case ("write", node, more):
                    data[node] = data.get(node, b"") + more
                case ("cut", node, size):
                    data[node] = data.get(node, b"")[:size]
                case ("sync", node):
                    durable[node] = data.get(node, b"")
                case ("sync names",):
                    for change in pending:
                        _rename(names, change)
                    pending = []
                case _:
                    pending.append(call)
        for kept in itertools.product((True, False), repeat=len(pending)):
            found = dict(names)
            for change in itertools.compress(pending, kept):
                _rename(found, change)
            for how in ("durable", "all", "half", "zeros"):
                yield {
                    name: _left_of(durable.get(node, b""), data.get(node, b""), how)
                    for name, node in found.items()
                }


def _rename(names: dict[str, int], change: tuple[Any, ...]) -> None:
    match change:
        case ("set", name, node):
            names[name] = node
        case ("move", source, target, node):
            names.pop(source, None)
            names[target] = node
        case ("remove", name):
            names.pop(name, None)


def _left_of(durable: bytes, written: bytes, how: str) -> bytes:
    if how == "durable" or durable == written:
        return durable
    if how == "half" and len(written) > len(durable):
        return written[: (len(durable) + len(written)) // 2]
    if how == "zeros":
        return durable + b"\0" * max(0, len(written) - len(durable))
    return written


@pytest.fixture
def recording_disk() -> RecordingDisk:
    """A disk that remembers."""
    return RecordingDisk()


@pytest.fixture
def as_text() -> Callable[[Snapshot], str]:
    """A snapshot as text, to be found in a set."""
    return lambda state: json.dumps(state, sort_keys=True)


@pytest.fixture
def no_sync_later(request: pytest.FixtureRequest) -> Callable[[], None]:
    """`no_sync` from the moment it is called."""
    return lambda: request.getfixturevalue("no_sync")
