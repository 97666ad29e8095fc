"""What each outcome would do, in words; worked out once a minute at most, not with every tick of the clock."""

from __future__ import annotations

from tui.cockpit import words
from tui.cockpit.desk import Desk
from tui.cockpit.working import Working
from tui.domain.call import Call, Dial
from tui.domain.policy import what_if


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
        dials = tuple(working.dials)
        known = (working.id, contact, desk.step(contact), dials, working.reason_id, working.direction, minute)
        if known != self._known:
            self._known, self._sentences = known, self._fresh(working, dials)
        return self._sentences

    def _fresh(self, working: Working, dials: tuple[Dial, ...]) -> tuple[str, ...]:
        desk, contact, now = self._desk, working.contact, self._desk.now
        policy, first = desk.settings.policy, desk.number(contact)
        calls = [call for call in desk.calls(contact) if call.id != working.correcting]
        clocks, plans = desk.clocks(contact), desk.store.plans(contact.id)
        sentences = []
        for outcome in desk.settings.outcomes:
            would = Call(
                working.id,
                contact.id,
                working.happened_at(now),
                outcome.id,
                outcome.is_,
                direction=working.direction,
                dials=dials,
                reason_id=working.reason_id,
            )
            step = what_if(contact, calls, policy, now, would, zones=first.zones, law=first.law, plans=plans)
            sentences.append(words.effect(outcome, step, policy, clocks, step.kind == "promise"))
        return tuple(sentences)
