"""The tables of the store by record id: what is found there, and what a commit writes there.

Indexes are derived from the rows when first used, never stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from sys import intern
from threading import RLock
from typing import Any, Generic, TypeVar

from tui.domain.call import Call
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.merge import Record
from tui.storage.rows import Rows
from tui.storage.values import Document, dump, iso, load
from tui.storage.writing import Writing, as_it_may_stand, stamped, stamps_for
from tui.system.memory import without_collector

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Call | PlannedCall)
Report = Callable[[str, str, str], None]
"""Told of a record that cannot be used: table, id, why."""

# Our own calls and plans begin with these keys, and looking there costs a tenth of parsing the document.
_OWNER = re.compile(rb'\{"id":"[^"\\]+","contact_id":"([^"\\]+)"')
_CALL = re.compile(_OWNER.pattern + rb',"at":"([^"\\]+)"')
_TO_BE_CLEANED = re.compile(rb'"contact_id":(?!"[^"\\\x7f]*")')
_FEW = 8
"""So many contacts are looked for in the text; for more an index is made. The first screen asks for one."""
_UTC = b"+00:00"
_RECENT = 256
"""Records of one table that are kept as they were read."""
_PARTS = frozenset({"source", "prefers", "basis", "script", "promise", "owed", "goal", "touched_at", "who"})
"""Keys whose value is an object of named values. Others are lists, or maps in which every key is somebody's own."""


class Named:
    """A table whose documents are known by one of their values, which our own documents begin with."""

    def __init__(self, table: str, rows: Rows, name: str) -> None:
        self.table = table
        self.rows = rows
        self._name = name
        self._keys: dict[str, int] | None = None
        # One thread commits while another reads: an index in the making must not miss what is written.
        self._building = RLock()

    @property
    def keys(self) -> dict[str, int]:
        """The key of each document, by its name."""
        if self._keys is None:
            with self._building:
                if self._keys is None:
                    self._keys = self._find_keys()
        return self._keys

    def _find_keys(self) -> dict[str, int]:
        begins = rb'\{"%s":"([^"\\]+)"' % self._name.encode("ascii")
        if (ours := self.rows.all_heads(begins)) is not None:
            return {intern(name.decode("ascii")): int(key) for key, name in ours}
        found: dict[str, int] = {}
        for key, head in self.rows.heads(re.compile(begins)):
            name = head[1].decode("ascii") if head else self.rows[str(key)].get(self._name)
            if isinstance(name, str):
                found[intern(name)] = key
        return found

    def index(self) -> None:
        """Find every document now instead of when the first is asked for."""
        len(self.keys)

    def raw(self, name: str) -> bytes | None:
        """The document of this name as JSON, or None."""
        key = self.keys.get(name)
        return None if key is None else self.rows.raw(key)

    def raws(self) -> Iterator[bytes]:
        """Every document as JSON; a commit made meanwhile may be missing."""
        return self.raws_under(list(self.keys.values()))

    def raws_under(self, keys: Iterable[int]) -> Iterator[bytes]:
        """The documents under these keys."""
        return (raw for key in keys if (raw := self.rows.raw(key)) is not None)

    def place(self, name: str) -> int:
        """The key to write this name under."""
        key = self.keys.get(name)
        return self.rows.next_key() if key is None else key

    def show(self, name: str, key: int) -> None:
        """Takes up a document that was written or removed."""
        with self._building:
            if self.rows.holds(key):
                self.keys[name] = key
            else:
                self.keys.pop(name, None)


class Records(Named, Generic[R]):
    """A table of one kind of record."""

    def __init__(
        self,
        table: str,
        rows: Rows,
        to_document: Callable[[R], Document],
        from_document: Callable[[Mapping[str, Any]], R],
        report: Report,
        lean: Callable[[Mapping[str, Any]], Document] = dict,
    ) -> None:
        super().__init__(table, rows, "id")
        self._lean = lean
        self._to_document = to_document
        self._from_document = from_document
        self._report = report
        self._recent: dict[int, tuple[bytes, R | None]] = {}
        """The records asked for last, by key, of each only as it stands now: what is written again and again, as a
        session with its pauses, would else be held in every version."""
        self._reading = RLock()

    def get(self, record_id: str) -> R | None:
        """The record of this id, or None."""
        key = self.keys.get(record_id)
        raw = None if key is None else self.rows.raw(key)
        return None if key is None or raw is None else self._as_read(key, raw)

    def _as_read(self, key: int, raw: bytes) -> R | None:
        """The record under a key, by the line as it stands on disk; None when it cannot be used."""
        with self._reading:
            held = self._recent.pop(key, None)
            if held is None or held[0] != raw:
                held = raw, self._record(load(raw))
            self._recent[key] = held
            if len(self._recent) > _RECENT:
                del self._recent[next(iter(self._recent))]
            return held[1]

    def every(self, raws: Iterable[bytes] | None = None) -> Iterator[R]:
        """The records of these documents, or of all; those that cannot be used are left out."""
        for raw in self.raws() if raws is None else raws:
            if (record := self._record(load(raw))) is not None:
                yield record

    def written(self, record: R, how: Writing, known: Callable[[R], R | None] | None = None) -> bytes | None:
        """The document to write for a record; None when the stored one says the same already.

        Keys of the stored document that we do not know are kept, also inside its parts: a newer program may have
        written them. `known` gives what a record of ours is compared with, when it is another than the stored one.
        """
        record = as_it_may_stand(record, how)
        if how.origin == "merge":
            return self._taken_in(record, how)
        stamps = stamps_for(record, self.get(record.id) if known is None else known(record), how)
        if stamps is None:
            return None
        made = self._to_document(record)
        # Into the document, not the record: that of a file with 100,000 people would be made twice.
        made |= {name: iso(value) if isinstance(value, datetime) else value for name, value in stamps.items()}
        if "orders" in stamps:
            made["orders"] = dict(stamps["orders"])
        stored = self.raw(record.id)
        return self._with_unknown(record, made, load(stored) if stored else None, how)

    def _taken_in(self, record: R, how: Writing) -> bytes | None:
        """The document of a record of another account; most of these are ours to the byte, and need not be read."""
        stored = self.raw(record.id)
        if stored is None:
            kept = stamped(record, None, how)
            return None if kept is None else dump(self._lean(self._to_document(kept)))
        if dump(self._lean(self._to_document(record))) == stored:
            return None
        document = load(stored)  # once, for what we read of it and for what we do not know
        kept = stamped(record, self._record(document), how)
        return None if kept is None else self._with_unknown(kept, self._to_document(kept), document, how)

    def _with_unknown(self, record: R, made: Document, stored: Document | None, how: Writing) -> bytes:
        """The document of a record, with what else the stored one holds; of the forgotten that may tell of them."""
        gone = getattr(record, "contact_id", None) in how.gone
        return dump(
            {**self._lean(made), **({} if gone or stored is None else _unknown(stored, made, record))}
        )

    def _record(self, document: Document) -> R | None:
        try:
            return self._from_document(document)
        except ValueError as error:
            self._report(self.table, str(document.get("id")), str(error))
            return None


class OfContacts(Records[C]):
    """A table of records that belong to a contact each, also by contact."""

    _keys_of: dict[str, list[int]] | None = None
    _looked_through = 0
    """How often the whole text was looked through for the records of one contact."""
    _cleaned: bool | None = None
    """Whether a contact's id stands there otherwise than it is read; None until somebody asks."""

    def of(self, contact_id: str) -> Iterator[C]:
        """The records of one contact, in the order they were first written."""
        found = (self._as_read(key, raw) for key, raw in self._lines_of(contact_id))
        return (record for record in found if record is not None and record.contact_id == contact_id)

    def _lines_of(self, contact_id: str) -> Iterator[tuple[int, bytes]]:
        if self._keys_of is None and self._looked_through < _FEW and self._names_its_owners:
            self._looked_through += 1
            return self.rows.holding(b'"contact_id":%s' % json.dumps(contact_id).encode("ascii"))
        theirs = ((key, self.rows.raw(key)) for key in tuple(self._of.get(contact_id, ())))
        return ((key, raw) for key, raw in theirs if raw is not None)

    @property
    def _names_its_owners(self) -> bool:
        """Whether the text alone tells whose every record is: nothing was written, no id needs cleaning."""
        text = self.rows.as_loaded
        if text is not None and self._cleaned is None:
            self._cleaned = _TO_BE_CLEANED.search(text) is not None
        return text is not None and not self._cleaned

    def index(self) -> None:
        """Find every record now, also by contact."""
        super().index()
        len(self._of)

    def show(self, name: str, key: int) -> None:
        """Takes up a record that was written; one that changed hands stays under its first contact too."""
        with self._building:
            super().show(name, key)
            raw = self.rows.raw(key)
            keys = [] if raw is None else self._of.setdefault(_owner(_OWNER.match(raw), raw), [])
            if raw is not None and key not in keys:
                keys.append(key)

    @property
    def _of(self) -> dict[str, list[int]]:
        """The keys of the records of each contact, in the order they were first written."""
        if self._keys_of is None:
            with self._building:
                if self._keys_of is None:
                    with without_collector():
                        self._keys_of = self._find_keys_of()
        return self._keys_of

    def _find_keys_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for key, head in self.rows.heads(_OWNER):
            owner = _owner(head, None if head else self.rows.raw(key))
            if owner in found:
                found[owner].append(key)
            else:
                found[owner] = [key]
        return found


class Calls(OfContacts[Call]):
    """The calls, also by contact and by time."""

    def found(self, contact_id: str | None, since: datetime | None) -> tuple[Call, ...]:
        """Calls oldest first, of one contact or of all, from `since` on."""
        if contact_id is not None:
            calls = self.of(contact_id)
        else:
            calls = self.every(None if since is None else self.raws_under(list(self._keys_from(since))))
        wanted = (call for call in calls if since is None or call.at >= since)
        return tuple(sorted(wanted, key=lambda call: call.at))

    def _keys_from(self, since: datetime) -> Iterator[int]:
        """Keys of the calls that may be from `since` on: our own times can be compared as text."""
        earliest = str(iso(since)).encode("ascii")
        for key, head in self.rows.heads(_CALL):
            if head is None or not head[2].endswith(_UTC) or head[2] >= earliest:
                yield key


def _unknown(stored: Document, made: Document, record: object) -> Document:
    """What the stored document holds besides what we write: keys, and parts with keys we do not know.

    A value of the record that is empty now may be left out of what we write: it is known, and stays away.
    """
    found = {key: stored[key] for key in stored.keys() - made.keys() - _values_of(record)}
    for name in _PARTS & stored.keys() & made.keys():
        old, new = stored[name], made[name]
        if isinstance(old, dict) and isinstance(new, dict):
            more = old.keys() - new.keys() - _values_of(getattr(record, name, None))
            if more:
                found[name] = {**new, **{key: old[key] for key in old if key in more}}
    return found


def _values_of(record: object) -> frozenset[str]:
    """Names of the values a record has."""
    kind: Any = type(record)
    return _slots_of(kind)


@cache
def _slots_of(kind: type) -> frozenset[str]:
    return frozenset(getattr(kind, "__struct_fields__", ()))


def _owner(head: re.Match[bytes] | None, raw: bytes | None) -> str:
    """The contact of a stored call."""
    if head is not None:
        return intern(head[1].decode("ascii"))
    return str(load(raw).get("contact_id")) if raw else ""
