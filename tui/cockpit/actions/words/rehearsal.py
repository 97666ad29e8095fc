"""A call rehearsed: this person's script as a call would read it, without a call and without a record."""

from __future__ import annotations

from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.view import Phase, ScriptView
from tui.domain.ids import uuid7


class Rehearsal:
    """The walk of a call that is never made. It stands in no list of calls, so nothing of it can be saved."""

    def __init__(self, state: State, reading: ScriptReading) -> None:
        self._state, self._reading = state, reading
        self._working: Working | None = None

    def begin(self, contact_id: str) -> ScriptView | None:
        """The first words of a call to this person; None when they are no longer in the list."""
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            self._working = None
            return None
        now = state.now
        working = Working(uuid7(now), contact, now, now, number=contact.first_number)
        self._reading.prepare(working)
        working.answered_at = now
        working.enter(Phase.TALKING, now)
        self._working = working
        return self.script()

    def script(self) -> ScriptView:
        """The words of this moment."""
        return self._reading.view(self._working) if self._working else ScriptView()

    def on(self) -> ScriptView:
        """The next words."""
        if self._working:
            self._reading.on(self._working)
        return self.script()

    def back(self) -> ScriptView:
        """One step back."""
        if self._working:
            self._reading.back(self._working)
        return self.script()

    def answer(self, digit: str) -> ScriptView:
        """An answer by its digit; another one changes nothing."""
        if self._working:
            self._reading.answer(self._working, digit)
        return self.script()

    def jump(self, target: str) -> ScriptView:
        """To an objection or a part of the script."""
        if self._working:
            self._reading.jump(self._working, target)
        return self.script()

    def search(self, text: str) -> tuple[tuple[str, str], ...]:
        """Objections and situations that fit what they say: (target, label)."""
        return self._reading.search(self._working, text) if self._working else ()
