"""The team's rules of follow-up (`cadence:` in config.yaml) as one frozen value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import asdict

from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST, Contact
from tui.domain.window import (
    DAY,
    DEFAULT_HOURS,
    LONG_AGO,
    Hours,
    NeverOpenError,
    Span,
    at_local,
    clock_minutes,
    known_zones,
    local,
    next_open,
)

WORDS_PER_MINUTE = {"en": 150, "it": 150, "es": 160, "de": 130, "fr": 155}
"""Speaking rate of a calm call, by language. A judgement; `speech.words_per_minute` in config.yaml overrides it."""
RULES_EDITION = 8
"""Raise it when `next_step` would answer differently for the same settings: stored next steps then lapse."""


class Policy(Struct, frozen=True):
    """When to call, when to soften, when to stop. Defaults are for calls from business to business."""

    attempts: int = 6
    """Unanswered calls before the softer channel."""
    gaps: tuple[timedelta, ...] = (DAY, DAY * 2, DAY * 3, DAY * 5, DAY * 7)
    """Wait after unanswered call 1, 2, 3 …; the last one repeats."""
    per_7_days: int = 3
    """Most calls in any 7 days; 0 means no such cap."""
    per_30_days: int = 6
    """Most calls in any 30 days; 0 means no such cap."""
    min_gap: timedelta = timedelta(hours=20)
    """Least time between two calls of our own pacing."""
    max_age: timedelta = DAY * 90
    """So long after the first call without one talk, the softer channel takes over."""
    gatekeeper_tries: int = 3
    """Talks with the gatekeeper before another way in is proposed."""
    check_in: timedelta = DAY * 60
    """Customers: a call while nothing is wrong, so long after the last talk."""
    after_talk: timedelta = DAY * 5
    """Wait after a talk at which nothing was agreed."""
    after_not_now: timedelta = DAY * 60
    """No call for so long after "not now"."""
    nurture_every: timedelta = DAY * 30
    """Between two messages by the softer channel."""
    nurture_times: int = 6
    """Messages by the softer channel without a reply before we let go."""
    promise_tries: int = 3
    """Calls at a promised time without an answer before normal pacing."""
    promise_grace: timedelta = timedelta(minutes=15)
    """So much before or after the promised minute is on time."""
    promise_retry: timedelta = timedelta(hours=2)
    """After the first promised call without an answer."""
    soft_channel: str = "email"
    """What `nurture` uses: email, text or visit."""
    active_limit: int = 0
    """Most people a rep pursues at once; 0 means no limit."""
    early_call: Literal["acknowledge", "warn", "off"] = "acknowledge"
    """What a call before the promised time asks of the rep."""
    same_rep: Literal["warn", "off"] = "warn"
    """Whether a call to another rep's contact warns."""
    dayparts: tuple[Span, ...] = ((540, 660), (660, 780), (840, 960), (960, 1080))
    """Parts of the local day, in minutes, among which unanswered calls vary."""
    hours: Hours = DEFAULT_HOURS
    """House hours: they bind our own pacing, never the time that the customer named, as long as it is not over."""
    zone: str = "UTC"
    """Zone of people whose own is not known: the team's."""
    after: Mapping[str, timedelta] = field(default_factory=dict)
    """Outcome id to the wait a team set for it instead of ours (`next: 3d`)."""
    exempt_lists: frozenset[str] = frozenset({DEMO_LIST})
    """Lists whose people have no calling hours."""

    def __hash__(self) -> int:
        return hash((self.attempts, self.gaps, self.min_gap, self.hours, self.zone))

    def wait_after(self, outcome_id: str, usual: timedelta) -> timedelta:
        """The team's own wait after an outcome (`outcomes.*.next`), else the usual one of its kind."""
        return self.after.get(outcome_id, usual)

    def hash(self) -> str:
        """A short text that differs when any rule differs; the same on every machine."""
        rules = asdict(self)
        told = json.dumps([RULES_EDITION, rules], sort_keys=True, default=_plain)
        return sha256(told.encode()).hexdigest()[:12]

    @property
    def caps(self) -> tuple[tuple[int, timedelta], ...]:
        """(most calls, rolling time) of the caps that are on."""
        return tuple((n, DAY * days) for n, days in ((self.per_7_days, 7), (self.per_30_days, 30)) if n > 0)


def _plain(value: Any) -> Any:
    """What JSON cannot hold, as what it can, in the same order on every machine."""
    match value:
        case Hours():
            return value.week, value.holidays, value.eve
        case frozenset():
            return sorted(value)
        case Mapping():
            return dict(value)
    return str(value)  # a length of time or a date


class Calendar(Struct, frozen=True):
    """When one person may be called by our own pacing."""

    hours: Hours | None
    """None: any time."""
    zones: tuple[str, ...]
    """The zones they may be in; at least one."""
    known_since: datetime
    """When the contact came to us (UTC)."""
    law: tuple[Hours, ...] = ()
    """Legal hours, which bind every call."""

    @property
    def home(self) -> str:
        """The zone in which their day is told."""
        return self.zones[0]

    def open_from(self, t: datetime, prefer: Span | None = None) -> datetime | None:
        """First callable moment (UTC) from t on, in the preferred part of that day if it can be."""
        try:
            return next_open(self.hours, self.zones, t, prefer, self.law)
        except NeverOpenError:
            return None

    def midnight(self, t: datetime) -> datetime:
        """The start (UTC) of the local day in which t lies."""
        return at_local(local(t, self.home).date(), 0, self.home)

    def open_day_at(self, t: datetime, days: int, minutes: int) -> datetime | None:
        """A wall time, not before t, on the first open day at least `days` after that of t.

        For an hour the customer named: the day keeps to our week, the hour is theirs.
        """
        day = local(t, self.home).date() + DAY * days
        if at_local(day, minutes, self.home) < t:
            day += DAY
        opens = self.open_from(at_local(day, 0, self.home))
        return None if opens is None else at_local(local(opens, self.home).date(), minutes, self.home)


def calendar_of(
    contact: Contact,
    policy: Policy,
    zones: tuple[str, ...] = (),
    law: tuple[Hours, ...] = (),
    calls: Sequence[Call] = (),
) -> Calendar:
    """The calendar of a contact: its own zone, else those of its number, else the team's.

    Demo people are there at any hour of a first start; once one is dialled, what comes next is what a real day brings.
    """
    is_exempt = not policy.exempt_lists.isdisjoint(contact.lists)
    exempt = is_exempt and not any(call.dials and call.voided_at is None for call in calls)
    since = contact.created_at or contact.edited_at or LONG_AGO
    known = known_zones((contact.zone,), zones, fallback=policy.zone)
    return Calendar(None if exempt else policy.hours, known, since, law)


def free_of_caps(times: Sequence[datetime], caps: Sequence[tuple[int, timedelta]]) -> datetime:
    """From this moment on one more call breaks no rolling cap (most calls, length); `times` of those made, in order."""
    return max((times[-most] + span for most, span in caps if len(times) >= most), default=LONG_AGO)


def least_tried_daypart(dayparts: Sequence[Span], calls: Sequence[Call], calendar: Calendar) -> Span | None:
    """The part of the day tried least; among equals the one half a day away from the last try."""
    if not dayparts:
        return None
    count = len(dayparts)
    tried = [_daypart_of(call, dayparts, calendar) for call in calls]
    first = ((tried[-1] if tried else 0) + count // 2) % count
    order = [(first + i) % count for i in range(count)]
    return dayparts[min(order, key=tried.count)]  # of equals the first in order


def _daypart_of(call: Call, dayparts: Sequence[Span], calendar: Calendar) -> int:
    minutes = clock_minutes(call.at, calendar.home)
    return next((i for i, (start, end) in enumerate(dayparts) if start <= minutes < end), -1)
