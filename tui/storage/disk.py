"""The few calls to the operating system that a durable write needs, and what keeps it to one writer at a time.

Tests fail each of them in turn. The lock is a file of its own that says who has it, since the data file is replaced at
each checkpoint. Somebody may remove it, and then a second program would find the place free: so the journal, which no
program writes to without being noticed, is locked too.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tui.storage import messages
from tui.storage.protocol import StoreError, StoreIsOpen

ENDINGS = ("", ".journal", ".bak", ".journal.bak", ".lock")
"""Behind the name of the store: the endings of its own files."""

BINARY = getattr(os, "O_BINARY", 0)
"""On Windows a descriptor without it turns line feeds into two characters."""
_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY
ABSENT = (FileNotFoundError, NotADirectoryError)
"""What the system says of a file that is not there; the second where not even its folder is one."""
OURS_ONLY = 0o600
"""Customers' data: nobody else on the machine reads it."""


def open_append(path: Path) -> int:
    """A descriptor that reads and appends; the file is made when it is missing."""
    return _private(os.open(path, _APPEND, OURS_ONLY), path)


def open_again(path: Path) -> int | None:
    """A descriptor that reads and appends to a file that is there; None when none is. Raises OSError."""
    try:
        return _private(os.open(path, _APPEND & ~os.O_CREAT), path)
    except FileNotFoundError:
        return None


def open_fresh(path: Path) -> int:
    """A descriptor that writes an emptied file."""
    return _private(os.open(path, _FRESH, OURS_ONLY), path)


def make_private(path: Path) -> None:
    """Take everybody else's rights to a file that somebody put there with more; what cannot be changed stays."""
    if os.name != "nt":
        with suppress(OSError):
            mode = path.stat().st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                path.chmod(OURS_ONLY)


def _private(descriptor: int, path: Path) -> int:
    make_private(path)
    return descriptor


def copy(source: Path, target: Path) -> None:
    """Copy a file into one that only the rep can read, on the disk when this returns; raises OSError."""
    content = source.read_bytes()
    descriptor = open_fresh(target)
    try:
        write_all(descriptor, content)
        sync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes every byte; raises OSError, with any part of the data written."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync(descriptor: int) -> None:
    """Returns when what was written is on the disk itself; raises OSError."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            # There fsync stops at the cache inside the drive.
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Returns when names made, replaced and removed in the folder are on the disk; raises OSError."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cut(descriptor: int, size: int) -> None:
    """Cuts the file to `size` bytes; raises OSError."""
    os.ftruncate(descriptor, size)


def read(path: Path) -> bytes:
    """Every byte of the file; none when there is no file."""
    try:
        return path.read_bytes()
    except ABSENT:
        return b""


def identity(path: Path) -> tuple[int, int, int] | None:
    """What changes when anybody rewrites the file: inode, size, time of change. None without a file."""
    try:
        found = path.stat()
    except ABSENT:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


# -- pages for the rep, in files of their own

PUT_ASIDE = "put-aside"
"""Begins the name of a page with what could not be brought back."""

RESCUED = "powerhour-not-saved"
"""Begins the name of a page with what could not be saved, in another folder than the store."""


def rescue_folders() -> tuple[Path, ...]:
    """Where a page goes when the data folder takes nothing: the home folder, else that for temporary files."""
    folders = [Path(tempfile.gettempdir())]
    with suppress(RuntimeError):  # no home
        folders.insert(0, Path.home())
    return tuple(folders)


def write_page(folder: Path, kind: str, text: str, now: datetime) -> Path:
    """A new file that only the rep can read, on the disk when this returns; raises OSError."""
    name = f"{kind}-{now:%Y%m%d-%H%M%S}"
    for count in range(1, 100):
        path = folder / (f"{name}.txt" if count == 1 else f"{name}-{count}.txt")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, OURS_ONLY)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "wb", buffering=0):
                write_all(handle, text.encode("utf-8", "replace"))
                sync(handle)
        except OSError:
            path.unlink(missing_ok=True)  # half a page says too little and takes the room
            raise
        return path
    raise FileExistsError(f"{name}.txt")


def pages(folder: Path, kind: str) -> list[Path]:
    """The pages of a kind, the oldest first; none where the folder cannot be read."""
    try:
        return sorted(folder.glob(f"{kind}-*.txt"))
    except OSError:
        return []


# -- one writer at a time

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
        descriptor = os.open(_path_of(data_file), os.O_RDWR | os.O_CREAT | BINARY, OURS_ONLY)
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
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _BEHIND_IT_ALL, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
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
