"""What the shared list knows of our records and we of its: how far it was read, which version of each record it has,
and what of ours it does not have yet.

All of this is pieces of state, so that each stands on the disk together with the records it tells of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from msgspec import Struct

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.history import without_old_notes
from tui.domain.shared.merge import Record, shared
from tui.storage.kinds import KIND_OF_TABLE
from tui.storage.protocol import Change, Store
from tui.storage.sharing.notes import LIST, UNSENT
from tui.storage.sharing.outbox import is_demo
from tui.storage.values import moment

Ref = tuple[str, str]
"""(table, id)."""
State = dict[str, Mapping[str, Any] | None]
"""Pieces of state for a `Change`."""
Row = tuple[Ref, int, Record | None]
"""A record that came, with its version; None when nothing of it is left."""
Write = Callable[[Sequence[Record], State], object]

OWNED = "shared_list_owned"
"""Begins the names of the pieces that say since when the list knows a person as the rep's own, and by which stamp."""
LEASES = "shared_list_lease"
"""Begins the names of the pieces that hold a lease."""
VERSIONS = "shared_list_versions"
"""Begins the names of the pieces that say which version of each record the list has; of two the later one counts."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_MANY_PIECES, _PIECE = 200, 5_000
"""From so many pieces on they are written again at a start, so many records in each."""
_ORDER = {table: place for place, table in enumerate(KIND_OF_TABLE)}


class Waiting(Struct, frozen=True):
    """What is to be sent, as it was when it was looked up."""

    records: Mapping[Ref, Record]
    """As others may have them."""
    notes: Mapping[Ref, Mapping[str, Any]]
    """The notes about them, and about what need not be sent."""


class Listed:
    """One store and one shared list. Everything here is the store's own work: call it where the store works."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.state(LIST)
        self.cursor: int = kept["cursor"] if isinstance(kept.get("cursor"), int) else 0
        """Up to this change of the list everything is in the store."""
        self.epoch = str(kept.get("epoch", ""))
        self._versions: dict[str, int] = {}
        self._pieces = sorted(store.names(VERSIONS))
        for piece in self._pieces:
            self._versions |= store.state(f"{VERSIONS}.{piece}")
        self._next = int(self._pieces[-1]) + 1 if self._pieces else 1

    def version(self, ref: Ref) -> int:
        """The version of a record that the list has, as far as we know; 0: none."""
        return self._versions.get(".".join(ref), 0)

    # -- where we are ----------------------------------------------------------------------------------

    def begin(self, address: str, now: datetime) -> None:
        """From now on what is written here is noted, and all there is waits to be sent. A repeat changes nothing.

        Of another list, or of one that was made again, nothing is known. Raises `NotSaved`.
        """
        kept = self._store.state(LIST)
        if kept.get("address") == address:
            return
        self._start_again({"address": address, "since": now.isoformat()}, now)

    def made_again(self, epoch: str, now: datetime) -> None:
        """The list lost what it had: everything known here waits again. Raises `NotSaved`."""
        self._start_again({**self._store.state(LIST), "epoch": epoch}, now)

    def _start_again(self, kept: Mapping[str, Any], now: datetime) -> None:
        state: State = {f"{VERSIONS}.{piece}": None for piece in self._pieces}
        state[LIST] = {**kept, "cursor": 0}
        for table, record in _accounts(self._store):
            state[f"{UNSENT}.{table}.{record.id}"] = {"crc": -1}
        self._store.commit(Change(state=state), now)
        self._versions, self._pieces = {}, []
        self.cursor, self.epoch = 0, str(kept.get("epoch", ""))

    def tidy(self, now: datetime) -> None:
        """Put many pieces together into few."""
        if len(self._pieces) < _MANY_PIECES:
            return
        state: State = {f"{VERSIONS}.{piece}": None for piece in self._pieces}
        left, pieces = iter(self._versions.items()), []
        while some := dict(islice(left, _PIECE)):
            pieces.append(self._piece())
            state[f"{VERSIONS}.{pieces[-1]}"] = some
        self._store.commit(Change(state=state), now)
        self._pieces = pieces

    def _piece(self) -> str:
        self._next += 1
        return f"{self._next - 1:012}"

    # -- reading ---------------------------------------------------------------------------------------

    def take(
        self,
        rows: Iterable[Row],
        write: Write,
        upto: int,
        epoch: str,
        notes_since: datetime | None,
        now: datetime,
    ) -> None:
        """Write what came in ONE commit with its versions and how far the list was read. Raises `NotSaved`.

        `write` writes records and pieces of state; `upto`: the number up to which everything is in the store then. What
        we sent ourselves comes back and is no news. What is the same here and there afterwards waits no more.
        """
        fresh = [row for row in rows if row[1] > self.version(row[0])]
        records = {ref: record for ref, _, record in fresh if record is not None}
        kept = {**self._store.state(LIST), "cursor": upto, "epoch": epoch}
        write(list(records.values()), {LIST: kept, **self._know({ref: version for ref, version, _ in fresh})})
        self.cursor, self.epoch = upto, epoch
        self._settle(records, notes_since, now)

    def _owned(self, waiting: Waiting, taken: Mapping[Ref, int], now: datetime, me: str) -> State:
        """Of people of our own whom the list took just now, since when nobody else gets them."""
        state: State = {}
        for ref in taken:
            record = waiting.records[ref]
            if isinstance(record, Contact) and me and record.owner_id == me:
                was_there, stamp = bool(self.version(ref)), record.stamps.get("owner", "")
                key, since = f"{OWNED}.{record.id}", now.isoformat() if was_there else ""
                if self._store.state(key).get("stamp") != stamp:
                    state[key] = {"since": since, "stamp": stamp}
        return state

    def _know(self, versions: Mapping[Ref, int]) -> State:
        if not versions:
            return {}
        named = {".".join(ref): version for ref, version in versions.items()}
        self._versions |= named
        self._pieces.append(self._piece())
        return {f"{VERSIONS}.{self._pieces[-1]}": named}

    def _settle(self, records: Mapping[Ref, Record], notes_since: datetime | None, now: datetime) -> None:
        over: State = {}
        for ref, theirs in records.items():
            name = f"{UNSENT}.{'.'.join(ref)}"
            if self._store.state(name) and _told(self._store.account(*ref), notes_since) == theirs:
                over[name] = None
        if over:
            self._store.commit(Change(state=over), now)

    # -- sending ---------------------------------------------------------------------------------------

    @property
    def has_unsent(self) -> bool:
        """Whether something waits to be sent."""
        return bool(self._store.names(UNSENT))

    def waiting(self, most: int, notes_since: datetime | None) -> Waiting:
        """What is to be sent next, refusals ahead of people, people ahead of their calls; at most so much."""
        names = (name.partition(".") for name in self._store.names(UNSENT))
        refs = sorted(
            ((table, record_id) for table, _, record_id in names),
            key=lambda ref: (_ORDER.get(ref[0], -1), ref[1]),
        )[:most]
        notes = {ref: self._store.state(f"{UNSENT}.{'.'.join(ref)}") for ref in refs}
        found = {ref: self._store.account(*ref) for ref in refs}
        return Waiting(
            {
                ref: told
                for ref, one in found.items()
                if one is not None
                and not is_demo(one, self._store)
                and (told := _told(one, notes_since)) is not None
            },
            notes,
        )

    def sent(
        self,
        waiting: Waiting,
        taken: Mapping[Ref, int],
        refused: Collection[Ref],
        heard: int,
        now: datetime,
        me: str = "",
    ) -> None:
        """What was taken waits no more, unless it was written again meanwhile. Raises `NotSaved`.

        Nor does what was refused for good, and what is not to be sent at all. `heard`: the cursor from now on, where
        it is higher than ours: nobody else wrote anything. `me`: the id of the rep who works here.
        """
        over: State = {}
        for ref, note in waiting.notes.items():
            name = f"{UNSENT}.{'.'.join(ref)}"
            is_done = ref in taken or ref in refused or ref not in waiting.records
            if is_done and self._store.state(name) == note:
                over[name] = None
        state = {**over, **self._owned(waiting, taken, now, me), **self._know(taken)}
        if heard > self.cursor:
            self.cursor = heard
            state[LIST] = {**self._store.state(LIST), "cursor": heard}
        if state:
            self._store.commit(Change(state=state), now)


def own_since(store: Store, contact: Contact) -> datetime | None:
    """Since when the list knows somebody as the rep's own; None when it does not. Very early: nobody else had them."""
    kept = store.state(f"{OWNED}.{contact.id}")
    if not kept or kept.get("stamp") != contact.stamps.get("owner", ""):
        return None
    return moment(kept.get("since")) or LONG_AGO


def forgetting(store: Store) -> State:
    """The pieces of state that go when the rep works with the list no more."""
    names = (f"{place}.{name}" for place in (UNSENT, VERSIONS, OWNED, LEASES) for name in store.names(place))
    return {LIST: None, **dict.fromkeys(names)}


def _accounts(store: Store) -> Iterator[tuple[str, Record]]:
    """Every record with its table."""
    table_of = {kind: table for table, (kind, _, _) in KIND_OF_TABLE.items()}
    return ((table_of[type(record)], record) for record in store.accounts())


def _told(record: Record | None, notes_since: datetime | None) -> Record | None:
    """The record as others may have it; notes from before `notes_since` stay at home."""
    if record is None:
        return None
    told = shared(record)
    return without_old_notes(told, notes_since) if notes_since and isinstance(told, Call) else told
