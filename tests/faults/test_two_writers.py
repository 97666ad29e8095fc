"""A lock file that is removed, or was there before, makes no two writers."""

from __future__ import annotations

import json

import pytest

from tui.domain.contact import Contact
from tui.storage.protocol import Change, NotSaved, StoreError
from tui.storage.tiny import TinyStore

pytestmark = pytest.mark.usefixtures("no_sync")


def _add(store, name, now):
    store.commit(Change(contacts=(Contact(name, name=name),)), now)


def _refused(folder):
    with pytest.raises(StoreError, match="already open"):
        TinyStore.open(folder)


@pytest.fixture
def now():
    from datetime import UTC, datetime

    return datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_without_the_lock_file_a_second_program_is_still_refused(tmp_path, now):
    folder = tmp_path / "data"
    first = TinyStore.open(folder)
    _add(first, "c1", now)
    (folder / "sessions.json.lock").unlink()
    _refused(folder)
    _add(first, "c2", now)
    (folder / "sessions.json.lock").unlink()
    first.close()
    last = TinyStore.open(folder)
    assert last.notes == []
    assert set(last.contact_ids()) == {"c1", "c2"}
    last.close()


def test_without_lock_and_journal_the_first_program_takes_nothing_more_while_a_second_runs(tmp_path, now):
    folder = tmp_path / "data"
    first = TinyStore.open(folder)
    _add(first, "c1", now)
    first.db.storage.checkpoint()
    _add(first, "c2", now)
    for name in ("sessions.json.lock", "sessions.json.journal"):
        (folder / name).unlink()
    second = TinyStore.open(folder)
    _add(second, "c3", now)
    with pytest.raises(NotSaved, match="another Power Hour"):
        _add(first, "c4", now)
    _add(second, "c5", now)
    first.close()
    assert "Another Power Hour" in first.notes[-1]
    _add(second, "c6", now)
    second.close()
    last = TinyStore.open(folder)
    assert {"c1", "c3", "c5", "c6"} <= set(last.contact_ids())
    last.close()
    kept = [one for one in folder.iterdir() if one.name in first.notes[-1]]
    assert any(b'"c2"' in one.read_bytes() for one in kept if one.is_file())


def test_what_a_second_program_saved_meanwhile_and_left_is_kept(tmp_path, now):
    folder = tmp_path / "data"
    first = TinyStore.open(folder)
    _add(first, "c1", now)
    first.db.storage.checkpoint()
    for name in ("sessions.json.lock", "sessions.json.journal"):
        (folder / name).unlink()
    second = TinyStore.open(folder)
    _add(second, "c2", now)
    second.close()
    _add(first, "c3", now)
    first.close()
    last = TinyStore.open(folder)
    assert set(last.contact_ids()) == {"c1", "c2", "c3"}
    last.close()
    assert json.loads((folder / "sessions.json").read_text())["contacts"].keys() == {"1", "2", "3"}


def test_a_lock_file_put_there_by_something_else_keeps_nobody_out(tmp_path, now):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "sessions.json.lock").write_text("4711")
    store = TinyStore.open(folder)
    _add(store, "c1", now)
    store.close()
