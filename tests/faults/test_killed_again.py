"""Killed behind any system call, started, and killed behind any again: no start believes that somebody else was there.

What a kill leaves is all that the calls before it did, so one kill is one folder. Two in a row leave folders that one
cannot: the second finds what the first left unfinished.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("no_sync")

CALLS = ("open", "write", "replace", "link", "unlink", "ftruncate")


class Killed(BaseException):
    """The process is gone: nothing that it does afterwards happens."""


class Death:
    """Stands between the program and the operating system, and lets so many more calls through."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._left = -1
        self._open: set[int] = set()
        self._close = os.close
        for name in CALLS:
            patch.setattr(os, name, self._hooked(name, getattr(os, name)))
        patch.setattr(os, "close", self._closed)

    def comes_behind(self, calls: int, life, *told) -> bool:
        """Whether a life came to its end by it. The kernel closes what the dead had open."""
        self._left = calls
        try:
            life(*told)
        except Killed:
            for descriptor in self._open:
                self._close(descriptor)
            return True
        finally:
            self._left = -1
            self._open.clear()
        return False

    def _hooked(self, name, real):
        def call(*args, **options):
            if self._left == 0:
                raise Killed(name)
            self._left -= 1
            result = real(*args, **options)
            if name == "open":
                self._open.add(result)
            return result

        return call

    def _closed(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        self._close(descriptor)


def _life(history, path: Path, number: int, reached: list) -> None:
    """Opens the store, writes, makes a checkpoint, writes again, and closes it; notes what it held."""
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


Files = frozenset[tuple[str, bytes, str]]
"""Of each file its name, what it holds and the first name of the same file."""


def _files(folder: Path) -> Files:
    names: dict[int, str] = {}
    found = sorted(folder.iterdir())
    firsts = [names.setdefault(file.stat().st_ino, file.name) for file in found]
    return frozenset((file.name, file.read_bytes(), first) for file, first in zip(found, firsts, strict=True))


def _lay_out(files: Files, folder: Path) -> Path:
    """A folder of exactly these files; the path of its data file."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, content, first in sorted(files):
        if name == first:
            (folder / name).write_bytes(content)
        else:
            os.link(folder / first, folder / name)
    return folder / "s.json"


def _started_once_more(history, path: Path, reached: list) -> None:
    """Whoever starts now is told of nothing, and finds what was acknowledged, and at most one write beside it."""
    db = history.open(path)
    assert db.storage.notes == []
    found = [call["id"] for call in history.snapshot(db).get("calls", {}).values()]
    if held := [state for state in reached if state is not None]:
        known = [call["id"] for call in held[-1].get("calls", {}).values()]
        assert found[: len(known)] == known
        assert len(found) - len(known) <= (reached[-1] is None)
        assert reached[-1] is None or history.snapshot(db) == held[-1]
    history.crash(db)


@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
def test_two_kills_in_a_row_lose_nothing_and_are_not_taken_for_somebody_else(
    tmp_path, history, monkeypatch, begun
):
    death = Death(monkeypatch)
    live, case = tmp_path / "live", tmp_path / "case"
    left_by_first: set[Files] = set()
    left_by_both: set[tuple[Files, str]] = set()
    for first in itertools.count(1):
        path = _lay_out(frozenset(), live)
        if begun:
            _life(history, path, 1, [])
        was_killed = death.comes_behind(first, _life, history, path, 2, [])
        left = _files(live)
        for second in itertools.count(1) if left not in left_by_first else ():
            reached: list = []
            path = _lay_out(left, case)
            killed_again = death.comes_behind(second, _life, history, path, 3, reached)
            if (found := (_files(case), repr(reached))) not in left_by_both:
                left_by_both.add(found)
                _started_once_more(history, path, reached)
            if not killed_again:
                break
        left_by_first.add(left)
        if not was_killed:
            break
    assert len(left_by_both) > 200
