"""The text of a table as records: each line belongs to one of them, also where a quote never closes."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tui.exchange.reading.sentences import sentence

MOST_CELLS = 1_000
"""A row with more cells is not taken."""
_MOST_IN_CELL = 131_072
"""Characters; a cell with more is not taken. The csv module reads none that is longer."""
_MOST_LINES = 500
"""Lines searched for the end of a quote; what goes on after that is no cell but the file."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""A line with its end, or the last one without."""
_QUOTES = re.compile('"+')


class Row(Struct, frozen=True):
    """One row and its raw cells."""

    number: int
    """As a spreadsheet shows it: the first row of the file is 1, whatever line breaks its cells hold."""
    cells: tuple[str, ...]
    line: int = 0
    """The line of the file on which it begins, as an editor shows it."""
    last_line: int = 0
    remark: str = ""
    """What the rep should know of how it was read."""
    problem: str = ""
    """Why it cannot be read; it has no cells then."""
    continues: int = 0
    """The row of the person it says one more thing about; 0 when it is a person's own."""

    @property
    def blank(self) -> bool:
        """Whether it holds nothing; a row that cannot be read holds something."""
        return not self.problem and not any(map(str.strip, self.cells))

    def translated(self, back: Mapping[int, str]) -> Row:
        """The row with other characters in its cells, as `str.translate` takes them."""
        return replace(self, cells=tuple(cell.translate(back) for cell in self.cells)) if back else self


def records(
    text: str, delimiter: str, width: int, skip: int = 0, number: int = 0, *, wrapped: bool = False
) -> Iterator[Row]:
    """Every record of the text below its first `skip` lines, blank ones too; the first one is row `number` + 1.

    `width`: the cells of a usual row. Where the quotes do not fit, a line with so many cells is a row of its own.
    `wrapped`: a row that is one cell in quotes holds the cells of a row.
    The time grows with the text alone, however many quotes are torn.
    """
    lines = _Lines(text, skip)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        remark = problem = ""
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            cells, remark, problem = _disputed(lines, delimiter, width)
        if wrapped and len(cells) == 1 and delimiter in cells[0]:
            cells = _inside(cells[0], delimiter)
        if len(cells) > MOST_CELLS:
            cells, problem = (), sentence("many_cells", most=MOST_CELLS)
        number += 1
        line, last_line = lines.take()
        yield Row(number, cells, line, last_line, remark, problem)


def _inside(cell: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a row that stood in one pair of quotes."""
    try:
        return tuple(next(csv.reader(io.StringIO(cell, newline=""), delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return (cell,)


class _Lines:
    """Lines for the csv reader that remember which of them make up the present record."""

    def __init__(self, text: str, skip: int) -> None:
        # Not a file of the text: that would copy it as a whole, for a look at its first rows too.
        self._lines = (found[0] for found in _LINE.finditer(text))
        self._given_back: deque[str] = deque()
        self._taken = skip
        self.record: list[str] = []
        for _ in range(skip):
            next(self._lines, None)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.record) >= _MOST_LINES:
            raise csv.Error("a quote goes on for too many lines")
        return self.more()

    def more(self) -> str:
        """One more line of the record, however many it has. Raises StopIteration at the end of the text."""
        line = self._given_back.popleft() if self._given_back else next(self._lines)
        self.record.append(line)
        return line

    def keep(self, count: int) -> None:
        """The record has so many lines; the others are read again."""
        self._given_back.extendleft(reversed(self.record[count:]))
        del self.record[count:]

    def take(self) -> tuple[int, int]:
        """The record is done: its first and its last line, counted from 1."""
        first = self._taken + 1
        self._taken += len(self.record)
        self.record.clear()
        return first, self._taken


def _disputed(lines: _Lines, delimiter: str, width: int) -> tuple[tuple[str, ...], str, str]:
    """Cells, remark and problem of a record that is not well-formed; `lines` is left with the lines it has."""
    lines.keep(0)
    if _is_torn(lines, delimiter, width):
        lines.keep(1)
        return _literal(lines.record[0], delimiter)
    try:
        cells = tuple(next(csv.reader(lines.record, delimiter=delimiter)))
    except csv.Error:
        return (), "", sentence("long_cell", most=_MOST_IN_CELL)
    line = lines.record[0]
    if len(lines.record) == 1 and len(cells) < width <= line.count(delimiter) + 1:
        return _literal(line, delimiter)
    count = len(lines.record)
    return cells, sentence("joined", count=count) if count > 1 else "", ""


def _is_torn(lines: _Lines, delimiter: str, width: int) -> bool:
    """Whether a quote swallows rows, looking at no more lines than it takes to know.

    It does when what closes it is the opening quote of another cell, or when it does not close as it should and at
    least half of the lines after the first have the cells of a row.
    """
    inside, balance = False, 0
    while True:
        try:
            line = lines.more()
        except StopIteration:
            return len(lines.record) > 1 and balance >= 0
        count = len(lines.record)
        if count > 1 and line.strip():
            balance += 1 if line.count(delimiter) >= width - 1 else -1
        inside, spoilt, opens_another = _after(line, inside, delimiter)
        if opens_another or (count > 1 and balance >= 0 and (spoilt or count == _MOST_LINES)):
            return True
        if not inside:
            return False


def _after(line: str, inside: bool, delimiter: str) -> tuple[bool, bool, bool]:
    """Whether a quote is open after the line; whether one closed within a cell; whether that one opens another cell.

    `inside`: whether a quote is open before the line.
    """
    spoilt = opens_another = False
    at = 0
    while True:
        if not inside:
            if at == 0 and line.startswith('"'):
                at = 1
            elif (found := line.find(delimiter + '"', at)) >= 0:
                at = found + 2
            else:
                return False, spoilt, opens_another
        run = _QUOTES.search(line, at)
        if run is None:
            return True, spoilt, opens_another
        at = run.end()
        inside = len(run[0]) % 2 == 0  # two quotes stand for one
        if not inside and line[at : at + 1] not in (delimiter, "\r", "\n", ""):
            spoilt = True
            opens_another |= run.start() == 0 or line[run.start() - 1] == delimiter


def _literal(line: str, delimiter: str) -> tuple[tuple[str, ...], str, str]:
    """The cells of a line whose quotes mean nothing, with remark and problem."""
    cells = tuple(cell.strip('"') for cell in line.rstrip("\r\n").split(delimiter))
    if max(map(len, cells)) > _MOST_IN_CELL:
        return (), "", sentence("long_cell", most=_MOST_IN_CELL)
    return cells, sentence("torn"), ""
