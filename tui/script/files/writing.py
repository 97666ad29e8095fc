"""Writes texts as YAML that a person can go on editing: plain where that is safe, else in double quotes."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from tui.yamlfile.read import read_text

_FILE = "written here"


@lru_cache(maxsize=2048)
def scalar(text: str) -> str:
    """The text as the value of a key or an item of a list."""
    return text if _reads_back(f"k: {text}", text) and _reads_back(f"- {text}", text) else quoted(text)


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """The text as a key, without its colon."""
    read = read_text(f"{text}: x", _FILE)
    plain = read.ok and not read.problems and read.node is not None and list(read.node.entries) == [text]
    return text if plain and not text.startswith("-") else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _reads_back(line: str, text: str) -> bool:
    if not text or "\n" in text:
        return False
    read = read_text(line, _FILE)
    if read.problems or read.node is None:
        return False
    found = read.node.get("k") or next(iter(read.node.parts), None)
    return found is not None and found.kind == "text" and not found.empty and found.text == text


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
