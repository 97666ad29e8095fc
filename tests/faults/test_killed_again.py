"""Killed behind any system call, started, and killed behind any again: no start believes that somebody else was there.

What a kill leaves is all that the calls before it did: so a life is lived once, and the folder before each of its
calls is what a kill there leaves. Two in a row leave folders that one cannot: the second finds what the first left
unfinished.
"""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("no_sync")

CALLS = ("open", "write", "replace", "link", "unlink", "ftruncate")
Files = frozenset[tuple[str, bytes, str]]
"""Of each file its name, what it holds and the first name of the same file."""
Left = tuple[Files, list]
"""What a kill leaves: the files, and what the life had reached."""


class Life:
    """A program that opens a store, writes, makes a checkpoint, writes again, and closes it.

    It stands between the program and the operating system, and looks at the folder before each call.
    """

    def __init__(self, history, patch: pytest.MonkeyPatch) -> None:
        self._history = history
        self._folder: Path | None = None
        self._reached: list = []
        self._left: list[Left] = []
        for name in CALLS:
            patch.setattr(os, name, self._hooked(getattr(os, name)))

    def kills(self, path: Path, number: int) -> list[Left]:
        """What a kill before each of its calls leaves, and last its own end."""
        self._reached, self._left, self._folder = [], [], path.parent
        self._live(path, number)
        self._look()
        self._folder = None
        return self._left

    def _live(self, path: Path, number: int) -> None:
        history, reached = self._history, self._reached
        db = history.open(path)
        assert db.storage.notes == []
        reached.append(history.snapshot(db))
        for step in range(2):
            reached.append(None)  # of a write that is killed, the line may be on the disk or not
            history.commit(db, 10 * number + step)
            reached[-1] = history.snapshot(db)
            if step == 0:
                db.storage.checkpoint()
        db.close()
        assert db.storage.notes == []

    def _hooked(self, real):
        def call(*args, **options):
            self._look()
            return real(*args, **options)

        return call

    def _look(self) -> None:
        if self._folder:
            self._left.append((_files(self._folder), list(self._reached)))


def _files(folder: Path) -> Files:
    names: dict[int, str] = {}
    found = sorted(folder.iterdir())
    firsts = [names.setdefault(file.stat().st_ino, file.name) for file in found]
    return frozenset((file.name, file.read_bytes(), first) for file, first in zip(found, firsts, strict=True))


def _lay_out(files: Files, folder: Path) -> Path:
    """A new folder of exactly these files; the path of its data file."""
    folder.mkdir()
    for name, content, first in sorted(files):
        if name == first:
            (folder / name).write_bytes(content)
        else:
            os.link(folder / first, folder / name)
    return folder / "s.json"


def _started_once_more(history, path: Path, lives: list[list]) -> None:
    """Whoever starts now is told of nothing, and finds what was acknowledged, and at most one write beside it."""
    db = history.open(path)
    assert db.storage.notes == []
    now = history.snapshot(db)
    found = [call["id"] for call in now.get("calls", {}).values()]
    for reached in lives:
        if held := [state for state in reached if state is not None]:
            known = [call["id"] for call in held[-1].get("calls", {}).values()]
            assert found[: len(known)] == known
            assert len(found) - len(known) <= (reached[-1] is None)
            assert reached[-1] is None or now == held[-1]
    history.crash(db)


@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
def test_two_kills_in_a_row_lose_nothing_and_are_not_taken_for_somebody_else(
    tmp_path, history, monkeypatch, begun
):
    folders = (tmp_path / str(number) for number in itertools.count())
    life = Life(history, monkeypatch)
    path = _lay_out(frozenset(), next(folders))
    if begun:
        life.kills(path, 1)
    left_by_both: dict[Files, list[list]] = defaultdict(list)
    for left in dict.fromkeys(files for files, _ in life.kills(path, 2)):
        for files, reached in life.kills(_lay_out(left, next(folders)), 3):
            if reached not in left_by_both[files]:
                left_by_both[files].append(reached)
    for files, lives in left_by_both.items():
        _started_once_more(history, _lay_out(files, next(folders)), lives)
    assert sum(map(len, left_by_both.values())) > 200
