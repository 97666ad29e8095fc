"""The store over the journal, and TinyDB's own tables and queries over the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.merge import Record
from tui.domain.shared.same_person import Persons, SamePerson
from tui.storage import messages
from tui.storage.disk import PUT_ASIDE, write_page
from tui.storage.generations import META, META_KEY
from tui.storage.inbox import Inbox
from tui.storage.journal import JournalStorage
from tui.storage.migrations import META_ROW, migrate, refuse_newer
from tui.storage.persons import People
from tui.storage.protocol import Change, NotSaved, StoreError, names_below
from tui.storage.sharing.notes import notes_of
from tui.storage.tables import Pending, Tables
from tui.storage.traces import Traces, files_with, remove
from tui.storage.values import load
from tui.storage.writing import Writing


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
LAST_STAMP = "last_stamp"
"""Where the state keeps the last stamp this store made or saw: later ones stay later when the clock is set back."""
ERASING = "erasing"
"""Stands in the state while older generations of the files still hold somebody who was forgotten."""


class TinyStore:
    """The `Store` on disk. Records become objects when they are read, so that a long history starts fast."""

    def __init__(self, db: JournalDB, inbox: Inbox) -> None:
        storage = db.storage
        self.db = db
        """TinyDB's own tables and queries over the same data, for reading."""
        self.notes = storage.notes
        self.inbox = inbox
        self._storage = storage
        self._tables = Tables(storage.rows, self._report)
        self._people = People(self._tables)
        self._last: str | None = None
        """The last stamp, once it was read. After a write that failed it is later than the one on the disk: no harm."""

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
        store = cls(db, Inbox(folder, ours=not read_only))
        if not read_only and store.state(ERASING):
            store._erase()  # a program that forgot somebody was killed before the files were written afresh
        return store

    @property
    def persons(self) -> Persons:
        """Which ids are one person."""
        return self._people.persons

    def contacts(self) -> Iterator[Contact]:
        """Every person once, made as it is asked for."""
        return self._people.contacts()

    def contact(self, contact_id: str) -> Contact | None:
        """One person, by any of their ids, or None."""
        return self._people.contact(contact_id)

    def contact_ids(self) -> Iterable[str]:
        """Ids of everybody, of a person of several the one that speaks."""
        return self._people.contact_ids()

    def calls(self, contact_id: str | None = None, since: datetime | None = None) -> tuple[Call, ...]:
        """Calls oldest first, of one contact or of all, voided ones included, from `since` on."""
        return self._people.calls(contact_id, since)

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        return self._people.call(call_id)

    def sessions(self, since: datetime | None = None) -> tuple[Session, ...]:
        """Sessions oldest first, those that began at `since` or later."""
        found = (s for s in self._tables.sessions() if since is None or s.started_at >= since)
        return tuple(sorted(found, key=lambda session: session.started_at))

    def do_not_call(self) -> tuple[Entry, ...]:
        """Every addition to the do-not-call list and every lift, oldest first."""
        return self._people.entries()

    def rep(self, rep_id: str) -> Rep | None:
        """One rep, or None."""
        return self._tables.of_reps.get(rep_id)

    def reps(self) -> tuple[Rep, ...]:
        """Every rep on record."""
        return tuple(self._tables.reps())

    def plans(self, contact_id: str) -> tuple[PlannedCall, ...]:
        """The planned calls of one contact, those that were worked or replaced included."""
        return self._people.plans(contact_id)

    def other_accounts(self) -> Iterator[tuple[str, Contact]]:
        """Of everybody who has several ids each account as it stands, with the id that speaks."""
        return self._people.other_accounts()

    def accounts(self) -> Iterator[Record]:
        """Every record as it stands, ids as they were written."""
        return self._people.accounts()

    def account(self, table: str, record_id: str) -> Record | None:
        """One record as it stands, by the name of its table and its very id, or None."""
        return self._tables.account(table, record_id)

    def same_person(self) -> tuple[SamePerson, ...]:
        """Every decision about two ids."""
        return tuple(self._tables.same_person())

    def forgotten(self) -> tuple[Forgotten, ...]:
        """Everybody of whom nothing is kept."""
        return tuple(self._tables.forgotten())

    def hash_keys(self) -> tuple[HashKey, ...]:
        """The keys under which refusals of the forgotten are hashed, oldest first."""
        return self._people.hash_keys()

    def state(self, key: str) -> Mapping[str, Any]:
        """A named piece of state; empty when there is none. The caller may keep and change it.

        What somebody made of it that is no object comes inside one: whoever reads it sees that it is not ours.
        """
        raw = self._tables.of_state.raw(key)
        value = load(raw).get("value") if raw else None
        return value if isinstance(value, dict) else {} if value is None else {"not an object": value}

    def states(self, place: str) -> Mapping[str, Mapping[str, Any]]:
        """The pieces of state whose names begin with `place` and a dot, by the rest of the name."""
        return {rest: self.state(key) for key, rest in names_below(place, self._tables.of_state.keys)}

    def names(self, place: str) -> tuple[str, ...]:
        """The rest of the names that `states` gives."""
        return tuple(rest for _, rest in names_below(place, self._tables.of_state.keys))

    def next_steps(self, policy_hash: str) -> Mapping[str, NextStep]:
        """Derived rows computed with this policy, by contact id."""
        return self._tables.of_steps.read(policy_hash)

    def index(self) -> None:
        """Make the indexes that the first look-up and the first commit would else make and wait for."""
        for named in self._tables.all:
            named.index()

    def commit(self, change: Change, now: datetime) -> None:
        """Write all of it durably, or raise `NotSaved` and change nothing. A repeat is harmless.

        A record whose content differs from the stored one gets `rev` + 1 and `edited_at` = now; one that is merged
        keeps the later of both.

        Who is forgotten is in none of our files when this returns, older generations and copies included.
        """
        try:
            leaving = self._people.leaving(change)
            erasing = change.erases or leaving is not None
            pending = self._pending(change, now, erasing=erasing)
        except (TypeError, ValueError) as error:
            raise NotSaved(messages.cannot_be_written(str(error))) from error
        if not pending:
            return
        if leaving is not None:
            self._remove_files_with(leaving)
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
        self._people.written(change)
        if erasing:
            self._erase()
        if leaving is not None:
            self._remove_files_with(leaving)  # what another program left in our place is kept in a copy

    def _remove_files_with(self, leaving: Traces) -> None:
        files = files_with(self._storage.path, leaving)
        try:
            remove(files)
        except OSError as error:
            raise NotSaved(messages.cannot_remove(files, error)) from error
        if files:
            self.notes.append(messages.removed_with(files))

    def _erase(self) -> None:
        """Write every file of the store afresh, so that none holds what the tables no longer do."""
        try:
            self._storage.checkpoint(afresh=True)
            key = self._tables.of_state.place(ERASING)
            self._storage.commit({self._tables.of_state.table: {key: None}})
            self._tables.of_state.show(ERASING, key)
        except (OSError, StoreError) as error:
            self.notes.append(messages.not_erased(self._storage.path, str(error)))

    def put_aside(self, page: str, now: datetime) -> str:
        """Write a page beside the file, durably; its path. Raises `StoreError`, and then nothing was changed."""
        try:
            return str(write_page(self._storage.path.parent, PUT_ASIDE, page, now))
        except OSError as error:
            raise StoreError(messages.cannot_put_aside(self._storage.path.parent, error)) from error

    def close(self) -> None:
        """Fold the journal into the file and free the lock. What fails is said in `notes`."""
        self.db.close()

    def _pending(self, change: Change, now: datetime, *, erasing: bool) -> Pending:
        tables, people = self._tables, self._people

        def rep() -> str:
            return str((change.state.get("rep") or self.state("rep")).get("id", ""))

        if self._last is None:
            self._last = str(self.state(LAST_STAMP).get("last", ""))
        how = Writing(change.origin, now, rep, self._last, people.gone(change))
        change = people.settled(change, now, rep, tables.states)
        pending = tables.written(change, how, people)
        if how.last != self._last:
            pending[tables.of_state] |= tables.state_rows({LAST_STAMP: {"last": how.last}})
        if erasing:
            pending[tables.of_state] |= tables.state_rows({ERASING: {"since": now.isoformat()}})
        self._last = how.last
        written = {named.table: rows for named, rows in pending.items() if rows}
        shared = [named.table for named in tables.shared]
        team = {"known_to_team": change.known_to_team, "rewrites": erasing}
        notes = notes_of(written, self.state, shared=shared, **team)
        pending[tables.of_state] |= tables.state_rows(notes)
        return {named: rows for named, rows in pending.items() if rows}

    def _report(self, table: str, record_id: str, why: str) -> None:
        note = messages.record_unreadable(self._storage.path, table, record_id, why)
        if note not in self.notes:
            self.notes.append(note)
