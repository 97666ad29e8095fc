"""The records of colleagues become one with ours, a few hundred in a commit: a stop in between loses nothing.

Whoever was stopped simply merges again: what came in already is no news then.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from msgspec.structs import replace

from tui.cockpit.queue.restrictions import Concern
from tui.cockpit.state.doubts import DOUBTS
from tui.domain.call import Call
from tui.domain.contact import HANDED_OVER, Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.parts import in_parts
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.came import Came
from tui.domain.shared.forgotten import Forgotten
from tui.domain.shared.merge import Record, united
from tui.domain.shared.same_person import SamePerson
from tui.domain.shared.stamp import RIGHT_AHEAD, ahead
from tui.domain.shared.team import Team
from tui.domain.shared.twins import find_twins
from tui.storage.protocol import MERGING, Change, Store, change_of

AT_ONCE = 200
"""Records of one commit, or people looked at: a tenth of a second, after which a rep's own write has its turn."""
JOINED_AT_ONCE = 2_000
"""Decisions of one commit: each commit of some adds up again who is who."""
MOST_DOUBTS = 500
_UNMATCHED = "unmatched"
"""A piece of state: people came in, and nobody has looked since who of them was here already."""


class TakingIn:
    """Takes the records of others in, as a store's own work: call it where the store works."""

    def __init__(
        self, store: Store, now: datetime, me: str, *, known_to_team: bool = False, team: Team | None = None
    ) -> None:
        """`me` is the id of the rep who works here; `known_to_team`: as in a `Change`.

        With the `team` the rep takes whoever was handed over to them.
        """
        self._store, self._now, self._me, self._team = store, now, me, team
        self._known_to_team = known_to_team
        self._was_stopped = bool(store.state(MERGING))
        self._left_unmatched = bool(store.state(_UNMATCHED))
        self._entries = {entry.id: entry for entry in store.do_not_call()}
        self._refused_before = _refused(self._entries.values())
        self._silent_before = len(store.persons.silent)
        self._stale: set[str] = set()
        """Whose next step is to be worked out again."""
        self._handed: set[str] = set()
        """Who was handed over to somebody."""
        self._forgotten: set[str] = set()
        self._refusals: list[Entry] = []
        self._own_calls: set[str] = set()
        self.joins = False
        """Whether some of it says who is one person."""
        self.came = Came()

    @property
    def refusals(self) -> bool:
        """Whether the do-not-call list has changed: nobody is called before it was read again."""
        return bool(self._refusals)

    @property
    def own_calls(self) -> frozenset[str]:
        """Ids of calls of the rep's own that others knew more of."""
        return frozenset(self._own_calls)

    def take_all(self, records: Iterable[Record]) -> Iterator[int]:
        """Take in as many as there are; says after each commit how many were taken so far."""
        taken = 0
        for several in in_parts(records, AT_ONCE):
            self.take(several)
            taken += len(several)
            yield taken

    def take(
        self, records: Sequence[Record], state: Mapping[str, Mapping[str, Any] | None] | None = None
    ) -> None:
        """Take in some records in one commit, with these pieces of state. Raises `NotSaved`: then none of them is."""
        store, records = self._store, united(records)
        self.joins = self.joins or any(isinstance(one, SamePerson) for one in records)
        before = [self._stored(record) for record in records]
        since = {"since": self._now.isoformat()}
        merging = (
            {MERGING: since, _UNMATCHED: since}
            if any(isinstance(one, Contact) for one in records)
            else {MERGING: since}
        )
        more = {**merging, **(state or {})}
        change = change_of(records, origin="merge", known_to_team=self._known_to_team, state=more)
        store.commit(change, self._now)
        if change.do_not_call or change.forgotten:
            self._entries = {entry.id: entry for entry in store.do_not_call()}
        forgets = bool(store.forgotten())
        for record, known in zip(records, before, strict=True):
            # What was not here is here now as it came, unless somebody asked to be forgotten.
            after = record if known is None and not forgets else self._stored(record)
            if after != known:
                self._note(record, known, after)

    @property
    def stale(self) -> frozenset[str]:
        """Ids of those whom it concerns."""
        return frozenset(map(self._store.persons.of, self._stale))

    def finishing(self) -> Generator[None, None, Came]:
        """Join who is surely one person, list who may be, and let the queue work out again whom this concerns.

        It stops after some people each, and the rep may write before it goes on. Raises `NotSaved`.

        Nobody is looked for again where no person came or changed; of what comes by the minute, where none came. But
        whoever was stopped before this end looks.
        """
        store, came = self._store, self.came
        state: dict[str, Any] = (
            {} if self._was_stopped else {MERGING: None}
        )  # else everybody is worked out again
        looks = self._left_unmatched or came.added or (came.changed and not self._known_to_team)
        people = (yield from self._everybody()) if looks else []
        demo = tuple(one.id for one in people if one.is_demo)
        if people:
            state |= yield from self._match([one for one in people if not one.is_demo])
        yield from self._take_over()
        self._settle()
        came.nobodys = self._of_nobody(people)
        yield from self._concern()
        stale = {one for known in self._stale for one in (known, store.persons.of(known))}
        others_came = len(demo) < len(people)  # then the fictional people leave
        change = Change(
            removed=demo if others_came else (),
            next_steps=dict.fromkeys(stale),
            state={**state, _UNMATCHED: None},
        )
        store.commit(change, self._now)
        return came

    def _everybody(self) -> Generator[None, None, list[Contact]]:
        """Every contact as it stands, under its own id."""
        store, found = self._store, list[Contact]()
        for speakers in in_parts(store.contact_ids(), AT_ONCE):
            ids = chain.from_iterable(map(store.persons.ids, speakers))
            records = (store.account("contacts", one) for one in ids)
            found += (one for one in records if isinstance(one, Contact))
            yield
        # Whoever was stopped before this end has not taken them yet.
        self._handed |= {one.id for one in found if HANDED_OVER in one.remembered}
        return found

    def _match(self, people: Sequence[Contact]) -> Generator[None, None, dict[str, Any]]:
        """Join those who surely are one person; the piece of state that lists who may be."""
        store = self._store
        twins = yield from find_twins(people, store.same_person(), AT_ONCE)
        pairs = [list(pair) for pair in twins.doubtful[:MOST_DOUBTS]]
        self.came.doubtful = twins.doubtful
        for sure in in_parts(twins.sure, JOINED_AT_ONCE):
            store.commit(Change(same_person=tuple(sure), origin="merge"), self._now)
            yield
        return {DOUBTS: {"pairs": pairs} if pairs else None}

    def _take_over(self) -> Iterator[None]:
        """Whoever was handed over to the rep is theirs, by their own word: so those who gave them learn of it."""
        if self._team is None:
            return
        speakers = {self._store.persons.of(one) for one in self._handed}
        for ids in in_parts(sorted(speakers), AT_ONCE):
            handed = [one for one in map(self._store.contact, ids) if one and HANDED_OVER in one.remembered]
            mine = zip(handed, map(self._team.taken, handed), strict=True)
            if taken := tuple(after for before, after in mine if after is not before):
                self._store.commit(Change(contacts=taken), self._now)
                self._stale |= {one.id for one in taken}
            yield

    def _concern(self) -> Iterator[None]:
        """Whom the refusals are about is worked out again."""
        store = self._store
        refusals = [replace(one, contact_id=store.persons.of(one.contact_id)) for one in self._refusals]
        concern = Concern(refusals, store.contact)
        for ids in in_parts(store.contact_ids() if refusals else (), AT_ONCE):
            people = filter(None, map(store.contact, ids))
            self._stale |= {one.id for one in people if concern.is_about(one)}
            yield

    def _of_nobody(self, people: Iterable[Contact]) -> int:
        """How many can be called and have no owner, when people came otherwise than by the minute."""
        if self._known_to_team or not (self.came.added or self.came.joined):
            return 0
        speaker, free, not_free = self._store.persons.of, set[str](), _refused(self._entries.values())
        for one in people:
            if not one.is_demo:
                (not_free if one.owner or one.owner_id else free).add(speaker(one.id))
        return len(free - set(map(speaker, not_free)))

    def _settle(self) -> None:
        """Whoever was here already under another id is not new, and neither is their refusal."""
        came, persons = self.came, self._store.persons
        came.joined = len(persons.silent) - self._silent_before
        came.forgotten = len(set(map(persons.of, self._forgotten)))
        came.added = {persons.of(one) for one in came.added if came.added.issuperset(persons.ids(one))}
        told: set[str] = set()
        for entry in self._refusals:
            ids = persons.ids(entry.contact_id)
            if _refused((entry,)) and (told | self._refused_before).isdisjoint(ids):
                (came.refused if entry.call_id else came.listed)[entry.rep] += 1
                told.add(ids[0])

    def _stored(self, record: Record) -> Any:
        store = self._store
        match record:
            case Contact():
                return store.contact(record.id)
            case Call():
                return store.call(record.id)
            case Entry():
                return self._entries.get(record.id)
            case PlannedCall():
                return next((one for one in store.plans(record.contact_id) if one.id == record.id), None)
            case Rep():
                return store.rep(record.id)
            case Forgotten():
                return record if any(one.id == record.id for one in store.forgotten()) else None
        return None

    def _note(self, record: Record, known: Any, after: Any) -> None:
        came = self.came
        match after:
            case Contact():
                self._stale.add(after.id)
                if HANDED_OVER in after.remembered:
                    self._handed.add(after.id)
                if known is None:
                    came.added.add(after.id)
                elif _says_more(after, known):
                    came.changed.add(after.id)
                self._see_clock(after.stamps.values())
            case Call():
                self._stale |= {after.contact_id, *after.one_of} - {""}
                self._note_call(after, known)
            case Entry():
                self._refusals.append(after)
                self._note_entry(after, known)
            case PlannedCall():
                self._stale.add(after.contact_id)
                came.planned += known is None and after.replaced_at is None
            case Forgotten():
                self._forgotten.add(after.id)

    def _note_call(self, call: Call, known: Call | None) -> None:
        came = self.came
        if call.rep == self._me:
            self._own_calls.add(call.id)
        if known is not None:
            came.corrected += 1
        elif call.voided_at is None:
            came.calls[call.rep] += 1
            later = call.promise is not None and call.promise.until > self._now
            came.promises[call.rep] += bool(later and call.rep != self._me)
        if call.at - self._now > RIGHT_AHEAD:
            self._is_fast(call.rep, call.at - self._now)

    def _note_entry(self, entry: Entry, known: Entry | None) -> None:
        came = self.came
        if known is not None or entry.voided_at is not None:
            return
        if entry.kind == "lift":
            came.lifted[entry.rep] += 1
        elif entry.kind == "addition" and not entry.contact_id:
            came.barred += len(entry.numbers) or 1

    def _see_clock(self, stamps: Iterable[str]) -> None:
        for stamp in stamps:
            if by := ahead(stamp, self._now):
                self._is_fast(stamp.rpartition(".")[2], by)

    def _is_fast(self, rep: str, by: timedelta) -> None:
        if rep[-8:] == self._me[-8:]:
            return
        known = self.came.fast.get(rep[-8:], timedelta(0))
        self.came.fast[rep[-8:]] = max(known, by)


def _refused(entries: Iterable[Entry]) -> set[str]:
    """Ids of the people who refused for themselves."""
    standing = (one for one in entries if one.kind == "addition" and one.voided_at is None)
    return {one.contact_id for one in standing} - {""}


def _says_more(after: Contact, known: Contact) -> bool:
    """Whether more than when and by whom it was written differs."""
    return replace(after, rev=known.rev, edited_at=known.edited_at, stamps=known.stamps) != known
