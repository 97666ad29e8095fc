"""Choose one line of a list by typing a part of it: lists, objections, keys, commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from tui.cockpit.view import View
from tui.domain.identity.lookup import unaccented
from tui.locale.spoken import translated
from tui.screens.base import CockpitScreen, Handler, done
from tui.screens.screen_context import ScreenContext, hints
from tui.widgets.ask_panel import PROMPT
from tui.widgets.containers import Horizontal
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line, StaticLines
from tui.widgets.section_list import PickList, PickRow
from tui.widgets.text_line import TextLine
from tui.widgets.wrapped_list import WrappedList


def matching(rows: Sequence[PickRow], text: str) -> tuple[PickRow, ...]:
    """Rows that hold every typed word; those that begin with the text come first."""
    words = unaccented(text).split()
    found = [row for row in rows if all(word in _sought(row) for word in words)]
    start = unaccented(text).strip()
    begins = {row.id for row in found if any(unaccented(cell).startswith(start) for cell in row.cells)}
    return tuple(sorted(found, key=lambda row: (bool(row.group), row.id not in begins)))


def _sought(row: PickRow) -> str:
    return unaccented(f"{' '.join(row.cells)} {row.also}")


class PickScreen(CockpitScreen[str | None]):
    """A list with a line to type on; gives back the id of the chosen row, None on Esc."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "pick.tcss"]
    place = "list"

    def __init__(
        self,
        context: ScreenContext,
        title: str,
        rows_for: Callable[[str], Sequence[PickRow]],
        widths: Sequence[int],
        narrow_here: bool = True,
        wraps: bool = False,
    ) -> None:
        super().__init__(context)
        self._title, self._rows_for, self._widths, self._narrow_here = title, rows_for, widths, narrow_here
        """Whether the rows are narrowed by what is typed here; else `rows_for` has done it."""
        self._made_of = WrappedList if wraps else PickList

    def body(self) -> ComposeResult:
        """The line to type on, then the list."""
        with Horizontal(id="pick-row"):
            yield StaticLines(PROMPT, id="pick-prompt")
            yield TextLine(id="pick-text")
        yield self.made_list()

    def made_list(self) -> PickList:
        """The list, before it has rows."""
        return self._made_of(self._widths, title=self._title, id="pick-list")

    def on_mount(self) -> None:
        """All rows."""
        self.narrow()

    def part_with_keys(self) -> TextLine:
        """The line to type on."""
        return self.line

    @property
    def line(self) -> TextLine:
        """The line to type on."""
        return self.query_one("#pick-text", TextLine)

    @property
    def list(self) -> PickList:
        """The rows that fit what is typed, one of them under the cursor."""
        return self.query_one(PickList)

    def selected_part(self) -> PickList:
        """The list with the chosen row."""
        return self.list

    def typed(self, line: TextLine) -> None:
        """Show the rows for what stands on the line."""
        if line is self.line:
            self.narrow()

    def narrow(self) -> None:
        """Show the rows for what stands on the line."""
        text = self.line.value
        rows = self._rows_for(text)
        self.list.rows = matching(rows, text) if self._narrow_here and text else tuple(rows)

    async def seek(self, text: str) -> None:
        """Put words on the line, as if they had been typed."""
        await self.made()
        self.line.set_text(text)
        self.narrow()

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Take, choose, back."""
        take, back = hints(self.context.keys, "list.take", "list.back")
        return (KeyFlow((take, self.choose_hint, hint(translated("type"), translated("to narrow")), back)),)

    @property
    def choose_hint(self) -> Line:
        """The keys that walk through the rows."""
        up, down = (self.context.shown(f"{self.place}.{way}") for way in ("up", "down"))
        return hint(f"{up}/{down}", translated("choose"))

    def handlers(self) -> Mapping[str, Handler]:
        """The commands of a list."""
        rows = self.list
        return {
            f"{self.place}.down": lambda: rows.move(1),
            f"{self.place}.up": lambda: rows.move(-1),
            "list.take": self._take_chosen,
            "list.page_down": lambda: rows.move(rows.page),
            "list.page_up": lambda: rows.move(-rows.page),
            "list.back": lambda: self.dismiss(None),
        }

    async def _take_chosen(self) -> None:
        if self.list.chosen:
            await done(self.take(self.list.chosen))
        else:
            await self.cockpit.tell(translated("Nothing here matches what you typed."))

    def take(self, row_id: str) -> Awaitable[None] | None:
        """Give back a row."""
        self.dismiss(row_id)
        return None

    @on(PickList.Opened)
    async def _clicked(self) -> None:
        await self._take_chosen()
