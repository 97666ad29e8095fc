"""The team's list in memory, with the rules of the real one: one set of tests runs on both.

team = FakeTeam()
kim = team.joins("Kim Dale")
team.is_down = True        # from now on everybody has no line
team.passes(minutes=90)    # the server's clock, and the steady clocks of all
team.restored()            # from a copy that was empty
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from msgspec import structs

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.do_not_call import DoNotCallList, Entry
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.forgotten import Forgotten
from tui.domain.shared.merge import Record, shared
from tui.shared_list.keys import keys_of, keys_of_entry, numbers_of
from tui.shared_list.port import (
    AT_ONCE,
    Changes,
    Heard,
    Holder,
    Ids,
    Incoming,
    Lease,
    Look,
    Member,
    NoLine,
    Outgoing,
    Presence,
    Pushed,
    Ref,
    Refused,
    Said,
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class Slot:
    """Who may call one id."""

    keys: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    owner: str = ""
    rep: str = ""
    token: int = 0
    until: datetime = LONG_AGO
    free_at: datetime = LONG_AGO
    rests: datetime = LONG_AGO


@dataclass
class Kept:
    """The newest version of a record."""

    version: int
    author: str
    record: Record | None


@dataclass
class FakeTeam:
    """What the server keeps."""

    at: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    gap: timedelta = timedelta(hours=20)
    lasts: timedelta = timedelta(minutes=90)
    is_down: bool = False
    newest: int = 0
    people: int = 0
    """The number of the last change that brought somebody new, or said who is one person."""
    epoch: str = field(default_factory=lambda: str(uuid4()))
    records: dict[Ref, Kept] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    ears: list[FakeEar] = field(default_factory=list)
    steady: float = 1_000.0

    def joins(self, name: str, *, is_manager: bool = False, rep: str = "") -> FakeList:
        """A rep's own list."""
        rep = rep or "rep-" + name.split()[0].casefold()
        self.members[rep] = Member(rep, name, rep, is_manager)
        return FakeList(self, self.members[rep])

    def passes(self, **time: float) -> None:
        """Time goes by, for everybody."""
        by = timedelta(**time)
        self.at += by
        self.steady += by.total_seconds()

    def restored(self) -> None:
        """From a copy made before anybody wrote. Who finds it younger than what they read changes the epoch."""
        self.newest = self.people = 0
        self.records.clear()
        self.slots.clear()

    @property
    def never(self) -> DoNotCallList:
        """What the refusals add up to."""
        return DoNotCallList(k.record for k in self.records.values() if isinstance(k.record, Entry))

    def tell(self, heard: Heard, *, but: str = "") -> None:
        """Whoever listens hears it."""
        for ear in self.ears:
            if ear.rep != but:
                ear.hear(heard)


class FakeEar:
    """Listens to a `FakeTeam`."""

    def __init__(self, team: FakeTeam, rep: str) -> None:
        self._team, self.rep = team, rep
        self._heard = Heard()
        self._closed = False
        self._something = threading.Condition()
        team.ears.append(self)

    def wait(self, seconds: float) -> Heard:
        with self._something:
            self._something.wait_for(lambda: self._closed or self._heard != Heard(), seconds)
            if self._team.is_down:
                raise NoLine("No line.")
            heard, self._heard = self._heard, Heard()
            return heard

    def hear(self, heard: Heard) -> None:
        with self._something:
            news = self._heard.is_news or heard.is_news
            self._heard = Heard(news, (*self._heard.said, *heard.said))
            self._something.notify_all()

    def close(self) -> None:
        with self._something:
            self._closed = True
            self._something.notify_all()
        if self in self._team.ears:
            self._team.ears.remove(self)


class FakeList:
    """A `SharedList` over a `FakeTeam`."""

    def __init__(self, team: FakeTeam, me: Member) -> None:
        self._team, self._me = team, me
        self.asked: list[str] = []
        """The names of the questions, for tests that count them."""

    def _ask(self, name: str) -> FakeTeam:
        self.asked.append(name)
        if self._team.is_down:
            raise NoLine("The team's list does not answer.")
        return self._team

    def me(self) -> Member:
        self._ask("me")
        return self._me

    def members(self) -> tuple[Member, ...]:
        return tuple(sorted(self._ask("members").members.values(), key=lambda one: one.name))

    # -- records

    def pull(self, cursor: int) -> Changes:
        team = self._ask("pull")
        if team.newest < cursor:
            team.epoch = str(uuid4())
        found = sorted((k.version, ref, k.record) for ref, k in team.records.items() if k.version > cursor)
        rows = tuple(Incoming(*ref, version, record) for version, ref, record in found[:AT_ONCE])
        cursor = rows[-1].version if len(found) > AT_ONCE else team.newest
        return Changes(rows, cursor, team.newest, team.epoch, team.at)

    def push(self, rows: Sequence[Outgoing], heard: int) -> Pushed:
        team = self._ask("push")
        assert len(rows) <= AT_ONCE
        refused = {row.ref: why for row in rows if (why := self._refusal(row))}
        sent = [row for row in rows if row.ref not in refused]
        late = {row.ref for row in sent if row.base != self._version(row.ref) or self._is_gone(row, heard)}
        brings = any(row.table in ("contacts", "same_person") and row.base == 0 for row in sent)
        if brings and heard < team.people:
            return Pushed({}, frozenset(row.ref for row in sent), refused, heard)
        taken = {}
        before, team.newest = team.newest, team.newest + len(sent)
        for place, row in enumerate(sent, start=1):
            if row.ref not in late:
                taken[row.ref] = before + place
                self._take(row, before + place)
        if brings and taken:
            team.people = team.newest
        if taken:
            team.tell(Heard(is_news=True))
        return Pushed(taken, frozenset(late), refused, team.newest if before == heard else heard)

    def _is_gone(self, row: Outgoing, heard: int) -> bool:
        """Whether it is about somebody who is forgotten, which its rep has not heard."""
        record = row.record
        about = record.id if isinstance(record, Contact) else getattr(record, "contact_id", "")
        kept = self._team.records.get(("forgotten", about))
        return (
            kept is not None and kept.version > heard and row.table in ("contacts", "calls", "planned_calls")
        )

    def _version(self, ref: Ref) -> int:
        known = self._team.records.get(ref)
        return known.version if known else 0

    def _refusal(self, row: Outgoing) -> Refused | None:
        record, known = row.record, self._team.records.get(row.ref)
        if self._me.is_manager:
            return None
        if isinstance(record, Entry):
            if record.kind == "lift":
                return Refused.ONLY_A_MANAGER_LIFTS
            if known is None or known.author == self._me.rep:
                return None
            if record.voided_at is not None:
                return Refused.ONLY_A_MANAGER_LIFTS
            return None if ("forgotten", record.contact_id) in self._team.records else Refused.NOT_YOURS
        if known is None or known.author == self._me.rep or row.table not in ("calls", "sessions"):
            return None
        if isinstance(record, Call) and isinstance(known.record, Call):
            gone = ("forgotten", record.contact_id) in self._team.records
            alike = {"owed": None, "rev": 0, "edited_at": None}
            if gone or structs.replace(shared(record), **alike) == structs.replace(known.record, **alike):
                return None
        return Refused.NOT_YOURS

    def _take(self, row: Outgoing, version: int) -> None:
        team, record = self._team, shared(row.record)
        known = team.records.get(row.ref)
        author = known.author if known else self._me.rep
        gone = isinstance(record, Contact) and ("forgotten", record.id) in team.records
        team.records[row.ref] = Kept(version, author, None if gone else record)
        if isinstance(record, Contact):
            slot = team.slots.setdefault(record.id, Slot())
            slot.keys, slot.numbers, slot.owner = keys_of(record), numbers_of(record), record.owner_id
        elif isinstance(record, Call):
            self._rest(record, team.slots.setdefault(record.contact_id, Slot()))
        elif isinstance(record, Forgotten):
            for kept in team.records.values():
                about = kept.record
                if (isinstance(about, Contact) and about.id == record.id) or (
                    isinstance(about, PlannedCall) and about.contact_id == record.id
                ):
                    kept.record = None

    def _rest(self, call: Call, slot: Slot) -> None:
        team = self._team
        calls_out = call.direction == "out" and call.channel == "phone" and call.voided_at is None
        if not calls_out or call.at <= team.at - 2 * team.gap:
            return
        if slot.free_at <= team.at or slot.rep == self._me.rep:
            slot.rep = self._me.rep
            slot.free_at = max(slot.free_at, team.at + team.gap)
            slot.rests = max(slot.rests, team.at + team.gap)

    # -- who may call whom

    def claim(self, wanted: Sequence[Ids], most: int) -> tuple[Lease, ...]:
        asked, team = self._team.steady, self._ask("claim")
        found: list[Lease] = []
        for ids in wanted:
            known = tuple(one for one in ids if one in team.slots and one not in self._gone)
            if len(found) < most and known and all(self._may_have(team.slots[one]) for one in known):
                tokens = []
                for slot in (team.slots[one] for one in known):
                    slot.rests = slot.rests if slot.until > team.at else slot.free_at
                    slot.rep, slot.token = self._me.rep, slot.token + 1
                    slot.until, slot.free_at = team.at + team.lasts, team.at + team.lasts + team.gap
                    tokens.append(slot.token)
                found.append(Lease(known, tuple(tokens), asked + team.lasts.total_seconds()))
        return tuple(found)

    @property
    def _gone(self) -> set[str]:
        return {ref[1] for ref in self._team.records if ref[0] == "forgotten"}

    def _may_have(self, slot: Slot) -> bool:
        free = slot.free_at <= self._team.at or slot.rep == self._me.rep
        numbers = bool(slot.numbers) and all(self._is_barred([one]) for one in slot.numbers)
        return free and slot.owner in ("", self._me.rep) and not numbers and not self._is_barred(slot.keys)

    def _is_barred(self, keys: Iterable[str]) -> bool:
        never, asked = self._team.never, set(keys)
        binding = (entry for entry in never.entries.values() if never.binds(entry))
        return any(asked & set(keys_of_entry(entry)) - self._freed(never, entry) for entry in binding)

    def _freed(self, never: DoNotCallList, entry: Entry) -> set[str]:
        return {key for lift in never.lifts if entry.id in lift.lifts for key in keys_of_entry(lift)}

    def _ours(self, lease: Lease) -> list[Slot]:
        slots = [self._team.slots.get(one, Slot(token=-1)) for one in lease.ids]
        tokens = zip(slots, lease.tokens, strict=True)
        ours = all(slot.token == token and slot.rep == self._me.rep for slot, token in tokens)
        return slots if ours else []

    def renew(self, leases: Iterable[Lease]) -> tuple[Lease, ...]:
        asked, team = self._team.steady, self._ask("renew")
        kept = []
        for lease in leases:
            slots = self._ours(lease)
            if slots and all(slot.until > team.at for slot in slots):
                for slot in slots:
                    slot.until, slot.free_at = team.at + team.lasts, team.at + team.lasts + team.gap
                kept.append(structs.replace(lease, ends=asked + team.lasts.total_seconds()))
        return tuple(kept)

    def give_back(self, leases: Iterable[Lease], *, called: bool) -> None:
        team = self._ask("give_back")
        for lease in leases:
            for slot in self._ours(lease):
                slot.until, slot.free_at = LONG_AGO, team.at + team.gap if called else slot.rests

    def last_look(self, lease: Lease, keys: Sequence[str]) -> Look:
        team = self._ask("last_look")
        if self._is_barred(keys):
            return Look.REFUSED
        slots = self._ours(lease)
        return Look.FREE if slots and all(slot.until > team.at for slot in slots) else Look.TAKEN

    def held(self) -> tuple[Holder, ...]:
        team = self._ask("held")
        held = ((one, s.rep) for one, s in team.slots.items() if s.until > team.at and s.rep != self._me.rep)
        return tuple(
            Holder(one, rep, team.members[rep].name if rep in team.members else rep) for one, rep in held
        )

    # -- the team

    def say(self, presence: Presence) -> None:
        self._ask("say").tell(Heard(said=(Said(self._me.rep, presence),)), but=self._me.rep)

    def listen(self) -> FakeEar:
        return FakeEar(self._ask("listen"), self._me.rep)

    def close(self) -> None:
        self.asked.append("close")
