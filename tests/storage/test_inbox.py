"""Do-not-calls left by another program: each is found, however its writer ended, and none is lost on the way."""

from __future__ import annotations

import os
import stat
import threading
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.do_not_call import Entry
from tui.storage.inbox import FILE, TORN_S, Inbox
from tui.storage.lines import with_checksum
from tui.storage.other_documents import entry_to_document
from tui.storage.protocol import NotSaved, StoreError
from tui.storage.values import dump

AT = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
DAY = date(2026, 11, 23)
ANN = Entry("a1", AT, DAY, why="a letter", name="Ann Rossi", contact_id="ann")
BO = Entry("a2", AT, DAY, why="a letter", name="+44 20 7946 0101", numbers=("+442079460101",))
FIRM = Entry("a3", AT, DAY, why="they wrote", name="Kente Foods", firm="kente foods")


def lines_of(*entries):
    return b"".join(with_checksum(dump(entry_to_document(entry))) for entry in entries)


def old(path):
    """Nobody has written there for long."""
    passed = path.stat().st_mtime - TORN_S - 1
    os.utime(path, (passed, passed))


def test_what_is_left_is_found_once_and_gone_when_it_was_taken(tmp_path):
    inbox = Inbox(tmp_path)
    assert inbox.unread() is None
    old_mask = os.umask(0)
    try:
        for entry in (ANN, BO, FIRM):
            Inbox(tmp_path).add(entry)
    finally:
        os.umask(old_mask)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    letters = inbox.unread()
    assert letters.entries == (ANN, BO, FIRM)
    assert (letters.damaged, letters.torn) == ((), False)
    inbox.taken(letters)
    assert inbox.unread() is None
    assert not inbox.holds_something


def test_what_comes_while_the_rest_is_taken_up_stays(tmp_path):
    inbox = Inbox(tmp_path)
    inbox.add(ANN)
    letters = inbox.unread()
    Inbox(tmp_path).add(BO)
    inbox.taken(letters)
    assert inbox.unread().entries == (ANN, BO)


def test_who_only_reads_takes_nothing_out_and_looks_once(tmp_path):
    Inbox(tmp_path).add(ANN)
    reader = Inbox(tmp_path, ours=False)
    reader.taken(reader.unread())
    assert reader.unread() is None
    assert Inbox(tmp_path).unread().entries == (ANN,)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from((ANN, BO, FIRM)), st.none() | st.integers(0, 400)), min_size=1, max_size=6
    )
)
def test_whoever_is_stopped_in_the_middle_of_a_line_costs_nobody_elses(tmp_path, no_sync, writers):
    """A writer that is cut after so many bytes never said that it was done; every other addition is found."""
    path = tmp_path / FILE
    path.unlink(missing_ok=True)
    acknowledged, torn = [], 0
    for entry, cut in writers:
        line = lines_of(entry)
        if cut is None or cut >= len(line):
            Inbox(tmp_path).add(entry)
            acknowledged.append(entry)
        elif cut:
            before = path.read_bytes() if path.exists() else b""
            path.write_bytes(before + (b"\n" if before and not before.endswith(b"\n") else b"") + line[:cut])
            torn += 1
    if not path.exists():
        return
    old(path)
    inbox = Inbox(tmp_path)
    letters = inbox.unread()
    # A line that only lacks its end is an addition all the same.
    assert len(letters.entries) + len(letters.damaged) == len(acknowledged) + torn
    for entry in (ANN, BO, FIRM):
        assert letters.entries.count(entry) >= acknowledged.count(entry)
    inbox.taken(letters)
    assert inbox.unread() is None


def test_a_line_that_is_still_being_written_is_waited_for_and_nothing_is_cleared_under_it(tmp_path):
    path = tmp_path / FILE
    whole = lines_of(ANN, BO)
    path.write_bytes(whole[:-20])
    inbox = Inbox(tmp_path)
    letters = inbox.unread()
    assert (letters.entries, letters.damaged, letters.torn) == ((ANN,), (), True)
    inbox.taken(letters)
    path.write_bytes(whole)
    assert inbox.unread().entries == (ANN, BO)


@pytest.mark.parametrize(
    "line",
    [
        b"0" + lines_of(ANN)[1:] if lines_of(ANN)[:1] != b"0" else b"1" + lines_of(ANN)[1:],
        b"nonsense\n",
        b"\xff\xfe\x00\n",
        with_checksum(b"[" * 5000),
        with_checksum(b'{"id":"a9"}'),
        lines_of(replace(ANN, kind="lift", lifts=("a0",))),
        lines_of(replace(ANN, voided_at=AT)),
        lines_of(replace(ANN, contact_id="")),
    ],
    ids=["checksum", "words", "bytes", "deep", "half a record", "a lift", "undone", "nobody"],
)
def test_a_line_that_is_no_addition_is_given_apart_and_the_others_are_found(tmp_path, line):
    (tmp_path / FILE).write_bytes(lines_of(ANN) + line + lines_of(BO))
    letters = Inbox(tmp_path).unread()
    assert letters.entries == (ANN, BO)
    assert letters.damaged == (line.decode("utf-8", "replace").rstrip("\n"),)


def test_an_inbox_too_large_or_in_the_way_is_said_once(tmp_path):
    (tmp_path / FILE).write_bytes(b"x" * (8 * 1024 * 1024 + 1))
    inbox = Inbox(tmp_path)
    with pytest.raises(StoreError, match="larger than 8 MB"):
        inbox.unread()
    assert inbox.unread() is None
    with pytest.raises(NotSaved, match="full"):
        inbox.add(ANN)


def test_what_could_not_be_written_leaves_no_half_line(tmp_path, monkeypatch):
    inbox = Inbox(tmp_path)
    inbox.add(ANN)

    def full(descriptor, data):
        os.write(descriptor, data[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("tui.storage.disk.write_all", full)
        with pytest.raises(NotSaved, match="the disk is full"):
            inbox.add(BO)
    assert (tmp_path / FILE).read_bytes() == lines_of(ANN)


def test_many_writers_at_once_lose_nothing(tmp_path, no_sync):
    everybody = [replace(ANN, id=f"a{number}") for number in range(40)]
    threads = [threading.Thread(target=Inbox(tmp_path).add, args=(one,)) for one in everybody]
    inbox, found = Inbox(tmp_path), set()
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) or inbox.holds_something:
        if letters := inbox.unread():
            found |= {entry.id for entry in letters.entries}
            assert not letters.damaged
            inbox.taken(letters)
    assert found == {one.id for one in everybody}
