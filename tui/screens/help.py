"""F1, W and other pages of text: what this part is for, why this person. They scroll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from tui.cockpit.view import View
from tui.commands import Keys, commands_for
from tui.locale.spoken import translated
from tui.screens.base import CockpitScreen, Handler, Result
from tui.screens.screen_context import ScreenContext, hints
from tui.widgets.containers import VerticalScroll
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.lines import Line
from tui.widgets.reading import Block, Reading


def help_blocks(keys: Keys, places: Sequence[str]) -> list[Block]:
    """What a part of the screen is for, and its keys."""
    blocks: list[Block] = []
    for place in places:
        pairs = tuple(
            (keys.all_shown(command.id), translated(command.help)) for command in commands_for(place)
        )
        blocks.append(
            Block(
                translated("What this is for") if not blocks else "", (keys.about(place),), pairs, indent=18
            )
        )
    return blocks


def team_blocks(view: View) -> tuple[Block, ...]:
    """What changed in the team's settings, and what is wrong in the shared files; empty when nothing is."""
    found = (
        (translated("What changed in the team's settings"), view.team_news),
        (translated("What is wrong in settings and scripts"), view.problems),
    )
    return tuple(Block(heading, told) for heading, told in found if told)


class ReadingScreen(CockpitScreen[Result]):
    """Blocks to read, which scroll when they are longer than the screen."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "text.tcss"]
    scrolls = "#text-body"

    def body(self) -> ComposeResult:
        """The blocks, in a part that scrolls and never has the cursor."""
        with VerticalScroll(id="text-body", can_focus=False):
            yield Reading(id="reading")

    def blocks(self, view: View) -> Sequence[Block]:
        """What to read."""
        raise NotImplementedError

    def show(self, view: View) -> None:
        """Make the blocks again, for what the view changed in them."""
        self.query_one(Reading).blocks = tuple(self.blocks(view))

    def on_mount(self) -> None:
        """Name the key that scrolls once it is known that there is more than fits."""
        self.watch(self.query_one(self.scrolls), "show_vertical_scrollbar", self.update_keys)

    def selected_part(self) -> Reading:
        """What is read, from its first line on."""
        return self.query_one(Reading)

    def named(self, *command_ids: str) -> tuple[Line, ...]:
        """Key and label of commands, with the key that scrolls where there is more than fits."""
        more = ("app.more",) if self.query_one(self.scrolls).show_vertical_scrollbar else ()
        return hints(self.context.keys, *command_ids[:-1], *more, *command_ids[-1:])

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """The commands of this page."""
        return (KeyFlow(self.named(*self.key_ids)),)

    def places(self) -> Sequence[str]:
        """The page itself, and paging."""
        return (self.place, "reading")

    def handlers(self) -> Mapping[str, Handler]:
        """Scroll, by a line or a page, and leave."""
        lines = self.query_one(self.scrolls)
        return {
            **super().handlers(),
            f"{self.place}.down": lambda: lines.scroll_relative(y=1, animate=False),
            f"{self.place}.up": lambda: lines.scroll_relative(y=-1, animate=False),
            f"{self.place}.back": lambda: self.dismiss(None),
        }


class TextScreen(ReadingScreen[None]):
    """Blocks that do not change while they are read."""

    place = "text"
    key_ids = ("text.back",)

    def __init__(self, context: ScreenContext, blocks: Sequence[Block]) -> None:
        super().__init__(context)
        self._blocks = tuple(blocks)

    def blocks(self, view: View) -> Sequence[Block]:
        """The blocks it was made with."""
        return self._blocks
