"""What a change becomes for people who are forgotten: nothing is written of them, and what there is goes.

It comes to the same in whatever order records of several reps arrive. So what somebody said in a refusal is told by its
own record alone; only where a rep forgets a person themselves, the person's record is asked too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry
from tui.domain.ids import uuid7
from tui.domain.shared.forgotten import (
    Forgotten,
    HashKey,
    erased,
    hashes_of,
    is_about,
    new_key,
    redacted,
    without_caller,
)
from tui.domain.shared.same_person import Persons
from tui.storage.protocol import Change
from tui.storage.stored import Stored
from tui.storage.traces import Traces, state_without, traces_of


def with_key(change: Change, keys: Iterable[HashKey], now: datetime, rep: Callable[[], str]) -> Change:
    """The change with the key under which refusals of those it forgets are hashed; a fresh one when there is none."""
    without = [one for one in change.forgotten if not one.key_id]
    if change.origin == "merge" or not without:
        return change
    oldest = min((*keys, *change.hash_keys), key=lambda key: (key.at, key.id), default=None)
    key = oldest or new_key(uuid7(now), now, rep())
    forgotten = tuple(one if one.key_id else replace(one, key_id=key.id) for one in change.forgotten)
    return replace(
        change, forgotten=forgotten, hash_keys=change.hash_keys if oldest else (*change.hash_keys, key)
    )


def key_ids(forgotten: Iterable[Forgotten], persons: Persons) -> dict[str, str]:
    """The id of the key for every contact id of those who are forgotten."""
    found: dict[str, str] = {}
    for gone in sorted(forgotten, key=lambda gone: (gone.at, gone.id)):
        for one in persons.ids(gone.id):
            found.setdefault(one, gone.key_id)
    return found


def under_each_id(change: Change, forgotten: Iterable[Forgotten], persons: Persons) -> Change:
    """The change that also forgets the other ids of those who are forgotten once it is written.

    A shared list empties the record of the very id, and somebody else may say later that they were two people.
    """
    ranked = sorted(forgotten, key=lambda gone: (gone.at, gone.id))
    told = {gone.id for gone in ranked}
    others: dict[str, Forgotten] = {}
    for gone in ranked:
        for one in persons.ids(gone.id):
            if one not in told:
                others.setdefault(one, replace(gone, id=one, rev=0, edited_at=None))
    return replace(change, forgotten=(*change.forgotten, *others.values())) if others else change


def traces_left_by(change: Change, stored: Stored, gone: Mapping[str, str]) -> Traces | None:
    """By what those are known who are forgotten by this change and were not before; None when it is nobody."""
    if not (change.forgotten or change.same_person):
        return None
    people = [one for one in map(stored.contact, gone) if one is not None]
    calls = [call for one in gone for call in stored.calls(one, None)]
    if not people and all(erased(call) == call for call in calls):
        return None
    return traces_of(people, calls)


def forgetting(change: Change, stored: Stored, gone: Mapping[str, str]) -> Change:
    """The change without what would bring back the forgotten: contact ids, each with the id of the key to use."""
    news = bool(change.forgotten or change.same_person or change.hash_keys)
    there = [one for one in map(stored.contact, gone) if one is not None] if news else []
    plans = [plan for one in gone for plan in stored.plans(one)] if news else []
    calls = {call.id: call for one in gone for call in stored.calls(one, None)} if news else {}
    if there and change.origin != "merge":
        theirs = {number.e164 for one in there for number in one.numbers if number.e164}
        of_nobody = ((call, without_caller(call, gone, theirs)) for call in stored.calls("", None))
        calls |= {after.id: after for before, after in of_nobody if after is not before}
    return replace(
        change,
        contacts=tuple(one for one in change.contacts if one.id not in gone),
        calls=(*calls.values(), *change.calls),
        plans=tuple(plan for plan in change.plans if plan.contact_id not in gone),
        do_not_call=_redacted(change, stored, gone, there if change.origin != "merge" else [], news),
        removed=(
            *change.removed,
            *sorted({*(one.id for one in there), *(plan.contact_id for plan in plans)}),
        ),
        next_steps={one: step for one, step in change.next_steps.items() if one not in gone},
    )


def _redacted(
    change: Change, stored: Stored, gone: Mapping[str, str], people: list[Contact], news: bool
) -> tuple[Entry, ...]:
    """The entries to write: those of the change, and others that tell of the forgotten, without them."""
    entries = {entry.id: entry for entry in (*(stored.entries() if news else ()), *change.do_not_call)}
    written = {entry.id for entry in change.do_not_call}
    about = {one for one, entry in entries.items() if is_about(entry, gone, people)}
    keys = {key.id: key for key in (*stored.hash_keys(), *change.hash_keys)} if about else {}
    for one in about:
        entry = entries[one]
        # Of an entry that names a number alone, the key of whoever is forgotten now.
        key = keys.get(gone.get(entry.contact_id) or next((gone[person.id] for person in people), ""))
        if key is not None:  # else it comes with the rest of the same account
            whose = (person for person in people if person.id == entry.contact_id)
            more = [hashed for person in whose for hashed in hashes_of(person, key)]
            entries[one] = redacted(entry, key, more)
    return tuple(entries[one] for one in entries if one in written or one in about)


States = Iterable[tuple[str, Mapping[str, Any]]]


def without_state(change: Change, gone: Mapping[str, str], traces: Traces | None, states: States) -> Change:
    """The change with every named piece of state as it is without the forgotten.

    `traces` are those of who is forgotten by this change, and `states` all pieces that are stored.
    """
    kept = state_without(change.state.items(), traces or Traces(frozenset(gone), frozenset()))
    if traces:
        others = ((name, value) for name, value in states if name not in change.state)
        kept |= state_without(others, traces)
    return replace(change, state={**change.state, **kept}) if kept else change
