"""The store over the journal, and TinyDB's own tables and queries over the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from tinydb import TinyDB

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.storage import messages
from tui.storage.disk import PUT_ASIDE, write_page
from tui.storage.documents import (
    call_from_document,
    call_to_document,
    contact_from_document,
    contact_to_document,
)
from tui.storage.generations import META, META_KEY
from tui.storage.inbox import Inbox
from tui.storage.journal import JournalStorage
from tui.storage.migrations import META_ROW, migrate, refuse_newer
from tui.storage.other_documents import (
    entry_from_document,
    entry_to_document,
    lean_call,
    lean_contact,
    plan_from_document,
    plan_to_document,
    rep_from_document,
    rep_to_document,
    session_from_document,
    session_to_document,
)
from tui.storage.protocol import Change, NotSaved, StoreError, names_below
from tui.storage.records import Calls, Named, OfContacts, R, Records, last_of_each
from tui.storage.steps import Steps, step_lines
from tui.storage.values import dump, load


class JournalDB(TinyDB):
    """`JournalDB(path)` where one would write `TinyDB(path)`; `read_only=True` opens beside a writer."""

    default_storage_class = JournalStorage  # type: ignore[assignment]

    @property
    def storage(self) -> JournalStorage:
        """The storage below, for commits over several tables."""
        storage = super().storage
        assert isinstance(storage, JournalStorage)
        return storage


FILE = "sessions.json"
Pending: TypeAlias = dict[Named, dict[str, bytes | None]]
"""What a commit is about to write, by table and name; None removes."""


class TinyStore:
    """The `Store` on disk. Records become objects when they are read, so that a long history starts fast."""

    def __init__(self, db: JournalDB, inbox: Inbox) -> None:
        storage = db.storage
        self.db = db
        """TinyDB's own tables and queries over the same data, for reading."""
        self.notes = storage.notes
        self.inbox = inbox
        self._storage = storage
        self._contacts = Records[Contact](
            "contacts",
            storage.rows("contacts"),
            contact_to_document,
            contact_from_document,
            self._report,
            lean_contact,
        )
        self._calls = Calls(
            "calls", storage.rows("calls"), call_to_document, call_from_document, self._report, lean_call
        )
        self._sessions = Records[Session](
            "sessions", storage.rows("sessions"), session_to_document, session_from_document, self._report
        )
        self._listed = Records[Entry](
            "do_not_call", storage.rows("do_not_call"), entry_to_document, entry_from_document, self._report
        )
        self._plans = OfContacts[PlannedCall](
            "planned_calls",
            storage.rows("planned_calls"),
            plan_to_document,
            plan_from_document,
            self._report,
        )
        self._reps = Records[Rep](
            "reps", storage.rows("reps"), rep_to_document, rep_from_document, self._report
        )
        self._state = Named("state", storage.rows("state"), "key")
        self._steps = Steps(storage.rows("next_steps"))

    @classmethod
    def open(cls, folder: Path, read_only: bool = False) -> TinyStore:
        """The store in the folder, which is made when it is missing.

        Raises `StoreIsOpen` when another program writes to it, and `StoreError` when it cannot be used.
        """
        if not read_only:
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(messages.cannot_write_folder(folder, error)) from error
        db = JournalDB(folder / FILE, read_only=read_only, accept=refuse_newer)
        try:
            migrate(db.storage, read_only)
        except BaseException:
            db.storage.abandon()
            raise
        return cls(db, Inbox(folder, ours=not read_only))

    def contacts(self) -> Iterator[Contact]:
        """Every contact, made as it is asked for."""
        return self._contacts.every()

    def contact(self, contact_id: str) -> Contact | None:
        """One contact, or None."""
        return self._contacts.get(contact_id)

    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""
        return tuple(self._contacts.keys)

    def calls(self, contact_id: str | None = None, since: datetime | None = None) -> tuple[Call, ...]:
        """Calls oldest first, of one contact or of all, voided ones included, from `since` on."""
        return self._calls.found(contact_id, since)

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        return self._calls.get(call_id)

    def sessions(self, since: datetime | None = None) -> tuple[Session, ...]:
        """Sessions oldest first, those that began at `since` or later."""
        found = (s for s in self._sessions.every() if since is None or s.started_at >= since)
        return tuple(sorted(found, key=lambda session: session.started_at))

    def do_not_call(self) -> tuple[Entry, ...]:
        """Every addition to the do-not-call list and every lift, oldest first."""
        return tuple(sorted(self._listed.every(), key=lambda entry: (entry.at, entry.id)))

    def rep(self, rep_id: str) -> Rep | None:
        """One rep, or None."""
        return self._reps.get(rep_id)

    def reps(self) -> Iterator[Rep]:
        """Every rep of whom there is a record."""
        return self._reps.every()

    def plans(self, contact_id: str) -> tuple[PlannedCall, ...]:
        """The planned calls of one contact, those that were worked or replaced included."""
        return tuple(self._plans.of(contact_id))

    def state(self, key: str) -> Mapping[str, Any]:
        """A named piece of state; empty when there is none. The caller may keep and change it.

        What somebody made of it that is no object comes inside one: whoever reads it sees that it is not ours.
        """
        raw = self._state.raw(key)
        value = load(raw).get("value") if raw else None
        return value if isinstance(value, dict) else {} if value is None else {"not an object": value}

    def states(self, place: str) -> Mapping[str, Mapping[str, Any]]:
        """The pieces of state whose names begin with `place` and a dot, by the rest of the name."""
        return {rest: self.state(key) for key, rest in names_below(place, self._state.keys)}

    def next_steps(self, policy_hash: str) -> Mapping[str, NextStep]:
        """Derived rows computed with this policy, by contact id."""
        return self._steps.read(policy_hash)

    def index(self) -> None:
        """Make the indexes that the first look-up and the first commit would else make and wait for."""
        for named in (
            self._contacts,
            self._calls,
            self._sessions,
            self._listed,
            self._plans,
            self._reps,
            self._state,
            self._steps,
        ):
            named.index()

    def commit(self, change: Change, now: datetime) -> None:
        """Write all of it durably, or raise `NotSaved` and change nothing. A repeat is harmless.

        A record whose content differs from the stored one gets `rev` + 1 and `edited_at` = now; one of a
        higher `rev` than the stored one comes from another rep's file and keeps both.
        """
        try:
            pending = self._pending(change, now)
        except (TypeError, ValueError) as error:
            raise NotSaved(messages.cannot_be_written(str(error))) from error
        if not pending:
            return
        places = {named: {name: named.place(name) for name in rows} for named, rows in pending.items()}
        changes: dict[str, dict[int, bytes | None]] = {
            named.table: dict(zip(places[named].values(), rows.values(), strict=True))
            for named, rows in pending.items()
        }
        del pending
        if not self._storage.rows(META).holds(META_KEY):
            changes[META] = {META_KEY: META_ROW}
        self._storage.commit(changes)
        for named, keys in places.items():
            for name, key in keys.items():
                named.show(name, key)

    def put_aside(self, page: str, now: datetime) -> str:
        """Write a page beside the file, durably; its path. Raises `StoreError`, and then nothing was changed."""
        try:
            return str(write_page(self._storage.path.parent, PUT_ASIDE, page, now))
        except OSError as error:
            raise StoreError(messages.cannot_put_aside(self._storage.path.parent, error)) from error

    def close(self) -> None:
        """Fold the journal into the file and free the lock. What fails is said in `notes`."""
        self.db.close()

    def _pending(self, change: Change, now: datetime) -> Pending:
        pending: Pending = {
            self._contacts: _written(self._contacts, change.contacts, now),
            self._calls: _written(self._calls, change.calls, now),
            self._sessions: _written(self._sessions, change.sessions, now),
            self._listed: _written(self._listed, change.do_not_call, now),
            self._plans: _written(self._plans, change.plans, now),
            self._reps: _written(self._reps, change.reps, now),
            self._state: {},
            self._steps: {},
        }
        for key, value in change.state.items():
            state = None if value is None else dump({"key": key, "value": value})
            if state != self._state.raw(key):
                pending[self._state][key] = state
        for contact_id, row in step_lines(change.next_steps, change.policy_hash):
            if row != self._steps.raw(contact_id):
                pending[self._steps][contact_id] = row
        for contact_id in change.removed:
            for named, name in self._removal(contact_id, moved={call.id for call in change.calls}):
                pending[named][name] = None
        return {named: rows for named, rows in pending.items() if rows}

    def _removal(self, contact_id: str, moved: set[str]) -> Iterator[tuple[Named, str]]:
        """A contact leaves with its calls and plans, but for calls that move to another contact in the same change."""
        calls = (call.id for call in self._calls.found(contact_id, None))
        everything: list[tuple[Named, str]] = [(self._calls, one) for one in calls if one not in moved]
        everything += ((self._plans, plan.id) for plan in self._plans.of(contact_id))
        everything += ((self._contacts, contact_id), (self._steps, contact_id))
        return ((named, name) for named, name in everything if named.raw(name) is not None)

    def _report(self, table: str, record_id: str, why: str) -> None:
        note = messages.record_unreadable(self._storage.path, table, record_id, why)
        if note not in self.notes:
            self.notes.append(note)


def _written(table: Records[R], records: Iterable[R], now: datetime) -> dict[str, bytes | None]:
    """What has to be written for these records, by id; nothing for one that is stored as it is."""
    found: dict[str, bytes | None] = {}
    for record in last_of_each(records):
        if (raw := table.written(record, now)) is not None:
            found[record.id] = raw
    return found
