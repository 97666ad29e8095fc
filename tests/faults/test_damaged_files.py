"""Torn, flipped, cut and missing files: nothing acknowledged is lost, and no damage is silent."""

from __future__ import annotations

import json

import pytest
from tinydb import TinyDB

from tui.storage.protocol import StoreError

pytestmark = pytest.mark.usefixtures("no_sync")


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".lock")}


@pytest.mark.parametrize(
    "tail", [b"", b"\0" * 7, b"garbage", b"\xff\xfe\n"], ids=["cut", "NULs", "text", "line"]
)
def test_a_journal_torn_at_any_byte_keeps_every_whole_commit_and_writes_on(tmp_path, history, place, tail):
    db, states = history.fill(tmp_path / "s.json", 4)
    history.crash(db)
    raw = (tmp_path / "s.json.journal").read_bytes()
    ends = [at + 1 for at, byte in enumerate(raw) if byte == ord("\n")]
    edges = {near for end in (0, *ends) for near in (end - 1, end, end + 1)}
    for cut in range(len(raw) + 1):
        if tail and cut % 4 and cut not in edges:
            continue  # what stands behind a torn line matters at its edges
        path = place({"s.json.journal": raw[:cut] + tail})
        db = history.open(path)
        assert history.snapshot(db) == states[sum(end <= cut for end in ends)], cut
        told = list(db.storage.notes)
        history.commit(db, 99)
        assert db.storage.notes == told, cut
        wanted = history.snapshot(db)
        history.crash(db)
        db = history.open(path)
        assert history.snapshot(db) == wanted, cut
        history.crash(db)


def test_no_flipped_byte_of_the_journal_is_silent_or_invents_a_record(tmp_path, history, place):
    db, states = history.fill(tmp_path / "s.json", 4)
    history.crash(db)
    raw = (tmp_path / "s.json.journal").read_bytes()
    known = [document for state in states for table in state.values() for document in table.values()]
    for at in range(len(raw)):
        flip = (0x01, 0x41, 0x80)[at % 3]
        path = place({"s.json.journal": raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :]})
        db = history.open(path)
        # Of the very last line feed only the end of the line is gone: that is a torn tail, not damage.
        assert db.storage.notes or at == len(raw) - 1, at
        for table in history.snapshot(db).values():
            assert all(document in known for document in table.values()), at
        history.crash(db)


def test_a_damaged_journal_line_is_told_once_and_kept_aside(tmp_path, history):
    path = tmp_path / "s.json"
    db, states = history.fill(path, 3)
    history.crash(db)
    journal = tmp_path / "s.json.journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"0" * 20 + b"\n" + lines[2])
    db = history.open(path)
    assert "1 saved step" in db.storage.notes[0]
    assert history.snapshot(db)["contacts"] == states[3]["contacts"]
    history.crash(db)
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1
    db = history.open(path)
    assert db.storage.notes == []
    db.close()
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_a_data_file_cut_at_any_byte_loses_nothing(tmp_path, history, place):
    path = tmp_path / "s.json"
    db, _ = history.fill(path, 5)
    db.close()
    db = history.open(path)
    history.commit(db, 7)
    db.close()
    db = history.open(path)
    history.commit(db, 8)
    wanted = history.snapshot(db)
    history.crash(db)
    files = _files(tmp_path)
    for cut in range(len(files["s.json"])):
        db = history.open(place({**files, "s.json": files["s.json"][:cut]}))
        assert history.snapshot(db) == wanted, cut
        history.crash(db)


def test_no_flipped_byte_of_the_data_file_is_silent(tmp_path, history, place):
    path = tmp_path / "s.json"
    db, _ = history.fill(path, 4)
    db.close()
    db = history.open(path)
    history.commit(db, 8)
    db.close()
    wanted, files = history.snapshot(db), _files(tmp_path)
    for at in range(len(files["s.json"])):
        flipped = bytearray(files["s.json"])
        flipped[at] ^= 0x01
        db = history.open(place({**files, "s.json": bytes(flipped)}))
        assert db.storage.notes or history.snapshot(db) == wanted, at
        history.crash(db)


DAMAGE = {
    "empty": b"",
    "a brace": b"{",
    "NULs": b"\0" * 4096,
    "no documents": b'{"calls": [1]}',
    "a list": b"[]",
    "no UTF-8": b"\xff\xfe\x00",
    "cut": b'{"calls":{"1":{"n":1}',
    "deep": b"[" * 100_000,
    "missing": None,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_data_file_is_rebuilt_again_and_again(tmp_path, history, damage):
    path = tmp_path / "s.json"
    db, _ = history.fill(path, 5)
    db.close()
    for number in (7, 8):
        db = history.open(path)
        history.commit(db, number)
        wanted = history.snapshot(db)
        db.close() if number == 7 else history.crash(db)

    def spoil(content):
        path.unlink() if content is None else path.write_bytes(content)

    for content in (damage, b"again"):
        spoil(content)
        db = history.open(path)
        assert history.snapshot(db) == wanted
        assert "rebuilt" in db.storage.notes[0]
        history.crash(db)
    db = history.open(path)
    assert db.storage.notes == []
    history.commit(db, 9)
    wanted = history.snapshot(db)
    db.close()
    spoil(damage)
    db = history.open(path)
    assert history.snapshot(db) == wanted
    db.close()
    with TinyDB(path) as plain:
        assert {str(call.doc_id): dict(call) for call in plain.table("calls")} == wanted["calls"]


def test_the_very_first_data_file_is_rebuilt_from_the_journal_before_it(tmp_path, history):
    path = tmp_path / "s.json"
    db, states = history.fill(path, 3)
    db.close()
    path.write_bytes(b"damaged")
    db = history.open(path)
    assert history.snapshot(db) == states[3]
    assert "rebuilt" in db.storage.notes[0]
    db.close()


def test_with_no_readable_generation_nothing_is_touched(tmp_path, history):
    path = tmp_path / "s.json"
    for number in (1, 2, 3):
        db = history.open(path)
        history.commit(db, number)
        db.close()
    path.write_bytes(b"x")
    (tmp_path / "s.json.bak").write_bytes(b"y")
    before = _files(tmp_path)
    for read_only in (False, True):
        with pytest.raises(StoreError, match="put back"):
            history.open(path, read_only=read_only)
    assert _files(tmp_path) == before


def test_missing_commits_are_told(tmp_path, history):
    path = tmp_path / "s.json"
    db, _ = history.fill(path, 3)
    history.crash(db)
    journal = tmp_path / "s.json.journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[2])
    db = history.open(path)
    assert "step 2 is missing" in db.storage.notes[0]
    db.close()


def test_a_file_of_plain_tinydb_is_taken_over_and_given_back(tmp_path, history):
    path = tmp_path / "s.json"
    db, _ = history.fill(path, 3)
    db.close()
    with TinyDB(path) as plain:
        key = plain.table("calls").insert({"id": "by hand", "odd": float("nan")})
    db = history.open(path)
    assert db.storage.notes == []
    assert db.table("calls").get(doc_id=key) == {"id": "by hand", "odd": None}
    history.commit(db, 9)
    wanted = history.snapshot(db)
    db.close()
    with TinyDB(path) as plain:
        assert {str(call.doc_id): dict(call) for call in plain.table("calls")} == wanted["calls"]


def test_a_line_edited_by_hand_is_read_and_told(tmp_path, history):
    path = tmp_path / "s.json"
    db, _ = history.fill(path, 3)
    db.close()
    path.write_bytes(path.read_bytes().replace(b'"last":3', b'"last":33'))
    db = history.open(path)
    assert history.snapshot(db)["contacts"] == {"1": {"id": "c1", "last": 33}}
    assert "changed by something other" in db.storage.notes[0]
    db.close()
    assert json.loads(path.read_bytes())["contacts"]["1"]["last"] == 33
