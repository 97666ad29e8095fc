"""What each outcome would do, in words; worked out once a minute at most, not with every tick of the clock."""

from __future__ import annotations

from tui.cockpit import words
from tui.cockpit.desk import Desk
from tui.cockpit.outlook import outlook
from tui.cockpit.working import Working


class Effects:
    """Effects of the outcomes on the call in hand."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[object, ...] = ()
        """What the sentences were made from."""
        self._sentences: tuple[str, ...] = ()

    def of(self, working: Working) -> tuple[str, ...]:
        """One sentence for each outcome of the settings, in their order."""
        desk, contact = self._desk, working.contact
        minute = desk.now.replace(second=0, microsecond=0)
        by_rep = (working.reason_id, working.direction, working.number, tuple(working.signals))
        known = (working.id, contact, desk.step(contact), tuple(working.dials), by_rep, minute)
        if known != self._known:
            self._known, self._sentences = known, self._fresh(working)
        return self._sentences

    def _fresh(self, working: Working) -> tuple[str, ...]:
        desk, clocks = self._desk, self._desk.clocks(working.contact)
        return tuple(
            words.effect(outcome, outlook(desk, working, outcome), desk.settings.policy, clocks)
            for outcome in desk.settings.outcomes
        )
