"""All outcomes with their keys, and what each would do, said before it is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import var

from tui.cockpit.call_view import OutcomeRow
from tui.cockpit.view import Phase, View
from tui.widgets.lines import Line, Lines, cut, pad, rule


def label_width(rows: Sequence[OutcomeRow]) -> int:
    """Cells for the label column: the longest label and three blanks, within reason."""
    return min(max((cell_len(row.label) for row in rows), default=0), 24) + 3


class OutcomeList(Lines):
    """The list while the rep chooses. Enter takes the highlighted one, a letter any."""

    view: var[View | None] = var(None, init=False)
    """What to show."""
    cursor: var[int] = var(0, init=False)
    """Which row Enter takes."""

    def watch_view(self, before: View | None, now: View | None) -> None:
        """On entering the phase the suggested outcome is highlighted."""
        entered = before is None or before.phase is not Phase.CALL_OVER
        if now is not None and now.phase is Phase.CALL_OVER and entered:
            self.cursor = next((n for n, row in enumerate(now.outcomes) if row.suggested), 0)
        self.update_lines()

    def watch_cursor(self) -> None:
        """Another row is highlighted."""
        self.update_lines()

    def move(self, step: int) -> None:
        """Highlight another row; stops at both ends."""
        rows = self.view.outcomes if self.view else ()
        self.cursor = max(0, min(self.cursor + step, len(rows) - 1))

    @property
    def highlighted(self) -> OutcomeRow | None:
        """The outcome Enter would take."""
        rows = self.view.outcomes if self.view else ()
        return rows[self.cursor] if self.cursor < len(rows) else None

    def lines(self, width: int) -> Sequence[Line]:
        """Only while choosing."""
        view = self.view
        if view is None or view.phase is not Phase.CALL_OVER:
            return ()
        room = label_width(view.outcomes)
        rows = [self._row(n, row, room, width) for n, row in enumerate(view.outcomes)]
        return [rule("How did it go?", "", width), *rows]

    def _row(self, number: int, row: OutcomeRow, room: int, width: int) -> Line:
        here = number == self.cursor
        effect = cut(row.effect, width - room - 7)
        line: Line = (
            (" ▸ " if here else "   ", "accent"),
            (row.key, "key"),
            (f"  {pad(row.label, room)}", "strong" if here else ""),
            (effect, "" if here else "dim"),
        )
        return line
