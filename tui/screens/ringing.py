"""Somebody rings on the line: who it may be, over whatever was on the screen. Answer, decline, or finish first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.widgets import Input

from tui.cockpit.view import CallerRow, RingingView, View
from tui.screens.base import Handler
from tui.screens.caller import UNKNOWN, CallerScreen
from tui.screens.hints import command_hint, hints
from tui.screens.kit import Kit
from tui.widgets.key_lines import KeyFlow, Row


class RingingScreen(CallerScreen):
    """The caller's card, found by their number; typing looks for somebody else."""

    place: ClassVar[str] = "ringing_in"

    def __init__(self, kit: Kit, ringing: RingingView) -> None:
        super().__init__(kit)
        self._ringing = ringing

    def found(self, typed: str) -> tuple[CallerRow, ...]:
        """Those the number belongs to, until the rep types something else."""
        return self.cockpit.look_up(typed) if typed else self._ringing.rows

    @on(Input.Changed, "#caller-text")
    def look_up(self) -> None:
        """Show who it may be."""
        self.show_found(self.found(self.line.value))
        who = " ".join(part for part in (self._ringing.name, self._ringing.number) if part)
        self.hits.show(f"Ringing now: {who}", f"{len(self.hits.rows) - 1:,}")

    def show(self, view: View) -> None:
        """They gave up, or somebody took the call: on to whoever rings too, else back to where the rep was."""
        if view.ringing is None:
            if self.is_current:
                self.dismiss(None)
        elif view.ringing.call_id != self._ringing.call_id:
            self._ringing = view.ringing
            self.line.set_text("")
            self.look_up()

    def handlers(self) -> Mapping[str, Handler]:
        """Answer, choose, finish the other call first, decline."""
        return {
            "ringing_in.answer": self._answer,
            "ringing_in.down": lambda: self.hits.move(1),
            "ringing_in.up": lambda: self.hits.move(-1),
            "ringing_in.later": self.cockpit.put_off_ringing,
            "ringing_in.decline": self.cockpit.decline_ringing,
        }

    async def _answer(self) -> None:
        chosen = self.hits.chosen
        await self.cockpit.take_ringing(None if chosen == UNKNOWN else chosen)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What each key does."""
        keys = self.kit.keys
        later = command_hint(keys, "ringing_in.later", "finish this one first")
        return (KeyFlow((*hints(keys, "ringing_in.answer"), later, *hints(keys, "ringing_in.decline"))),)
