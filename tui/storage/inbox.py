"""Do-not-calls from outside: a command beside an open cockpit leaves them here, and the cockpit takes them up.

    do_not_call.inbox           one line for each: checksum, blank, JSON of the addition; appended, never rewritten

Whoever writes holds the file's lock, and so does the cockpit while it empties the file. It does that only after what
lies there is in the store, so that a crash in between leaves a line twice, never none; its id says that it is known.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from tui.domain.do_not_call import Entry
from tui.storage import disk, lines, messages
from tui.storage.other_documents import entry_from_document, entry_to_document
from tui.storage.protocol import NotSaved, StoreError
from tui.storage.values import dump, load
from tui.system import readfile

FILE = "do_not_call.inbox"
TORN_S = 60.0
"""So long a last line without its end is waited for; then whoever wrote it is gone."""
_MOST = 8 * 1024 * 1024
"""Bytes of an inbox: 20,000 additions."""
_PATIENCE_S, _PAUSE_S = 5.0, 0.02


class Letters(Struct, frozen=True):
    """What lies in the inbox."""

    entries: tuple[Entry, ...]
    damaged: tuple[str, ...]
    """Lines that are no addition, as they stand."""
    torn: bool
    """Whether the last line is still being written."""
    size: int
    """Bytes of all this."""
    identity: tuple[int, int, int]


class Inbox:
    """The inbox of a data folder; where there is no folder nothing is in it."""

    def __init__(self, folder: Path, *, ours: bool = True) -> None:
        """`ours`: whether we hold the store, so that what was taken up goes."""
        self._path = folder / FILE
        self._ours = ours
        self._seen: tuple[int, int, int] | None = None
        """The inbox as it was when everything in it was known."""

    @property
    def folder(self) -> Path:
        """The data folder it lies in."""
        return self._path.parent

    @property
    def holds_something(self) -> bool:
        """Whether anything lies there, known or not."""
        return _identity(self._path) is not None

    def unread(self) -> Letters | None:
        """What lies there; None when nothing does, or nothing else than at the last look. Costs one look at the folder.

        Raises `StoreError`, once for each state of the file, when it cannot be read.
        """
        path, found = self._path, _identity(self._path)
        if found is None or found == self._seen:
            return None
        try:
            with readfile.opened(path) as file:
                raw = file.read(_MOST + 1)
            if len(raw) > _MOST:
                raise OSError(errno.EINVAL, messages.TOO_LARGE)
        except OSError as error:
            self._seen = found
            raise StoreError(messages.cannot_read_inbox(path, messages.reason(error))) from error
        return _letters(raw, found)

    def taken(self, letters: Letters) -> None:
        """Forget what was taken up, unless more has come meanwhile. Call it once everything is in the store."""
        if letters.torn:
            return
        if not self._ours:
            self._seen = letters.identity
            return
        with suppress(
            OSError
        ):  # somebody is writing, or the disk takes nothing: the next look finds it again
            descriptor = os.open(self._path, os.O_RDWR | disk.BINARY)
            try:
                disk.lock_now(descriptor)
                if os.fstat(descriptor).st_size == letters.size:
                    disk.cut(descriptor, 0)
                    disk.sync(descriptor)
            finally:
                os.close(descriptor)

    def add(self, entry: Entry) -> None:
        """Append an addition; it is on the disk when this returns. Raises `NotSaved`."""
        body = dump(entry_to_document(entry))
        try:
            with _opened_to_write(self._path) as descriptor:
                _append(descriptor, lines.with_checksum(body))
            disk.sync_folder(self._path.parent)
        except OSError as error:
            raise NotSaved(messages.not_saved(self._path, error)) from error


def _letters(raw: bytes, found: tuple[int, int, int]) -> Letters:
    *whole, rest = raw.split(b"\n")
    torn = bool(rest) and time.time() - found[2] / 1e9 < TORN_S
    if rest and not torn:
        whole.append(rest)
    entries, damaged = [], []
    for line in filter(None, whole):
        try:
            entries.append(_entry(line))
        except (ValueError, RecursionError):
            damaged.append(line.decode("utf-8", "replace"))
    return Letters(tuple(entries), tuple(damaged), torn, len(raw), found)


def _entry(line: bytes) -> Entry:
    """The addition of a line. Nothing else comes from outside: no lift, nothing undone, nothing that binds nobody."""
    entry = entry_from_document(load(lines.checked(line)))
    binds = entry.contact_id or entry.numbers or entry.firm
    if entry.kind != "addition" or entry.voided_at is not None or not binds:
        raise ValueError("no addition")
    return entry


def _identity(path: Path) -> tuple[int, int, int] | None:
    """None when nothing lies there, also when the folder is gone: then the store itself says so."""
    try:
        found = disk.identity(path)
    except OSError:
        return None
    return found if found and found[1] else None


@contextmanager
def _opened_to_write(path: Path) -> Iterator[int]:
    descriptor = disk.open_append(path)
    try:
        ends = time.monotonic() + _PATIENCE_S
        while True:
            try:
                disk.lock_now(descriptor)
                break
            except OSError:
                if time.monotonic() > ends:
                    raise
            time.sleep(_PAUSE_S)
        yield descriptor
    finally:
        os.close(descriptor)


def _append(descriptor: int, line: bytes) -> None:
    size = os.fstat(descriptor).st_size
    if size:
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":
            line = b"\n" + line  # whoever wrote the last line was stopped in the middle of it
    if size + len(line) > _MOST:
        raise NotSaved(messages.inbox_full())
    try:
        disk.write_all(descriptor, line)
        disk.sync(descriptor)
    except OSError:
        with suppress(OSError):
            disk.cut(descriptor, size)
        raise
