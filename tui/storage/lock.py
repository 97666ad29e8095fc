"""One writer at a time. The lock is a file of its own: the data file is replaced at each checkpoint."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from tui.storage import disk, messages
from tui.storage.protocol import StoreError, StoreIsOpen

_BUSY = frozenset({errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN, errno.EDEADLK})
_BEHIND_THE_PID = 1 << 20
"""Windows forbids reading a locked byte, so a byte far behind the pid is locked there."""


class Lock:
    """Held from `take` to `release`; the kernel frees it when the process dies."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, data_file: Path) -> Lock:
        """The lock beside the data file; raises `StoreIsOpen` with the pid of its holder, or `StoreError`."""
        path = data_file.with_name(data_file.name + ".lock")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | disk.BINARY, disk.OURS_ONLY)
        except OSError as error:
            raise StoreError(messages.cannot_write_folder(data_file.parent, error)) from error
        try:
            lock_now(descriptor)
        except OSError as error:
            holder = _pid_in(descriptor)
            os.close(descriptor)
            if error.errno in _BUSY:
                raise StoreIsOpen(messages.open_elsewhere(data_file, holder), holder) from None
            raise StoreError(messages.cannot_lock(data_file, error)) from error
        with suppress(OSError):  # the pid is for the message only; a full disk must not keep us out
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
        return cls(descriptor)

    def release(self) -> None:
        """Frees the lock; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def lock_now(descriptor: int) -> None:
    """Lock an open file until it is closed; raises OSError when another has it."""
    if os.name == "nt":
        import msvcrt

        os.lseek(descriptor, _BEHIND_THE_PID, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _pid_in(descriptor: int) -> int | None:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        return int(os.read(descriptor, 20))
    except (OSError, ValueError):
        return None
