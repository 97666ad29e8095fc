"""Files of different ages side by side: a sync program, a copy put back, TinyDB at work after a crash."""

from __future__ import annotations

import json
import os
import stat

import pytest
from tinydb import TinyDB

from tui.domain.contact import Contact
from tui.storage.protocol import Change, NotSaved, StoreError
from tui.storage.tiny import TinyStore
from tui.storage.values import dump

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "s.json"


def _weeks(path, history):
    """A data file of Monday, of Tuesday, and steps since that only the journal holds; Monday's copy, and all of it."""
    db, _ = history.fill(path, 3)
    db.close()
    monday = path.read_bytes()
    db = history.open(path)
    for number in (11, 12):
        history.commit(db, number)
    db.close()
    db = history.open(path)
    for number in (21, 22):
        history.commit(db, number)
    return db, monday


def _found_again(path, history, wanted):
    """The store holds this at the next start, which has one thing to say, and at the one after, which has none."""
    db = history.open(path)
    assert history.snapshot(db) == wanted
    (note,) = db.storage.notes
    history.crash(db)
    db = history.open(path)
    assert history.snapshot(db) == wanted
    assert db.storage.notes == []
    db.close()
    return note


def _named(folder, note):
    """The contents of the copies that the note names; each is the rep's alone."""
    copies = [one for one in folder.iterdir() if one.name in note and one.name.rpartition("-")[2].isdigit()]
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in copies)
    return [one.read_bytes() for one in copies]


def test_an_older_data_file_beside_a_newer_journal_is_brought_up_to_date(path, history):
    db, monday = _weeks(path, history)
    wanted = history.snapshot(db)
    history.crash(db)
    path.write_bytes(monday)
    path.chmod(0o644)
    note = _found_again(path, history, wanted)
    assert "older copy" in note
    assert _named(path.parent, note) == [monday]


def test_an_older_data_file_alone_gives_way_to_the_copies_beside_it(path, history):
    db, monday = _weeks(path, history)
    wanted = history.snapshot(db)
    db.close()
    path.write_bytes(monday)
    note = _found_again(path, history, wanted)
    assert "older copy" in note
    assert _named(path.parent, note) == [monday]


def test_the_two_data_files_changed_for_each_other_cost_nothing(path, history):
    db, _ = _weeks(path, history)
    wanted = history.snapshot(db)
    history.crash(db)
    before = path.with_name("s.json.bak")
    ours, older = path.read_bytes(), before.read_bytes()
    path.write_bytes(older)
    before.write_bytes(ours)
    _found_again(path, history, wanted)


def test_an_older_data_file_that_was_edited_gives_way_to_the_newer_one_beside_it(path, history):
    db, monday = _weeks(path, history)
    db.close()
    db = history.open(path)
    db.storage.checkpoint()
    wanted = history.snapshot(db)
    db.close()
    path.write_bytes(monday.replace(b'"k2"', b'"k9"'))
    note = _found_again(path, history, wanted)
    assert any(b'"k9"' in copy for copy in _named(path.parent, note))


def test_a_data_file_of_another_computer_does_not_swallow_what_was_saved_here(path, history, tmp_path):
    db, _ = _weeks(path, history)
    history.crash(db)
    theirs = tmp_path / "theirs.json"
    other, _ = history.fill(theirs, 40)
    other.close()
    path.write_bytes(theirs.read_bytes())
    db = history.open(path)
    found = history.snapshot(db)
    (note,) = db.storage.notes
    history.crash(db)
    assert {"k39", "k40", "k21", "k22"} <= {call["id"] for call in found["calls"].values()}
    assert any(b'"k21"' in copy for copy in _named(path.parent, note))


def test_another_data_file_of_the_same_age_is_told(path, history, tmp_path):
    db, _ = history.fill(path, 3)
    db.close()
    theirs = tmp_path / "theirs.json"
    other = history.open(theirs)
    for number in (31, 32, 33):
        history.commit(other, number)
    other.close()
    path.write_bytes(theirs.read_bytes())
    db = history.open(path)
    (note,) = db.storage.notes
    assert {"k1", "k2", "k3", "k31", "k32", "k33"} == {
        call["id"] for call in history.snapshot(db)["calls"].values()
    }
    assert any(b'"k2"' in copy for copy in _named(path.parent, note))
    history.crash(db)


def test_a_journal_of_another_computer_writes_over_nothing(path, history, tmp_path):
    """Its steps have the numbers that ours would have, and stand under keys where ours stand."""
    db, _ = history.fill(path, 3)
    db.close()
    theirs = tmp_path / "theirs.json"
    other = history.open(theirs)
    for number in (31, 32, 33):
        history.commit(other, number)
    other.close()
    other = history.open(theirs)
    other.storage.commit({"calls": {1: dump({"id": "k40"})}})
    history.crash(other)
    path.with_name("s.json.journal").write_bytes(theirs.with_name("theirs.json.journal").read_bytes())
    db = history.open(path)
    (note,) = db.storage.notes
    assert {call["id"] for call in history.snapshot(db)["calls"].values()} == {"k1", "k2", "k3", "k40"}
    assert any(b'"k40"' in copy for copy in _named(path.parent, note))
    history.crash(db)


@pytest.mark.parametrize("name", ["s.json.bak", "s.json.journal.bak"])
def test_a_damaged_reserve_is_named_and_made_anew(path, history, name):
    db, _ = _weeks(path, history)
    wanted = history.snapshot(db)
    history.crash(db)
    spoiled = b"damaged\n"
    path.with_name(name).write_bytes(spoiled)
    note = _found_again(path, history, wanted)
    assert "in reserve" in note
    assert _named(path.parent, note) == [spoiled]


def test_an_end_of_the_journal_that_no_save_can_have_left_is_told(path, history):
    """The page at the end is zeros: that was more than one line, and the last one had been acknowledged."""
    db, _ = _weeks(path, history)
    history.crash(db)
    journal = path.with_name("s.json.journal")
    spoiled = journal.read_bytes()[:-40] + bytes(40)
    journal.write_bytes(spoiled)
    db = history.open(path)
    (note,) = db.storage.notes
    assert "1 saved step" in note
    assert _named(path.parent, note) == [spoiled]
    history.crash(db)


def test_what_was_edited_outside_is_read_and_what_stood_there_before_is_kept(path, history):
    db, _ = _weeks(path, history)
    db.close()
    path.write_bytes(path.read_bytes().replace(b'"last":22', b'"last":92'))
    db = history.open(path)
    (note,) = db.storage.notes
    assert db.table("contacts").get(doc_id=1) == {"id": "c1", "last": 92}
    assert "changed by something other" in note
    assert any(b'"last":22' in copy for copy in _named(path.parent, note))
    history.crash(db)


def test_a_damaged_data_file_is_named_where_it_is_kept(path, history):
    db, _ = _weeks(path, history)
    wanted = history.snapshot(db)
    db.close()
    path.write_bytes(b"damaged")
    note = _found_again(path, history, wanted)
    assert _named(path.parent, note) == [b"damaged"]


def test_damage_in_the_journal_a_rebuild_needs_is_told(path, history):
    db, _ = _weeks(path, history)
    db.close()
    before = path.with_name("s.json.journal.bak")
    spoiled = before.read_bytes().replace(b'"k21"', b'"k91"')
    before.write_bytes(spoiled)
    path.write_bytes(b"damaged")
    db = history.open(path)
    assert any("1 saved step" in note and _named(path.parent, note) == [spoiled] for note in db.storage.notes)
    history.crash(db)


def _by_hand(path, **document):
    with TinyDB(path) as plain:
        plain.table("calls").insert({"id": "byhand", **document})


def test_a_record_added_by_tinydb_after_a_crash_is_taken_in(path, history):
    db, _ = _weeks(path, history)
    wanted = history.snapshot(db)
    history.crash(db)
    _by_hand(path)
    added = path.read_bytes()
    db = history.open(path)
    calls = history.snapshot(db)["calls"]
    (note,) = db.storage.notes
    history.crash(db)
    assert {call["id"] for call in calls.values()} == {"byhand"} | {c["id"] for c in wanted["calls"].values()}
    assert _named(path.parent, note) == [added]
    db = history.open(path)
    assert history.snapshot(db)["calls"] == calls
    assert db.storage.notes == []
    history.crash(db)


def test_a_record_added_by_tinydb_while_we_run_is_taken_in_at_the_end(path, history):
    db, _ = _weeks(path, history)
    db.close()
    db = history.open(path)
    _by_hand(path)
    added = path.read_bytes()
    history.commit(db, 31)
    db.close()
    (note,) = db.storage.notes
    assert _named(path.parent, note) == [added]
    db = history.open(path)
    assert {"k31", "byhand"} <= {call["id"] for call in history.snapshot(db)["calls"].values()}
    db.close()


def test_who_was_removed_while_we_ran_does_not_come_back_with_the_file_of_another_program(path, history):
    db, _ = history.fill(path, 3)
    db.close()
    db = history.open(path)
    _by_hand(path)
    db.table("calls").remove(doc_ids=[2])
    db.close()
    db = history.open(path)
    assert [call["id"] for call in history.snapshot(db)["calls"].values()] == ["k1", "k3", "byhand"]
    db.close()


def test_the_copies_of_a_newer_program_are_left_alone(path, history):
    """A later format stands in the journal alone, in the copy before alone, or beside an older data file."""
    folder = path.parent
    path = folder / "sessions.json"
    later = {"meta": {1: dump({"schema": 99})}}
    db, _ = history.fill(path, 2)
    db.close()
    older = path.read_bytes()
    db = history.open(path)
    db.storage.commit(later)
    history.crash(db)
    journal_only = {one.name: one.read_bytes() for one in folder.iterdir()}
    db = history.open(path)
    db.close()
    history.open(path).close()
    whole = {one.name: one.read_bytes() for one in folder.iterdir()}
    db = history.open(path)
    db.storage.commit(later)
    db.storage.checkpoint()
    db.storage.checkpoint()
    history.crash(db)
    both = {one.name: one.read_bytes() for one in folder.iterdir()}
    spoilt = dict(journal_only)
    spoilt["sessions.json.journal"] += b"torn"
    without = {name: content for name, content in both.items() if name != "sessions.json"}
    for files in (journal_only, spoilt, whole, without, {**both, "sessions.json": older}):
        for one in folder.iterdir():
            one.unlink()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        with pytest.raises(StoreError, match="newer Power Hour"):
            TinyStore.open(folder)
        left = {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.endswith(".lock")}
        assert left == {name: content for name, content in files.items() if not name.endswith(".lock")}


# -- while we run


def _grown(journal):
    with journal.open("ab") as file:
        file.write(b"x")


def _overwritten(journal):
    content = journal.read_bytes()
    journal.write_bytes(b"y" * len(content))
    os.utime(journal, ns=(1, 1))


def _cut_in_a_line(journal):
    os.truncate(journal, journal.stat().st_size - 5)


@pytest.mark.parametrize("done", [_grown, _overwritten, _cut_in_a_line])
def test_a_journal_changed_in_place_costs_nothing_and_neither_does_the_next_damage(path, history, done):
    db, _ = _weeks(path, history)
    done(path.with_name("s.json.journal"))
    history.commit(db, 31)
    wanted = history.snapshot(db)
    (note,) = db.storage.notes
    assert "removed or changed" in note
    history.crash(db)
    for damage in (None, b"damaged"):
        if damage:
            path.write_bytes(damage)
        db = history.open(path)
        assert history.snapshot(db) == wanted
        history.crash(db)


def test_a_folder_in_the_place_of_the_data_file_is_moved_aside(path, history):
    db, _ = _weeks(path, history)
    path.unlink()
    path.mkdir()
    wanted = history.snapshot(db)
    db.close()
    assert "Another program changed" in db.storage.notes[0]
    db = history.open(path)
    assert history.snapshot(db) == wanted
    db.close()


def test_a_store_of_an_older_program_that_kept_no_chain_has_one_from_the_first_save_on(path, history):
    db, _ = _weeks(path, history)
    wanted = history.snapshot(db)
    db.close()
    with TinyDB(path) as plain:
        mark = plain.table("_journal").get(doc_id=1)
        plain.drop_table("_journal")
        plain.table("_journal").insert({"seq": mark["seq"]})
    db = history.open(path)
    assert db.storage.notes == []
    assert history.snapshot(db) == wanted
    history.commit(db, 31)
    db.close()
    assert b'"chain":null' not in path.read_bytes()
    db = history.open(path)
    assert db.storage.notes == []
    db.close()


def test_a_touched_journal_is_no_reason_to_write_everything_anew(path, history):
    db, _ = _weeks(path, history)
    os.utime(path.with_name("s.json.journal"), ns=(1, 1))
    history.commit(db, 31)
    assert db.storage.notes == []
    history.crash(db)


def test_a_journal_that_cannot_be_opened_again_is_said_truthfully_and_tried_again(path, history, monkeypatch):
    db, _ = _weeks(path, history)
    with monkeypatch.context() as patch:

        def refuse(name):
            raise PermissionError(13, "Permission denied")

        patch.setattr("tui.storage.disk.open_append", refuse)
        with pytest.raises(PermissionError):
            db.storage.checkpoint()
        with pytest.raises(NotSaved, match="Permission denied"):
            history.commit(db, 31)
    history.commit(db, 32)
    wanted = history.snapshot(db)
    history.crash(db)
    db = history.open(path)
    assert history.snapshot(db) == wanted
    db.close()


# -- two writers


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
    first.checkpoint()
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
    first.checkpoint()
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
