"""One column of a file: what it is called there and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tui.exchange.reading.cells import plain_cell
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.records import Row


class Column(Struct, frozen=True):
    """One column: its place (from 0), its header, what it holds, and the label of its numbers."""

    index: int
    header: str
    meaning: Meaning
    label: str = ""
    label_index: int | None = None
    """The column that holds this number's label, row by row."""
    asks: bool = False
    """Whether it may say who must not be called, and only the rep can tell."""
    answered: bool = False
    """Whether the rep said what it holds."""

    def cells(self, rows: Iterable[Row]) -> Iterator[str]:
        """What the rows have in this column, cleaned."""
        return (plain_cell(row.cells[self.index]) for row in rows if self.index < len(row.cells))
