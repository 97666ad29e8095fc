"""The terminal's own cursor: it stands where the keys act, because who reads or magnifies a screen follows it."""

from __future__ import annotations

from typing import Any

from textual.geometry import Offset

from tui.screens.base import CockpitScreen
from tui.widgets.ask_panel import AskPanel
from tui.widgets.look_screen import seen_screen

NOWHERE = Offset(0, 0)


def cursor_on(screen: CockpitScreen[Any]) -> Offset:
    """Where it stands: on the line that is typed on, else at the question, else on the selected row."""
    if screen.is_too_small or not screen.is_made:
        return NOWHERE
    if (line := screen.line_in_use) is not None:
        return line.cursor_screen_offset
    if screen.asked is not None:
        return screen.query_one(AskPanel).region.offset
    part = screen.selected_part()
    return part.region.offset + Offset(0, part.cursor_line) if part is not None else NOWHERE


class CursorWhereKeysAct:
    """Stands before Textual's app among the bases of ours."""

    @property
    def cursor_position(self: Any) -> Offset:
        """Asked for each time the screen is painted."""
        screen = seen_screen(self)
        return cursor_on(screen) if isinstance(screen, CockpitScreen) else NOWHERE

    @cursor_position.setter
    def cursor_position(self: Any, at: Offset) -> None:
        """Textual's text fields say where they have it; it is found when it is needed."""
