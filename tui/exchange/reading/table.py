"""A file as a table: rows under a header, whatever kind of file it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.day_words import number_of
from tui.exchange.reading.decode import MAX_BYTES, Decoded, ImportRefused, decode, refuse_size
from tui.exchange.reading.formats.listed import Listed
from tui.exchange.reading.formats.proven import read_format
from tui.exchange.reading.layouts import RowChange, arranged, refuse_register
from tui.exchange.reading.mending import Escapes
from tui.exchange.reading.records import Row, records
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.separators import cut_of, known_headings
from tui.plaintext import clean
from tui.system import readfile

_HEADER_WITHIN = 20
"""Rows searched for the header; above it stand a title, a date, a legal notice."""
_SAMPLE_ROWS = 60
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")
_PHONE = re.compile(r"\+?[\d(][\d\s().\-/]{5,}\d(\s*(x|ext\.?)\s*\d+)?")


class Table(Struct, frozen=True):
    """A file as rows under a header. Rows are read from the text each time; cells are not cleaned yet."""

    name: str
    header: tuple[str, ...]
    """Cleaned and unique; `Column 1`, `Column 2` … when the file has no header."""
    has_header: bool
    header_row: int
    """Row number of the header; 0 without one."""
    delimiter: str
    encoding: str
    text: str
    body_from: int = 0
    """Lines of the text that stand before the first row: the header and what is above it."""
    notes: tuple[str, ...] = ()
    """Sentences about how the file had to be read."""
    listed: tuple[Row, ...] | None = None
    """The rows of a file that is no text between separators."""
    wrapped: bool = False
    """Whether whole lines stand in quotes."""
    back: Mapping[int, str] = field(default_factory=dict)
    """Characters put back into each cell once the rows are cut."""
    doubtful: tuple[bytes, ...] = ()
    """A few lines that may be written in another encoding; none when the file proves its own."""
    digest: str = ""
    """The same for the same bytes."""
    changes: tuple[RowChange, ...] = ()
    """What the layout of the program it comes from makes of its rows."""

    def rows(self) -> Iterator[Row]:
        """Every row below the header that holds anything, in the order of the file; one that cannot be read too."""
        rows: Iterator[Row] = (row for row in self._read() if not row.blank)
        for change in self.changes:
            rows = change(rows)
        return rows

    def _read(self) -> Iterator[Row]:
        if self.listed is not None:
            return iter(self.listed)
        body = records(
            self.text, self.delimiter, len(self.header), self.body_from, self.header_row, wrapped=self.wrapped
        )
        return (row.translated(self.back) for row in body) if self.back else body

    def sample(self, count: int = 200) -> list[Row]:
        """The first rows, at most `count`."""
        return list(islice(self.rows(), count))


def read_file(path: Path, encoding: str = "") -> Table:
    """The table in a file. Raises `ImportRefused` when it cannot be read or holds no rows.

    `encoding`: how somebody says it is written, else it is found out. Of a file that is too large nothing is read.
    """
    try:
        refuse_size(readfile.size(path), clean(path.name))
        data = readfile.read(path, MAX_BYTES)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise ImportRefused(sentence("unreadable", file=clean(path), reason=reason)) from error
    return read_table(data, clean(path.name), encoding)


def read_table(data: bytes, name: str, encoding: str = "") -> Table:
    """The table in a file's bytes. Raises `ImportRefused` when there is none."""
    decoded = decode(data, name, encoding)
    listed = read_format(decoded, name)
    table = _of_text(decoded, name) if listed is None else _of_listed(listed, decoded, name)
    table = replace(table, doubtful=decoded.doubtful, digest=sha256(data).hexdigest())
    layout = arranged(table.header, table.sample(), table.text)
    if layout.changes:
        table = replace(table, header=layout.header, changes=layout.changes)
    if next(table.rows(), None) is None:
        raise ImportRefused(sentence("only_a_header", file=name))
    return table


def _of_listed(listed: Listed, decoded: Decoded, name: str) -> Table:
    """The table of a file that is no text between separators; without headings the header is found in its rows."""
    rows = tuple(listed.rows)
    header: Row | None = None
    if not listed.header:
        first = [row for row in rows[:_SAMPLE_ROWS] if not row.blank]
        if not first:
            raise ImportRefused(sentence("empty", file=name))
        header = _find_header(first)
        rows = tuple(row for row in rows if header is None or row.number > header.number)
    width = max((len(row.cells) for row in rows[:_SAMPLE_ROWS]), default=0)
    return Table(
        name=name,
        header=unique_headers(listed.header or (header.cells if header else [""] * width)),
        has_header=bool(listed.header) or header is not None,
        header_row=header.number if header else 0,
        delimiter=",",
        encoding=decoded.encoding,
        text="",
        notes=(*decoded.notes, *listed.notes),
        listed=rows,
    )


def _of_text(decoded: Decoded, name: str) -> Table:
    """The table of text between separators."""
    escapes = Escapes()
    cut = cut_of(escapes.mended(decoded.text))
    # A spreadsheet does not count the line that tells the separator as a row, so neither do we.
    width = 2 if cut.delimiter in cut.text else 1
    back = {**escapes.back, **cut.back}
    body = records(cut.text, cut.delimiter, width, cut.above, wrapped=cut.wrapped)
    first = [row.translated(back) for row in islice(body, _SAMPLE_ROWS) if not row.blank]
    if not first:
        raise ImportRefused(sentence("empty", file=name))
    if first[0].problem:
        raise ImportRefused(sentence("bad_first_row", file=name, problem=first[0].problem))
    header = _find_header(first)
    width = max((len(row.cells) for row in first), default=0)
    refuse_register(name, first)
    return Table(
        name=name,
        header=unique_headers(header.cells if header else [""] * width),
        has_header=header is not None,
        header_row=header.number if header else 0,
        delimiter=cut.delimiter,
        encoding=decoded.encoding,
        text=cut.text,
        body_from=header.last_line if header else cut.above,
        notes=(*decoded.notes, *escapes.notes, *cut.notes, *_header_notes(header, first)),
        wrapped=cut.wrapped,
        back=back,
    )


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
        if row.number <= _HEADER_WITHIN and known_headings(row.cells) >= 2:
            return row
    for row in rows[:1]:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        plain = row in candidates and len(filled) == len(row.cells) and len(set(filled)) == len(filled)
        wordy = not any(cell.isdigit() or len(cell) > 60 for cell in filled)
        if plain and wordy and (len(filled) > 1 or known_headings(row.cells)):
            return row
    return None


def _header_notes(header: Row | None, first: list[Row]) -> tuple[str, ...]:
    if header is None:
        return (sentence("no_header"),)
    above = len([row for row in first if row.number < header.number])
    if not above:
        return ()
    return (sentence("header_below", row=header.number, rows=number_of(above, "row")),)
