"""The line of a commit of many records is written in blocks: whole or not at all, and not copied in memory."""

from __future__ import annotations

import errno
import os
import tracemalloc
import zlib

import pytest

from tui.storage import lines
from tui.storage.journal import JournalStorage
from tui.storage.protocol import NotSaved

MANY = {
    "contacts": {key: b'{"id":"%d","name":"%s"}' % (key, b"x" * 1_000) for key in range(1, 4_001)},
    "next_steps": {7: None, **dict.fromkeys(range(8, 2_000), b'{"action":"call"}')},
}
FEW = {"contacts": {1: b'{"id":"1"}', 2: None}}


@pytest.mark.parametrize("chain", [None, 77])
@pytest.mark.parametrize(
    "changes", [MANY, FEW, {"contacts": {}}, {}], ids=["many", "few", "no record", "no table"]
)
def test_the_blocks_of_a_line_are_the_line_that_is_read(changes, chain):
    line = lines.line_of(12, changes, chain)
    (commit,) = lines.decode(b"".join(line.blocks())).commits
    assert (commit.number, commit.changes, commit.follows) == (12, changes, chain)
    assert commit.checksum == line.checksum
    assert lines.heads(b"".join(line.blocks())) == ((12, line.checksum),)


def test_a_commit_of_few_is_one_write_and_one_of_many_is_several():
    assert len(list(lines.line_of(1, FEW, 0).blocks())) == 1
    assert len(list(lines.line_of(1, MANY, 0).blocks())) > 2


@pytest.fixture
def storage(tmp_path):
    storage = JournalStorage(tmp_path / "s.json")
    yield storage
    storage.abandon()


def journal(tmp_path):
    return (tmp_path / "s.json.journal").read_bytes()


def test_several_blocks_are_one_commit_of_the_journal_and_the_next_follows(storage, tmp_path):
    storage.commit(MANY)
    storage.commit(FEW)
    first, second = lines.decode(journal(tmp_path)).commits
    assert second.follows == lines.link(first.follows, first.checksum)
    assert storage._checksum == zlib.crc32(journal(tmp_path))


@pytest.mark.parametrize("which", [2, 3])
def test_a_disk_that_is_full_behind_a_block_leaves_nothing_of_the_commit(
    storage, tmp_path, monkeypatch, which
):
    storage.commit(FEW)
    before, real, count = journal(tmp_path), os.write, 0

    def full(descriptor, data):
        nonlocal count
        count += 1
        if count == which:
            real(descriptor, bytes(data)[: len(data) // 2])
            raise OSError(errno.ENOSPC, "no room")
        return real(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(NotSaved):
            storage.commit(MANY)
    assert count == which
    assert journal(tmp_path) == before
    assert not storage.rows("contacts").holds(3)
    storage.commit(MANY)
    assert storage.rows("contacts").holds(3)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_a_commit_that_was_cut_off_between_its_blocks_is_none(storage, tmp_path, part):
    storage.commit(FEW)
    end = len(journal(tmp_path))
    storage.commit(MANY)
    storage.abandon()
    whole = journal(tmp_path)
    (tmp_path / "s.json.journal").write_bytes(whole[: end + int((len(whole) - end) * part)])
    again = JournalStorage(tmp_path / "s.json")
    try:
        assert again.number == 1
        assert not again.rows("contacts").holds(3)
    finally:
        again.abandon()


def test_a_commit_of_many_makes_no_second_copy_of_them_in_memory(storage):
    size = sum(len(raw or b"") for documents in MANY.values() for raw in documents.values())
    tracemalloc.start()
    try:
        storage.commit(MANY)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size * 0.8
