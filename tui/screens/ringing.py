"""Somebody calls on the line: who it may be. By itself over the queue and a card before a dial, elsewhere on a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tui.cockpit.call_view import CallerRow, RingingView
from tui.cockpit.view import View
from tui.screens.base import Handler
from tui.screens.caller import UNKNOWN, CallerScreen
from tui.screens.screen_context import Kit, command_hint, hints
from tui.widgets.key_lines import KeyFlow, Row


class RingingScreen(CallerScreen):
    """The caller's card, found by their number; typing looks for somebody else."""

    place: ClassVar[str] = "ringing_in"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._ringing: RingingView | None = None

    def found(self, typed: str) -> tuple[CallerRow, ...]:
        """Those the number belongs to, until the rep types something else."""
        if typed:
            return self.cockpit.callers.look_up(typed)
        return self._ringing.rows if self._ringing else ()

    def heading(self) -> str:
        """Who is calling, as the line tells it."""
        named = (self._ringing.name, self._ringing.number) if self._ringing else ()
        return "Incoming call: " + " ".join(part for part in named if part)

    def show(self, view: View) -> None:
        """They gave up, or somebody took the call: on to whoever calls too, else back to where the rep was."""
        if view.ringing is None:
            if self.is_current:
                self.dismiss(None)
        elif view.ringing != self._ringing:
            self._ringing = view.ringing
            self.line.set_text("")
            self.look_up()

    def handlers(self) -> Mapping[str, Handler]:
        """Answer, choose, finish the other call first, decline."""
        return {
            "ringing_in.answer": self._open,
            "ringing_in.down": lambda: self.hits.move(1),
            "ringing_in.up": lambda: self.hits.move(-1),
            "ringing_in.later": self._later,
            "ringing_in.decline": self.cockpit.incoming.decline,
        }

    async def _later(self) -> None:
        self._ringing = None  # when they come back, their card is read again
        await self.cockpit.incoming.put_off()

    async def _open(self) -> None:
        chosen = self.hits.chosen
        await self.cockpit.incoming.take(None if chosen == UNKNOWN else chosen)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What each key does."""
        keys = self.kit.keys
        later = command_hint(keys, "ringing_in.later", "finish this one first")
        which = (self.choose_hint,) if len(self._found) > 1 else ()
        flow = (*hints(keys, "ringing_in.answer"), *which, later, *hints(keys, "ringing_in.decline"))
        return (KeyFlow(flow),)
