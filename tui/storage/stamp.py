"""Which record a commit stores: its revision and time of edit, and whether there is anything to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from tui.domain.call import Call, reverted
from tui.domain.contact import Contact, Refusal, Rep
from tui.domain.do_not_call import Entry
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.storage.documents import contact_from_document, contact_to_document
from tui.storage.values import Document

_STAMPS = frozenset({"rev", "edited_at"})
_OF_THE_RECORD = _STAMPS | {"created_at"}
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
        record = replace(record, do_not_call=Refusal())
    before = 0 if stored is None else stored.rev
    if record.rev > before and record.edited_at is not None:
        return record
    if isinstance(record, Contact) and isinstance(stored, Contact) and record.created_at is None:
        record = replace(record, created_at=stored.created_at)
    if stored is not None and _says_the_same(record, stored):
        return None
    if isinstance(record, Contact) and record.created_at is None:
        record = replace(record, created_at=now)
    return replace(record, rev=before + 1, edited_at=now)


def _says_the_same(record: R, stored: R) -> bool:
    told = (name for name in type(record).__slots__ if name not in _STAMPS)
    return all(getattr(record, name) == getattr(stored, name) for name in told)


_CHANGED_BY_OUTCOMES = ("prefers", "remembered", "numbers")
"""All that an outcome of format 1 can have changed: its calls keep the whole contact as it was before."""


def changed_values(before: Contact, after: Contact) -> tuple[Document, Document]:
    """The values that differ, as they were before and as they are after: `before` and `after` of a call."""
    old, new = contact_to_document(before), contact_to_document(after)
    differing = [key for key in old if key not in _OF_THE_RECORD and old[key] != new[key]]
    return {key: old[key] for key in differing}, {key: new[key] for key in differing}


def without(stored: Contact, call: Call) -> Contact:
    """The contact as it is stored, without what this call changed; what was edited later stays as it is."""
    now = contact_to_document(stored)
    before, after = call.before or {}, call.after
    if after is None:
        empty = contact_to_document(Contact(""))
        names = [name for name in _CHANGED_BY_OUTCOMES if name not in stored.edited_by_rep] if before else []
        before = {name: before.get(name, empty[name]) for name in names}
        after = {name: now[name] for name in names}
    return taken_back(stored, before, after)


def taken_back(
    stored: Contact, before: Mapping[str, Any], after: Mapping[str, Any], *, anyhow: bool = False
) -> Contact:
    """The contact as it is stored, without the change of these values; what differs from `after` stays.

    `anyhow`: it does not stay.
    """
    return contact_from_document(reverted(contact_to_document(stored), before, after, anyhow=anyhow))


def with_change(contact: Contact, call: Call, *, anyhow: bool) -> Contact:
    """The contact with what this call changed: the other way round from `without`."""
    return taken_back(contact, call.after or {}, call.before or {}, anyhow=anyhow)
