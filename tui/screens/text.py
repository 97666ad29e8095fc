"""A page to read: why somebody is next, what a part of the screen is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tui.cockpit.view import View
from tui.screens.base import CockpitScreen, Handler, Result
from tui.screens.hints import hints
from tui.screens.kit import Kit
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block, Reading


class ReadingScreen(CockpitScreen[Result]):
    """Blocks to read, which scroll when they are longer than the screen."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "text.tcss"]

    def body(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(id="text-body", can_focus=False):
            yield Reading(id="reading")

    def blocks(self, view: View) -> Sequence[Block]:
        """What to read."""
        raise NotImplementedError

    def show(self, view: View) -> None:
        """Draw the text."""
        self.query_one(Reading).blocks = tuple(self.blocks(view))

    def places(self) -> Sequence[str]:
        """The page itself, and paging."""
        return (self.place, "reading")

    def handlers(self) -> Mapping[str, Handler]:
        """Scrolling, a page at a time."""
        scroll = self.query_one("#text-body")
        return {
            "app.more": lambda: scroll.scroll_page_down(animate=False),
            "app.less": lambda: scroll.scroll_page_up(animate=False),
        }

    def scroll_lines(self, step: int) -> None:
        """Scroll by so many lines."""
        self.query_one("#text-body").scroll_relative(y=step, animate=False)


class TextScreen(ReadingScreen[None]):
    """Blocks that do not change while they are read."""

    place = "text"

    def __init__(self, kit: Kit, blocks: Sequence[Block]) -> None:
        super().__init__(kit)
        self._blocks = tuple(blocks)

    def blocks(self, view: View) -> Sequence[Block]:
        """The blocks it was made with."""
        return self._blocks

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
        return (KeyFlow(hints(self.kit.keys, "text.back")),)
