"""Where a call stands, in one line on wide screens: `Queue ▸ Dial ▸ Script ▸ Outcome`."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import var

from tui.cockpit.view import Phase, View
from tui.widgets.lines import Line, Lines

STOPS = ("Queue", "Dial", "Script", "Outcome")
STOP_OF = {
    Phase.QUEUE: 0,
    Phase.READY: 1,
    Phase.NEXT_IN: 1,
    Phase.DIALLING: 1,
    Phase.RINGING: 1,
    Phase.TALKING: 2,
    Phase.CALL_OVER: 3,
    Phase.FORM: 3,
}


class PhaseStrip(Lines):
    """The four stops of a call; the one we are at is marked."""

    view: var[View | None] = var(None, init=False)
    """What to show."""

    def watch_view(self) -> None:
        """Another phase."""
        self.update_lines()

    def lines(self, width: int) -> Sequence[Line]:
        """One line."""
        here = STOP_OF.get(self.view.phase, -1) if self.view else -1
        line: list[tuple[str, str]] = [(" ", "")]
        for number, stop in enumerate(STOPS):
            line.append((" ▸ " if number else "", "dim"))
            line.append((stop, "accent strong" if number == here else "dim"))
        return (tuple(line),)
