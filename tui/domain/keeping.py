"""Whether promises were kept: one verdict for each, and their rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.metrics import Rate, wilson
from tui.domain.promise_state import PromiseState, Verdict, promise_states

__all__ = ["DECIDED", "PromiseVerdict", "Verdict", "kept_rate", "promise_verdicts"]

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


def promise_verdicts(calls: Iterable[Call], now: datetime, policy: Policy) -> list[PromiseVerdict]:
    """A verdict for each promise in these calls, by contact and then by time. Voided calls count nowhere."""
    by_contact: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        if call.voided_at is None:
            by_contact[call.contact_id].append(call)
    verdicts = []
    for contact_id in sorted(by_contact):
        history = sorted(by_contact[contact_id], key=lambda c: (c.at, c.id))
        verdicts += [_verdict(state) for state in promise_states(history, now, policy)]
    return verdicts


def _verdict(state: PromiseState) -> PromiseVerdict:
    made, settled_by = state.made_in, state.kept_by
    return PromiseVerdict(
        made.id, made.contact_id, made.rep, state.verdict, settled_by.rep if settled_by else ""
    )


def kept_rate(verdicts: Iterable[PromiseVerdict]) -> Rate:
    """(kept + early and acknowledged) / decided, with its interval."""
    decided = [one.verdict for one in verdicts if one.verdict in DECIDED]
    return wilson(sum(verdict in _HONOURED for verdict in decided), len(decided))
