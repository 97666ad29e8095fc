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
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from tinydb.storages import Storage

from tui.storage import checkpoint, comparing, disk, generations, lines, messages
from tui.storage.checkpoint import Generation
from tui.storage.disk import Lock, lock_journal
from tui.storage.generations import Copy, sibling
from tui.storage.protocol import NotSaved, StoreError, StoreIsOpen
from tui.storage.rows import Changes, Rows, changes_between, show

_TRIES = 50
"""A reader may meet a checkpoint being made; then it reads again."""
Accept: TypeAlias = Callable[[Path, Iterable[bytes]], None]
"""Told the documents of the format of every file before anything is written; raises `StoreError`."""


class JournalStorage(Storage):
    """The tables in memory and on disk, always the same. Opening raises `StoreIsOpen` or `StoreError`."""

    def __init__(
        self, path: str | os.PathLike[str], read_only: bool = False, accept: Accept | None = None
    ) -> None:
        self.path = Path(path)
        self.notes: list[str] = []
        """What opening and closing found and mended, as sentences for the rep."""
        self.tables: dict[str, Rows] = {}
        self.number = 0
        """Of the last commit."""
        self._chain: int | None = 0
        self._made = 0
        """Number of the last commit in the data file."""
        self._removed: set[comparing.Place] = set()
        self._journal = sibling(self.path, ".journal")
        self._descriptor: int | None = None
        self._end = 0
        self._checksum = 0
        self._written_at = 0
        """Length, checksum and time of the journal when we last wrote to it."""
        self._identity: tuple[int, int, int] | None = None
        self._out_of_order = ""
        self._accept = accept
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
            loaded = self._load()
            if not loaded.findings or disk.identity(self.path) == loaded.identity:
                break
        self.notes = [finding.sentence for finding in loaded.findings]

    def _open_for_writing(self) -> None:
        for ending in ("", ".bak", ".journal.bak", ".lock"):
            disk.make_private(sibling(self.path, ending))
        self._descriptor = disk.open_again(self._journal)
        if self._descriptor is not None:
            lock_journal(self._descriptor, self.path)
        loaded = self._load()
        for finding in loaded.findings:
            names = [self._keep(copy) for copy in finding.copies]
            self.notes.append(finding.sentence + messages.kept(", ".join(filter(None, names))))
        if self._descriptor is None:
            self._descriptor = disk.open_append(self._journal)
            lock_journal(self._descriptor, self.path)
        if loaded.journal.good < os.fstat(self._descriptor).st_size:
            disk.cut(self._descriptor, loaded.journal.good)
            disk.sync(self._descriptor)
        self._end, self._checksum = loaded.journal.good, zlib.crc32(loaded.raw[: loaded.journal.good])
        self._written_at = os.fstat(self._descriptor).st_mtime_ns
        disk.sync_folder(self.path.parent)
        if loaded.afresh:
            self._start_afresh()

    def _load(self) -> generations.Loaded:
        loaded = generations.load(self.path)
        if self._accept:
            self._accept(self.path, loaded.formats)
        self.tables, self.number, self._chain = loaded.tables, loaded.number, loaded.chain
        self._identity, self._removed, self._made = loaded.identity, loaded.removed, loaded.made
        return loaded

    def _keep(self, copy: Copy) -> str:
        """Keep a copy, durably and for the rep alone; its name, empty when there is nothing to copy."""
        target = sibling(copy.path, f".{copy.kind}-{time.time_ns()}")
        if copy.made is not None:
            self._write_checkpoint(target, copy.made)
        elif copy.path.exists():
            disk.copy(copy.path, target)
        else:
            return ""
        return target.name

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
                self._fold()
        except OSError as error:  # the journal still holds everything
            self.notes.append(messages.checkpoint_postponed(self.path, error))
        finally:
            self.abandon()

    def _fold(self) -> None:
        assert self._descriptor is not None
        try:
            if self._journal_is_ours(self._descriptor):
                self.checkpoint()
            else:
                self._replace_lost_journal()
        except StoreIsOpen:
            copy = sibling(self.path, f".ours-{time.time_ns()}")
            self._write_checkpoint(copy, self._generation())
            self.notes.append(messages.kept_beside(self.path, copy.name))

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
        if self._lock is None:
            raise NotSaved(messages.reading_only(self.path))
        if self._out_of_order:
            raise NotSaved(messages.out_of_order(self.path, self._out_of_order))
        if not changes:
            return
        line = lines.line_of(self.number + 1, changes, self._chain)
        descriptor = self._own_journal()
        # Whatever interrupts us between here and the end leaves a line on disk that memory does not know.
        self._out_of_order = messages.INTERRUPTED
        self._end, self._checksum = self._append(descriptor, line)
        self._written_at = os.fstat(descriptor).st_mtime_ns
        self.number += 1
        self._chain = lines.link(self._chain, line.checksum)
        self.show(changes)
        self._out_of_order = ""

    def _own_journal(self) -> int:
        """The journal to write to: ours, whole, and the one a next start would find. Raises `NotSaved`."""
        try:
            if self._descriptor is None:
                self._open_journal()
            assert self._descriptor is not None
            if not self._journal_is_ours(self._descriptor):
                self._replace_lost_journal()
        except StoreIsOpen as error:
            raise NotSaved(messages.other_writer(self.path, error.pid)) from error
        except OSError as error:
            raise NotSaved(messages.not_saved(self._journal, error)) from error
        assert self._descriptor is not None
        return self._descriptor

    def _append(self, descriptor: int, line: lines.JournalLine) -> tuple[int, int]:
        """Writes the line durably; length and checksum of the journal with it. Raises `NotSaved`."""
        end, checksum = self._end, self._checksum
        try:
            for block in line.blocks():
                disk.write_all(descriptor, block)
                end, checksum = end + len(block), zlib.crc32(block, checksum)
        except OSError as error:
            self._rewind(descriptor, error)
            raise NotSaved(messages.not_saved(self._journal, error)) from error
        try:
            disk.sync(descriptor)
        except OSError as error:
            # What reached the disk is unknown, and a second fsync may call it well when it is not.
            self._out_of_order = messages.NOT_CONFIRMED
            raise NotSaved(messages.not_sure(self._journal, error)) from error
        return end, checksum

    def _journal_is_ours(self, descriptor: int) -> bool:
        """Whether the journal we write to is the one a next start would find, and holds what we wrote."""
        ours = os.fstat(descriptor)
        try:
            found = self._journal.stat()
        except OSError:
            return False
        if not os.path.samestat(found, ours) or ours.st_size != self._end:
            return False
        if ours.st_mtime_ns != self._written_at:
            # Touched, or written over: a look inside says which.
            if zlib.crc32(disk.read(self._journal)) != self._checksum:
                return False
            self._written_at = ours.st_mtime_ns
        return True

    def _replace_lost_journal(self) -> None:
        """Somebody removed, moved or changed the journal under us; memory still knows what stood in it.

        Raises `StoreIsOpen` when another Power Hour has the data by now, and OSError.
        """
        self._stay_the_writer()
        changed = self._journal.exists() and self._journal.stat().st_size
        name = self._keep(Copy(self._journal, "theirs")) if changed else ""
        self.checkpoint(afresh=True)
        self.notes.append(messages.journal_removed(self._journal) + messages.kept(name))

    def _stay_the_writer(self) -> None:
        """Take the lock again when somebody removed its file; raises `StoreIsOpen` when another was quicker."""
        assert self._lock is not None
        if not self._lock.is_ours(self.path):
            lock = Lock.take_again(self.path)
            self._lock.release()
            self._lock = lock

    def _rewind(self, descriptor: int, error: OSError) -> None:
        try:
            disk.cut(descriptor, self._end)
            disk.sync(descriptor)
            self._out_of_order = ""
        except OSError:
            self._out_of_order = messages.reason(error)

    def show(self, changes: Changes) -> None:
        """Changes the tables in memory only."""
        show(self.tables, changes)
        self._removed |= comparing.removed_in(changes)

    # -- checkpoints

    def checkpoint(self, *, afresh: bool = False) -> None:
        """Puts every commit into the data file and empties the journal; raises OSError, losing nothing.

        Raises `StoreIsOpen` when somebody removed the lock file and another Power Hour has the data by now.
        With `afresh` the generation before is written again too.
        """
        self._stay_the_writer()
        found = disk.identity(self.path)
        if found == self._identity and not afresh:
            self._make_generation()
            return
        if found not in (None, self._identity):
            theirs = sibling(self.path, f".theirs-{time.time_ns()}")
            self.path.replace(theirs)
            disk.make_private(theirs)
            self.notes.append(messages.theirs_kept(self.path, theirs.name, self._take_in(theirs)))
        self._start_afresh()

    def _take_in(self, theirs: Path) -> int:
        """Records that another program added to the file we knew become ours; how many. An older file adds none."""
        try:
            found = checkpoint.read(theirs)
        except (ValueError, OSError):
            return 0
        if found is None or found.number < self._made:
            return 0
        return generations.take_in(self.tables, found.tables, self._removed)

    def _generation(self) -> Generation:
        return Generation(self.tables, self.number, self._chain)

    def keep_copy(self, ending: str) -> None:
        """Write every table as it is now to a file beside ours; raises OSError. An older copy is replaced."""
        temporary = sibling(self.path, ".tmp")
        self._write_checkpoint(temporary, self._generation())
        temporary.replace(sibling(self.path, ending))
        disk.sync_folder(self.path.parent)

    def _start_afresh(self) -> None:
        """Two checkpoints: after them `.bak` and its journal follow on to the data file again."""
        self._make_generation()
        self._make_generation()

    def _make_generation(self) -> None:
        if self._chain is None:
            self._chain = zlib.crc32(b"%d" % self.number)  # an older program kept none: it begins here
        temporary = sibling(self.path, ".tmp")
        self._write_checkpoint(temporary, self._generation())
        if self.path.exists():
            _second_name(self.path, sibling(self.path, ".tmp.bak"))
            sibling(self.path, ".tmp.bak").replace(sibling(self.path, ".bak"))
        temporary.replace(self.path)
        self._identity, self._made = disk.identity(self.path), self.number
        disk.sync_folder(self.path.parent)
        self._rotate_journal()

    @staticmethod
    def _write_checkpoint(temporary: Path, generation: Generation) -> None:
        try:
            descriptor = disk.open_fresh(temporary)
            try:
                checkpoint.write(descriptor, generation)
                disk.sync(descriptor)
            finally:
                os.close(descriptor)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise

    def _rotate_journal(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)  # Windows renames no open file
            self._descriptor = None
        with suppress(FileNotFoundError):
            self._journal.replace(sibling(self._journal, ".bak"))
        self._end = self._checksum = 0
        self._open_journal()
        disk.sync_folder(self.path.parent)

    def _open_journal(self) -> None:
        """Open the journal again behind a checkpoint; raises OSError, and `StoreIsOpen` when another has it."""
        descriptor = disk.open_append(self._journal)
        try:
            lock_journal(descriptor, self.path)
        except StoreError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        self._written_at = os.fstat(descriptor).st_mtime_ns


def _second_name(path: Path, name: Path) -> None:
    """Gives the file a second name; a copy where the file system knows no hard links."""
    with suppress(FileNotFoundError):
        name.unlink()
    try:
        os.link(path, name)
    except OSError:
        disk.copy(path, name)
