"""Replacing a file that people write, in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_PRIVATE = 0o600
"""The mode of a file that was not there: only its owner reads it."""


def save(path: Path, text: str) -> None:
    """Put a text in place of a file in one step, keeping its mode and symlinks; it is on disk when this returns.

    A file that is not there is made, for its owner alone. Raises `OSError` when that cannot be done; the file is then
    as it was, and nothing is left beside it.
    """
    place = path.resolve()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(place.stat().st_mode & 0o777 if place.exists() else _PRIVATE)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
