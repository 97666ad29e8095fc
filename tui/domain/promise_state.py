"""How a promise stands: the one place that says early, on time, late, tried, kept or closed.

The card, the script's line about it, the queue, the dial check, the report and the call-back look-up all ask here.

Beside it stands the planned call, a call-back that came with an import: it is a plan of ours, not a call and not a
promise. It counts in no rate and no report, nobody apologises for it, and a call that works it closes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from tui.domain.cadence import Calendar, Policy
from tui.domain.call import Call
from tui.domain.history import PHONE, SAME_ATTEMPT, is_missed_inbound, is_our_call
from tui.domain.ids import derived_id
from tui.domain.outcome import RIGHT_PARTY, Category
from tui.domain.promise import Precision, Promise
from tui.domain.window import DAY, clock_minutes

KEPT_WITHIN = timedelta(hours=2)
"""So long after the promised hour a call still keeps the promise in the report; later it is kept late."""

Timing = Literal["early", "on_time", "late"]
Spoken = Literal["", "early", "on_time", "tried", "late"]
"""What there is to say about a promise at the beginning of a call; empty when nothing true can be said."""


class Verdict(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    EARLY = "early"
    EARLY_ACKNOWLEDGED = "early_acknowledged"
    OVERTAKEN = "overtaken"
    """They were faster and called us: nobody's fault."""
    OPEN = "open"


class PromiseState(Struct, frozen=True):
    """One promise at one moment, with what happened since it was made."""

    promise: Promise
    made_in: Call
    """The call in which it was made."""
    now: datetime
    policy: Policy
    early: tuple[Call, ...] = ()
    """Our calls before its time that did not reach them: they neither keep nor close it (B34)."""
    tries: tuple[Call, ...] = ()
    """Our calls from its time on that did not reach them, each attempt once, oldest first."""
    settled_by: Call | None = None
    """The talk, the call from them, or the promised message that closed it."""

    @property
    def is_open(self) -> bool:
        """Whether it is still owed: nothing settled it, and we have not yet tried as often as the policy says."""
        return self.settled_by is None and len(self.tries) < self.policy.promise_tries

    @property
    def timing(self) -> Timing:
        """How `now` stands to the promised time, whatever was done about it."""
        return self._timing_of(self.now)

    @property
    def spoken(self) -> Spoken:
        """The line a script may say when we call now.

        A call at the promised time kept the promise on our side even if nobody answered, so nothing is left to
        apologise for. Who was promised a message, and not a call, is not told that we said we would call.
        """
        if not self.is_open:
            return ""
        if self.timing == "early":
            return "early"
        if self.promise.channel != PHONE:
            return ""
        if self.tries:
            return "tried" if self.tried_on_time else "late"
        return self.timing

    @property
    def tried_on_time(self) -> bool:
        """Whether we called at the promised time and nobody was there: kept on our side.

        Only the grace counts here, not the hours within which the report calls it kept: "as agreed" is said
        to somebody who remembers the hour.
        """
        return bool(self.tries) and self._timing_of(self.tries[0].at) == "on_time"

    @property
    def late_from(self) -> datetime | None:
        """From when (UTC) it is late; None once we tried, because then only our own next try is left."""
        return None if self.tries else self.promise.late_from(self.policy.promise_grace)

    def due(self, calendar: Calendar) -> datetime:
        """When to call (UTC): as promised, and after a try that did not reach them in 2 hours, then the next day (B35).

        The hour of another try is ours, not theirs, so it keeps to calling hours; next day it is the hour they named.
        """
        if not self.tries:
            return self.promise.from_
        last = self.tries[-1].at
        if len(self.tries) == 1:
            soon = last + self.policy.promise_retry
            return calendar.open_from(soon) or soon
        hour = clock_minutes(self.promise.from_, self.promise.zone)
        return calendar.open_day_at(last, 1, hour) or last + DAY

    def named_until(self, calendar: Calendar) -> datetime | None:
        """Up to when (UTC) we keep what they named, whatever the house hours; None when they named no hour.

        Who named a whole day left the hour to us, but a day on which we are closed is theirs, in our usual hours.
        Once it is late nobody asked for this hour any more. The first of our own tries is ours, the next at their hour.
        """
        promise = self.promise
        if promise.precision == "day":
            opens = calendar.open_from(promise.from_)
            closed = not self.tries and (opens is None or opens >= promise.until)
            return promise.shuts if closed else None
        if not self.tries:
            return promise.late_from(self.policy.promise_grace)
        return self.due(calendar) + self.policy.promise_grace if len(self.tries) > 1 else None

    @property
    def verdict(self) -> Verdict:
        """What the report says became of it, as far as it is known at `now`."""
        if any(not call.acknowledged for call in self.early):
            return Verdict.EARLY
        first = self.tries[0] if self.tries else self.settled_by
        if first is None and self.early:
            return Verdict.EARLY_ACKNOWLEDGED
        if first is None:
            return Verdict.OPEN if self.now < self._kept_until else Verdict.BROKEN
        if first.direction == "in":
            return Verdict.OVERTAKEN
        if self._timing_of(first.at) == "early":
            return Verdict.EARLY_ACKNOWLEDGED if first.acknowledged else Verdict.EARLY
        return Verdict.KEPT if first.at < self._kept_until else Verdict.KEPT_LATE

    @property
    def _kept_until(self) -> datetime:
        return self.promise.late_from(max(KEPT_WITHIN, self.policy.promise_grace))

    def _timing_of(self, moment: datetime) -> Timing:
        if moment < self.promise.on_time_from(self.policy.promise_grace):
            return "early"
        return "on_time" if moment < self.promise.late_from(self.policy.promise_grace) else "late"


def promise_states(touches: Sequence[Call], now: datetime, policy: Policy) -> list[PromiseState]:
    """How each promise of one contact stands, in the order they were made.

    `touches` are the contact's calls that were not undone, oldest first.
    """
    return [
        _state(call, touches[place + 1 :], now, policy)
        for place, call in enumerate(touches)
        if call.promise is not None
    ]


def open_promise(touches: Sequence[Call], now: datetime, policy: Policy) -> PromiseState | None:
    """The promise still owed after these touches (oldest first, none undone), or None."""
    made = [place for place, call in enumerate(touches) if call.promise is not None]
    last = _state(touches[made[-1]], touches[made[-1] + 1 :], now, policy) if made else None
    return last if last and last.is_open else None


def _state(made_in: Call, later: Iterable[Call], now: datetime, policy: Policy) -> PromiseState:
    promise = made_in.promise
    assert promise is not None
    on_time_from = promise.on_time_from(policy.promise_grace)
    early: list[Call] = []
    tries: list[Call] = []
    for call in later:
        if _settles(call, promise, on_time_from):
            return PromiseState(promise, made_in, now, policy, tuple(early), tuple(tries), call)
        if call.direction == "in" or call.is_ is Category.WRONG_NUMBER:
            continue
        if call.at < on_time_from:
            early += [call] if call.channel == PHONE else []
        elif call.channel == promise.channel and not (tries and call.at - tries[-1].at < SAME_ATTEMPT):
            tries.append(call)
    return PromiseState(promise, made_in, now, policy, tuple(early), tuple(tries))


def _settles(call: Call, promise: Promise, on_time_from: datetime) -> bool:
    """A talk, a new promise, a call from them that was not missed (B18), and the promised message once it is time."""
    if call.direction == "in":
        return call.is_ in RIGHT_PARTY or (call.channel == PHONE and not is_missed_inbound(call))
    if call.promise is not None or call.is_ in RIGHT_PARTY or call.is_ is Category.DO_NOT_CALL:
        return True
    return promise.channel != PHONE and call.channel == promise.channel and call.at >= on_time_from


_NO_GRACE = timedelta(0)


class PlannedCall(Struct, frozen=True):
    """One call-back planned in another program."""

    id: str
    contact_id: str
    from_: datetime
    """UTC. The planned minute, else the first moment of that day at which we would call."""
    zone: str
    """IANA zone the time was meant in."""
    precision: Precision
    source: str
    """The list it came with."""
    made_at: datetime
    """When it was imported (UTC)."""
    rev: int = 0
    edited_at: datetime | None = None
    replaced_at: datetime | None = None
    """When a later import named another date (UTC); then this one is no longer meant."""

    @property
    def when(self) -> Promise:
        """The time alone: days and parts of days are reckoned as those of promises are."""
        return Promise(self.from_, self.zone, self.precision)


def plan_id(contact_id: str, day: str, source: str) -> str:
    """The id of a plan: the same whenever the same file comes again. `day` is the local time as ISO text."""
    return derived_id("planned_call", contact_id, day, source)


def open_plan(plans: Iterable[PlannedCall], touches: Sequence[Call]) -> PlannedCall | None:
    """The earliest plan that still waits for a call, or None. `touches`: the contact's calls that were not undone."""
    waiting = (plan for plan in plans if plan.replaced_at is None and not _is_worked(plan, touches))
    return min(waiting, key=lambda plan: (plan.from_, plan.id), default=None)


def _is_worked(plan: PlannedCall, touches: Iterable[Call]) -> bool:
    """Whether we called from its day on, or talked since it was planned.

    A call before its day that found nobody leaves it standing.
    """
    begins = plan.when.on_time_from(_NO_GRACE)
    return any(
        (is_our_call(call) and call.at >= begins)
        or (_in_touch(call) and call.at >= min(plan.made_at, begins))
        for call in touches
    )


def _in_touch(call: Call) -> bool:
    return call.is_ in RIGHT_PARTY or (call.direction == "in" and not is_missed_inbound(call))
