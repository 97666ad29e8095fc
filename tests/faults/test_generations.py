"""Files of different ages side by side: a sync program, a copy put back, another computer, damage."""

from __future__ import annotations

import pytest

from tui.storage.protocol import StoreError
from tui.storage.tiny import TinyStore
from tui.storage.values import dump

pytestmark = pytest.mark.usefixtures("no_sync")


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


def test_an_older_data_file_beside_a_newer_journal_is_brought_up_to_date(path, history):
    db, monday = history.weeks(path)
    wanted = history.snapshot(db)
    history.crash(db)
    path.write_bytes(monday)
    path.chmod(0o644)
    note = _found_again(path, history, wanted)
    assert "older copy" in note
    assert history.named(path.parent, note) == [monday]


def test_an_older_data_file_alone_gives_way_to_the_copies_beside_it(path, history):
    db, monday = history.weeks(path)
    wanted = history.snapshot(db)
    db.close()
    path.write_bytes(monday)
    note = _found_again(path, history, wanted)
    assert "older copy" in note
    assert history.named(path.parent, note) == [monday]


def test_the_two_data_files_changed_for_each_other_cost_nothing(path, history):
    db, _ = history.weeks(path)
    wanted = history.snapshot(db)
    history.crash(db)
    before = path.with_name("s.json.bak")
    ours, older = path.read_bytes(), before.read_bytes()
    path.write_bytes(older)
    before.write_bytes(ours)
    _found_again(path, history, wanted)


def test_an_older_data_file_that_was_edited_gives_way_to_the_newer_one_beside_it(path, history):
    db, monday = history.weeks(path)
    db.close()
    db = history.open(path)
    db.storage.checkpoint()
    wanted = history.snapshot(db)
    db.close()
    path.write_bytes(monday.replace(b'"k2"', b'"k9"'))
    note = _found_again(path, history, wanted)
    assert any(b'"k9"' in copy for copy in history.named(path.parent, note))


def test_a_data_file_of_another_computer_does_not_swallow_what_was_saved_here(path, history, tmp_path):
    db, _ = history.weeks(path)
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
    assert any(b'"k21"' in copy for copy in history.named(path.parent, note))


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
    assert any(b'"k2"' in copy for copy in history.named(path.parent, note))
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
    assert any(b'"k40"' in copy for copy in history.named(path.parent, note))
    history.crash(db)


@pytest.mark.parametrize("name", ["s.json.bak", "s.json.journal.bak"])
def test_a_damaged_reserve_is_named_and_made_again(path, history, name):
    db, _ = history.weeks(path)
    wanted = history.snapshot(db)
    history.crash(db)
    spoiled = b"damaged\n"
    path.with_name(name).write_bytes(spoiled)
    note = _found_again(path, history, wanted)
    assert "in reserve" in note
    assert history.named(path.parent, note) == [spoiled]


def test_an_end_of_the_journal_that_no_save_can_have_left_is_told(path, history):
    """The page at the end is zeros: that was more than one line, and the last one had been acknowledged."""
    db, _ = history.weeks(path)
    history.crash(db)
    journal = path.with_name("s.json.journal")
    spoiled = journal.read_bytes()[:-40] + bytes(40)
    journal.write_bytes(spoiled)
    db = history.open(path)
    (note,) = db.storage.notes
    assert "1 saved step" in note
    assert history.named(path.parent, note) == [spoiled]
    history.crash(db)


def test_a_damaged_data_file_is_named_where_it_is_kept(path, history):
    db, _ = history.weeks(path)
    wanted = history.snapshot(db)
    db.close()
    path.write_bytes(b"damaged")
    note = _found_again(path, history, wanted)
    assert history.named(path.parent, note) == [b"damaged"]


def test_damage_in_the_journal_a_rebuild_needs_is_told(path, history):
    db, _ = history.weeks(path)
    db.close()
    before = path.with_name("s.json.journal.bak")
    spoiled = before.read_bytes().replace(b'"k21"', b'"k91"')
    before.write_bytes(spoiled)
    path.write_bytes(b"damaged")
    db = history.open(path)
    assert any(
        "1 saved step" in note and history.named(path.parent, note) == [spoiled] for note in db.storage.notes
    )
    history.crash(db)


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
