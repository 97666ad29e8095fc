"""The tables of the file, one for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.merge import Record
from tui.domain.shared.same_person import SamePerson
from tui.storage.kinds import KIND_OF_TABLE
from tui.storage.other_documents import (
    lean_call,
    lean_contact,
)
from tui.storage.persons import People
from tui.storage.protocol import Change
from tui.storage.records import Calls, Named, OfContacts, R, Records, Report
from tui.storage.rows import Rows
from tui.storage.steps import Steps, step_lines
from tui.storage.stored import Stored
from tui.storage.values import Document, dump, load
from tui.storage.writing import Writing, last_of_each

Pending: TypeAlias = dict[Named, dict[str, bytes | None]]
"""What a commit is about to write, by table and name; None removes."""


_Made: TypeAlias = tuple[str, Rows, Callable[[Any], Document], Callable[[Mapping[str, Any]], Any], Report]


class Tables(Stored):
    """Every record of a file as it stands, and what has to be written so that others stand there."""

    def __init__(self, rows: Callable[[str], Rows], report: Report) -> None:
        def made(table: str) -> _Made:
            _, written, read = KIND_OF_TABLE[table]
            return table, rows(table), written, read, report

        self.of_contacts = Records[Contact](*made("contacts"), lean_contact)
        self.of_calls = Calls(*made("calls"), lean_call)
        self.of_plans = OfContacts[PlannedCall](*made("planned_calls"))
        self.of_sessions = Records[Session](*made("sessions"))
        self.of_entries = Records[Entry](*made("do_not_call"))
        self.of_reps = Records[Rep](*made("reps"))
        self.of_same_person = Records[SamePerson](*made("same_person"))
        self.of_forgotten = Records[Forgotten](*made("forgotten"))
        self.of_hash_keys = Records[HashKey](*made("hash_keys"))
        self.of_state = Named("state", rows("state"), "key")
        self.of_steps = Steps(rows("next_steps"))
        self.all: tuple[Named, ...] = (
            *(
                self.of_contacts,
                self.of_calls,
                self.of_plans,
                self.of_sessions,
                self.of_entries,
                self.of_reps,
            ),
            *(self.of_same_person, self.of_forgotten, self.of_hash_keys, self.of_state, self.of_steps),
        )
        self.shared: tuple[Records[Any], ...] = tuple(one for one in self.all if isinstance(one, Records))
        """Those whose records colleagues may have."""

    # -- reading ---------------------------------------------------------------------------------------

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of this very id, or None."""
        return self.of_contacts.get(contact_id)

    def contacts(self) -> Iterator[Contact]:
        """Every contact, made as it is asked for."""
        return self.of_contacts.every()

    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""
        return tuple(self.of_contacts.keys)

    def calls(self, contact_id: str | None, since: datetime | None) -> Sequence[Call]:
        """Calls under this very id, or all, from `since` on."""
        return self.of_calls.found(contact_id, since)

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        return self.of_calls.get(call_id)

    def plans(self, contact_id: str | None) -> Iterable[PlannedCall]:
        """Planned calls under this very id, or all."""
        return self.of_plans.every() if contact_id is None else self.of_plans.of(contact_id)

    def sessions(self) -> Iterable[Session]:
        """Every session."""
        return self.of_sessions.every()

    def entries(self) -> Iterable[Entry]:
        """Every entry of the do-not-call list."""
        return self.of_entries.every()

    def reps(self) -> Iterable[Rep]:
        """Every rep."""
        return self.of_reps.every()

    def same_person(self) -> Iterable[SamePerson]:
        """Every decision about two ids."""
        return self.of_same_person.every()

    def forgotten(self) -> Iterable[Forgotten]:
        """Everybody who is forgotten."""
        return self.of_forgotten.every()

    def hash_keys(self) -> Iterable[HashKey]:
        """Every key."""
        return self.of_hash_keys.every()

    def account(self, table: str, record_id: str) -> Record | None:
        """A record by the name of its table and its very id, or None."""
        found = next((one for one in self.shared if one.table == table), None)
        return None if found is None else found.get(record_id)

    # -- writing ---------------------------------------------------------------------------------------

    def written(self, change: Change, how: Writing, people: People) -> Pending:
        """What has to be written so that the change stands in the tables."""
        calls = people.as_stored(change.calls, self.of_calls.get, how.origin)
        plans = people.as_stored(change.plans, self.of_plans.get, how.origin)
        entries = people.as_stored(change.do_not_call, self.of_entries.get, how.origin)
        steps = step_lines(change.next_steps, change.policy_hash)
        pending: Pending = {
            self.of_contacts: _rows(
                self.of_contacts, change.contacts, how, lambda one: people.known(one, how.origin)
            ),
            self.of_calls: _rows(self.of_calls, calls, how),
            self.of_sessions: _rows(self.of_sessions, change.sessions, how),
            self.of_entries: _rows(self.of_entries, entries, how),
            self.of_plans: _rows(self.of_plans, plans, how),
            self.of_reps: _rows(self.of_reps, change.reps, how),
            self.of_same_person: _rows(self.of_same_person, change.same_person, how),
            self.of_forgotten: _rows(self.of_forgotten, change.forgotten, how),
            self.of_hash_keys: _rows(self.of_hash_keys, change.hash_keys, how),
            self.of_state: self.state_rows(change.state),
            self.of_steps: {one: row for one, row in steps if row != self.of_steps.raw(one)},
        }
        if how.origin == "merge":
            told = (
                (self.of_contacts, change.contacts),
                (self.of_calls, change.calls),
                (self.of_plans, change.plans),
            )
            news = [one for table, records in told for one in records if one.id in pending[table]]
            rows = ((one, None) for one in people.concerned(news) if self.of_steps.raw(one) is not None)
            pending[self.of_steps] = {**dict(rows), **pending[self.of_steps]}
        for contact_id in change.removed:
            for named, name in self._removal(contact_id, moved={call.id for call in change.calls}):
                pending[named][name] = None
        return pending

    def states(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every named piece of state that is an object."""
        for name in tuple(self.of_state.keys):
            raw = self.of_state.raw(name)
            value = load(raw).get("value") if raw else None
            if isinstance(value, dict):
                yield name, value

    def state_rows(self, state: Mapping[str, Mapping[str, Any] | None]) -> dict[str, bytes | None]:
        """What has to be written for named pieces of state, by name; None removes one."""
        rows = {
            key: None if value is None else dump({"key": key, "value": value}) for key, value in state.items()
        }
        return {key: row for key, row in rows.items() if row != self.of_state.raw(key)}

    def _removal(self, contact_id: str, moved: set[str]) -> Iterator[tuple[Named, str]]:
        """A contact leaves with its calls and plans, but for calls that are written in the same change."""
        calls = (call.id for call in self.of_calls.found(contact_id, None))
        everything: list[tuple[Named, str]] = [(self.of_calls, one) for one in calls if one not in moved]
        everything += ((self.of_plans, plan.id) for plan in self.of_plans.of(contact_id))
        everything += ((self.of_contacts, contact_id), (self.of_steps, contact_id))
        return ((named, name) for named, name in everything if named.raw(name) is not None)


def _rows(
    table: Records[R], records: Iterable[R], how: Writing, known: Callable[[R], R | None] | None = None
) -> dict[str, bytes | None]:
    """What has to be written for these records, by id; nothing for one that is stored as it is."""
    if not records:
        return {}
    found: dict[str, bytes | None] = {}
    for record in last_of_each(records):
        if (raw := table.written(record, how, known)) is not None:
            found[record.id] = raw
    return found
