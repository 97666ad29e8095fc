"""The records of people as they are asked for: ids that are one person are one, and nothing is kept of the forgotten.

The records stay as they were written, each under its own id, so that saying who is one person can be taken back, and
the records of two reps stay comparable. What is read is put together here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import chain
from typing import Any, TypeVar

from msgspec.structs import replace

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.leaves import differing, followed
from tui.domain.shared.merge import Record, merged
from tui.domain.shared.same_person import Persons, SamePerson
from tui.storage.forgetting import (
    States,
    forgetting,
    key_ids,
    traces_left_by,
    under_each_id,
    with_key,
    without_state,
)
from tui.storage.protocol import Change, Origin
from tui.storage.stored import Stored
from tui.storage.traces import Traces

P = TypeVar("P", Call, PlannedCall, Entry)
D = TypeVar("D", SamePerson, Forgotten)


class People:
    """Reads the records with ids that are one person as one, and works out what a change means for them."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._persons: Persons | None = None
        self._gone: Mapping[str, str] | None = None

    def written(self, change: Change) -> None:
        """A change was written."""
        if change.same_person or change.forgotten:
            self._persons = self._gone = None

    @property
    def persons(self) -> Persons:
        """Which ids are one person."""
        if self._persons is None:
            self._persons = Persons(self._stored.same_person())
        return self._persons

    # -- reading ---------------------------------------------------------------------------------------

    def contacts(self) -> Iterator[Contact]:
        """Every person once."""
        if not self.persons:
            yield from self._stored.contacts()
            return
        for contact in self._stored.contacts():
            ids = self.persons.ids(contact.id)
            if len(ids) == 1:
                yield contact
            elif (
                first := next(filter(None, map(self._stored.contact, ids)), None)
            ) and first.id == contact.id:
                yield self._as_one(ids) or contact

    def contact(self, contact_id: str) -> Contact | None:
        """The person of any of their ids."""
        ids = self.persons.ids(contact_id)
        return self._stored.contact(contact_id) if len(ids) == 1 else self._as_one(ids)

    def contact_ids(self) -> tuple[str, ...]:
        """The ids that speak."""
        ids = self._stored.contact_ids()
        return tuple(dict.fromkeys(map(self.persons.of, ids))) if self.persons else tuple(ids)

    def calls(self, contact_id: str | None, since: datetime | None) -> tuple[Call, ...]:
        """Calls oldest first, of one person or of all, from `since` on."""
        if not self.persons:
            return tuple(self._stored.calls(contact_id, since))
        ids = (None,) if contact_id is None else self.persons.ids(contact_id)
        found = chain.from_iterable(self._stored.calls(one, since) for one in ids)
        return tuple(sorted(map(self.of_person, found), key=lambda call: call.at))

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""
        call = self._stored.call(call_id)
        return None if call is None else self.of_person(call)

    def plans(self, contact_id: str) -> tuple[PlannedCall, ...]:
        """The planned calls of one person."""
        ids = self.persons.ids(contact_id)
        return tuple(map(self.of_person, chain.from_iterable(map(self._stored.plans, ids))))

    def entries(self) -> tuple[Entry, ...]:
        """The do-not-call list, oldest first."""
        return tuple(
            sorted(map(self.of_person, self._stored.entries()), key=lambda entry: (entry.at, entry.id))
        )

    def other_accounts(self) -> Iterator[tuple[str, Contact]]:
        """Of everybody who has several ids each account as it stands, with the id that speaks."""
        for silent in sorted(self.persons.silent):
            speaker = self.persons.of(silent)
            for account in filter(None, map(self._stored.contact, dict.fromkeys((speaker, silent)))):
                yield speaker, account

    def accounts(self) -> Iterator[Record]:
        """Every record as it stands; first what says who is who, and who is gone."""
        stored = self._stored
        yield from chain[Record](stored.hash_keys(), stored.forgotten(), stored.same_person(), stored.reps())
        yield from chain[Record](stored.entries(), stored.contacts(), stored.plans(None))
        yield from chain[Record](stored.sessions(), stored.calls(None, None))

    def hash_keys(self) -> tuple[HashKey, ...]:
        """The keys, oldest first."""
        return tuple(sorted(self._stored.hash_keys(), key=lambda key: (key.at, key.id)))

    def of_person(self, record: P) -> P:
        """The record under the id that speaks for its person."""
        persons = self.persons
        if not persons:
            return record
        if isinstance(record, Call) and record.one_of:
            persons_called = tuple(dict.fromkeys(map(persons.of, record.one_of)))
            call: Any = record
            record = replace(call, one_of=persons_called)
        speaker = persons.of(record.contact_id)
        return record if speaker == record.contact_id else replace(record, contact_id=speaker)

    def _as_one(self, ids: Sequence[str]) -> Contact | None:
        accounts = (replace(one, id=ids[0]) for one in map(self._stored.contact, ids) if one is not None)
        first = next(accounts, None)
        return None if first is None else reduce(merged, accounts, first)

    # -- writing ---------------------------------------------------------------------------------------

    def known(self, contact: Contact, origin: Origin) -> Contact | None:
        """What a contact that is written is compared with: the person as they were read, else their very record."""
        ids = self.persons.ids(contact.id)
        if origin != "merge" and len(ids) > 1 and contact.id == ids[0]:
            return self._as_one(ids)
        return self._stored.contact(contact.id)

    def gone(self, change: Change) -> Mapping[str, str]:
        """Every id of those who are forgotten, once this change is written; each with the id of their key."""
        if self._gone is None:
            self._gone = key_ids(self._stored.forgotten(), self.persons)
        if not change.forgotten and not (self._gone and change.same_person):
            return self._gone
        forgotten = self._after(self._stored.forgotten(), change.forgotten, change.origin)
        return key_ids(forgotten, self._persons_after(change))

    def _persons_after(self, change: Change) -> Persons:
        return Persons(self._after(self._stored.same_person(), change.same_person, change.origin))

    def _after(self, stored: Iterable[D], changed: Iterable[D], origin: Origin) -> Iterable[D]:
        """These records once others are written."""
        found = {one.id: one for one in stored}
        for one in changed:
            found[one.id] = merged(found[one.id], one) if origin == "merge" and one.id in found else one
        return found.values()

    def concerned(self, news: Iterable[Contact | Call | PlannedCall]) -> Iterator[str]:
        """The ids of whom these records are about: what comes next for them is worked out again."""
        for record in news:
            yield self.persons.of(record.id if isinstance(record, Contact) else record.contact_id)

    def as_stored(
        self, records: Iterable[P], stored: Callable[[str], P | None], origin: Origin
    ) -> Iterable[P]:
        """Records to write, each under the id of the person it stands under already: it was read under another."""
        persons = self.persons
        return records if origin == "merge" or not persons else _under_its_own(records, stored, persons)

    def leaving(self, change: Change) -> Traces | None:
        """By what those are known who are forgotten by this change; None when it is nobody."""
        return traces_left_by(change, self._stored, self.gone(change))

    def settled(
        self, change: Change, now: datetime, rep: Callable[[], str], states: Callable[[], States]
    ) -> Change:
        """The change with all that follows from it for people of several ids, and for the forgotten.

        `states` gives every named piece of state that is stored.
        """
        if change.origin == "file" and self.persons:
            change = replace(change, contacts=(*change.contacts, *self._followed(change.contacts)))
        if change.same_person:
            change = replace(change, next_steps={**self._unranked(change), **change.next_steps})
        change = with_key(change, self._stored.hash_keys() if change.forgotten else (), now, rep)
        gone = self.gone(change)
        if not gone:
            return change
        if change.forgotten or change.same_person:
            forgotten = self._after(self._stored.forgotten(), change.forgotten, change.origin)
            change = under_each_id(change, forgotten, self._persons_after(change))
        traces = self.leaving(change)
        return without_state(forgetting(change, self._stored, gone), gone, traces, states() if traces else ())

    def _followed(self, contacts: Iterable[Contact]) -> Iterator[Contact]:
        """The other accounts of people whom a file changes: what it says of them holds for all."""
        for contact in contacts:
            view, others = self.known(contact, "file"), self.persons.ids(contact.id)[1:]
            paths = differing(view, contact) if view and others else set()
            for account in filter(None, map(self._stored.contact, others if paths else ())):
                yield followed(account, contact, paths)

    def _unranked(self, change: Change) -> Mapping[str, NextStep | None]:
        """Who became one person, or two, is ranked again."""
        after = self._persons_after(change)
        pairs = ((one.one, one.other) for one in change.same_person)
        ids = {one for pair in pairs for each in pair for one in (*self.persons.ids(each), *after.ids(each))}
        return dict.fromkeys(ids)


def _under_its_own(records: Iterable[P], stored: Callable[[str], P | None], persons: Persons) -> Iterator[P]:
    for record in records:
        known = stored(record.id)
        if known is not None and persons.of(known.contact_id) == record.contact_id != known.contact_id:
            record = replace(record, contact_id=known.contact_id)
        yield record
