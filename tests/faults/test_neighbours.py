"""Other programs at the same file: readers, a second cockpit, sync programs; a folder without rights."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.storage.protocol import NotSaved, StoreError, StoreIsOpen
from tui.storage.tiny import TinyStore

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}


def test_a_second_process_is_told_who_has_the_store_and_may_read(path, history):
    db = history.open(path)
    history.commit(db, 1)
    code = """
import sys
from tui.storage.protocol import NotSaved, StoreIsOpen
from tui.storage.tiny import JournalDB
try:
    JournalDB(sys.argv[1])
except StoreIsOpen as error:
    print(error.pid, error)
db = JournalDB(sys.argv[1], read_only=True)
print(len(db.table("calls")))
try:
    db.insert({})
except NotSaved as error:
    print(error)
"""
    out = subprocess.run(
        [sys.executable, "-c", code, path], env=ENVIRONMENT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert out[0].startswith(f"{os.getpid()} Power Hour is already open (process {os.getpid()})")
    assert out[1] == "1"
    assert "reading only" in out[2]
    db.close()


def test_the_lock_is_free_again_after_a_close_and_after_a_failed_open(path, history):
    history.open(path).close()
    path.write_bytes(b"damaged")
    with pytest.raises(StoreError) as told:
        history.open(path)
    assert not isinstance(told.value, StoreIsOpen)
    path.unlink()
    history.open(path).close()


def test_a_reader_beside_a_writer_never_meets_a_gap_or_a_half(tmp_path):
    folder = tmp_path / "data"
    with subprocess.Popen(
        [sys.executable, HERE / "writer.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as writers:
        writers.stdin.write(f"{folder} {tmp_path / 'acks'} 1\n")
        writers.stdin.flush()
        pid = int(writers.stdout.readline())
        began, reads, last = time.monotonic(), 0, 0
        try:
            while time.monotonic() < began + 2 or reads <= 20 or last <= 100_000:
                assert time.monotonic() < began + 120, (reads, last)
                store = TinyStore.open(folder, read_only=True)
                assert store.notes == []
                number = store.state("running").get("number", 0)
                assert number >= last
                if number:
                    assert store.call(f"k{number}") is not None
                    assert store.sessions()[0].spent == {"talking": float(number)}
                    assert store.contact(f"c{number % 7}").remembered == {"last": str(number)}
                last, reads = number, reads + 1
        finally:  # else a failure waits for a writer that never ends
            os.kill(pid, 9)
            writers.stdin.close()


def test_a_file_another_program_rewrote_is_kept_aside_and_ours_goes_on(path, history):
    db = history.evening(path)
    history.commit(db, 7)
    path.write_text('{"calls": {"1": {"from": "another computer"}}}')
    history.commit(db, 8)
    wanted = history.snapshot(db)
    db.close()
    assert "Another program changed" in db.storage.notes[0]
    (theirs,) = path.parent.glob("s.json.theirs-*")
    assert "another computer" in theirs.read_text()
    history.holds(path, wanted, even_damaged=True)


def test_a_data_file_removed_meanwhile_is_written_again(path, history):
    db = history.evening(path)
    history.commit(db, 7)
    path.unlink()
    wanted = history.snapshot(db)
    db.close()
    history.holds(path, wanted, even_damaged=True)


def _moved(journal):
    journal.rename(journal.with_name("elsewhere"))


def _removed(journal):
    journal.unlink()


def _replaced(journal):
    _moved(journal)
    journal.touch()


def _cut(journal):
    os.truncate(journal, 0)


@pytest.mark.parametrize("done", [_moved, _removed, _replaced, _cut])
def test_a_journal_moved_replaced_or_cut_meanwhile_costs_nothing(path, history, done):
    db, _ = history.fill(path, 3)
    done(path.with_name("s.json.journal"))
    history.commit(db, 7)
    wanted = history.snapshot(db)
    assert "removed or changed" in db.storage.notes[0]
    history.crash(db)
    history.holds(path, wanted)


def test_a_data_folder_moved_meanwhile_takes_nothing_more(tmp_path, path, history):
    db, states = history.fill(path, 3)
    path.parent.rename(tmp_path / "moved")
    with pytest.raises(NotSaved, match="No such file"):
        history.commit(db, 7)
    assert history.snapshot(db) == states[3]
    history.crash(db)
    history.holds(tmp_path / "moved" / path.name, states[3])


def test_an_older_journal_beside_the_data_file_takes_nothing_back(path, history):
    """A sync program, or a copy put back by hand, may bring a journal whose commits the data file has already."""
    journal = path.with_name("s.json.journal")
    db = history.open(path)
    history.commit(db, 1)
    older = journal.read_bytes()
    history.commit(db, 2)
    wanted = history.snapshot(db)
    db.close()
    journal.write_bytes(older)
    db = history.open(path)
    assert history.snapshot(db) == wanted
    history.commit(db, 3)
    wanted = history.snapshot(db)
    history.crash(db)
    history.holds(path, wanted)


def test_files_and_folder_are_the_reps_alone(tmp_path):
    folder = tmp_path / "data"
    old_mask = os.umask(0)
    try:
        for _ in range(2):
            store = TinyStore.open(folder)
            store.db.insert({"a": 1})
            store.close()
    finally:
        os.umask(old_mask)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert set(modes) >= {"sessions.json", "sessions.json.bak", "sessions.json.journal", "sessions.json.lock"}


def test_a_folder_that_cannot_be_written_is_named_and_can_be_read(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    store = TinyStore.open(folder)
    store.db.insert({"a": 1})
    store.close()
    real = os.open

    def refuse(path, flags, *rest):
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreError, match=r"cannot be written .Permission denied"):
        TinyStore.open(folder)
    reader = TinyStore.open(folder, read_only=True)
    assert len(reader.db) == 1
    with pytest.raises(NotSaved):
        reader.db.insert({})
