"""Files that hold customer data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO

from tui.cli_output import RefusedError


def open_private(path: Path, encoding: str) -> TextIO:
    """A file only the rep can read, made now."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RefusedError(f"{path} is there already. Nothing was written; name another file.") from None
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror}. Name a file in a folder you may write to.") from error
    return os.fdopen(handle, "w", encoding=encoding, newline="")
