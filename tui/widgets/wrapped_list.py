"""A list whose rows go on below where their words have no room beside one another: nothing of them is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec.structs import asdict
from textual import events

from tui.widgets.lines import wrap
from tui.widgets.section_list import PickList, PickRow, Section


class Rest(PickRow, frozen=True):
    """A further line of the row above it."""


class WrappedList(PickList):
    """The cursor goes from row to row, and stands on all lines of one."""

    _right = ""
    _made_for = 0
    """The width for which the rows were broken into lines."""

    def show(self, title: str, right: str) -> None:
        """Other words in the rule; the rows in as many lines as they need."""
        self._right, self._made_for = right, self.size.width
        super().show(title, right)
        self.sections = tuple(
            Section(one.key, one.title, one.right, tuple(self._in_lines(one.rows)), one.most, empty=one.empty)
            for one in self.sections
        )

    def on_resize(self, _: events.Resize | None = None) -> None:
        """Another width breaks the rows elsewhere; the cursor stays on its row."""
        if self.size.width != self._made_for:
            chosen = self.chosen
            self.show(self.title, self._right)
            self.cursor = next((at for at, row in enumerate(self._rows) if row.id == chosen), self.cursor)
        super().on_resize()

    @property
    def _rows(self) -> tuple[PickRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    def _in_lines(self, rows: Sequence[PickRow]) -> Iterator[PickRow]:
        for row in rows:
            columns = self.columns(len(row.cells), self._made_for) if self._made_for else ()
            pieces = [
                wrap(words, cells - free) if cells > free else [words]
                for words, (cells, free) in zip(row.cells, columns, strict=False)
            ]
            first, *others = zip_longest(*pieces, fillvalue="") if pieces else (row.cells,)
            about = asdict(row)
            yield PickRow(**{**about, "cells": first})
            yield from (Rest(**{**about, "cells": cells}) for cells in others)

    def move(self, step: int) -> None:
        """So many rows on; by more than one, so many lines."""
        rows, at = self._rows, self.cursor + step
        while abs(step) == 1 and 0 <= at < len(rows) and isinstance(rows[at], Rest):
            at += step
        if at < len(rows) or abs(step) > 1:
            self.go_to(at)

    def go_to(self, position: int, tell: bool = True) -> None:
        """To the row that has a line there."""
        rows = self._rows
        position = max(0, min(position, len(rows) - 1))
        while position > 0 and isinstance(rows[position], Rest):
            position -= 1
        super().go_to(position, tell)

    def last_of(self, rows: Sequence[PickRow], place: int) -> int:
        """The last line of a row."""
        while place + 1 < len(rows) and isinstance(rows[place + 1], Rest):
            place += 1
        return place

    def rows_in(self, rows: Sequence[PickRow], start: int, end: int) -> int:
        """Rows that begin among these lines."""
        return sum(not isinstance(row, Rest) for row in rows[start:end])
