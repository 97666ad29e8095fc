"""The recap of a session, and the report behind it with the numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from tui.cockpit import offers
from tui.cockpit.by_command import doing
from tui.cockpit.call_view import RecapView
from tui.cockpit.view import View
from tui.locale.spoken import translated
from tui.screens.base import Handler
from tui.screens.help import ReadingScreen
from tui.screens.screen_context import ScreenContext, command_hint
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block, Reading
from tui.widgets.words import say

LABELS_END = 15
"""Column of the words behind the labels of the recap."""


def recap_blocks(recap: RecapView) -> list[Block]:
    """The recap: what has a label as one table under its title, then the sentences."""
    pairs = tuple(
        ("" if place else label, line)
        for label, lines in recap.sections
        for place, line in enumerate(lines)
        if label
    )
    sentences = tuple(line for label, lines in recap.sections for line in lines if not label)
    blocks = [Block(recap.title, pairs=pairs, indent=LABELS_END)]
    return [*blocks, Block("", sentences)] if sentences else blocks


def report_blocks(report: RecapView) -> list[Block]:
    """The sections of a report, in their order; the title is the first heading."""
    return [
        Block("", (report.title,)),
        *(Block(heading, lines, quiet=report.quiet) for heading, lines in report.sections),
    ]


class RecapScreen(ReadingScreen[None]):
    """What the session brought."""

    place = "recap"

    def blocks(self, view: View) -> Sequence[Block]:
        """What the cockpit gives, in its order."""
        return recap_blocks(view.recap) if view.recap else ()

    def handlers(self) -> Mapping[str, Handler]:
        """End or once more, five more minutes, the numbers, back: what the last lines say."""
        return {
            **super().handlers(),
            **doing(self.cockpit, "recap"),
            "recap.report": lambda: self.app.push_screen(ReportScreen(self.context, self.view.recap)),
        }

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What Enter and Esc do depends on whether there is time left."""
        keys = self.context.keys
        *offered, extend = (command_hint(keys, command_id, words) for command_id, words in offers.recap(view))
        caller, *rest = self.named("app.caller", "app.keys")
        return (KeyFlow((*offered, caller, extend, *rest)),)


class ReportScreen(ReadingScreen[None]):
    """The report as it was when it was opened. It is counted beside the screen, which never waits for it."""

    place = "text"
    key_ids = ("text.back", "app.keys")

    def __init__(self, context: ScreenContext, recap: RecapView | None = None) -> None:
        """`recap`: that of a session, whose figures come first."""
        super().__init__(context)
        numbers = recap.numbers if recap else ()
        self._session = (Block(say("this_session"), numbers, quiet=numbers[-1:]),) if numbers else ()
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
            return (*self._session, Block(translated("Report"), (translated("Counting ..."),)))
        if self._report is None:
            nothing = translated("Nothing to report yet. It fills as you call real people.")
            return (*self._session, Block(translated("Report"), (nothing,)))
        return (*self._session, *report_blocks(self._report))
