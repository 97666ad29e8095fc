"""Two indexes on one scale: people left waiting, and people called too often; and what a rep can reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.dial_check import TOO_OFTEN, dial_check
from tui.domain.history import history_of
from tui.domain.metrics import Rate, counted, wilson
from tui.domain.next_step import NextStep
from tui.domain.window import DAY, local

WAITING_DAYS = 2
"""More business days than this past the due day is left waiting."""
LOOK_AHEAD = timedelta(days=7)
WORKDAYS_AHEAD = 5
ZonesOf = Callable[[Call], tuple[str, ...]]
_OWN_NAME = frozenset({"sooner_than_planned", "repeated_reason"})
"""Codes of the dial check that have a code of their own here, with a condition of its own."""
_PEST_CODES = TOO_OFTEN - _OWN_NAME


@dataclass(frozen=True, slots=True)
class Waiting:
    """People we should have called and did not."""

    left_waiting: int
    pursuable: int
    """People with a next call; those never called, or known only from an import, wait for nobody."""

    @property
    def index(self) -> Rate:
        """The too-little index: left waiting / pursuable, with its interval."""
        return wilson(self.left_waiting, self.pursuable)


def waiting(steps: Iterable[NextStep], now: datetime) -> Waiting:
    """Counts over the next steps of a list: more than 2 business days overdue, or a call without a date."""
    pursuable = [step for step in steps if _waits_for_us(step)]
    late = sum(step.due is None or business_days(step.due, now) > WAITING_DAYS for step in pursuable)
    return Waiting(late, len(pursuable))


def _waits_for_us(step: NextStep) -> bool:
    """Whether a call of ours is to follow one on record: who was never called from here waits for nobody."""
    imported = step.kind == "planned" or step.touched_at is not None
    return step.action == "call" and step.kind != "fresh" and not imported


def business_days(start: datetime, end: datetime) -> int:
    """Whole days from Monday to Friday between two moments; 0 when the end is not later."""
    first, last = start.date(), end.astimezone(start.tzinfo).date()
    if last <= first:
        return 0
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum(_is_workday(first + DAY * (n + 1)) for n in range(rest))


def _is_workday(day: date) -> bool:
    return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the rep reaches in a day, and what the list needs."""

    reached_a_day: float | None
    """Median people tried on days with calls; None without any."""
    needed_a_day: float
    """Follow-ups due by the end of the next 7 days, spread over 5 working days."""

    @property
    def falls_short(self) -> bool:
        """Whether people will be left waiting at this pace."""
        return self.reached_a_day is not None and self.needed_a_day > self.reached_a_day


def capacity(steps: Iterable[NextStep], calls: Iterable[Call], now: datetime, zone: str) -> Capacity:
    """Capacity from the next steps and from the rep's own calls; days are those of the rep's zone."""
    tried = {(c.contact_id, local(c.at, zone).date()) for c in counted(calls) if c.direction == "out"}
    days = Counter(day for _, day in tried)
    due = sum(_waits_for_us(step) and step.due is not None and step.due <= now + LOOK_AHEAD for step in steps)
    return Capacity(median(days.values()) if days else None, due / WORKDAYS_AHEAD)


def gave_up_early(contact: Contact, calls: Iterable[Call], policy: Policy) -> bool:
    """Whether the rep stopped a person before the planned attempts and without ever talking to them (B30)."""
    history = history_of(calls)
    return contact.pursuit == "stopped" and history.last_talk is None and history.unanswered < policy.attempts


def pest_reasons(
    contact: Contact,
    calls: Sequence[Call],
    policy: Policy,
    *,
    zones: tuple[str, ...] | ZonesOf = (),
    since: datetime | None = None,
) -> dict[str, tuple[str, ...]]:
    """Why each outbound attempt was one too many, by call id; attempts that were fine are left out.

    `zones`: where they may be, or a function that says so of each call, whose number may be another one.
    With `since` (UTC) earlier attempts are not looked at; they still count towards the caps of later ones.

    Codes: early_call (not acknowledged), too_soon (before the customer's own interval), over_cap,
    outside_hours, repeated_reason, do_not_call.
    """
    history = history_of(calls)
    then = replace(contact, do_not_call="")  # a refusal counts from the call in which it was said
    found = {}
    for attempt in history.attempts:
        if since is not None and attempt.at < since:
            continue
        before = [call for call in history.touches if (call.at, call.id) < (attempt.at, attempt.id)]
        where = zones(attempt) if callable(zones) else zones
        codes = _pest_codes(then, before, attempt, policy, where)
        if codes:
            found[attempt.id] = codes
    return found


def pest_index(attempts: int, too_many: int) -> float | None:
    """Attempts per 100 that were one too many; None without attempts."""
    return too_many * 100 / attempts if attempts else None


def _pest_codes(
    contact: Contact, before: Sequence[Call], attempt: Call, policy: Policy, zones: tuple[str, ...]
) -> tuple[str, ...]:
    codes = []
    asked = (
        bool(before)
        and bool(contact.prefers.every)
        and (contact.prefers.since is None or contact.prefers.since <= attempt.at)
    )
    for check in dial_check(contact, before, policy, attempt.at, zones=zones):
        if check.code == "do_not_call":
            return ("do_not_call",)
        if check.code == "sooner_than_planned" and asked:
            codes.append("too_soon")
        elif check.code in _PEST_CODES and not (check.code == "early_call" and attempt.acknowledged):
            codes.append(check.code)
    if attempt.reason_id and attempt.reason_id in history_of(before).used_reasons:
        codes.append("repeated_reason")
    return tuple(codes)
