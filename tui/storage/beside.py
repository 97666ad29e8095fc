"""Pages for people that the program writes beside the store: what it could not bring back, what it could not save."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tui.storage import disk

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
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | disk.BINARY, disk.OURS_ONLY)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "wb", buffering=0):
                disk.write_all(handle, text.encode("utf-8", "replace"))
                disk.sync(handle)
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
