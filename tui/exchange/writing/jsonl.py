"""Records as JSON lines: one object a line, under the names promised to the outside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TextIO

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import without_old_notes
from tui.domain.ids import SCHEMA
from tui.domain.session import Session
from tui.plaintext import escaped

_THE_REPS_OWN = frozenset({"before", "after", "keys", "ready_s", "wrap_s", "pauses", "spent", "revisions"})
"""Kept in the rep's own file: pauses, keystrokes, the time between calls; the copy made for undo, and what a
corrected call said before."""


def write_jsonl(
    records: Iterable[Contact | Call | Session], out: TextIO, *, notes_since: datetime | None
) -> int:
    """Write each record as a line with its `kind`; returns how many. Undone calls are left out.

    The first line says the format: `{"kind":"export","schema":2}`. Notes from before `notes_since` are left out
    too; None: the team keeps all.
    """
    count = 0
    _line(out, {"kind": "export", "schema": SCHEMA})
    for record in records:
        if isinstance(record, Call):
            if record.voided_at is not None:
                continue
            record = without_old_notes(record, notes_since)
        _line(out, {"kind": type(record).__name__.lower(), **as_document(record)})
        count += 1
    return count


def _line(out: TextIO, document: Mapping[str, Any]) -> None:
    out.write(escaped(json.dumps(document, ensure_ascii=False, separators=(",", ":"))) + "\n")


def as_document(record: Contact | Call | Session) -> dict[str, Any]:
    """A record as JSON types: times in UTC, `is` for `is_`, without what is the rep's own."""
    document: dict[str, Any] = _plain(record)
    return document


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        names = (field.name for field in fields(value) if field.name not in _THE_REPS_OWN)
        return {name.rstrip("_"): _plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset, set)):
        return [_plain(item) for item in value]
    return value
