"""Records as the list has them: the lines of the people folder, and beside each what the list looks at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.merge import Record
from tui.shared_list.keys import keys_of, keys_of_entry, numbers_of
from tui.shared_list.port import NOT_SENT, Incoming, Outgoing
from tui.storage.sharing.account_file import record_line, record_of
from tui.storage.values import dump


def row_of(outgoing: Outgoing, place: int, notes_since: datetime | None = None) -> bytes:
    """What is sent of a record, as JSON; `place` is its number within the push, from 1."""
    record = outgoing.record
    beside = {
        "pos": place,
        "kind": outgoing.table,
        "id": record.id,
        "base": outgoing.base,
        "by": record.id if isinstance(record, Rep) else getattr(record, "rep", ""),
        "person": _person(record),
        "keys": _keys(record),
        "numbers": numbers_of(record) if isinstance(record, Contact) else (),
    }
    return b'%s,"doc":%s}' % (dump(beside).removesuffix(b"}"), record_line(record, notes_since).rstrip())


def brings_somebody(rows: Sequence[Outgoing]) -> bool:
    """Whether somebody new comes in with them, or two ids become one person: only who has heard of all may do that."""
    return any(row.table in ("contacts", "same_person") and row.base == NOT_SENT for row in rows)


def incoming(table: str, record_id: str, version: int, document: str) -> Incoming:
    """A record as it came; without one where nothing is left of it, or nobody here can read it."""
    try:
        record: Record | None = record_of(document.encode())
    except ValueError:
        record = None
    return Incoming(table, record_id, version, record)


def _person(record: Record) -> str:
    """Whose record it is: it is not taken once they are forgotten."""
    if isinstance(record, Contact):
        return record.id
    return record.contact_id if isinstance(record, Call | PlannedCall) else ""


def _keys(record: Record) -> tuple[str, ...]:
    if isinstance(record, Contact):
        return keys_of(record)
    return keys_of_entry(record) if isinstance(record, Entry) else ()
