"""What is left of a crash: the way through the program, without values, in a file only the rep can read."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

CRASH_LOG = "crash.log"


def write_crash(folder: Path, error: BaseException) -> Path | None:
    """Append the traceback to `crash.log` (mode 0600) without locals and messages; the path, None if it cannot."""
    path = folder / CRASH_LOG
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8"
        ) as log:
            log.write(f"{type(error).__name__}\n{frames}\n")
    except OSError:
        return None
    return path
