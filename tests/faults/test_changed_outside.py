"""Files that something else changes: TinyDB or an editor after a crash, and anything at all while we run."""

from __future__ import annotations

import os

import pytest
from tinydb import TinyDB

from tui.storage.protocol import NotSaved

pytestmark = pytest.mark.usefixtures("no_sync")


def test_what_was_edited_outside_is_read_and_what_stood_there_before_is_kept(path, history):
    db, _ = history.weeks(path)
    db.close()
    path.write_bytes(path.read_bytes().replace(b'"last":22', b'"last":92'))
    db = history.open(path)
    (note,) = db.storage.notes
    assert db.table("contacts").get(doc_id=1) == {"id": "c1", "last": 92}
    assert "changed by something other" in note
    assert any(b'"last":22' in copy for copy in history.named(path.parent, note))
    history.crash(db)


def _by_hand(path, **document):
    with TinyDB(path) as plain:
        plain.table("calls").insert({"id": "byhand", **document})


def test_a_record_added_by_tinydb_after_a_crash_is_taken_in(path, history):
    db, _ = history.weeks(path)
    wanted = history.snapshot(db)
    history.crash(db)
    _by_hand(path)
    added = path.read_bytes()
    db = history.open(path)
    calls = history.snapshot(db)["calls"]
    (note,) = db.storage.notes
    history.crash(db)
    assert {call["id"] for call in calls.values()} == {"byhand"} | {c["id"] for c in wanted["calls"].values()}
    assert history.named(path.parent, note) == [added]
    db = history.open(path)
    assert history.snapshot(db)["calls"] == calls
    assert db.storage.notes == []
    history.crash(db)


def test_a_record_added_by_tinydb_while_we_run_is_taken_in_at_the_end(path, history):
    db, _ = history.weeks(path)
    db.close()
    db = history.open(path)
    _by_hand(path)
    added = path.read_bytes()
    history.commit(db, 31)
    db.close()
    (note,) = db.storage.notes
    assert history.named(path.parent, note) == [added]
    db = history.open(path)
    assert {"k31", "byhand"} <= {call["id"] for call in history.snapshot(db)["calls"].values()}
    db.close()


def test_who_was_removed_while_we_ran_does_not_come_back_with_the_file_of_another_program(path, history):
    db = history.evening(path)
    _by_hand(path)
    db.table("calls").remove(doc_ids=[2])
    db.close()
    db = history.open(path)
    assert [call["id"] for call in history.snapshot(db)["calls"].values()] == ["k1", "k3", "byhand"]
    db.close()


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
    db, _ = history.weeks(path)
    done(path.with_name("s.json.journal"))
    history.commit(db, 31)
    wanted = history.snapshot(db)
    (note,) = db.storage.notes
    assert "removed or changed" in note
    history.crash(db)
    history.holds(path, wanted, even_damaged=True)


def test_a_folder_in_the_place_of_the_data_file_is_moved_aside(path, history):
    db, _ = history.weeks(path)
    path.unlink()
    path.mkdir()
    wanted = history.snapshot(db)
    db.close()
    assert "Another program changed" in db.storage.notes[0]
    history.holds(path, wanted)


def test_a_store_of_an_older_program_that_kept_no_chain_has_one_from_the_first_save_on(path, history):
    db, _ = history.weeks(path)
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


def test_a_touched_journal_is_no_reason_to_write_everything_again(path, history):
    db, _ = history.weeks(path)
    os.utime(path.with_name("s.json.journal"), ns=(1, 1))
    history.commit(db, 31)
    assert db.storage.notes == []
    history.crash(db)


def test_a_journal_that_cannot_be_opened_again_is_said_truthfully_and_tried_again(path, history, monkeypatch):
    db, _ = history.weeks(path)
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
    history.holds(path, wanted)
