"""The recap: reactions, next steps and what is owed first; numbers last."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from tui.cockpit.call_view import RecapView
from tui.cockpit.view import View
from tui.locale.spoken import translated
from tui.screens.base import Handler
from tui.screens.help import ReadingScreen
from tui.screens.screen_context import ScreenContext
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block, Reading


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
            "recap.end": self.cockpit.session.end,
            "recap.extend": self.cockpit.session.extend,
            "recap.back": self.cockpit.session.leave_recap,
            "recap.undo": self.cockpit.undo.last,
        }

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Going on is offered only while the session can go on."""
        running = view.recap is not None and view.recap.running
        more = ("recap.extend", "recap.back") if running else ()
        return (KeyFlow(self.named("recap.end", *more, "app.caller", "app.keys")),)


class ReportScreen(ReadingScreen[None]):
    """The report as it was when it was opened. It is counted beside the screen, which never waits for it."""

    place = "text"
    key_ids = ("text.back", "app.keys")

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._report: RecapView | None = None
        self._counted = False

    def on_mount(self) -> None:
        """Begin to count."""
        self.run_worker(self._count())

    async def _count(self) -> None:
        self._report = await asyncio.to_thread(self.context.report)
        self._counted = True
        if self.query(Reading):  # else it was left meanwhile
            self.show(self.view)

    def blocks(self, view: View) -> Sequence[Block]:
        """The sections, or that there is nothing yet."""
        if not self._counted:
            return (Block(translated("Report"), (translated("Counting ..."),)),)
        if self._report is None:
            return (
                Block(translated("Report"), (translated("Nothing to report yet. It fills as you call."),)),
            )
        return recap_blocks(self._report)
