"""Choose one line of a list by typing a part of it. Lists, objections, keys and commands are chosen this way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.cockpit.view import View
from tui.domain.lookup import fold
from tui.screens.base import CockpitScreen, Handler
from tui.screens.screen_context import Kit, hints
from tui.widgets.ask_panel import Prompt
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.section_list import PickList, PickRow
from tui.widgets.text_line import TextLine


def matching(rows: Sequence[PickRow], text: str) -> tuple[PickRow, ...]:
    """Rows that hold every typed word; those that begin with the text come first."""
    words = fold(text).split()
    found = [row for row in rows if all(word in _sought(row) for word in words)]
    start = fold(text).strip()
    return tuple(sorted(found, key=lambda row: not any(fold(cell).startswith(start) for cell in row.cells)))


def _sought(row: PickRow) -> str:
    return fold(f"{' '.join(row.cells)} {row.also}")


class PickScreen(CockpitScreen[str | None]):
    """A list with a line to type on; gives back the id of the chosen row, None on Esc."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "pick.tcss"]
    place = "list"

    def __init__(
        self,
        kit: Kit,
        title: str,
        rows_for: Callable[[str], Sequence[PickRow]],
        widths: Sequence[int],
        narrow_here: bool = True,
    ) -> None:
        super().__init__(kit)
        self._title = title
        self._rows_for = rows_for
        self._widths = widths
        self._narrow_here = narrow_here
        """Whether the rows are narrowed by what is typed here; else `rows_for` has done it."""

    def body(self) -> ComposeResult:
        """The line to type on, then the list."""
        with Horizontal(id="pick-row"):
            yield Prompt(id="pick-prompt")
            yield TextLine(id="pick-text")
        yield PickList(self._widths, title=self._title, id="pick-list")

    def on_mount(self) -> None:
        """All rows, and the cursor on the line."""
        self.narrow()
        self.set_focus(self.line)
        self.line.cursor_blink = self.kit.cursor_blink

    @property
    def line(self) -> TextLine:
        """The line to type on."""
        return self.query_one("#pick-text", TextLine)

    @property
    def list(self) -> PickList:
        """The rows."""
        return self.query_one(PickList)

    def typed(self, line: TextLine) -> None:
        """Show the rows for what stands on the line."""
        if line is self.line:
            self.narrow()

    def narrow(self) -> None:
        """Show the rows for what stands on the line."""
        text = self.line.value
        rows = self._rows_for(text)
        self.list.rows = matching(rows, text) if self._narrow_here and text else tuple(rows)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Take, choose, back."""
        keys = self.kit.keys
        choose = hint(f"{keys.shown('list.up')}/{keys.shown('list.down')}", "choose")
        return (
            KeyFlow(
                (*hints(keys, "list.take"), choose, hint("type", "to narrow"), *hints(keys, "list.back"))
            ),
        )

    def handlers(self) -> Mapping[str, Handler]:
        """The commands of a list."""
        rows = self.list
        return {
            "list.take": self._take_chosen,
            "list.down": lambda: rows.move(1),
            "list.up": lambda: rows.move(-1),
            "list.page_down": lambda: rows.move_page(1),
            "list.page_up": lambda: rows.move_page(-1),
            "list.back": lambda: self.dismiss(None),
        }

    async def _take_chosen(self) -> None:
        if self.list.chosen:
            self.take(self.list.chosen)
        else:
            await self.cockpit.tell("Nothing here matches what you typed.")

    def take(self, row_id: str) -> None:
        """Give back a row; nothing happens without one."""
        if row_id:
            self.dismiss(row_id)

    @on(PickList.Opened)
    def _clicked(self) -> None:
        self.take(self.list.chosen)
