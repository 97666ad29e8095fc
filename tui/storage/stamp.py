"""Which record a commit stores: its revision and time of edit, and whether there is anything to write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.planned import PlannedCall
from tui.domain.session import Session

_STAMPS = frozenset({"rev", "edited_at"})
R = TypeVar("R", bound=Contact | Call | Session | Entry | PlannedCall | Rep)


def last_of_each(records: Iterable[R]) -> Iterable[R]:
    """Of several records of one id in a change the last."""
    return {record.id: record for record in records}.values()


def stamped(record: R, stored: R | None, now: datetime) -> R | None:
    """The record as it is to be stored, or None when the stored one says the same already.

    A record of a higher revision than ours comes from another rep's file and keeps its revision and time,
    so that combining two files in either order ends the same. Why nobody calls a person stands in the
    do-not-call list, and is stored there only.
    """
    if isinstance(record, Contact) and record.do_not_call:
        record = replace(record, do_not_call="")
    before = 0 if stored is None else stored.rev
    if record.rev > before and record.edited_at is not None:
        return record
    if isinstance(record, Contact) and record.created_at is None:
        created = stored.created_at if isinstance(stored, Contact) and stored.created_at else now
        if stored is not None and _says_the_same(record, stored, but=_STAMPS | {"created_at"}):
            return None
        return replace(record, rev=before + 1, edited_at=now, created_at=created)
    if stored is not None and _says_the_same(record, stored, but=_STAMPS):
        return None
    return replace(record, rev=before + 1, edited_at=now)


def _says_the_same(record: R, stored: R, but: frozenset[str]) -> bool:
    return all(
        getattr(record, name) == getattr(stored, name) for name in type(record).__slots__ if name not in but
    )
