"""The store in memory: the same protocol without a disk, for the simulation and as the model in tests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.storage.inbox import Inbox
from tui.storage.protocol import Change, NotSaved, names_below
from tui.storage.records import last_of_each, stamped
from tui.storage.values import dump


class MemoryStore:
    """Keeps the records as they are; nothing survives the process."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self.notes: list[str] = []
        self.inbox = Inbox(Path(os.devnull))
        self.pages: list[str] = []
        """What was put aside."""
        self._contacts: dict[str, Contact] = {contact.id: contact for contact in contacts}
        self._calls: dict[str, Call] = {}
        self._calls_of: dict[str, list[str]] = {}
        self._sessions: dict[str, Session] = {}
        self._listed: dict[str, Entry] = {}
        self._reps: dict[str, Rep] = {}
        self._plans: dict[str, dict[str, PlannedCall]] = {}
        """By contact and id."""
        self._state: dict[str, Mapping[str, Any]] = {}
        self._next_steps: dict[str, tuple[str, NextStep]] = {}

    def contacts(self) -> Iterator[Contact]:
        """Every contact."""
        yield from list(self._contacts.values())

    def contact(self, contact_id: str) -> Contact | None:
        """One contact, or None."""
        return self._contacts.get(contact_id)

    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""
        return tuple(self._contacts)

    def calls(self, contact_id: str | None = None, since: datetime | None = None) -> tuple[Call, ...]:
        """Calls oldest first, of one contact or of all, voided ones included, from `since` on."""
        ids = self._calls if contact_id is None else self._calls_of.get(contact_id, ())
        found = (self._calls[call_id] for call_id in ids)
        return tuple(sorted((c for c in found if since is None or c.at >= since), key=lambda call: call.at))

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        return self._calls.get(call_id)

    def sessions(self, since: datetime | None = None) -> tuple[Session, ...]:
        """Sessions oldest first; `since` is the earliest start."""
        found = (s for s in self._sessions.values() if since is None or s.started_at >= since)
        return tuple(sorted(found, key=lambda session: session.started_at))

    def do_not_call(self) -> tuple[Entry, ...]:
        """Every addition to the do-not-call list and every lift, oldest first."""
        return tuple(sorted(self._listed.values(), key=lambda entry: (entry.at, entry.id)))

    def rep(self, rep_id: str) -> Rep | None:
        """One rep, or None."""
        return self._reps.get(rep_id)

    def reps(self) -> Iterator[Rep]:
        """Every rep of whom there is a record."""
        return iter(tuple(self._reps.values()))

    def plans(self, contact_id: str) -> tuple[PlannedCall, ...]:
        """The planned calls of one contact, those that were worked or replaced included."""
        return tuple(self._plans.get(contact_id, {}).values())

    def state(self, key: str) -> Mapping[str, Any]:
        """A named piece of state; empty when there is none. The copy is the caller's own."""
        return deepcopy(self._state.get(key, {}))

    def states(self, place: str) -> Mapping[str, Mapping[str, Any]]:
        """The pieces of state whose names begin with `place` and a dot, by the rest of the name."""
        return {rest: self.state(key) for key, rest in names_below(place, self._state)}

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
        for contact in last_of_each(change.contacts):
            if (kept := stamped(contact, self._contacts.get(contact.id), now)) is not None:
                self._contacts[contact.id] = kept
        for call in last_of_each(change.calls):
            self._keep_call(call, now)
        for session in last_of_each(change.sessions):
            if (timed := stamped(session, self._sessions.get(session.id), now)) is not None:
                self._sessions[session.id] = timed
        for entry in last_of_each(change.do_not_call):
            if (listed := stamped(entry, self._listed.get(entry.id), now)) is not None:
                self._listed[entry.id] = listed
        for rep in last_of_each(change.reps):
            if (named := stamped(rep, self._reps.get(rep.id), now)) is not None:
                self._reps[rep.id] = named
        for plan in last_of_each(change.plans):
            plans = self._plans.setdefault(plan.contact_id, {})
            if (planned := stamped(plan, plans.get(plan.id), now)) is not None:
                plans[plan.id] = planned
        for contact_id in change.removed:
            self._contacts.pop(contact_id, None)
            self._next_steps.pop(contact_id, None)
            self._plans.pop(contact_id, None)
            for call_id in self._calls_of.pop(contact_id, ()):
                self._calls.pop(call_id, None)
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

    def _keep_call(self, call: Call, now: datetime) -> None:
        stored = self._calls.get(call.id)
        kept = stamped(call, stored, now)
        if kept is None:
            return
        if stored is not None and stored.contact_id != kept.contact_id:
            self._calls_of[stored.contact_id].remove(call.id)
        self._calls[call.id] = kept
        of_contact = self._calls_of.setdefault(kept.contact_id, [])
        if call.id not in of_contact:
            of_contact.append(call.id)

    def _keep_state(self, state: Mapping[str, Mapping[str, Any] | None]) -> None:
        for key, value in state.items():
            if value is None:
                self._state.pop(key, None)
            else:
                self._state[key] = deepcopy(dict(value))


def _check_state(state: Mapping[str, Mapping[str, Any] | None]) -> None:
    """Refuses what a file could not hold, so that a test in memory finds it too."""
    try:
        for value in state.values():
            dump(value or {})
    except (TypeError, ValueError) as error:
        raise NotSaved(f"Not saved: the state holds a value that cannot be written ({error}).") from error
