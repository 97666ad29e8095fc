"""The report: what all calls brought; outcomes first, dials last."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from tui.cockpit.call_view import RecapView
from tui.cockpit.view import View
from tui.screens.base import Handler
from tui.screens.hints import hints
from tui.screens.kit import Kit
from tui.screens.recap import recap_blocks
from tui.screens.text import ReadingScreen
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block


class ReportScreen(ReadingScreen[None]):
    """The report as it was when it was opened. It is counted beside the screen, which never waits for it."""

    place = "text"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._report: RecapView | None = None
        self._counted = False

    def on_mount(self) -> None:
        """Begin to count."""
        self.run_worker(self._count())

    async def _count(self) -> None:
        self._report = await asyncio.to_thread(self.kit.report)
        self._counted = True
        if self.view is not None:
            self.show(self.view)

    def blocks(self, view: View) -> Sequence[Block]:
        """The sections, or that there is nothing yet."""
        if not self._counted:
            return (Block("Report", ("Counting ...",)),)
        if self._report is None:
            return (Block("Report", ("Nothing to report yet. It fills as you call.",)),)
        return recap_blocks(self._report)

    def handlers(self) -> Mapping[str, Handler]:
        """Scroll and leave."""
        return {
            **super().handlers(),
            "text.down": lambda: self.scroll_lines(1),
            "text.up": lambda: self.scroll_lines(-1),
            "text.back": lambda: self.dismiss(None),
        }

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Back."""
        return (KeyFlow(hints(self.kit.keys, "text.back", "app.keys")),)
