"""The moments at which time alone changes what is next: a next step lapses, a promise is due."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from tui.domain.next_step import NextStep

LAPSES_A_FRAME = 10
"""Next steps worked out again at once: each reads a contact and its calls."""
_NOTHING: Mapping[str, NextStep] = {}


class Times:
    """When the next steps of these people lapse, and when their promises are due, of those after `now`."""

    def __init__(self, steps: Mapping[str, NextStep] = _NOTHING, now: datetime = datetime.min) -> None:
        self._lapses = [(step.valid_until, one) for one, step in steps.items() if step.valid_until]
        heapq.heapify(self._lapses)
        self._strikes = [(s.due, one) for one, s in steps.items() if s.due and s.strikes_after(now)]
        heapq.heapify(self._strikes)
        self._doubted: deque[str] = deque()

    def doubt(self, contact_ids: Iterable[str]) -> None:
        """The next steps of all these are to be worked out again, in this order."""
        self._doubted = deque(contact_ids)

    def follow(self, contact_id: str, step: NextStep, now: datetime) -> None:
        """A person has another next step."""
        if step.valid_until:
            heapq.heappush(self._lapses, (step.valid_until, contact_id))
        if step.due and step.strikes_after(now):
            heapq.heappush(self._strikes, (step.due, contact_id))

    def lapsed(self, now: datetime, step_of: Callable[[str], NextStep]) -> set[str]:
        """People whose next step time alone has changed since this was asked last, then those in doubt; at most
        `LAPSES_A_FRAME`.
        """
        found: set[str] = set()
        while self._lapses and self._lapses[0][0] <= now and len(found) < LAPSES_A_FRAME:
            contact_id = heapq.heappop(self._lapses)[1]
            if step_of(contact_id).has_lapsed(now):
                found.add(contact_id)
        while self._doubted and len(found) < LAPSES_A_FRAME:
            found.add(self._doubted.popleft())
        return found

    def struck(self, now: datetime, step_of: Callable[[str], NextStep]) -> list[str]:
        """People whose promised minute has come since this was asked last, each once, the earliest first."""
        found: dict[str, None] = {}
        while self._strikes and self._strikes[0][0] <= now:
            due, contact_id = heapq.heappop(self._strikes)
            step = step_of(contact_id)
            if step.kind == "promise" and step.due == due:
                found[contact_id] = None
        return list(found)
