"""Whom to call next: people ranked by tier, kept in order while time passes and calls are made.

Everything that can be called now stands in one sorted list, everything else in another, by the moment at which
it can. One changed contact costs a binary search; an hour that strikes can be spread over frames.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from msgspec import Struct

from tui.domain.next_step import WAITS_FOR_US, Kind, NextStep, is_late
from tui.domain.window import (
    ALWAYS,
    FAR_AHEAD,
    LONG_AGO,
    NEVER,
    SEARCH_DAYS,
    Hours,
    Moments,
    Zones,
    current_or_next_span,
)


class Tier(StrEnum):
    """Groups of the queue, first to last."""

    CAME_BACK = "came_back"
    PROMISE_LATE = "promise_late"
    PROMISE = "promise"
    ASKED = "asked"
    PLANNED = "planned"
    FOLLOW_UP = "follow_up"
    FRESH = "fresh"
    CHECK_IN = "check_in"
    UNKNOWN_OWNER = "unknown_owner"


TIERS = tuple(Tier)
FRESH_SHARE = 0.25
FRESH_WINDOW = 8
"""Of so many dials the fresh share holds."""
_PLACE = {str(tier): place for place, tier in enumerate(TIERS)}
_FRESH, _PROMISE, _PROMISE_LATE = (_PLACE[tier] for tier in (Tier.FRESH, Tier.PROMISE, Tier.PROMISE_LATE))
_WARM = frozenset({_PLACE[Tier.FOLLOW_UP], _PLACE[Tier.UNKNOWN_OWNER]})
_BULK = 256
_SORTED_AT_ONCE = 4_096
"""From so many changes at once (of many people a 64th), sorting everything is faster than placing one by one."""

Key = tuple[int, int, int, datetime, int, datetime, str]
Wait = tuple[datetime, int, str]
P = TypeVar("P", Key, Wait)
"""From when (UTC) somebody can be called, place of the tier, id: of one hour's people promises come first."""
Window = Callable[[Zones, datetime], Moments]
"""Zones and a moment give the span that is open then, else the next one (UTC)."""


class Item(Struct):
    """One person in the queue."""

    id: str
    kind: Kind
    due: datetime
    """UTC; not offered before."""
    zones: Zones = ()
    """Zones whose calling hours bind; empty when none do (demo people)."""
    late_from: datetime = FAR_AHEAD
    """For a promise: from here on it is late (UTC)."""
    value: int = 0
    """The team's own priority, higher first inside a tier."""
    signal: bool = False
    """A buying signal: first among follow-ups; of people of an unknown owner: they wait for us."""
    places: Zones = ()
    """Where they may be; legal hours bind there also when house hours do not."""
    law: tuple[Hours, ...] = ()
    """Legal hours."""
    named_until: datetime = LONG_AGO
    """Up to here (UTC) it is the time they named: no house hours bind."""
    not_before: datetime = LONG_AGO
    """The rep put them off until then (UTC); their place among the others stays that of `due`."""

    def zones_at(self, moment: datetime) -> Zones:
        """Zones whose calling hours bind at a moment (UTC) from `due` on."""
        return () if moment < self.named_until else self.zones


def item_of(
    contact_id: str,
    step: NextStep,
    zones: Zones,
    *,
    exempt: bool = False,
    value: int = 0,
    signal: bool = False,
    law: tuple[Hours, ...] = (),
) -> Item | None:
    """The queue item of a next step, or None when it is no call or is not due (B45, B47, B48).

    `zones`: where they may be; `exempt`: people without calling hours; `law`: legal hours.
    """
    if step.action != "call" or step.due is None:
        return None
    due = step.due if step.due.tzinfo is UTC else step.due.astimezone(UTC)
    bound, places = () if exempt else zones, zones if law else ()
    late_from, named = step.late_from or FAR_AHEAD, step.named_until or LONG_AGO
    return Item(contact_id, step.kind, due, bound, late_from, value, signal, places, law, named)


def window_of(hours: Hours | None) -> Window:
    """The window function of these house hours; NEVER for zones that are never open."""

    return partial(current_or_next_span, hours)


def callable_from(item: Item, now: datetime, window: Window) -> datetime | None:
    """From when (UTC) a person can be called: `now` when they can be, else a moment to come, inside every hour that
    binds. None when no such hour ever comes. What the queue goes by, for every sentence about it.
    """
    moment = max(item.due, item.not_before, now.astimezone(UTC))
    opens = _inside_all(window, item, moment)[0]
    return None if opens >= FAR_AHEAD else max(opens, moment)


class Queue:
    """People in the order to call them. `now` only moves by `tick`."""

    def __init__(self, items: Iterable[Item], now: datetime, session_end: datetime, window: Window) -> None:
        self.now = now.astimezone(UTC)
        self.session_end = session_end.astimezone(UTC)
        self._window = window
        self._spans: dict[tuple[Zones, Zones, tuple[Hours, ...]], Moments] = {}
        """Asked for once for all who live in the same places under the same law."""
        self._items: dict[str, Item] = {}
        self._keys: dict[str, Key] = {}
        self._versions: dict[str, int] = {}
        self._ready: list[Key] = []
        self._waits: dict[str, Wait] = {}
        self._waiting: list[Wait] = []
        self._changes: list[tuple[datetime, str, int]] = []
        self._place_many({item.id: item for item in items}.values())

    def get(self, contact_id: str) -> Item | None:
        """The item of a contact, or None."""
        return self._items.get(contact_id)

    # -- changes ---------------------------------------------------------------------------------------

    def put(self, item: Item) -> None:
        """Add or replace one person."""
        self._take_out(item.id)
        self._items[item.id] = item
        moment, key = self._state(item)
        if key is None:
            self._waits[item.id] = wait = (moment, _PLACE[item.kind], item.id)
            insort(self._waiting, wait)
        else:
            self._keys[item.id] = key
            insort(self._ready, key)
            heapq.heappush(self._changes, (moment, item.id, self._versions[item.id]))

    def drop(self, contact_id: str) -> None:
        """Remove a person; harmless when absent."""
        self._take_out(contact_id)
        self._items.pop(contact_id, None)

    def tick(self, now: datetime, budget: int | None = None) -> int:
        """Let time pass; how many people changed place.

        With a budget at most that many are moved: call again while it returns the budget.
        """
        self.now = now.astimezone(UTC)
        moved: dict[str, Item] = {}
        changes = self._changes
        while changes and changes[0][0] <= self.now and (budget is None or len(moved) < budget):
            _, contact_id, version = heapq.heappop(changes)
            if self._versions.get(contact_id) == version and contact_id in self._items:
                moved[contact_id] = self._items[contact_id]
        due = self.later_count(self.now)
        if budget is not None:
            due = min(due, budget - len(moved))
        for _, _, contact_id in self._waiting[:due]:
            del self._waits[contact_id]
            moved[contact_id] = self._items[contact_id]
        del self._waiting[:due]
        self._place(moved)
        return len(moved)

    def set_session_end(self, session_end: datetime) -> None:
        """Rank by another end of the session: windows that shut before it come first."""
        before, self.session_end = self.session_end, session_end.astimezone(UTC)
        first, last = sorted((before, self.session_end))
        if not any(first < closes <= last for _, closes in self._spans.values()):
            return  # nobody's window shuts in between
        ready = (self._items[key[-1]] for key in self._ready)
        self._place({item.id: item for item in ready if first < self._span(item)[1] <= last})

    def only(self, ids: Collection[str]) -> Queue:
        """A queue of those of the people who are named, with the places they have now."""
        part = Queue((), self.now, self.session_end, self._window)
        part._items = {one: self._items[one] for one in ids if one in self._items}
        part._versions = {one: self._versions[one] for one in part._items}
        part._keys = {one: self._keys[one] for one in part._items if one in self._keys}
        part._waits = {one: self._waits[one] for one in part._items if one in self._waits}
        part._ready, part._waiting = sorted(part._keys.values()), sorted(part._waits.values())
        part._changes = [change for change in self._changes if change[1] in part._items]
        heapq.heapify(part._changes)
        return part

    # -- answers ---------------------------------------------------------------------------------------

    def ready(self, count: int | None = None, start: int = 0) -> list[Item]:
        """People who can be called now, best first."""
        end = None if count is None else start + count
        return [self._items[key[-1]] for key in self._ready[start:end]]

    @property
    def ready_count(self) -> int:
        """How many people can be called now."""
        return len(self._ready)

    def later(self, until: datetime, limit: int | None = None, start: int = 0) -> list[tuple[datetime, Item]]:
        """People who can be called later, up to `until`: (from when, person), the earliest first."""
        end = self.later_count(until)
        if limit is not None:
            end = min(end, start + limit)
        return [(moment, self._items[contact_id]) for moment, _, contact_id in self._waiting[start:end]]

    def later_count(self, until: datetime) -> int:
        """How many people can be called later, up to `until`."""
        return bisect_right(self._waiting, (until.astimezone(UTC), len(TIERS), ""))

    def is_offered(self, contact_id: str, until: datetime) -> bool:
        """Whether they can be called now, or later, up to `until`."""
        return self.is_ready(contact_id) or self.is_later(contact_id, until)

    def is_later(self, contact_id: str, until: datetime) -> bool:
        """Whether a person cannot be called now, but can be up to `until`."""
        wait = self._waits.get(contact_id)
        return wait is not None and wait[0] <= until

    def later_place(self, contact_id: str, until: datetime) -> int | None:
        """Place among those who can be called later, up to `until`; None for the others."""
        is_later = self.is_later(contact_id, until)
        return bisect_left(self._waiting, self._waits[contact_id]) if is_later else None

    def tier(self, item: Item) -> Tier:
        """The tier of an item now."""
        return TIERS[self._tier_place(item)]

    def is_ready(self, contact_id: str) -> bool:
        """Whether a person can be called now."""
        return contact_id in self._keys

    def place(self, contact_id: str) -> int | None:
        """Place among those who can be called now, 0 is first; None for the others."""
        key = self._keys.get(contact_id)
        return None if key is None else bisect_left(self._ready, key)

    def closes(self, item: Item) -> datetime | None:
        """Until when (UTC) a person can be called; None when no hours bind."""
        return self._span(item)[1] if item.zones_at(self.now) else None

    def pick(self, dialled: Sequence[str], share: float = FRESH_SHARE) -> Item | None:
        """The person to call next, given the kinds dialled so far in this session (oldest first).

        Of any 8 dials the share goes to people never called, but never ahead of what a customer waits for.
        """
        if not self._ready:
            return None
        head = self._items[self._ready[0][-1]]
        recent = dialled[-(FRESH_WINDOW - 1) :] if dialled else ()
        owed = int(share * (len(recent) + 1) + 1e-9)
        fresh_so_far = sum(kind == "fresh" for kind in recent)
        if head.kind in WAITS_FOR_US or fresh_so_far >= owed:
            return head
        place = bisect_left(self._ready, (_FRESH,))
        fresh = [key for key in self._ready[place : place + 1] if key[0] == _FRESH]
        return self._items[fresh[0][-1]] if fresh else head

    # -- placing ---------------------------------------------------------------------------------------

    def _place(self, moved: dict[str, Item]) -> None:
        if len(moved) < max(_BULK, len(self._items) // 64):
            for item in moved.values():
                self.put(item)
            return
        self._ready = [key for key in self._ready if key[-1] not in moved]
        self._waiting = [wait for wait in self._waiting if wait[-1] not in moved]
        for contact_id in moved:
            self._keys.pop(contact_id, None)
            self._waits.pop(contact_id, None)
        self._place_many(moved.values())

    def _place_many(self, items: Iterable[Item]) -> None:
        versions, state = self._versions, self._state
        for item in items:
            one = item.id
            version = versions[one] = versions.get(one, 0) + 1
            self._items[one] = item
            moment, key = state(item)
            if key is None:
                self._waits[one] = wait = (moment, _PLACE[item.kind], one)
                self._waiting.append(wait)
            else:
                self._keys[one] = key
                self._ready.append(key)
                self._changes.append((moment, one, version))
        _sort_in_steps(self._ready)
        _sort_in_steps(self._waiting)
        heapq.heapify(self._changes)

    def _take_out(self, contact_id: str) -> None:
        key = self._keys.pop(contact_id, None)
        if key is not None:
            del self._ready[bisect_left(self._ready, key)]
        wait = self._waits.pop(contact_id, None)
        if wait is not None:
            del self._waiting[bisect_left(self._waiting, wait)]
        self._versions[contact_id] = self._versions.get(contact_id, 0) + 1

    def _state(self, item: Item) -> tuple[datetime, Key | None]:
        """(when this place changes by time alone, the place; None while they cannot be called)."""
        now, due = self.now, item.due
        if due > now or item.not_before > now:
            return max(due, item.not_before), None
        opens, closes = self._span(item)
        if opens > now:
            return opens, None
        changes = closes if closes < FAR_AHEAD else FAR_AHEAD
        for at in (item.late_from, item.named_until):
            if now < at < changes:
                changes = at
        return changes, self._key(item, closes)

    def _span(self, item: Item) -> Moments:
        """The span in which this person can be called, at this moment or next."""
        zones = item.zones_at(self.now)
        key = (zones, item.places, item.law)
        known = self._spans.get(key)
        shared = zones == item.zones  # what opens after the time they named is nobody else's
        if known is not None and known[1] > self.now and (shared or known[0] <= self.now):
            return known
        span = _inside_all(self._window, item, self.now)
        if shared or span[0] <= self.now:
            self._spans[key] = span
        return span

    def _tier_place(self, item: Item) -> int:
        place = _PLACE[item.kind]
        return _PROMISE_LATE if place == _PROMISE and is_late(item.late_from, self.now) else place

    def _key(self, item: Item, closes: datetime) -> Key:
        """Lower is first; one shape for all, so that keys compare."""
        place = self._tier_place(item)
        if place <= _PROMISE:  # somebody waits for us: the longest wait first, nothing else matters
            return place, 0, 0, FAR_AHEAD, 0, item.due, item.id
        warm = 0 if item.signal and place in _WARM else 1
        shuts = closes <= self.session_end
        return place, warm, 0 if shuts else 1, closes if shuts else FAR_AHEAD, -item.value, item.due, item.id


def _sort_in_steps(many: list[P]) -> None:
    """Sorts a list of any length by parts of a few thousand, so that no other thread is held up for long."""
    step = _SORTED_AT_ONCE
    runs = [sorted(many[start : start + step]) for start in range(0, len(many), step)]
    # Between two of these places lie about as many as are sorted at once, a few of each run.
    borders: list[P] = sorted(place for run in runs for place in run[:: step // 8])[8::8]
    many.clear()
    for border in (*borders, None):
        part: list[P] = []
        for run in runs:
            end = len(run) if border is None else bisect_left(run, border)
            part += run[:end]
            del run[:end]
        part.sort()
        many += part


def _inside_all(window: Window, item: Item, t: datetime) -> Moments:
    """The span in which house hours (where they bind) and the law are open, at t or next."""
    moment = t
    for _ in range(SEARCH_DAYS):
        zones = item.zones_at(moment)
        house = window(zones, moment) if zones else ALWAYS
        legal = current_or_next_span(None, item.places, moment, item.law)
        opens, closes = max(house[0], legal[0]), min(house[1], legal[1])
        if opens < closes and (opens <= moment or item.zones_at(opens) == zones):
            return opens, closes
        if opens == FAR_AHEAD:
            break
        moment = opens
    return NEVER
