"""The whole account of a rep as a file of JSON lines, for a colleague to merge; and reading such a file back.

    {"kind":"export","schema":3,"holds":"everything","format":…,"version":…,"made_at":…,"program":…,"rep":…,"count":12}
    {"table":"contacts","id":…}

Each line after the first is one record, ids as they were written, without what is a rep's own (`shared`). The first
line counts them, so that half a file is known for what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import msgspec
from msgspec import Struct

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import without_old_notes
from tui.domain.ids import SCHEMA
from tui.domain.shared.merge import Record, shared
from tui.storage.kinds import KIND_OF_TABLE
from tui.storage.protocol import StoreError
from tui.storage.sharing import account_messages as messages
from tui.storage.values import Document, clean_document, dump, is_plain, moment, text, whole
from tui.system import readfile
from tui.system.header import header

ENDING = ".jsonl"
HOLDS = "everything"
"""What the first line says that the file holds."""
COMMAND = "powerhour export --all"
LONGEST = 256 * 1024 * 1024
"""Bytes of one line: the copy of a whole register of refused numbers is one."""

_MARK = b"\xef\xbb\xbf"
"""Some editors put it before a text in UTF-8."""
_BEGINS = b'{"kind":"export"'

_TABLE_OF = {kind: (name, written) for name, (kind, written, _) in KIND_OF_TABLE.items()}
# A number with so large an exponent is none that a file of ours could hold again.
_ENDLESS = re.compile(rb"\d[eE]\+?\d{3}|NaN|Infinity")


class NotAnAccount(StoreError):  # noqa: N818 - the file is at fault, not the store
    """A file that cannot be merged: what, where, what to do. Nothing was written."""


class Header(Struct, frozen=True):
    """The first line of a file."""

    schema: int
    rep: str
    """Id of whose account it is."""
    made_at: datetime | None
    """UTC, by their clock; None when it does not say."""
    count: int | None
    """How many records follow; None in a file that grows."""


# -- writing -----------------------------------------------------------------------------------------------


def header_line(rep: str, made_at: datetime, count: int | None) -> bytes:
    """The first line, line feed included; `count` is None for a file to which lines are added later."""
    counted = {} if count is None else {"count": count}
    made_by = header(COMMAND, SCHEMA, made_at)
    return (
        dump({"kind": "export", "schema": SCHEMA, "holds": HOLDS, **made_by, "rep": rep, **counted}) + b"\n"
    )


def record_line(record: Record, notes_since: datetime | None = None) -> bytes:
    """The line of a record as others may have it, line feed included; notes from before `notes_since` stay at home."""
    told = shared(record)
    if notes_since and isinstance(told, Call):
        told = without_old_notes(told, notes_since)
    table, written = _TABLE_OF[type(told)]
    return dump({"table": table, **written(told)}) + b"\n"


def without_demo(records: Iterable[Record]) -> Iterator[Record]:
    """The records without the fictional people of the first start, and what was done with them."""
    gone: set[str] = set()
    for record in records:  # contacts come before their calls and plans
        if isinstance(record, Contact) and record.is_demo:
            gone.add(record.id)
        elif getattr(record, "contact_id", None) not in gone:
            yield record


def account_lines(
    records: Callable[[], Iterable[Record]], *, rep: str, made_at: datetime, notes_since: datetime | None
) -> Iterator[bytes]:
    """The lines of a whole account, the header first. `records` is asked twice: they are counted first."""
    yield header_line(rep, made_at, sum(1 for _ in records()))
    for record in records():
        yield record_line(record, notes_since)


# -- reading -----------------------------------------------------------------------------------------------


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that are meant: of a folder those that end in .jsonl, by name. Raises `NotAnAccount`."""
    found: dict[Path, None] = {}
    for path in paths:
        try:
            inside = sorted(one for one in path.iterdir() if _is_account(one)) if path.is_dir() else [path]
        except OSError as error:
            raise NotAnAccount(messages.cannot_be_read(path, error)) from error
        if not inside:
            raise NotAnAccount(messages.empty_folder(path))
        found |= dict.fromkeys(inside)
    return tuple(found)


def _is_account(path: Path) -> bool:
    return path.suffix == ENDING and not path.name.startswith(".") and path.is_file()


def checked(path: Path) -> Header:
    """Read all of a file; its header, when every line is whole. Raises `NotAnAccount` with the line that is not."""
    with _opened(path) as lines:
        first = lines.header()
        count = sum(1 for _ in lines.records())
    if first.count is not None and count != first.count:
        words = messages.half_there if count < first.count else messages.too_many
        raise NotAnAccount(words(path, count, first.count))
    return first


def records_of(path: Path) -> Iterator[Record]:
    """The records of a file, one at a time. Raises `NotAnAccount` where a line is none."""
    with _opened(path) as lines:
        lines.header()
        yield from lines.records()


def header_of(line: bytes) -> Header | None:
    """The header that a first line is; None when it is none. Raises ValueError when it is no JSON object."""
    return _header(_document(line))


def record_of(line: bytes) -> Record:
    """The record of a line. Raises ValueError with what is wrong with it."""
    document = _document(line)
    table = document.pop("table", None)
    known = KIND_OF_TABLE.get(table) if isinstance(table, str) else None
    if known is None:
        raise ValueError("it is no record of ours")
    record: Record = known[2](document)
    return shared(record)


def _header(said: Document) -> Header | None:
    schema = said.get("schema")
    if said.get("kind") != "export" or said.get("holds") != HOLDS or type(schema) is not int:
        return None
    count = said.get("count")
    counted = None if count is None else whole(count)
    return Header(schema, text(said.get("rep")), moment(said.get("made_at")), counted)


def _document(line: bytes) -> Document:
    line = line.strip()
    try:
        document = msgspec.json.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        document = _as_json(line)  # it takes a little more, and says what is wrong
    if not isinstance(document, dict):
        raise ValueError("it is no JSON object")
    return document if line.isascii() and is_plain(line) else clean_document(document)


def _as_json(line: bytes) -> Any:
    try:
        if _ENDLESS.search(line):
            return json.loads(line.decode(), parse_constant=_refused, parse_float=_finite)
        return json.loads(line.decode())
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:
        raise ValueError("it is no JSON") from error


def _refused(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if value - value != 0:
        raise ValueError(digits)
    return value


@contextmanager
def _opened(path: Path) -> Iterator[_Lines]:
    try:
        file = readfile.opened(path)
    except OSError as error:
        raise NotAnAccount(messages.cannot_be_read(path, error)) from error
    with file:
        yield _Lines(path, file)


class _Lines:
    """The lines of one file, read as they are asked for."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self._number = 0

    def header(self) -> Header:
        """The header; raises `NotAnAccount` for any other file."""
        first, path = self._next(), self._path
        if not first:
            raise NotAnAccount(messages.empty(path))
        try:
            said = _document(first.removeprefix(_MARK))
        except ValueError as error:
            cut = not first.endswith(b"\n") and (first.startswith(_BEGINS) or _BEGINS.startswith(first))
            raise NotAnAccount((messages.cut_short if cut else messages.something_else)(path)) from error
        found = _header(said)
        if found is None and said.get("kind") == "export":
            raise NotAnAccount(messages.another_export(path, text(said.get("holds"))))
        if found is None:
            raise NotAnAccount(messages.something_else(path))
        if found.schema > SCHEMA:
            raise NotAnAccount(messages.newer_account(path, found.schema, SCHEMA))
        return found

    def records(self) -> Iterator[Record]:
        """The records; raises `NotAnAccount` at a line that is none."""
        while line := self._next():
            if not line.strip():
                continue
            try:
                record = record_of(line)
            except ValueError as error:
                if not line.endswith(b"\n"):
                    raise NotAnAccount(messages.cut_short(self._path)) from error
                raise NotAnAccount(messages.broken_line(self._path, self._number, str(error))) from error
            yield record

    def _next(self) -> bytes:
        try:
            line = self._file.readline(LONGEST + 1)
        except OSError as error:
            raise NotAnAccount(messages.cannot_be_read(self._path, error)) from error
        self._number += 1
        if len(line) > LONGEST:
            raise NotAnAccount(messages.broken_line(self._path, self._number, "it is far too long"))
        return line
