"""A disk that is full or fails: what was acknowledged is there, and what failed is said."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from tinydb import TinyDB

from tui.storage.protocol import NotSaved, StoreError

ROOT = Path(__file__).parent.parent.parent
CALLS = ("open", "write", "fsync", "replace", "link", "unlink", "ftruncate")


class FailingCalls:
    """Lets the calls to the system pass until one number, and fails that one, or all from there on."""

    def __init__(self, patch, number, error, for_good):
        self.count, self.number, self.error, self.for_good = 0, number, error, for_good
        for name in CALLS:
            patch.setattr(os, name, self._failing(name, getattr(os, name)))

    def _failing(self, name, real):
        def call(*args, **kwargs):
            self.count += 1
            if self.count == self.number or (self.for_good and self.count > self.number):
                if name == "write":  # as much as there was room for
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                raise OSError(self.error, os.strerror(self.error))
            return real(*args, **kwargs)

        return call


def _work(history, path, acknowledged):
    """A short life of a store: commits, a checkpoint, a commit, close, open, commit, close."""
    db = history.open(path)
    try:
        for number in (11, 12, 13, 14):
            if number == 13:
                with suppress(OSError):
                    db.storage.checkpoint()
            with suppress(NotSaved):
                history.commit(db, number)
                acknowledged.append(number)
            stored = {int(key) for key in db.table("calls")._read_table()}
            assert stored - {1, 2, 3} == set(acknowledged)
    finally:
        db.close()


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EDQUOT], ids=["full", "broken", "quota"])
def test_any_failing_call_costs_nothing_acknowledged(tmp_path, history, place, monkeypatch, error, for_good):
    db, _ = history.fill(tmp_path / "s.json", 3)
    db.close()
    db = history.open(tmp_path / "s.json")
    history.commit(db, 5)
    history.crash(db)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    number = 0
    while True:
        number += 1
        path, acknowledged = place(files), [5]
        with monkeypatch.context() as patch:
            failing = FailingCalls(patch, number, error, for_good)
            with suppress(StoreError):
                _work(history, path, acknowledged)
        if failing.count < number:
            break
        db = history.open(path)
        kept = {int(key) for key in history.snapshot(db)["calls"]} - {1, 2, 3}
        assert set(acknowledged) <= kept, number
        # Only a commit whose sync failed may be there without having been acknowledged.
        assert len(kept - set(acknowledged)) <= 1, number
        history.commit(db, 99)
        db.close()
        with TinyDB(path) as plain:
            assert plain.table("calls").contains(doc_id=99), number
    assert number > 30


def test_a_full_disk_frees_the_store_again_once_there_is_room(tmp_path, history, monkeypatch):
    db, states = history.fill(tmp_path / "s.json", 3)
    real = os.write
    for kept in (0, 1, 9, 60):
        with monkeypatch.context() as patch:
            room = [kept]

            def write(descriptor, data, room=room):
                if not room[0]:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                written = real(descriptor, bytes(data[: room[0]]))
                room[0] -= written
                return written

            patch.setattr(os, "write", write)
            with pytest.raises(NotSaved, match=r"the disk is full .*Free some space"):
                history.commit(db, 9)
        assert history.snapshot(db) == states[3]
    history.commit(db, 9)
    assert db.storage.notes == []
    wanted = history.snapshot(db)
    history.crash(db)
    db = history.open(tmp_path / "s.json")
    assert db.storage.notes == []
    assert history.snapshot(db) == wanted
    db.close()


def test_after_a_failed_sync_nothing_is_written_until_the_store_is_opened_again(
    tmp_path, history, monkeypatch
):
    db, states = history.fill(tmp_path / "s.json", 3)

    def fail(descriptor):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(NotSaved, match="could not confirm"):
            history.commit(db, 8)
    with pytest.raises(NotSaved, match="quit and start again"):
        history.commit(db, 9)
    assert history.snapshot(db) == states[3]
    db.close()
    db = history.open(tmp_path / "s.json")
    history.commit(db, 9)
    assert {"1", "2", "3", "9"} <= set(history.snapshot(db)["calls"])
    db.close()


def test_an_interrupt_in_the_middle_of_a_write_closes_the_journal(tmp_path, history, monkeypatch):
    db, states = history.fill(tmp_path / "s.json", 3)

    def interrupt(descriptor):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            history.commit(db, 8)
    with pytest.raises(NotSaved, match="interrupted"):
        history.commit(db, 9)
    assert history.snapshot(db) == states[3]
    db.close()
    db = history.open(tmp_path / "s.json")
    assert db.storage.notes == []
    assert "8" in history.snapshot(db)["calls"]
    db.close()


def test_a_real_limit_of_the_system_is_met_like_any_other(tmp_path, history):
    code = """
import resource, sys
from tui.storage.protocol import NotSaved
from tui.storage.tiny import JournalDB
db = JournalDB(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
saved = 0
try:
    while True:
        db.insert({"n": saved, "x": "y" * 200})
        saved += 1
except NotSaved as error:
    print(saved, error)
db.close()
"""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    out = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "s.json"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    saved = int(out.split()[0])
    assert "the disk is full" in out
    db = history.open(tmp_path / "s.json")
    assert [row["n"] for row in db] == list(range(saved))
    assert saved > 50
    db.close()
