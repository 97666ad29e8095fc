"""Saves a script file in one step: whoever reads it meanwhile gets all of it, as it was or as it is."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def save(path: Path, text: str) -> None:
    """Puts a text in place of a file, on disk when it returns; its rights stay, a link stays a link.

    Raises `OSError` and leaves the file, and nothing beside it, when that cannot be done.
    """
    place = path.resolve()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(place.stat().st_mode & 0o777)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
