"""The store in memory: the same protocol without a disk, for the simulation and as the model in tests."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.merge import Record
from tui.domain.shared.same_person import Persons, SamePerson
from tui.storage.inbox import Inbox
from tui.storage.persons import People
from tui.storage.protocol import Change, NotSaved, names_below
from tui.storage.stored import Stored
from tui.storage.values import dump
from tui.storage.writing import Writing, last_of_each, stamped

TABLES: Mapping[type, str] = {
    **{Contact: "contacts", Call: "calls", PlannedCall: "planned_calls", Session: "sessions"},
    **{Entry: "do_not_call", Rep: "reps", SamePerson: "same_person"},
    **{Forgotten: "forgotten", HashKey: "hash_keys"},
}
"""The name of the table of each kind of record."""


class Kept(Stored):
    """The records as they stand."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._contacts = {contact.id: contact for contact in contacts}
        self._calls: dict[str, Call] = {}
        self._calls_of: dict[str, dict[str, None]] = defaultdict(dict)
        self._plans: dict[str, dict[str, PlannedCall]] = defaultdict(dict)
        """By contact and id."""
        self._others: dict[type, dict[str, Any]] = defaultdict(dict)
        """By kind and id."""

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of this very id, or None."""
        return self._contacts.get(contact_id)

    def contacts(self) -> Iterator[Contact]:
        """Every contact."""
        yield from list(self._contacts.values())

    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""
        return tuple(self._contacts)

    def calls(self, contact_id: str | None, since: datetime | None) -> Sequence[Call]:
        """Calls under this very id, or all, from `since` on."""
        ids: Iterable[str] = self._calls if contact_id is None else self._calls_of.get(contact_id, ())
        found = (self._calls[call_id] for call_id in ids)
        return sorted((call for call in found if since is None or call.at >= since), key=lambda call: call.at)

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        return self._calls.get(call_id)

    def plans(self, contact_id: str | None) -> Iterable[PlannedCall]:
        """Planned calls under this very id, or all."""
        if contact_id is not None:
            return tuple(self._plans.get(contact_id, {}).values())
        return tuple(plan for plans in self._plans.values() for plan in plans.values())

    def sessions(self) -> Iterable[Session]:
        """Every session."""
        return tuple(self._others[Session].values())

    def entries(self) -> Iterable[Entry]:
        """Every entry of the do-not-call list."""
        return tuple(self._others[Entry].values())

    def reps(self) -> Iterable[Rep]:
        """Every rep."""
        return tuple(self._others[Rep].values())

    def same_person(self) -> Iterable[SamePerson]:
        """Every decision about two ids."""
        return tuple(self._others[SamePerson].values())

    def forgotten(self) -> Iterable[Forgotten]:
        """Everybody who is forgotten."""
        return tuple(self._others[Forgotten].values())

    def hash_keys(self) -> Iterable[HashKey]:
        """Every key."""
        return tuple(self._others[HashKey].values())

    def keep(self, record: Any) -> None:
        """This record in place of the one of its id."""
        if isinstance(record, Contact):
            self._contacts[record.id] = record
        elif isinstance(record, PlannedCall):
            self._plans[record.contact_id][record.id] = record
        elif isinstance(record, Call):
            before = self._calls.get(record.id)
            if before is not None and before.contact_id != record.contact_id:
                self._calls_of[before.contact_id].pop(record.id)
            self._calls[record.id] = record
            self._calls_of[record.contact_id][record.id] = None
        else:
            self._others[type(record)][record.id] = record

    def find(self, record: Any) -> Any:
        """The record of the same kind and id, or None."""
        if isinstance(record, PlannedCall):
            return self.plan(record.id)
        if isinstance(record, Call):
            return self._calls.get(record.id)
        return self._others[type(record)].get(record.id)

    def plan(self, plan_id: str) -> PlannedCall | None:
        """One planned call, or None."""
        return next((plans[plan_id] for plans in self._plans.values() if plan_id in plans), None)

    def entry(self, entry_id: str) -> Entry | None:
        """One entry of the do-not-call list, or None."""
        return self._others[Entry].get(entry_id)

    def remove(self, contact_id: str, moved: set[str]) -> None:
        """A contact leaves with its calls and plans, but for calls that are written in the same change."""
        self._contacts.pop(contact_id, None)
        self._plans.pop(contact_id, None)
        for call_id in [one for one in self._calls_of.get(contact_id, ()) if one not in moved]:
            self._calls_of[contact_id].pop(call_id)
            self._calls.pop(call_id, None)


class MemoryStore:
    """Keeps the records as they are; nothing survives the process."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self.notes: list[str] = []
        self.inbox = Inbox(Path(os.devnull))
        self.pages: list[str] = []
        """What was put aside."""
        self._kept = Kept(contacts)
        self._people = People(self._kept)
        self._last = ""
        self._state: dict[str, bytes] = {}
        """Each piece as a file holds it, so that nobody who has one changes it."""
        self._next_steps: dict[str, tuple[str, NextStep]] = {}

    @property
    def persons(self) -> Persons:
        """Which ids are one person."""
        return self._people.persons

    def contacts(self) -> Iterator[Contact]:
        """Every contact."""
        return self._people.contacts()

    def contact(self, contact_id: str) -> Contact | None:
        """One contact, or None."""
        return self._people.contact(contact_id)

    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""
        return self._people.contact_ids()

    def calls(self, contact_id: str | None = None, since: datetime | None = None) -> tuple[Call, ...]:
        """Calls oldest first, of one contact or of all, voided ones included, from `since` on."""
        return self._people.calls(contact_id, since)

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        return self._people.call(call_id)

    def sessions(self, since: datetime | None = None) -> tuple[Session, ...]:
        """Sessions oldest first; `since` is the earliest start."""
        found = (s for s in self._kept.sessions() if since is None or s.started_at >= since)
        return tuple(sorted(found, key=lambda session: session.started_at))

    def do_not_call(self) -> tuple[Entry, ...]:
        """Every addition to the do-not-call list and every lift, oldest first."""
        return self._people.entries()

    def rep(self, rep_id: str) -> Rep | None:
        """One rep, or None."""
        return next((rep for rep in self._kept.reps() if rep.id == rep_id), None)

    def reps(self) -> tuple[Rep, ...]:
        """Every rep on record."""
        return tuple(self._kept.reps())

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
        return next((r for r in self.accounts() if TABLES[type(r)] == table and r.id == record_id), None)

    def same_person(self) -> tuple[SamePerson, ...]:
        """Every decision about two ids."""
        return tuple(self._kept.same_person())

    def forgotten(self) -> tuple[Forgotten, ...]:
        """Everybody of whom nothing is kept."""
        return tuple(self._kept.forgotten())

    def hash_keys(self) -> tuple[HashKey, ...]:
        """The keys under which refusals of the forgotten are hashed, oldest first."""
        return self._people.hash_keys()

    def state(self, key: str) -> Mapping[str, Any]:
        """A named piece of state; empty when there is none. The copy is the caller's own."""
        return json.loads(self._state.get(key, b"{}"))  # type: ignore[no-any-return]

    def states(self, place: str) -> Mapping[str, Mapping[str, Any]]:
        """The pieces of state whose names begin with `place` and a dot, by the rest of the name."""
        return {rest: self.state(key) for key, rest in names_below(place, self._state)}

    def names(self, place: str) -> tuple[str, ...]:
        """The rest of the names that `states` gives."""
        return tuple(rest for _, rest in names_below(place, self._state))

    def next_steps(self, policy_hash: str) -> Mapping[str, NextStep]:
        """Derived rows computed with this policy, by contact id."""
        return {key: step for key, (made_with, step) in self._next_steps.items() if made_with == policy_hash}

    def index(self) -> None:
        """Nothing has to be made."""

    def commit(self, change: Change, now: datetime) -> None:
        """Take the change over whole, or raise `NotSaved` and change nothing. A repeat is harmless."""
        if now.tzinfo is None:
            raise NotSaved("Not saved: the time of the change has no zone.")
        _check_state(change.state)
        kept, people = self._kept, self._people

        def rep() -> str:
            return str((change.state.get("rep") or self.state("rep")).get("id", ""))

        how = Writing(change.origin, now, rep, self._last, people.gone(change))
        change = people.settled(change, now, rep, self._states)
        made: list[Any] = [
            stamped(one, people.known(one, how.origin), how) for one in last_of_each(change.contacts)
        ]
        calls = people.as_stored(change.calls, kept.call, change.origin)
        plans = people.as_stored(change.plans, kept.plan, change.origin)
        entries = people.as_stored(change.do_not_call, kept.entry, change.origin)
        others = (*change.sessions, *change.reps, *change.same_person, *change.forgotten, *change.hash_keys)
        rest: list[Any] = [*last_of_each(calls), *last_of_each(entries), *last_of_each(plans), *others]
        made += [stamped(one, kept.find(one), how) for one in rest]
        for record in filter(None, made):
            kept.keep(record)
        if how.origin == "merge":
            kinds = (Contact, Call, PlannedCall)
            for one in people.concerned(record for record in made if isinstance(record, kinds)):
                self._next_steps.pop(one, None)
        self._last = how.last
        for contact_id in change.removed:
            self._next_steps.pop(contact_id, None)
            kept.remove(contact_id, {call.id for call in change.calls})
        people.written(change)
        self._keep_state(change.state)
        for contact_id, step in change.next_steps.items():
            if step is None:
                self._next_steps.pop(contact_id, None)
            else:
                self._next_steps[contact_id] = (change.policy_hash, step)

    def put_aside(self, page: str, now: datetime) -> str:
        """Keep the page in `pages`."""
        self.pages.append(page)
        return "memory"

    def close(self) -> None:
        """Nothing to do: there is no file."""

    def _states(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((key, self.state(key)) for key in self._state)

    def _keep_state(self, state: Mapping[str, Mapping[str, Any] | None]) -> None:
        for key, value in state.items():
            if value is None:
                self._state.pop(key, None)
            else:
                self._state[key] = dump(value)


def _check_state(state: Mapping[str, Mapping[str, Any] | None]) -> None:
    """Refuses what a file could not hold, so that a test in memory finds it too."""
    try:
        for value in state.values():
            dump(value or {})
    except (TypeError, ValueError) as error:
        raise NotSaved(f"Not saved: the state holds a value that cannot be written ({error}).") from error
