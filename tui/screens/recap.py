"""The recap: reactions, next steps and what is owed first; numbers last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.cockpit.call_view import RecapView
from tui.cockpit.view import View
from tui.screens.base import Handler
from tui.screens.hints import hints
from tui.screens.text import ReadingScreen
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block


def recap_blocks(recap: RecapView) -> list[Block]:
    """The sections of a recap or report, in their order; the title is the first heading."""
    return [
        Block("", (recap.title,)),
        *(Block(heading, lines, quiet=recap.quiet) for heading, lines in recap.sections),
    ]


class RecapScreen(ReadingScreen[None]):
    """What the session brought."""

    place = "recap"

    def blocks(self, view: View) -> Sequence[Block]:
        """The sections in the order the cockpit gives."""
        return recap_blocks(view.recap) if view.recap else ()

    def handlers(self) -> Mapping[str, Handler]:
        """Done, five more minutes, back."""
        return {
            **super().handlers(),
            "recap.end": self.cockpit.end_session,
            "recap.extend": self.cockpit.extend,
            "recap.back": self._back,
            "recap.undo": self.cockpit.undo,
        }

    async def _back(self) -> None:
        if self.view and self.view.recap and self.view.recap.running:
            await self.cockpit.leave_recap()
        else:
            await self.cockpit.tell(f"The session is over: {self.kit.shown('recap.end')} goes to the queue.")

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Going on is offered only while the session can go on."""
        running = view.recap is not None and view.recap.running
        more = ("recap.extend", "recap.back") if running else ()
        return (KeyFlow(hints(self.kit.keys, "recap.end", *more, "app.caller", "app.keys")),)
