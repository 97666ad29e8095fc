"""What calls add up to: counts, rates with their uncertainty, fair comparisons, kept promises, and fairness.

Fairness is two indexes on one scale, people left waiting and people called too often, and what a rep can reach.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import median
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact, Refusal
from tui.domain.dial_check import TOO_OFTEN, dial_check
from tui.domain.history import PHONE, history_of
from tui.domain.next_step import NextStep
from tui.domain.outcome import AGREED, HUMAN, RIGHT_PARTY, Category
from tui.domain.promise_state import Verdict, promise_states
from tui.domain.window import DAY, local

_Z95 = 1.959964
CONVERSATION_S = 30.0
"""A right-party talk of at least so many seconds is a conversation."""
MIN_PER_VARIANT = 50
"""Fewer calls of a script variant name no winner."""
MIN_CELL_DIALS = 300
"""Hours of the day with fewer dials are greyed: no promise of a golden hour."""

Rate = tuple[float | None, float, float]
"""(rate, low, high): a share with its 95 % interval; None and 0 to 1 when there is nothing to count."""


def wilson(hits: int, total: int) -> Rate:
    """A share with its Wilson 95 % interval, each 0 to 1. Source: Wilson 1927."""
    if total <= 0:
        return None, 0.0, 1.0
    z = _Z95
    share, scale = hits / total, 1 + z * z / total
    centre = (share + z * z / (2 * total)) / scale
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    return share, max(0.0, centre - half), min(1.0, centre + half)


def counted(calls: Iterable[Call]) -> list[Call]:
    """Calls by phone that count: not undone."""
    return [call for call in calls if call.voided_at is None and call.channel == PHONE]


def is_conversation(call: Call, least_s: float = CONVERSATION_S) -> bool:
    """A right-party talk of at least `least_s` seconds; one of unknown length counts."""
    return call.is_ in RIGHT_PARTY and (call.talk_s is None or call.talk_s >= least_s)


def is_agreed(call: Call) -> bool:
    """A next step was agreed with the customer, and did not fall through later."""
    return (call.is_ in AGREED and call.cancelled_at is None) or call.promise is not None


def is_win(call: Call) -> bool:
    """A meeting or sale that stuck (B42)."""
    return call.is_ is Category.WIN and call.cancelled_at is None


class Summary(Struct, frozen=True):
    """Counts of a list of calls; `out` and `in` are directions."""

    dials: int = 0
    """Numbers called."""
    attempts: int = 0
    """Times a person was worked on; one may hold several dials."""
    people: int = 0
    connects: int = 0
    """Attempts answered by a human."""
    conversations: int = 0
    conversations_in: int = 0
    inbound: int = 0
    wins: int = 0
    agreed: int = 0


def summary(calls: Iterable[Call], conversation_s: float = CONVERSATION_S) -> Summary:
    """The counts of these calls; voided ones and other channels are left out."""
    mine = counted(calls)
    out = [call for call in mine if call.direction == "out"]
    inbound = [call for call in mine if call.direction == "in"]
    return Summary(
        dials=sum(max(len(call.dials), 1) for call in out),
        attempts=len(out),
        people=len({call.contact_id for call in out}),
        connects=sum(call.is_ in HUMAN for call in out),
        conversations=sum(is_conversation(call, conversation_s) for call in out),
        conversations_in=sum(is_conversation(call, conversation_s) for call in inbound),
        inbound=len(inbound),
        # The same meeting confirmed in a second call counts once.
        wins=len({(c.contact_id, c.answers.get("meeting_at", c.id)) for c in mine if is_win(c)}),
        agreed=sum(map(is_agreed, mine)),
    )


READY_S = 2.0
"""A caller is met in time when card and words are there so soon after the first key (B21)."""


def callback_ready(seconds: Sequence[float]) -> tuple[Rate, float | None]:
    """(share of callers met in time, median seconds to identify), from the time each one took."""
    in_time = wilson(sum(taken <= READY_S for taken in seconds), len(seconds))
    return in_time, median(seconds) if seconds else None


class Comparison(Struct, frozen=True):
    """Two script variants: which one won, or how many more calls it takes to tell."""

    winner: int | None
    """0 or 1; None while nobody can tell."""
    more: int | None
    """Calls still needed; 0 when there is a winner, None when no difference is in sight."""


def compare_variants(
    hits_a: int, total_a: int, hits_b: int, total_b: int, least: int = MIN_PER_VARIANT
) -> Comparison:
    """The winner, named only when the Wilson intervals do not overlap and each variant has `least` calls."""
    apart = _winner(hits_a, total_a, hits_b, total_b)
    missing = max(least - total_a, 0) + max(least - total_b, 0)
    if apart is not None and not missing:
        return Comparison(apart, 0)
    if not total_a or not total_b:
        return Comparison(None, missing)
    share_a, share_b, each = hits_a / total_a, hits_b / total_b, least
    while each <= 20_000:
        if _winner(round(share_a * each), each, round(share_b * each), each) is not None:
            return Comparison(None, max(each - total_a, 0) + max(each - total_b, 0) or missing or 1)
        each = each * 5 // 4
    return Comparison(None, None)


Key = TypeVar("Key", int, str)


def most_and_fewest(shares: Mapping[Key, tuple[int, int]], least: int) -> tuple[Key, Key] | None:
    """Of (hits, total) by key the keys of the greatest and the smallest share, where the two intervals do not overlap.

    None where they do. What has fewer than `least` is left out; of equal shares the first key is meant.
    """
    ranked = sorted((-hits / total, key) for key, (hits, total) in shares.items() if total >= max(least, 1))
    if len(ranked) < 2:
        return None
    most, fewest = ranked[0][1], ranked[-1][1]
    return (most, fewest) if _winner(*shares[most], *shares[fewest]) == 0 else None


def _winner(hits_a: int, total_a: int, hits_b: int, total_b: int) -> int | None:
    _, low_a, high_a = wilson(hits_a, total_a)
    _, low_b, high_b = wilson(hits_b, total_b)
    return 0 if low_a > high_b else 1 if low_b > high_a else None


Cell = tuple[int, int]
"""(weekday, hour)."""


def heat(cells: Mapping[Cell, tuple[int, int]]) -> dict[Cell, float]:
    """Shrunk connect rate of each (weekday, hour), from its (connects, dials).

    Each cell leans on its hour and each hour on the whole (beta prior), so that luck makes no golden hour.
    """
    connects, dials = Counter[int](), Counter[int]()
    for (_, hour), (hits, total) in cells.items():
        connects[hour] += hits
        dials[hour] += total
    overall = (connects.total() + 1) / (dials.total() + 2)
    weight = prior_strength(cells, overall)
    by_hour = {hour: (connects[hour] + weight * overall) / (dials[hour] + weight) for hour in dials}
    return {
        cell: (hits + weight * by_hour[cell[1]]) / (total + weight) for cell, (hits, total) in cells.items()
    }


def prior_strength(cells: Mapping[Cell, tuple[int, int]], overall: float) -> float:
    """How many dials the prior weighs, 20 to 2000, by the method of moments: more the less the cells differ."""
    filled = [(hits, total) for hits, total in cells.values() if total]
    dials = sum(total for _, total in filled)
    expected = overall * (1 - overall)
    spread = sum(total * (hits / total - overall) ** 2 for hits, total in filled)
    beyond_chance = (spread - expected * len(filled)) / dials if dials else 0
    if len(filled) < 2 or beyond_chance <= 0:
        return 2000
    return min(2000, max(20, expected / beyond_chance - 1))


DECIDED = frozenset(Verdict) - {Verdict.OPEN, Verdict.OVERTAKEN}
"""Verdicts of promises that were ours to keep, and whose time is over."""
KEPT = frozenset({Verdict.KEPT, Verdict.EARLY_ACKNOWLEDGED})
"""Of those decided, the ones that count as kept."""


class PromiseVerdict(Struct, frozen=True):
    """One promise and what became of it."""

    call_id: str
    """The call in which it was made."""
    verdict: Verdict


def promise_verdicts(calls: Iterable[Call], now: datetime, policy: Policy) -> list[PromiseVerdict]:
    """A verdict for each promise in these calls, by contact and then by time. Voided calls count nowhere."""
    by_contact: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_contact[call.contact_id].append(call)
    verdicts = []
    for contact_id in sorted(by_contact):
        states = promise_states(history_of(by_contact[contact_id]).touches, now, policy)
        verdicts += [PromiseVerdict(state.made_in.id, state.verdict) for state in states]
    return verdicts


WAITING_DAYS = 2
"""More business days than this past the due day is left waiting."""
LOOK_AHEAD = timedelta(days=7)
WORKDAYS_AHEAD = 5
_PEST_CODES = TOO_OFTEN | {"do_not_call"}
"""Codes of the dial check."""


class Waiting(Struct, frozen=True):
    """People we should have called and did not."""

    left_waiting: int
    pursuable: int
    """People with a next call; those never called, or known only from an import, wait for nobody."""


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
    return weeks * 5 + sum((first + DAY * (n + 1)).weekday() < 5 for n in range(rest))


class Capacity(Struct, frozen=True):
    """What the rep reaches in a day, and what the list needs."""

    reached_a_day: float | None
    """Median people tried on days on which somebody was left over; None without any: nobody knows yet."""
    needed_a_day: float
    """Follow-ups due by the end of the next 7 days, spread over 5 working days."""

    @property
    def falls_short(self) -> bool:
        """Whether people will be left waiting at this pace."""
        return self.reached_a_day is not None and self.needed_a_day > self.reached_a_day


Wait = tuple[datetime, datetime | None, Callable[[], datetime | None]]
"""Between two calls to somebody, or before the first: from when, until when (None: until now), and what gives the
moment from which they could have been called, None when they could not. It is asked only where it decides a day."""


def left_over(days: Iterable[date], waits: Iterable[Wait], zone: str) -> set[date]:
    """Those of the days at whose end somebody was left who could have been called; days are those of the zone.

    Where nobody was, the rep called all there were, which says nothing of how many they reach.
    """
    unknown, found = set(days), set[date]()
    for since, until, due in waits if unknown else ():
        last = local(until, zone).date() if until else date.max
        first = local(since, zone).date()
        if within := {day for day in unknown if first <= day < last}:
            callable_from = due()
            opens = local(callable_from, zone).date() if callable_from else date.max
            found |= (left := {day for day in within if opens <= day})
            unknown -= left
        if not unknown:
            break
    return found


def capacity(
    steps: Iterable[NextStep], calls: Iterable[Call], now: datetime, zone: str, waits: Iterable[Wait]
) -> Capacity:
    """Capacity from the next steps of the rep's people and from the rep's own calls; days are those of their zone."""
    tried = {(c.contact_id, local(c.at, zone).date()) for c in counted(calls) if c.direction == "out"}
    days = Counter(day for _, day in tried)
    counting = [days[day] for day in left_over(days, waits, zone)]
    due = sum(_waits_for_us(step) and step.due is not None and step.due <= now + LOOK_AHEAD for step in steps)
    return Capacity(median(counting) if counting else None, due / WORKDAYS_AHEAD)


def gave_up_early(contact: Contact, calls: Iterable[Call], policy: Policy) -> bool:
    """Whether the rep stopped a person before the planned attempts and without ever talking to them (B30)."""
    history = history_of(calls)
    return contact.pursuit == "stopped" and history.last_talk is None and history.unanswered < policy.attempts


def pest_reasons(
    contact: Contact,
    calls: Sequence[Call],
    policy: Policy,
    *,
    zones: Callable[[Call], tuple[str, ...]] = lambda _call: (),
    since: datetime | None = None,
) -> dict[str, tuple[str, ...]]:
    """Why each outbound attempt was one too many, by call id; attempts that were fine are left out.

    `zones` says where they may have been at a call, whose number may be another one than today's. With `since`
    (UTC) earlier attempts are not looked at; they still count towards the caps of later ones.

    Codes: early_call (not acknowledged), too_soon (before the customer's own interval), over_cap,
    outside_hours, repeated_reason, do_not_call.
    """
    history = history_of(calls)
    then = replace(contact, do_not_call=Refusal())  # a refusal counts from the call in which it was said
    found = {}
    for attempt in history.attempts:
        if since is not None and attempt.at < since:
            continue
        before = [call for call in history.touches if (call.at, call.id) < (attempt.at, attempt.id)]
        if codes := _pest_codes(then, before, attempt, policy, zones(attempt)):
            found[attempt.id] = codes
    return found


def _pest_codes(
    contact: Contact, before: Sequence[Call], attempt: Call, policy: Policy, zones: tuple[str, ...]
) -> tuple[str, ...]:
    wish, fine = contact.prefers, set[str]()
    if not before or not wish.every or (wish.since is not None and wish.since > attempt.at):
        fine.add("sooner_than_planned")  # sooner than our own plan alone is nobody's complaint
    if attempt.acknowledged:
        fine.add("early_call")
    checks = dial_check(contact, before, policy, attempt.at, zones=zones, reason_id=attempt.reason_id)
    codes = [check.code for check in checks if check.code in _PEST_CODES - fine]
    return tuple("too_soon" if code == "sooner_than_planned" else code for code in codes)
