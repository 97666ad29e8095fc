"""The text of a table as records: each line belongs to one of them, also where a quote never closes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tui.domain.day_words import number_of
from tui.exchange.reading.decode import MAX_BYTES, ImportRefused, decode, refuse_size
from tui.exchange.reading.headers import Meaning, meaning_of
from tui.exchange.reading.sentences import sentence
from tui.plaintext import clean
from tui.system import readfile

MOST_CELLS = 1_000
"""A row with more cells is not taken."""
_MOST_IN_CELL = 131_072
"""Characters; a cell with more is not taken. The csv module reads none that is longer."""
_MOST_LINES = 500
"""Lines searched for the end of a quote; what goes on after that is no cell but the file."""
_QUOTES = re.compile('"+')


@dataclass(frozen=True, slots=True)
class Row:
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

    @property
    def blank(self) -> bool:
        """Whether it holds nothing; a row that cannot be read holds something."""
        return not self.problem and not any(map(str.strip, self.cells))


def records(text: str, delimiter: str, width: int, skip: int = 0, number: int = 0) -> Iterator[Row]:
    """Every record of the text below its first `skip` lines, blank ones too; the first one is row `number` + 1.

    `width`: the cells of a usual row. Where the quotes do not fit, a line with so many cells is a row of its own.
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
        if len(cells) > MOST_CELLS:
            cells, problem = (), sentence("many_cells", most=MOST_CELLS)
        number += 1
        line, last_line = lines.take()
        yield Row(number, cells, line, last_line, remark, problem)


class _Lines:
    """Lines for the csv reader that remember which of them make up the present record."""

    def __init__(self, text: str, skip: int) -> None:
        self._lines = io.StringIO(text, newline="")
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


DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 20
"""Rows searched for the header; above it stand a title, a date, a legal notice."""
_SAMPLE_ROWS = 60
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?:\r|\n|\Z)', re.IGNORECASE)
_QUOTED = re.compile(r'(?:(?<=[,;\t|\n])|^)"[^"]*(?:""[^"]*)*"(?=[,;\t|\r\n]|\Z)', re.MULTILINE)
"""A cell in quotes, whatever separates it from the next."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")
_PHONE = re.compile(r"\+?[\d(][\d\s().\-/]{5,}\d(\s*(x|ext\.?)\s*\d+)?")


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows under a header. Rows are read from the text each time; cells are not cleaned yet."""

    name: str
    header: tuple[str, ...]
    """Cleaned and unique; `Column 1`, `Column 2` … when the file has no header."""
    has_header: bool
    header_row: int
    """Row number of the header; 0 without one."""
    delimiter: str
    encoding: str
    text: str = field(repr=False)
    body_from: int = 0
    """Lines of the text that stand before the first row: the header and what is above it."""
    notes: tuple[str, ...] = ()
    """Sentences about how the file had to be read."""

    def rows(self) -> Iterator[Row]:
        """Every row below the header that holds anything, in the order of the file; one that cannot be read too."""
        body = records(self.text, self.delimiter, len(self.header), self.body_from, self.header_row)
        return (row for row in body if not row.blank)

    def sample(self, count: int = 200) -> list[Row]:
        """The first rows, at most `count`."""
        return list(islice(self.rows(), count))


def read_file(path: Path) -> Table:
    """The table in a file. Raises `ImportRefused` when it cannot be read or holds no rows."""
    try:
        data = readfile.read(path, MAX_BYTES)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise ImportRefused(sentence("unreadable", file=clean(path), reason=reason)) from error
    refuse_size(len(data), clean(path.name))
    return read_table(data, clean(path.name))


def read_table(data: bytes, name: str) -> Table:
    """The table in a file's bytes. Raises `ImportRefused` when there is none."""
    decoded = decode(data, name)
    text = decoded.text
    told = _SEPARATOR_LINE.match(text)
    told = told if told and told.group(1) in DELIMITERS else None
    delimiter = told.group(1) if told else find_delimiter(text)
    # A spreadsheet does not count the line that tells the separator as a row, so neither do we.
    above = 1 if told else 0
    width = 2 if delimiter in text else 1
    first = [row for row in islice(records(text, delimiter, width, above), _SAMPLE_ROWS) if not row.blank]
    if not first:
        raise ImportRefused(sentence("empty", file=name))
    if first[0].problem:
        raise ImportRefused(sentence("bad_first_row", file=name, problem=first[0].problem))
    header = _find_header(first)
    width = max((len(row.cells) for row in first), default=0)
    table = Table(
        name=name,
        header=unique_headers(header.cells if header else [""] * width),
        has_header=header is not None,
        header_row=header.number if header else 0,
        delimiter=delimiter,
        encoding=decoded.encoding,
        text=text,
        body_from=header.last_line if header else above,
        notes=(*decoded.notes, *_header_notes(header, first)),
    )
    if next(table.rows(), None) is None:
        raise ImportRefused(sentence("only_a_header", file=name))
    return table


def find_delimiter(text: str) -> str:
    """The one of `,` `;` tab `|` that cuts most lines into the same number of cells; a comma when none does.

    Characters inside quotes do not count.
    """
    bare = _QUOTED.sub("", text[: 256 * 1024])
    lines = [line for line in islice(bare.splitlines(), _SAMPLE_ROWS * 2) if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
        if not counts:
            continue
        most_common, alike = max(counts.items(), key=lambda item: (item[1], item[0]))
        score = (sum(counts.values()) + alike, most_common)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def unique_headers(cells: Iterable[str]) -> tuple[str, ...]:
    """Cleaned headers: a blank one becomes `Column N`, a repeated one gets ` (2)`, ` (3)` …"""
    taken: set[str] = set()
    headers: list[str] = []
    for position, cell in enumerate(cells, start=1):
        base = header = clean(cell, 80) or sentence("column", number=position)
        again = 1
        while header in taken:
            again += 1
            header = sentence("column_again", heading=base, number=again)
        taken.add(header)
        headers.append(header)
    return tuple(headers)


def looks_like_data(cell: str) -> bool:
    """Whether a cell is an e-mail address or a phone number, so that its row is no header."""
    text = cell[:300].strip()
    return bool(_EMAIL.search(text) or (len(text) < 40 and _PHONE.fullmatch(text)))


def _find_header(rows: list[Row]) -> Row | None:
    """The first row with two known header words, else the first row when it may be one."""
    candidates = [row for row in rows if not any(map(looks_like_data, row.cells))]
    for row in candidates[:_HEADER_WITHIN]:
        if row.number <= _HEADER_WITHIN and _known_headers(row) >= 2:
            return row
    for row in rows[:1]:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        plain = row in candidates and len(filled) == len(row.cells) and len(set(filled)) == len(filled)
        wordy = not any(cell.isdigit() or len(cell) > 60 for cell in filled)
        if plain and wordy and (len(filled) > 1 or _known_headers(row)):
            return row
    return None


def _known_headers(row: Row) -> int:
    meanings = [meaning_of(clean(cell, 80)) for cell in row.cells if cell.strip() and len(cell) < 80]
    return len([meaning for meaning in meanings if meaning is not Meaning.FIELD])


def _header_notes(header: Row | None, first: list[Row]) -> tuple[str, ...]:
    if header is None:
        return (sentence("no_header"),)
    above = len([row for row in first if row.number < header.number])
    if not above:
        return ()
    return (sentence("header_below", row=header.number, rows=number_of(above, "row")),)
