"""The few calls to the operating system that a durable write needs. Tests fail each of them in turn."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

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
    try:
        import fcntl

        # On macOS fsync stops at the cache inside the drive.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined, unused-ignore]
    except (ImportError, AttributeError, OSError):
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
