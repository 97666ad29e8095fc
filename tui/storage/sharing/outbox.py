"""What waits to be written into the people folder, as lines; and which notes go once it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.merge import Record
from tui.storage.protocol import Store
from tui.storage.sharing.account_file import record_line, without_demo
from tui.storage.sharing.notes import EVERYTHING, FOLDER, NOTES, Notes, everything


class Waiting(Struct, frozen=True):
    """What is to be written into our file, as it was when it was looked up."""

    notes: Mapping[str, Mapping[str, Any]]
    """The notes that go with it, by the rest of their name."""
    lines: tuple[bytes, ...] = ()
    """Each with its line feed; of everything none."""

    @property
    def is_everything(self) -> bool:
        """Whether all of it is to be written, into a new file."""
        return EVERYTHING in self.notes


def waiting(store: Store, most: int, notes_since: datetime | None) -> Waiting | None:
    """What is to be written, at most so many records at once; None when nothing is."""
    notes = store.states(NOTES)
    if not notes:
        return None
    if EVERYTHING in notes:
        return Waiting(notes)
    some = dict(list(notes.items())[:most])
    named = (name.partition(".") for name in some)
    records = (store.account(table, record_id) for table, _, record_id in named)
    told = (one for one in records if one is not None and not is_demo(one, store))
    return Waiting(some, tuple(record_line(one, notes_since) for one in told))


def lines_of_everything(store: Store, notes_since: datetime | None) -> Iterator[bytes]:
    """The lines of all records, made as they are asked for."""
    return (record_line(one, notes_since) for one in without_demo(store.accounts()))


def rewrite_all(store: Store) -> Notes:
    """The note that our file is to be written again, because something in it must not stay; empty without a folder."""
    return everything(store.state(f"{NOTES}.{EVERYTHING}")) if store.state(FOLDER) else {}


def done(store: Store, sent: Waiting) -> dict[str, None]:
    """The notes that go now that this stands in the folder, as pieces of state for a `Change`."""
    now = store.states(NOTES)
    return {f"{NOTES}.{name}": None for name, note in sent.notes.items() if now.get(name) == note}


def is_demo(record: Record, store: Store) -> bool:
    """Whether a record is of the fictional people of the first start, whom no colleague gets."""
    if isinstance(record, Contact):
        return record.is_demo
    if isinstance(record, Call | PlannedCall):
        contact = store.contact(record.contact_id)
        return contact is not None and contact.is_demo
    return False
