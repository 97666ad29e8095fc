"""`?`, ctrl+p, F1 and W: which keys work here, what can be done here, what this part is for, why this person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tui.cockpit.view import View
from tui.commands import Keys, commands_for
from tui.screens.base import CockpitScreen, Handler, Result
from tui.screens.pick import PickScreen
from tui.screens.screen_context import Kit, hints
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.reading import Block, Reading
from tui.widgets.section_list import PickRow

KEY_WIDTHS = (14, 62)


def key_rows(keys: Keys, places: Sequence[str]) -> list[PickRow]:
    """Key and sentence of every command that works in these places; found by its label, too."""
    return [
        PickRow(command.id, (keys.all_shown(command.id), command.help), command.label)
        for place in places
        for command in commands_for(place)
    ]


def keys_screen(kit: Kit, screen: CockpitScreen[object]) -> PickScreen:
    """The list of keys that work on a screen; Enter runs one."""
    rows = key_rows(kit.keys, (*screen.places(), "everywhere"))
    return PickScreen(kit, "Keys that work here", lambda _: rows, widths=KEY_WIDTHS)


def palette_screen(kit: Kit, screen: CockpitScreen[object]) -> PickScreen:
    """Everything that can be done on a screen now; Enter does it."""
    rows = [PickRow(extra_id, (key, words)) for extra_id, key, words in screen.extra_commands()]
    rows += key_rows(kit.keys, (*screen.places(), "everywhere"))
    return PickScreen(kit, "What can be done here", lambda _: rows, widths=KEY_WIDTHS)


def help_blocks(keys: Keys, places: Sequence[str]) -> list[Block]:
    """What a part of the screen is for, and its keys."""
    blocks: list[Block] = []
    for place in places:
        pairs = tuple((keys.all_shown(command.id), command.help) for command in commands_for(place))
        blocks.append(Block("What this is for" if not blocks else "", (keys.about(place),), pairs, indent=18))
    return blocks


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
