"""Whether promises were kept: one verdict for each, from the calls that came after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.call import Call
from tui.domain.history import PHONE
from tui.domain.metrics import Rate, wilson
from tui.domain.outcome import RIGHT_PARTY
from tui.domain.promise import Promise

GRACE = timedelta(minutes=15)
"""So long before the minute a call keeps the promise."""
ON_TIME = timedelta(hours=2)
"""So long after the minute a call still keeps it; later it is kept late."""


class Verdict(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    EARLY = "early"
    EARLY_ACKNOWLEDGED = "early_acknowledged"
    OVERTAKEN = "overtaken"
    """They were faster and rang us: nobody's fault."""
    OPEN = "open"


DECIDED = frozenset(
    {Verdict.KEPT, Verdict.KEPT_LATE, Verdict.BROKEN, Verdict.EARLY, Verdict.EARLY_ACKNOWLEDGED}
)
_HONOURED = frozenset({Verdict.KEPT, Verdict.EARLY_ACKNOWLEDGED})


@dataclass(frozen=True, slots=True)
class PromiseVerdict:
    """One promise and what became of it."""

    call_id: str
    """The call in which it was made."""
    contact_id: str
    rep: str
    verdict: Verdict
    kept_by: str = ""
    """The rep of the call that settled it; empty when none did."""


def promise_verdicts(calls: Iterable[Call], now: datetime) -> list[PromiseVerdict]:
    """A verdict for each promise in these calls, by contact and then by time. Voided calls count nowhere."""
    by_contact: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        if call.voided_at is None:
            by_contact[call.contact_id].append(call)
    verdicts = []
    for contact_id in sorted(by_contact):
        history = sorted(by_contact[contact_id], key=lambda c: (c.at, c.id))
        for index, call in enumerate(history):
            if call.promise is not None:
                verdict, settled_by = _verdict(call.promise, history[index + 1 :], now)
                kept_by = settled_by.rep if settled_by else ""
                verdicts.append(PromiseVerdict(call.id, contact_id, call.rep, verdict, kept_by))
    return verdicts


def kept_rate(verdicts: Iterable[PromiseVerdict]) -> Rate:
    """(kept + early and acknowledged) / decided, with its interval."""
    decided = [one.verdict for one in verdicts if one.verdict in DECIDED]
    return wilson(sum(verdict in _HONOURED for verdict in decided), len(decided))


def _verdict(promise: Promise, later: Sequence[Call], now: datetime) -> tuple[Verdict, Call | None]:
    on_time_from, late_from = promise.on_time_from(GRACE), promise.late_from(ON_TIME)
    early: tuple[Verdict, Call | None] | None = None
    for call in later:
        if call.direction == "in":
            if call.channel == PHONE:
                return Verdict.OVERTAKEN, call
            continue
        if call.at < on_time_from:
            if not call.acknowledged and call.channel == PHONE:
                return Verdict.EARLY, call
            if call.acknowledged:
                early = Verdict.EARLY_ACKNOWLEDGED, call
            if call.is_ in RIGHT_PARTY:
                return early or (Verdict.EARLY, call)
            continue
        if call.channel == promise.channel or call.is_ in RIGHT_PARTY:
            return (Verdict.KEPT if call.at < late_from else Verdict.KEPT_LATE), call
    if early is not None:
        return early
    return (Verdict.OPEN if now < late_from else Verdict.BROKEN), None
