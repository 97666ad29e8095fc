"""The data file: TinyDB's JSON with one document a line, so that it loads without being parsed.

The last line is a table of one document: the number of the last commit inside, and where each table stands,
with its checksum. A file in any other layout (TinyDB itself writes one line) is parsed the ordinary way.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tui.storage import disk
from tui.storage.cleaning import dump
from tui.storage.collector import without_collector
from tui.storage.rows import Rows, parse_tables

MARK = "_journal"
"""The table of the last line; not the program's."""
_BLOCK = 1 << 22
_TAIL = 1 << 12
"""Bytes at the end of the file in which the last line is looked for."""
_MARK_BEGINS = b'\n"%s":' % MARK.encode("ascii")


@dataclass(slots=True)
class Generation:
    """The tables of one data file, and the number of the last commit in it."""

    tables: dict[str, Rows]
    number: int
    edited: bool = False
    """Whether something else than this program changed lines we wrote."""


def write(descriptor: int, tables: Mapping[str, Rows], number: int) -> None:
    """Writes the tables; raises OSError. The caller syncs."""
    places: dict[str, list[int]] = {}
    disk.write_all(descriptor, b"{")
    position = 1
    for name, rows in tables.items():
        if not rows:
            continue
        head = b"\n%s:{\n" % json.dumps(name).encode("ascii")
        disk.write_all(descriptor, head)
        start = position = position + len(head)
        checksum = 0
        for block in rows.blocks(_BLOCK):
            disk.write_all(descriptor, block)
            checksum = zlib.crc32(block, checksum)
            position += len(block)
        places[name] = [start, position - start, checksum]
        disk.write_all(descriptor, b"\n},")
        position += 3
    mark = {"seq": number, "tables": places}
    mark["crc"] = zlib.crc32(dump(mark))
    disk.write_all(descriptor, _MARK_BEGINS + dump({"1": mark}) + b"\n}\n")


def read(path: Path) -> Generation | None:
    """The generation in the file, None when there is none; raises ValueError for a damaged file, OSError."""
    try:
        with path.open("rb") as file:
            generation = _read_places(file)
            if generation is not None:
                return generation
            file.seek(0)
            text = file.read()
    except FileNotFoundError:
        return None
    return _read_any(text) if text else None


def _read_places(file: BinaryIO) -> Generation | None:
    """A file in our layout with the right checksums; None for any other."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    try:
        begin = tail.rindex(_MARK_BEGINS) + len(_MARK_BEGINS)
        mark = json.loads(tail[begin : tail.rindex(b"}")])["1"]
        if mark.pop("crc") != zlib.crc32(dump(mark)):
            return None
        tables: dict[str, Rows] = {}
        for name, (start, length, checksum) in mark["tables"].items():
            file.seek(start)
            text = file.read(length)
            if len(text) != length or zlib.crc32(text) != checksum:
                return None
            tables[name] = Rows(text)
        return Generation(tables, mark["seq"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_any(text: bytes) -> Generation:
    with without_collector():
        tables = parse_tables(text)
        number = _number_in(tables.pop(MARK, {}))
        return Generation(
            {name: Rows.of(table) for name, table in tables.items()},
            number,
            edited=text.startswith(b"{\n"),
        )


def _number_in(mark: Mapping[str, Any]) -> int:
    number = mark.get("1", {}).get("seq", 0)
    return number if isinstance(number, int) else 0
