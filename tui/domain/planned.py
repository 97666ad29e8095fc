"""A planned call: a call-back that came with an import. It is a plan of ours, not a call and not a promise.

It counts in no rate and no report, nobody apologises for it, and a call that works it closes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.domain.call import Call
from tui.domain.history import is_missed_inbound, is_our_call
from tui.domain.ids import derived_id
from tui.domain.outcome import RIGHT_PARTY
from tui.domain.promise import Precision, Promise

_NO_GRACE = timedelta(0)


@dataclass(frozen=True, slots=True)
class PlannedCall:
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
