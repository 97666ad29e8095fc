"""A list to choose one row from: a short part, the words, and more about it at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.reactive import var

from tui.widgets.lines import Line, cut, pad
from tui.widgets.section_list import Section, SectionList


@dataclass(frozen=True, slots=True)
class PickRow:
    """One row: what is chosen, and its columns."""

    id: str
    cells: tuple[str, ...]
    """Words for the columns, in their order."""
    also: str = ""
    """Words the row is found by, too."""


class PickList(SectionList):
    """Rows in columns. `widths` are cells; the last column takes the rest."""

    rows: var[tuple[PickRow, ...]] = var((), init=False)
    """What can be chosen."""

    def __init__(
        self, widths: Sequence[int], *, title: str = "", empty: str = "Nothing found.", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.widths = tuple(widths)
        self.title = title
        self.empty = empty

    def watch_rows(self) -> None:
        """Other rows: back to the first."""
        self.cursor = 0
        self.show(self.title, f"{len(self.rows):,}" if self.rows else "")

    def show(self, title: str, right: str) -> None:
        """Other words in the rule."""
        self.title = title
        self.sections = (Section("rows", title, right, self.rows, empty=self.empty),)

    @property
    def chosen(self) -> str:
        """Id of the row under the cursor; empty without rows."""
        current = self.current
        return current[1].id if current else ""

    def row_line(self, section: Section, row: PickRow, width: int, here: bool) -> Line:
        """The cells in their columns; on a narrow screen the columns shrink together."""
        look = "cursor" if here else ""
        scale = min(1.0, max(width, 20) / 80)
        line: list[tuple[str, str]] = [(" ▸ " if here else "   ", look)]
        room = width - 4
        for number, words in enumerate(row.cells):
            last = number == len(row.cells) - 1
            cells = room if last else min(int(self.widths[number] * scale), room)
            words = cut(words, cells - (0 if last else 1))
            line.append((pad(words, cells), look or ("dim" if last else "")))
            room -= cells
        return tuple(line)
