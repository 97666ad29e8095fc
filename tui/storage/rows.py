"""One table in memory: each document stays the line of JSON it is on disk until somebody reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from threading import Lock
from typing import Any, TypeAlias

from tui.storage.values import Document, dump, load

Changes: TypeAlias = Mapping[str, Mapping[int, bytes | None]]
"""What one commit writes: documents by table and key; None removes one."""


class Rows(Mapping[str, Document]):
    """A TinyDB table: text key to document. Every read gives a fresh document, so nobody can change ours.

    Lines take a fifth of the memory of parsed documents, loading them costs next to nothing, and the garbage
    collector has nothing to look through.
    """

    def __init__(self, text: bytes = b"") -> None:
        self._text = text
        """The table as it stands in the file: `"12":{…}`, a comma and a line feed between two of them."""
        self._touched = False
        self._found: dict[int, int | bytes] | None = None
        # One thread commits while another reads: both must work on one and the same index.
        self._finding = Lock()

    @classmethod
    def of(cls, documents: Mapping[Any, Any]) -> Rows:
        """A table of parsed documents; raises ValueError when a key is no number or a value no document."""
        rows = cls()
        for key, document in documents.items():
            if not isinstance(document, dict):
                raise ValueError("not a table of documents")
            rows.put(int(key), dump(document))
        return rows

    @property
    def _places(self) -> dict[int, int | bytes]:
        """By key: where the document begins in the text, or the document itself when it was written since."""
        if self._found is None:
            with self._finding:
                if self._found is None:
                    self._found = self._find_places()
        return self._found

    def _find_places(self) -> dict[int, int | bytes]:
        text, places, start = self._text, dict[int, int | bytes](), 0
        find, size = text.find, len(self._text)
        while start < size:
            colon = find(b":", start)
            places[int(text[start + 1 : colon - 1])] = colon + 1
            start = (find(b"\n", colon) + 1) or size
        return places

    # -- raw lines

    def raw(self, key: int) -> bytes | None:
        """The document under this key as ASCII JSON, or None."""
        place = self._places.get(key)
        return self._text_at(place) if isinstance(place, int) else place

    def raws(self) -> Iterator[tuple[int, bytes]]:
        """Every key with its document as ASCII JSON, as they are now."""
        for key, place in list(self._places.items()):
            yield key, self._text_at(place) if isinstance(place, int) else place

    def heads(self, begins: re.Pattern[bytes]) -> Iterator[tuple[int, re.Match[bytes] | None]]:
        """Every key with what the pattern finds where its document begins; cheaper than the document."""
        text, match = self._text, begins.match
        for key, place in list(self._places.items()):
            yield key, match(text, place) if isinstance(place, int) else match(place)

    @property
    def as_loaded(self) -> bytes | None:
        """The table as it stands in the file, each document in a line of its own; None once something was written."""
        return None if self._touched else self._text

    def all_heads(self, begins: bytes) -> list[tuple[bytes, bytes]] | None:
        """Every key with what the one group of the pattern finds where its document begins, in one go.

        None when a document begins otherwise, or something was written since the table was loaded.
        """
        text, line = self.as_loaded, rb'"(\d+)":%s' % begins
        if not text or (first := re.match(line, text)) is None:
            return None
        found = [(first[1], first[2]), *re.findall(rb"\n%s" % line, text)]
        return found if len(found) == text.count(b"\n") + 1 else None

    def holding(self, part: bytes) -> Iterator[tuple[int, bytes]]:
        """Every key whose document held these bytes when it was loaded, with that document.

        A hundredth of what an index costs, for a question or two.
        """
        text = self._text
        at = text.find(part)
        while at >= 0:
            begin = text.rfind(b"\n", 0, at) + 1
            colon = text.find(b":", begin)
            raw = self._text_at(colon + 1)
            yield int(text[begin + 1 : colon - 1]), raw
            at = text.find(part, colon + 1 + len(raw))

    def _text_at(self, start: int) -> bytes:
        end = self._text.find(b"\n", start)
        return self._text[start:] if end < 0 else self._text[start : end - 1]

    def holds(self, key: int) -> bool:
        """Whether there is a document under this key."""
        return key in self._places

    def keys_now(self) -> tuple[int, ...]:
        """The keys as numbers."""
        return tuple(self._places)

    def put(self, key: int, raw: bytes | None) -> None:
        """Sets or, with None, removes one document."""
        self._touched = True
        if raw is None:
            self._places.pop(key, None)
            if not self._places:
                self._last_key = 0
        else:
            self._places[key] = raw
            self._last_key = max(self._last_key, key)

    def next_key(self) -> int:
        """A key nobody has; a further one with each call, from 1 again once the table was emptied."""
        self._last_key += 1
        return self._last_key

    @cached_property
    def _last_key(self) -> int:
        return max(self._places, default=0)

    def blocks(self, size: int) -> Iterator[bytes]:
        """The table as text for a file, in blocks of about `size` bytes."""
        if not self._touched:
            yield self._text
            return
        lines: list[bytes] = []
        length, joint = 0, b""
        for key, raw in self.raws():
            lines.append(b'%s"%d":%s' % (joint, key, raw))
            joint = b",\n"
            length += len(raw)
            if length > size:
                yield b"".join(lines)
                lines, length = [], 0
        yield b"".join(lines)

    def lines(self) -> Iterator[bytes]:
        """Every document behind its key, `"12":{…}`: the quickest way through a table that was only loaded."""
        if not self._touched:
            yield from self._lines_loaded()
            return
        for key, raw in self.raws():
            yield b'"%d":%s' % (key, raw)

    def _lines_loaded(self) -> Iterator[bytes]:
        text, start = self._text, 0  # one by one: split in one go they would be in memory twice
        while (end := text.find(b",\n", start)) >= 0:
            yield text[start:end]
            start = end + 2
        if text:
            yield text[start:]

    # -- parsed documents

    def __getitem__(self, key: str) -> Document:
        raw = self.raw(int(key))
        if raw is None:
            raise KeyError(key)
        return load(raw)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.isdecimal() and int(key) in self._places

    def __iter__(self) -> Iterator[str]:
        return iter([str(key) for key in self._places])

    def __len__(self) -> int:
        return len(self._places)

    def __bool__(self) -> bool:
        return bool(self._places if self._touched else self._text)


def changes_between(before: Mapping[str, Rows], after: Mapping[str, Mapping[Any, Any]]) -> Changes:
    """What has to be written so that the tables `before` become the tables `after`."""
    changes: dict[str, dict[int, bytes | None]] = {
        name: dict.fromkeys(rows.keys_now()) for name, rows in before.items()
    }
    for name, documents in after.items():
        wanted = documents if isinstance(documents, Rows) else Rows.of(documents)
        present, changed = before.get(name, NO_ROWS), changes.setdefault(name, {})
        for key, raw in wanted.raws():
            if present.raw(key) == raw:
                del changed[key]
            else:
                changed[key] = raw
    return {name: changed for name, changed in changes.items() if changed}


def show(tables: dict[str, Rows], changes: Changes) -> None:
    """Change the tables in memory."""
    for name, documents in changes.items():
        put = (tables.get(name) or tables.setdefault(name, Rows())).put
        for key, raw in documents.items():
            put(key, raw)


def parse_tables(text: bytes) -> dict[str, Any]:
    """The tables of a file in TinyDB's format, parsed; raises ValueError for anything else."""
    try:
        tables = json.loads(text, parse_constant=lambda name: None)  # NaN is no JSON; TinyDB writes it
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ValueError("not a TinyDB file")
    return tables


NO_ROWS = Rows()
"""What a table holds that is not there; nobody writes to it."""
