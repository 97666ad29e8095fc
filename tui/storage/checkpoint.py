"""The data file: TinyDB's JSON with one document a line, so that it loads without being parsed.

The last line is a table of one document: the number of the last commit inside, the chain of all lines up to it, and
where each table stands, with its checksum. A file in any other layout (TinyDB itself writes one line) is parsed the
ordinary way.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from tui.storage import disk
from tui.storage.lines import Mark
from tui.storage.rows import Rows, parse_tables
from tui.storage.values import dump
from tui.system.memory import without_collector

MARK = "_journal"
"""The table of the last line; not the program's."""
_BLOCK = 1 << 22
_TAIL = 1 << 12
"""Bytes at the end of the file in which the last line is looked for."""
_MARK_BEGINS = b'\n"%s":' % MARK.encode("ascii")


class Generation(Struct):
    """The tables of one data file, and the number of the last commit in it."""

    tables: dict[str, Rows]
    number: int
    chain: int | None = None
    """Of the lines of all commits (`lines.link`); None in a file of an older program."""
    foreign: bool = False
    """Whether something else than this program wrote the file, or changed it."""
    edited: bool = False
    """Whether what was changed are lines we wrote: TinyDB writes a single one."""

    @property
    def mark(self) -> Mark:
        """Number and chain."""
        return self.number, self.chain


def write(descriptor: int, generation: Generation) -> None:
    """Writes the tables; raises OSError. The caller syncs."""
    places: dict[str, list[int]] = {}
    disk.write_all(descriptor, b"{")
    position = 1
    for name, rows in generation.tables.items():
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
    mark = {"seq": generation.number, "chain": generation.chain, "tables": places}
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
    except disk.ABSENT:
        return None
    return _read_any(text) if text else None


def mark(path: Path) -> Mark | None:
    """Number and chain of the generation in the file, None when there is none; raises ValueError, OSError.

    Of a file in our layout only the last line is read.
    """
    with suppress(*disk.ABSENT, ValueError, KeyError, TypeError, AttributeError):
        with path.open("rb") as file:
            found = _mark(file)
        return _whole(found["seq"]) or 0, _whole(found.get("chain"))
    generation = read(path)
    return None if generation is None else generation.mark


def _mark(file: BinaryIO) -> dict[str, Any]:
    """What the last line says; raises ValueError, KeyError, TypeError or AttributeError for any other layout."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
    tail = file.read()
    begin = tail.rindex(_MARK_BEGINS) + len(_MARK_BEGINS)
    found: dict[str, Any] = json.loads(tail[begin : tail.rindex(b"}")])["1"]
    if found.pop("crc") != zlib.crc32(dump(found)):
        raise ValueError("wrong checksum")
    return found


def _read_places(file: BinaryIO) -> Generation | None:
    """A file in our layout with the right checksums; None for any other."""
    try:
        mark = _mark(file)
        tables: dict[str, Rows] = {}
        for name, (start, length, checksum) in mark["tables"].items():
            file.seek(start)
            text = file.read(length)
            if len(text) != length or zlib.crc32(text) != checksum:
                return None
            tables[name] = Rows(text)
        return Generation(tables, mark["seq"], _whole(mark.get("chain")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_any(text: bytes) -> Generation:
    with without_collector():
        tables = parse_tables(text)
        mark = tables.pop(MARK, {}).get("1", {})
        return Generation(
            {name: Rows.of(table) for name, table in tables.items()},
            _whole(mark.get("seq")) or 0 if isinstance(mark, dict) else 0,
            _whole(mark.get("chain")) if isinstance(mark, dict) else None,
            foreign=True,
            edited=b"\n" in text.strip(),
        )


def _whole(value: Any) -> int | None:
    return value if type(value) is int else None
