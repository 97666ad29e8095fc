"""How fair we are to people right now, for the recap: who waits for us, and whom we rang too often (B27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tui.cockpit.desk import Desk
from tui.cockpit.report import USUAL_DAYS, too_many_of
from tui.cockpit.report_words import per_100, reach
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST
from tui.domain.fairness import capacity, waiting
from tui.domain.metrics import counted


class Standing:
    """The two indices of a session; counted once for each call, not once a second."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counted_for: tuple[str, ...] | None = None
        self._lines: tuple[str, ...] = ()

    def lines(self, calls: Sequence[Call]) -> tuple[str, ...]:
        """Left waiting, called too often, and what the list needs; nothing for demo people."""
        key = tuple(call.id for call in calls)
        if key != self._counted_for:
            self._counted_for, self._lines = key, self._count(calls)
        return self._lines

    def _count(self, calls: Sequence[Call]) -> tuple[str, ...]:
        desk = self._desk
        steps = [step for step in desk.ranking.everybody().values() if DEMO_LIST not in step.lists]
        if not steps:
            return ()
        late = waiting(steps, desk.now)
        out = [call for call in counted(calls) if call.direction == "out"]
        lines = [per_100("Left waiting", late.left_waiting, late.pursuable, "people")]
        if out:
            lines.append(per_100("Called too often", self._too_many(out), len(out), "calls"))
        recent = desk.store.calls(since=desk.now - timedelta(days=USUAL_DAYS))
        lines.append(reach(capacity(steps, recent, desk.now, desk.settings.zone)))
        return tuple(line for line in lines if line)

    def _too_many(self, calls: Sequence[Call]) -> int:
        mine, since = {call.id for call in calls}, min(call.at for call in calls)
        found = 0
        for one in {call.contact_id for call in calls}:
            if contact := self._desk.store.contact(one):
                history = self._desk.calls(contact)
                found += sum(
                    each.call_id in mine for each in too_many_of(self._desk, contact, history, since)
                )
        return found
