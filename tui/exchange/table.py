"""A file of separated values as a header and rows: what separates, and where the header is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tui import readfile
from tui.exchange.decode import MAX_BYTES, decode, refuse_size
from tui.exchange.headers import meaning_of
from tui.exchange.headerwords import Meaning
from tui.exchange.records import Row, records
from tui.exchange.refusal import ImportRefused
from tui.plaintext import clean

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
        reason = error.strerror or "it cannot be read"
        raise ImportRefused(f"Cannot read {clean(path)}: {reason.lower()}. Check the name.") from error
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
        raise ImportRefused(f"{name} is empty. Export the list again.")
    if first[0].problem:
        raise ImportRefused(f"{name}, row 1: {first[0].problem}. Export only the columns you need.")
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
        raise ImportRefused(f"{name} has a header but no row below it. Export the list again.")
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
        base = header = clean(cell, 80) or f"Column {position}"
        again = 1
        while header in taken:
            again += 1
            header = f"{base} ({again})"
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
        return ("The file has no header row; the columns are guessed from what they hold.",)
    above = len([row for row in first if row.number < header.number])
    if not above:
        return ()
    rows = "1 row" if above == 1 else f"{above} rows"
    return (f"The header is in row {header.number}; {rows} above it left out.",)
