"""What a list of calls adds up to: counts, rates with their uncertainty, and fair comparisons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from tui.domain.call import Call
from tui.domain.history import PHONE
from tui.domain.outcome import AGREED, HUMAN, RIGHT_PARTY, Category

Z95 = 1.959964
CONVERSATION_S = 30.0
"""A right-party talk of at least so many seconds is a conversation."""
MIN_PER_VARIANT = 50
"""Fewer calls of a script variant name no winner."""
MIN_CELL_DIALS = 300
"""Hours of the day with fewer dials are greyed: no promise of a golden hour."""
SAME_DIAL_S = 60.0

Rate = tuple[float | None, float, float]
"""(rate, low, high): a share with its 95 % interval; None and 0 to 1 when there is nothing to count."""


def wilson(hits: int, total: int, z: float = Z95) -> Rate:
    """A share with its Wilson 95 % interval, each 0 to 1. Source: Wilson 1927."""
    if total <= 0:
        return None, 0.0, 1.0
    share, scale = hits / total, 1 + z * z / total
    centre = (share + z * z / (2 * total)) / scale
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    return share, max(0.0, centre - half), min(1.0, centre + half)


def newcombe(hits_a: int, total_a: int, hits_b: int, total_b: int) -> Rate:
    """The difference of two shares (a - b) with a 95 % interval, -1 to 1. Source: Newcombe 1998."""
    share_a, low_a, high_a = wilson(hits_a, total_a)
    share_b, low_b, high_b = wilson(hits_b, total_b)
    if share_a is None or share_b is None:
        return None, -1.0, 1.0
    difference = share_a - share_b
    below = sqrt((share_a - low_a) ** 2 + (high_b - share_b) ** 2)
    above = sqrt((high_a - share_a) ** 2 + (share_b - low_b) ** 2)
    return difference, difference - below, difference + above


def counted(calls: Iterable[Call]) -> list[Call]:
    """Calls by phone that count: not taken back."""
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


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a list of calls; `out` and `in` are directions. Times in seconds."""

    dials: int = 0
    """Numbers rung."""
    attempts: int = 0
    """Workings of a person; may hold several dials."""
    people: int = 0
    connects: int = 0
    """Attempts answered by a human."""
    right_party: int = 0
    conversations: int = 0
    conversations_in: int = 0
    inbound: int = 0
    wins: int = 0
    agreed: int = 0
    talk_s: float = 0.0
    wrap_s: float = 0.0
    ready_s: float = 0.0
    """Between calls."""
    wrap_median_s: float | None = None
    ready_median_s: float | None = None
    keys_median: float | None = None

    @property
    def connect_rate(self) -> Rate:
        """Connects per dial."""
        return wilson(min(self.connects, self.dials), self.dials)

    @property
    def right_party_rate(self) -> Rate:
        """Right-party contacts per dial."""
        return wilson(min(self.right_party, self.dials), self.dials)

    @property
    def conversation_rate(self) -> Rate:
        """Outbound conversations per dial."""
        return wilson(min(self.conversations, self.dials), self.dials)

    @property
    def conversion(self) -> Rate:
        """Meetings and sales per conversation, outbound and inbound."""
        talks = self.conversations + self.conversations_in
        return wilson(min(self.wins, talks), talks)

    def dials_per_hour(self, active_s: float) -> float | None:
        """Dials per active hour; None without active time."""
        return self.dials * 3600 / active_s if active_s > 0 else None


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
        right_party=sum(call.is_ in RIGHT_PARTY for call in out),
        conversations=sum(is_conversation(call, conversation_s) for call in out),
        conversations_in=sum(is_conversation(call, conversation_s) for call in inbound),
        inbound=len(inbound),
        wins=_wins(mine),
        agreed=sum(map(is_agreed, mine)),
        talk_s=sum(call.talk_s or 0.0 for call in mine if call.is_ in HUMAN),
        wrap_s=sum(call.wrap_s for call in mine),
        ready_s=sum(call.ready_s for call in out),
        wrap_median_s=median(call.wrap_s for call in mine) if mine else None,
        ready_median_s=median(call.ready_s for call in out) if out else None,
        keys_median=median(call.keys for call in mine) if mine else None,
    )


def _wins(calls: Iterable[Call]) -> int:
    """Meetings and sales that stuck; the same meeting confirmed in a second call counts once."""
    won = (call for call in calls if is_win(call))
    return len({(call.contact_id, call.answers.get("meeting_at", call.id)) for call in won})


READY_S = 2.0
"""A caller is met in time when card and words are there so soon after the first key (B21)."""


def callback_ready(seconds: Sequence[float]) -> tuple[Rate, float | None]:
    """(share of callers met in time, median seconds to identify), from the time each one took."""
    return wilson(sum(taken <= READY_S for taken in seconds), len(seconds)), median(
        seconds
    ) if seconds else None


def by_variant(
    calls: Iterable[Call], hit: Callable[[Call], bool] = is_conversation
) -> dict[tuple[str, str], tuple[int, int]]:
    """(hits, attempts) of each (script id, variant): outbound calls in which that script was on the screen."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for call in counted(calls):
        if call.direction == "out" and call.script.id:
            key = call.script.id, call.script.variant
            hits, total = counts.get(key, (0, 0))
            counts[key] = hits + hit(call), total + 1
    return counts


@dataclass(frozen=True, slots=True)
class Comparison:
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


def _winner(hits_a: int, total_a: int, hits_b: int, total_b: int) -> int | None:
    _, low_a, high_a = wilson(hits_a, total_a)
    _, low_b, high_b = wilson(hits_b, total_b)
    if low_a > high_b:
        return 0
    return 1 if low_b > high_a else None


Cell = tuple[int, int]
"""(weekday, hour)."""


def heat(cells: Mapping[Cell, tuple[int, int]], strength: float | None = None) -> dict[Cell, float]:
    """Shrunk connect rate of each (weekday, hour), from its (connects, dials).

    Each cell leans on its hour and each hour on the whole (beta prior), so that luck makes no golden hour.
    """
    connects, dials = (sum(counts[i] for counts in cells.values()) for i in (0, 1))
    overall = (connects + 1) / (dials + 2)
    weight = strength if strength is not None else prior_strength(cells, overall)
    hours: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (_, hour), (hits, total) in cells.items():
        hours[hour][0] += hits
        hours[hour][1] += total
    by_hour = {hour: (hits + weight * overall) / (total + weight) for hour, (hits, total) in hours.items()}
    return {
        cell: (hits + weight * by_hour[cell[1]]) / (total + weight) for cell, (hits, total) in cells.items()
    }


def prior_strength(
    cells: Mapping[Cell, tuple[int, int]], overall: float, least: float = 20, most: float = 2000
) -> float:
    """How many dials the prior weighs: more when the cells differ no more than chance (method of moments)."""
    filled = [(hits, total) for hits, total in cells.values() if total]
    dials = sum(total for _, total in filled)
    if len(filled) < 2:
        return most
    variance = sum(total * (hits / total - overall) ** 2 for hits, total in filled) / dials
    chance = overall * (1 - overall) * len(filled) / dials
    beyond = variance - chance
    if beyond <= 0:
        return most
    return min(most, max(least, overall * (1 - overall) / beyond - 1))


def suspected_doubles(calls: Iterable[Call]) -> list[tuple[str, str]]:
    """Pairs of ids: one rep, one person, twice within a minute. For a person to look at, never dropped."""
    last: dict[tuple[str, str], Call] = {}
    pairs = []
    for call in sorted(counted(calls), key=lambda c: (c.at, c.id)):
        if not call.contact_id:
            continue  # nobody knows whether it was the same person
        before = last.get((call.rep, call.contact_id))
        if before is not None and (call.at - before.at).total_seconds() <= SAME_DIAL_S:
            pairs.append((before.id, call.id))
        last[call.rep, call.contact_id] = call
    return pairs
