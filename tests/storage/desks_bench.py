"""Reps who work apart, each with a store of their own, and the merge of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bench.memory_store import MemoryStore
from tui.domain.call import Call, Dial
from tui.domain.contact import Contact, Number, Source
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.promise_state import PlannedCall, plan_id
from tui.domain.shared.merge import shared
from tui.storage.protocol import Change, Store
from tui.storage.tiny import TinyStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFICE, MOBILE = "+442079460101", "+442079460102"
ANN = Contact(
    "c1",
    name="Ann Rossi",
    company="Acme Tools",
    numbers=(Number(OFFICE, label="office"),),
    emails=("ann@acme.example",),
    lists=("autumn",),
    source=Source("autumn", "17"),
)
TALKED = Call(
    "k1",
    "c1",
    NOON,
    "talked",
    Category.CONVERSATION,
    rep="sam",
    dials=(Dial(OFFICE, NOON),),
    talk_s=60.0,
    keys=4,
)
FAR = timedelta(days=400)


def minutes(after: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=after)


@dataclass
class Desk:
    """One rep with a store of their own. `slow` is what their clock is behind."""

    rep: str
    store: Store
    slow: timedelta = timedelta(0)

    def write(self, after: float, **change: Any) -> None:
        """Commit so many minutes after noon, as the rep's own work unless it says otherwise."""
        self.store.commit(
            Change(**{"state": {"rep": {"id": self.rep}}, **change}), minutes(after) - self.slow
        )

    def edit(self, after: float, contact_id: str = "c1", **values: Any) -> None:
        """The rep changes something of a person."""
        contact = self.store.contact(contact_id)
        assert contact is not None
        self.write(after, contacts=(replace(contact, **values),))

    @property
    def ann(self) -> Contact:
        """The person all this is about."""
        contact = self.store.contact("c1")
        assert contact is not None
        return contact


def desks(names: str = "sam jo", *records: Any, slow: timedelta = timedelta(0)) -> list[Desk]:
    """Reps who imported the same file, and hold these calls besides; the first rep's clock is slow."""
    found = [Desk(name, MemoryStore()) for name in names.split()]
    found[0].slow = slow
    for desk in found:
        desk.store.commit(Change(contacts=(ANN,), origin="file"), NOON - timedelta(days=1))
        desk.store.commit(Change(calls=records), NOON)
    return found


def merge(store: Store, records: Iterable[Any], now: datetime = NOON + timedelta(hours=10)) -> Store:
    """Take in an account of another rep, one record a commit, as a run that is killed again and again does."""
    kinds = {
        "Contact": "contacts", "Call": "calls", "Session": "sessions", "Entry": "do_not_call", "PlannedCall": "plans",
        "Rep": "reps", "SamePerson": "same_person", "Forgotten": "forgotten", "HashKey": "hash_keys",
    }  # fmt: skip
    for record in records:
        one: dict[str, Any] = {kinds[type(record).__name__]: (record,)}
        store.commit(Change(**one, origin="merge"), now)
    return store


def account(store: Store) -> list[Any]:
    """All that others may have of a store, in a fixed order."""
    return sorted(map(shared, store.accounts()), key=lambda record: (type(record).__name__, record.id))


Same = Callable[[list[Desk]], Store]


@pytest.fixture
def together(tmp_path: Path) -> Same:
    """Merges what the desks hold in every order, twice, backwards too; gives one store, after all were equal."""

    def merged(all_desks: list[Desk]) -> Store:
        accounts = {desk.rep: account(desk.store) for desk in all_desks}
        found = []
        for order in permutations(accounts):
            store: Store = MemoryStore()
            for rep in (*order, *order[:1]):
                merge(store, accounts[rep] if order[0] < order[-1] else reversed(accounts[rep]))
            found.append(account(store))
        tiny = TinyStore.open(tmp_path / "tiny")
        for rep in accounts:
            merge(tiny, accounts[rep])
        found.append(account(tiny))
        tiny.close()
        for mine in all_desks:
            for order in permutations(rep for rep in accounts if rep != mine.rep):
                store = merge(MemoryStore(), mine.store.accounts())
                for rep in order:
                    merge(store, accounts[rep])
                found.append(account(store))
        for one in found:
            assert one == found[0]
        return merge(MemoryStore(), found[0])

    return merged


def refused(one: str, at: datetime, **values: Any) -> Entry:
    """An addition that binds Ann."""
    return Entry(one, at, at.date(), why="they asked", contact_id="c1", **values)


def planned(at: datetime) -> PlannedCall:
    """The call-back of the file, as it came in at this time."""
    day = NOON + timedelta(days=1)
    return PlannedCall(plan_id("c1", day.isoformat(), "autumn"), "c1", day, "UTC", "minute", "autumn", at)
