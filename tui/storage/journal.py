"""A TinyDB storage that is durable at every commit: a journal in front of the data file.

    sessions.json               the checkpoint; TinyDB(path) reads it after a clean close
    sessions.json.journal       one line per commit since
    sessions.json.bak           the checkpoint before, and
    sessions.json.journal.bak   its journal: together they rebuild a damaged sessions.json
    sessions.json.schema-1      everything as an older program left it, before its records were changed to our format
    sessions.json.lock          held by the one writing process; says its pid

A commit is one line and one fsync, whatever the size of the history. The checkpoint is made on a clean close.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from tui.storage import checkpoint, disk, lines, messages
from tui.storage.lock import Lock
from tui.storage.protocol import NotSaved, StoreError
from tui.storage.rows import Changes, Rows, changes_between

_TRIES = 3
"""A reader may meet a checkpoint being made; then it reads again."""


class JournalStorage(Storage):
    """The tables in memory and on disk, always the same. Opening raises `StoreIsOpen` or `StoreError`."""

    def __init__(self, path: str | os.PathLike[str], read_only: bool = False) -> None:
        self.path = Path(path)
        self.notes: list[str] = []
        """What opening and closing found and mended, as sentences for the rep."""
        self.tables: dict[str, Rows] = {}
        self.number = 0
        """Of the last commit."""
        self._journal = _beside(self.path, ".journal")
        self._descriptor: int | None = None
        self._end = 0
        self._identity: tuple[int, int, int] | None = None
        self._out_of_order = ""
        self._lock = None if read_only else Lock.take(self.path)
        try:
            if read_only:
                self._read_beside_a_writer()
            else:
                self._open_for_writing()
        except OSError as error:
            self.abandon()
            raise StoreError(messages.cannot_open(self.path, error)) from error
        except BaseException:
            self.abandon()
            raise

    # -- opening

    def _read_beside_a_writer(self) -> None:
        for _ in range(_TRIES):
            self._load()
            if not self.notes:
                return

    def _open_for_writing(self) -> None:
        journal, rebuilt = self._load()
        self._descriptor = disk.open_append(self._journal)
        if journal.damaged:
            copy = _beside(self._journal, f".damaged-{time.time_ns()}")
            shutil.copyfile(self._journal, copy)
            self.notes.append(messages.lines_damaged(journal.damaged, self._journal, copy.name))
        if journal.good < os.fstat(self._descriptor).st_size:
            disk.cut(self._descriptor, journal.good)
            disk.sync(self._descriptor)
        self._end = journal.good
        disk.sync_folder(self.path.parent)
        if rebuilt:
            with suppress(FileNotFoundError):
                self.path.replace(_beside(self.path, f".damaged-{time.time_ns()}"))
        if rebuilt or journal.damaged:
            self._start_afresh()

    def _load(self) -> tuple[lines.Journal, bool]:
        """Reads everything; gives the journal, and whether the data file had to be rebuilt."""
        self.notes = []
        # The journal first: should a checkpoint be made in between, the newer file holds the older journal.
        journal = lines.decode(disk.read(self._journal))
        self._identity = disk.identity(self.path)
        rebuilt = False
        try:
            generation = checkpoint.read(self.path)
        except ValueError:
            generation, rebuilt = None, True
        if generation is None:
            generation = self._generation_before(damaged=rebuilt)
            rebuilt = generation is not None
        self.tables, self.number = ({}, 0) if generation is None else (generation.tables, generation.number)
        if generation is not None and generation.edited and not rebuilt:
            self.notes.append(messages.edited_outside(self.path))
        if rebuilt:
            self.notes.append(messages.rebuilt(self.path))
            self._replay(lines.decode(disk.read(_beside(self._journal, ".bak"))))
        self._replay(journal)
        return journal, rebuilt

    def _generation_before(self, damaged: bool) -> checkpoint.Generation | None:
        """The checkpoint before; an empty one if the journal before reaches back to the first commit."""
        try:
            before = checkpoint.read(_beside(self.path, ".bak"))
        except ValueError:
            before, damaged = None, True
        if before is not None:
            return before
        first = lines.decode(disk.read(_beside(self._journal, ".bak"))).commits[:1]
        if first and first[0][0] == 1:
            return checkpoint.Generation({}, 0)
        if damaged:
            raise StoreError(messages.both_damaged(self.path))
        return None

    def _replay(self, journal: lines.Journal) -> None:
        for number, changes in journal.commits:
            if number <= self.number:
                continue
            if number > self.number + 1 and not journal.damaged:
                self.notes.append(messages.steps_missing(self.number + 1, number - 1))
            self.show(changes)
            self.number = number

    # -- TinyDB's storage interface

    def read(self) -> dict[str, Any] | None:
        """The tables that hold something, or None."""
        return {name: rows for name, rows in self.tables.items() if rows} or None

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Makes the tables those of `data` in one commit; raises `NotSaved`."""
        self.commit(changes_between(self.tables, data))

    def close(self) -> None:
        """Folds the journal into the data file and frees the lock. What fails is said in `notes`."""
        try:
            if self._descriptor is not None and self._end and not self._out_of_order:
                self.checkpoint()
        except OSError as error:  # the journal still holds everything
            self.notes.append(messages.checkpoint_postponed(self.path, error))
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Lets go of the files as they are, as a crash would; nothing acknowledged is lost."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # -- commits

    def rows(self, table: str) -> Rows:
        """One table; an empty one when there is none."""
        return self.tables.get(table) or self.tables.setdefault(table, Rows())

    def commit(self, changes: Changes) -> None:
        """Writes all changes durably, then shows them; raises `NotSaved` and changes nothing."""
        if self._descriptor is None:
            raise NotSaved(messages.reading_only(self.path))
        if self._out_of_order:
            raise NotSaved(messages.out_of_order(self.path, self._out_of_order))
        if not changes:
            return
        line = lines.encode(self.number + 1, changes)
        if not self._journal_is_ours(self._descriptor):
            self._replace_lost_journal()
        # Whatever interrupts us between here and the end leaves a line on disk that memory does not know.
        self._out_of_order = "the last write was interrupted"
        self._append(self._descriptor, line)
        self._end += len(line)
        self.number += 1
        self.show(changes)
        self._out_of_order = ""

    def _append(self, descriptor: int, line: bytes) -> None:
        try:
            disk.write_all(descriptor, line)
        except OSError as error:
            self._rewind(descriptor, error)
            raise NotSaved(messages.not_saved(self._journal, error)) from error
        try:
            disk.sync(descriptor)
        except OSError as error:
            # What reached the disk is unknown, and a second fsync may call it well when it is not.
            self._out_of_order = "the disk could not confirm an earlier write"
            raise NotSaved(messages.not_sure(self._journal, error)) from error

    def _journal_is_ours(self, descriptor: int) -> bool:
        """Whether the journal we write to is the one a next start would find, and nothing is missing from it."""
        ours = os.fstat(descriptor)
        try:
            found = self._journal.stat()
        except OSError:
            return False
        return (found.st_ino, found.st_dev) == (ours.st_ino, ours.st_dev) and ours.st_size >= self._end

    def _replace_lost_journal(self) -> None:
        """Somebody removed, moved or cut the journal under us; memory still knows what stood in it."""
        try:
            self.checkpoint()
        except OSError as error:
            raise NotSaved(messages.not_saved(self._journal, error)) from error
        self.notes.append(messages.journal_removed(self._journal))

    def _rewind(self, descriptor: int, error: OSError) -> None:
        try:
            disk.cut(descriptor, self._end)
            disk.sync(descriptor)
            self._out_of_order = ""
        except OSError:
            self._out_of_order = messages.reason(error)

    def show(self, changes: Changes) -> None:
        """Changes the tables in memory only."""
        for name, documents in changes.items():
            put = self.rows(name).put
            for key, raw in documents.items():
                put(key, raw)

    # -- checkpoints

    def checkpoint(self) -> None:
        """Puts every commit into the data file and empties the journal; raises OSError, losing nothing."""
        found = disk.identity(self.path)
        if found == self._identity:
            self._make_generation()
            return
        if found is not None:
            theirs = _beside(self.path, f".theirs-{time.time_ns()}")
            self.path.replace(theirs)
            self.notes.append(messages.theirs_kept(self.path, theirs))
        self._start_afresh()

    def keep_copy(self, ending: str) -> None:
        """Write every table as it is now to a file beside ours; raises OSError. An older copy is replaced."""
        temporary = _beside(self.path, ".tmp")
        self._write_checkpoint(temporary)
        temporary.replace(_beside(self.path, ending))
        disk.sync_folder(self.path.parent)

    def _start_afresh(self) -> None:
        """Two checkpoints: after them `.bak` and its journal follow on to the data file again."""
        self._make_generation()
        self._make_generation()

    def _make_generation(self) -> None:
        temporary = _beside(self.path, ".tmp")
        self._write_checkpoint(temporary)
        if self.path.exists():
            _second_name(self.path, _beside(self.path, ".tmp.bak"))
            _beside(self.path, ".tmp.bak").replace(_beside(self.path, ".bak"))
        temporary.replace(self.path)
        self._identity = disk.identity(self.path)
        disk.sync_folder(self.path.parent)
        self._rotate_journal()

    def _write_checkpoint(self, temporary: Path) -> None:
        try:
            descriptor = disk.open_fresh(temporary)
            try:
                checkpoint.write(descriptor, self.tables, self.number)
                disk.sync(descriptor)
            finally:
                os.close(descriptor)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise

    def _rotate_journal(self) -> None:
        assert self._descriptor is not None
        os.close(self._descriptor)  # Windows renames no open file
        self._descriptor = None
        try:
            with suppress(FileNotFoundError):
                self._journal.replace(_beside(self._journal, ".bak"))
        finally:
            self._descriptor = disk.open_append(self._journal)
            self._end = os.fstat(self._descriptor).st_size
        disk.sync_folder(self.path.parent)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _second_name(path: Path, name: Path) -> None:
    """Gives the file a second name; a copy where the file system knows no hard links."""
    with suppress(FileNotFoundError):
        name.unlink()
    try:
        os.link(path, name)
    except OSError:
        shutil.copyfile(path, name)
