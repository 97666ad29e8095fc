"""The do-not-call list as a file: everything on it, with ids and times, so that it comes back as it was.

JSON lines. The first one is the header of an export that holds `do_not_call`; each other one is an addition,
a lift or an answer as the store keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from tui.cli.output import RefusedError
from tui.domain.do_not_call import Entry
from tui.domain.ids import SCHEMA
from tui.exchange.writing import first_line, write_line
from tui.storage.other_documents import entry_from_document, entry_to_document
from tui.storage.sharing.account_file import LONGEST
from tui.storage.values import DocumentError
from tui.system import readfile

_HOLDS = "do_not_call"


def write_list(entries: Iterable[Entry], out: TextIO, made_at: datetime) -> int:
    """Write every entry, oldest first; returns how many. `made_at`: a zoned time."""
    count = 0
    write_line(first_line(_HOLDS, made_at), out)
    for entry in sorted(entries, key=lambda one: (one.at, one.id)):
        write_line(entry_to_document(entry), out)
        count += 1
    return count


def read_list(path: Path) -> tuple[Entry, ...] | None:
    """The entries of such a file; None when the file is something else.

    Raises `RefusedError` when it cannot be read, is of a newer format, or a line of it is damaged.
    """
    found: list[Entry] = []
    try:
        for place, raw in enumerate(readfile.lines(path, LONGEST), start=1):
            line = raw.decode("utf-8-sig", "replace").strip()
            if place == 1:
                if not _is_ours(line, path):
                    return None
            elif line:
                found.append(_entry(line, path, place))
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror}. Name a file you can read.") from error
    return tuple(found)


def _is_ours(line: str, path: Path) -> bool:
    first = _document(line)
    if first.get("kind") != "export" or first.get("holds") != _HOLDS:
        return False
    schema = first.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        raise RefusedError(
            f"{path} was written by a newer Power Hour. Nothing was taken; update this one first."
        )
    return True


def _entry(line: str, path: Path, place: int) -> Entry:
    try:
        return entry_from_document(_document(line))
    except DocumentError as error:
        raise RefusedError(f"{path}, line {place} is damaged: {error}. Nothing was taken.") from error


def _document(line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
