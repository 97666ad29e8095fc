"""The store as the cockpit sees it: reads, and ONE write that is all or nothing and durable on return."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from msgspec import Struct, field

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.merge import Record
from tui.domain.shared.same_person import Persons, SamePerson

if TYPE_CHECKING:
    from tui.storage.inbox import Inbox


class StoreError(RuntimeError):
    """Shown to the rep as it stands: what happened to the store and what to do."""


class NotSaved(StoreError):  # noqa: N818
    """The write did not happen; nothing changed and the next one may work."""


class StoreIsOpen(StoreError):  # noqa: N818
    """Another program has the store open for writing; `pid` says which."""

    def __init__(self, message: str, pid: int | None = None) -> None:
        super().__init__(message)
        self.pid = pid


MERGING = "merging"
"""A piece of state: records came in from others, and who is called next was not worked out again since."""

Origin = Literal["hand", "file", "merge"]
"""`hand`: a rep, or the outcome of a call: what differs from the store is stamped. `file`: an import: nothing is.
`merge`: they are another account of the same records, with stamps and revisions of their own: each becomes one with
ours."""


class Change(Struct, frozen=True):
    """Everything one step of the rep writes. Saved together or not at all."""

    contacts: tuple[Contact, ...] = ()
    calls: tuple[Call, ...] = ()
    sessions: tuple[Session, ...] = ()
    do_not_call: tuple[Entry, ...] = ()
    """Additions to the do-not-call list, and lifts."""
    plans: tuple[PlannedCall, ...] = ()
    """Calls that were planned in another program."""
    reps: tuple[Rep, ...] = ()
    same_person: tuple[SamePerson, ...] = ()
    """Who was said to be one person, or not to be."""
    forgotten: tuple[Forgotten, ...] = ()
    """People of whom nothing is kept. Their contact, plans, and all that calls and refusals say of them, go with it."""
    hash_keys: tuple[HashKey, ...] = ()
    origin: Origin = "hand"
    """Who says what the records say."""
    erases: bool = False
    """What it takes away is to stand in no older generation of the files either."""
    known_to_team: bool = False
    """The records came through the people folder, so nobody has to be told."""
    removed: tuple[str, ...] = ()
    """Ids of contacts that leave with their calls: only the fictional people of the first start ever do."""
    state: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    """Named pieces of state; None removes one."""
    next_steps: Mapping[str, NextStep | None] = field(default_factory=dict)
    """Derived rows by contact id; they may be deleted at any time."""
    policy_hash: str = ""
    """The policy the next steps were computed with."""


_FIELDS: Mapping[type, str] = {
    **{Contact: "contacts", Call: "calls", Session: "sessions", Entry: "do_not_call", PlannedCall: "plans"},
    **{Rep: "reps", SamePerson: "same_person", Forgotten: "forgotten", HashKey: "hash_keys"},
}


def change_of(records: Iterable[Record], **more: Any) -> Change:
    """The change that writes these records of any kind, each under an id of its own, with `more` of its fields."""
    found: dict[str, Any] = {}
    for record in records:
        name = _FIELDS[type(record)]
        found.setdefault(name, []).append(record)
    return Change(**{name: tuple(some) for name, some in found.items()} | more)


def names_below(place: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """The names that begin with `place` and a dot, each with the rest of it."""
    begin = f"{place}."
    return [(name, name.removeprefix(begin)) for name in tuple(names) if name.startswith(begin)]


class Store(Protocol):
    """Synchronous; the cockpit runs it on a thread of its own."""

    notes: list[str]
    """Sentences for the rep about what opening the store found and mended."""
    inbox: Inbox
    """Do-not-calls that others left for us."""

    @property
    def persons(self) -> Persons:
        """Which ids are one person. All that is asked for below knows only the ids that speak."""

    def contacts(self) -> Iterator[Contact]:
        """Every contact; a person of several ids once, as all that is known under any of them says."""

    def contact(self, contact_id: str) -> Contact | None:
        """One contact, by any of their ids, or None."""

    def contact_ids(self) -> Iterable[str]:
        """Ids of every contact."""

    def calls(self, contact_id: str | None = None, since: datetime | None = None) -> tuple[Call, ...]:
        """Calls oldest first, of one contact or of all, voided ones included."""

    def call(self, call_id: str) -> Call | None:
        """One call, or None."""

    def sessions(self, since: datetime | None = None) -> tuple[Session, ...]:
        """Sessions oldest first."""

    def do_not_call(self) -> tuple[Entry, ...]:
        """Every addition to the do-not-call list and every lift, oldest first."""

    def rep(self, rep_id: str) -> Rep | None:
        """One rep, or None."""

    def reps(self) -> tuple[Rep, ...]:
        """Every rep on record."""

    def other_accounts(self) -> Iterator[tuple[str, Contact]]:
        """Of everybody who has several ids each account as it stands, with the id that speaks."""

    def accounts(self) -> Iterator[Record]:
        """Every record as it is stored, ids as they stand: for whoever writes out an account to be merged."""

    def account(self, table: str, record_id: str) -> Record | None:
        """One of those records by the name of its table (`calls`) and its very id, or None."""

    def same_person(self) -> tuple[SamePerson, ...]:
        """Every decision about two ids, with those that say they are two people."""

    def forgotten(self) -> tuple[Forgotten, ...]:
        """Everybody of whom nothing is kept."""

    def hash_keys(self) -> tuple[HashKey, ...]:
        """The keys under which refusals of the forgotten are hashed, oldest first."""

    def plans(self, contact_id: str) -> tuple[PlannedCall, ...]:
        """The planned calls of one contact, those that were worked or replaced included."""

    def state(self, key: str) -> Mapping[str, Any]:
        """A named piece of state; empty when there is none."""

    def states(self, place: str) -> Mapping[str, Mapping[str, Any]]:
        """The pieces of state whose names begin with `place` and a dot, by the rest of the name."""

    def names(self, place: str) -> tuple[str, ...]:
        """The rest of the names that `states` gives, without reading the pieces."""

    def next_steps(self, policy_hash: str) -> Mapping[str, NextStep]:
        """Derived rows computed with this policy, by contact id; those of another policy are left out."""

    def index(self) -> None:
        """Make now what the first look-up and the first commit would else make and wait for."""

    def commit(self, change: Change, now: datetime) -> None:
        """Write all of it durably, or raise `NotSaved` and change nothing. A repeat is harmless.

        A record whose content differs from the stored one gets `rev` + 1 and `edited_at` = now, and what a rep changed
        of a contact gets a stamp; records of a merge keep theirs. Nothing is written of people who are forgotten.
        """

    def put_aside(self, page: str, now: datetime) -> str:
        """Keep a page of what could not be brought back, durably, beside the records; where it is, for the rep.

        Empty when the store is only read: nothing is put aside then. Raises `StoreError`.
        """

    def close(self) -> None:
        """Fold the journal into the file and free the lock."""


V = TypeVar("V")


def stored_values(store: Store, place: str) -> dict[str, Any]:
    """The values under a place by name, as they stand in the store; None for one that is not ours."""
    return {name: document.get("value") for name, document in store.states(place).items()}


class OwnDocuments(UserDict[str, V]):
    """Values that pile up over the days, each in a piece of state of its own: a write holds those that changed.

    By name, JSON-ready. Set a value again instead of changing it inside: else no write holds it."""

    def __init__(self, store: Store, place: str) -> None:
        super().__init__()
        self._store = store
        self._place = place
        self._changed: dict[str, None] = {}
        """Names of values that may differ from the store, in the order they changed."""

    def load(self, values: Mapping[str, V]) -> None:
        """Take over what the last run left. What the store holds besides goes with the next write."""
        self.data = dict(values)
        self._changed = dict.fromkeys((*values, *self._store.states(self._place)))

    def restore(self, values: Mapping[str, V]) -> None:
        """Make them as they were, because nothing of what changed since was saved."""
        self._changed |= dict.fromkeys((*self.data, *values))
        self.data = dict(values)

    def __setitem__(self, name: str, value: V) -> None:
        super().__setitem__(name, value)
        self._changed[name] = None

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._changed[name] = None

    def unwritten(self) -> dict[str, dict[str, Any] | None]:
        """The named pieces of state that differ from the store, for a `Change`."""
        found: dict[str, dict[str, Any] | None] = {}
        for name in tuple(self._changed):
            key = f"{self._place}.{name}"
            document = {"value": self.data[name]} if name in self.data else None
            if self._store.state(key) == (document or {}):
                del self._changed[name]
            else:
                found[key] = document
        return found
