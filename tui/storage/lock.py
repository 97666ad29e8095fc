"""One writer at a time.

The lock is a file of its own that says who has it, since the data file is replaced at each checkpoint. Somebody may
remove it, and then a second program would find the place free: so the journal, which no program writes to without
being noticed, is locked too.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from tui.storage import disk, messages
from tui.storage.protocol import StoreError, StoreIsOpen

_BUSY = frozenset({errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN, errno.EDEADLK})
_BEHIND_IT_ALL = 1 << 30
"""Windows forbids reading a locked byte, so a byte far behind the end of any of our files is locked there."""


class Lock:
    """Held from `take` to `release`; the kernel frees it when the process dies."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, data_file: Path) -> Lock:
        """The lock beside the data file; raises `StoreIsOpen` with the pid of its holder, or `StoreError`."""
        try:
            return cls.take_again(data_file)
        except OSError as error:
            raise StoreError(messages.cannot_write_folder(data_file.parent, error)) from error

    @classmethod
    def take_again(cls, data_file: Path) -> Lock:
        """As `take`, but where the folder takes no file it raises OSError."""
        descriptor = os.open(_path_of(data_file), os.O_RDWR | os.O_CREAT | disk.BINARY, disk.OURS_ONLY)
        try:
            lock_now(descriptor)
        except OSError as error:
            holder = _pid_in(descriptor)
            os.close(descriptor)
            raise _refused(data_file, error, holder) from error
        with suppress(OSError):  # the pid is for the message only; a full disk must not keep us out
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
        return cls(descriptor)

    def is_ours(self, data_file: Path) -> bool:
        """Whether the lock we hold is the one that others find beside the data file."""
        try:
            found = _path_of(data_file).stat()
        except OSError:
            return False
        assert self._descriptor is not None
        return os.path.samestat(found, os.fstat(self._descriptor))

    def release(self) -> None:
        """Frees the lock; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def lock_now(descriptor: int) -> None:
    """Lock an open file until it is closed; raises OSError when another has it."""
    if os.name == "nt":
        import msvcrt

        os.lseek(descriptor, _BEHIND_IT_ALL, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_journal(descriptor: int, data_file: Path) -> None:
    """Lock the journal itself: a lock file can be removed, the file that is written to cannot without being missed.

    Raises `StoreIsOpen` when another program writes there, `StoreError` where the file system keeps no locks. The
    caller closes the file.
    """
    try:
        lock_now(descriptor)
    except OSError as error:
        raise _refused(data_file, error, None) from error


def _refused(data_file: Path, error: OSError, holder: int | None) -> StoreError:
    if error.errno in _BUSY:
        return StoreIsOpen(messages.open_elsewhere(data_file, holder), holder)
    return StoreError(messages.cannot_lock(data_file, error))


def _path_of(data_file: Path) -> Path:
    return data_file.with_name(data_file.name + ".lock")


def _pid_in(descriptor: int) -> int | None:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        return int(os.read(descriptor, 20))
    except (OSError, ValueError):
        return None
