"""How the rows of a file are read once it is known what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from datetime import UTC, datetime
from unicodedata import is_normalized

from msgspec import Struct

from tui.domain.ids import uuid7, uuid7s
from tui.exchange.reading.cells import plain_cell, plain_lines, plain_text
from tui.exchange.reading.date_orders import DateOrders
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.columns import LEFT, Mapping, with_dates
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.headings.of_number import numbers_meant
from tui.exchange.reading.records import Row
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Table
from tui.plaintext import MAX_LINE, MAX_TEXT, clean, clean_text

_ODD = re.compile("  |[='\"]")
"""What the cleaning of a cell of printable letters would change."""


def _is_composed(text: str) -> bool:
    """Whether every accent stands in its letter, as cleaning would put it."""
    return text.isascii() or is_normalized("NFC", text)


IMPORT_ID = 8
"""Digits of an import's id, all by chance: with the list's name enough to tell it from the others of that list."""


class Layout(Struct, frozen=True):
    """Everything the rows of one import have in common."""

    file: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    own: bool
    """Whether the file is our own export."""
    first: MappingType[Meaning, int]
    """The place of the first column of each meaning."""
    of: MappingType[Meaning, tuple[Column, ...]]
    about_calls: tuple[Column, ...]
    """Those that refuse calls, then those that allow them."""
    kept: tuple[Column, ...]
    """Those whose cells are kept under their heading."""
    dates: DateOrders
    """In which order each column of dates is read."""
    region: str
    """Two-letter country of numbers without a country code."""
    list_name: str
    now: datetime
    """UTC."""
    numbers_meant: MappingType[int, tuple[int, ...]]
    """By the place of a column about calls: the columns whose numbers alone it is about."""
    countries: MappingType[str, str]
    """Where the numbers are of which nothing else says it, once somebody was asked: by `unknown_country` of the row."""
    ids: Iterator[str]
    """Fresh ids for the people of the rows."""
    import_id: str
    """Tells these rows from those of any other import, also of one in the same millisecond."""

    def values(self, row: Row) -> list[str]:
        """The cleaned cells of a row, one for each header, and whatever stands beyond the last header."""
        whole = "".join(row.cells)
        if len(whole) <= MAX_LINE and whole.isprintable() and not _ODD.search(whole) and _is_composed(whole):
            # Most rows hold nothing that needs cleaning: one look at the row instead of one at each cell.
            values = list(map(str.strip, row.cells))
            return values + [""] * (len(self.header) - len(values))
        notes = self.of[Meaning.NOTES]
        values = [plain_cell(raw) if raw else "" for raw in row.cells]
        values += [""] * (len(self.header) - len(values))
        for column in notes:
            if column.index < len(row.cells):
                values[column.index] = plain_text(row.cells[column.index])
        for column in self.of[Meaning.PHONE]:
            if column.index < len(row.cells) and not (raw := row.cells[column.index]).isprintable():
                values[column.index] = plain_lines(raw)
        return values

    def cut(self, row: Row) -> Iterator[str]:
        """A sentence for each cell of which `values` holds only the beginning."""
        if max(map(len, row.cells), default=0) <= MAX_LINE:
            return
        notes = {column.index for column in self.of[Meaning.NOTES]}
        for place, raw in enumerate(row.cells):
            if len(raw) > MAX_LINE:
                most, read = (MAX_TEXT, clean_text) if place in notes else (MAX_LINE, clean)
                if len(read(raw, len(raw))) > most:
                    header = (
                        self.header[place]
                        if place < len(self.header)
                        else sentence("column", number=place + 1)
                    )
                    yield sentence("cut", column=header, most=most)


def layout_of(table: Table, mapping: Mapping, region: str, list_name: str, now: datetime) -> Layout:
    """The layout of a table under a mapping; `region` is two letters or empty, `now` is zoned."""
    of = {meaning: mapping.of(meaning) for meaning in Meaning}
    return Layout(
        file=table.name,
        header=table.header,
        columns=mapping.columns,
        own=mapping.own,
        first={column.meaning: column.index for column in reversed(mapping.columns)},
        of=of,
        about_calls=of[Meaning.DO_NOT_CALL] + of[Meaning.MAY_CALL],
        kept=of[Meaning.FIELD] + of[Meaning.COUNTRY],
        dates=with_dates(table, mapping).dates or DateOrders(),
        region=region,
        list_name=list_name,
        now=now.astimezone(UTC),
        numbers_meant={} if mapping.own else numbers_meant(mapping.columns),
        countries={said: country for said, country in mapping.countries if country != LEFT},
        ids=uuid7s(now),
        import_id=uuid7(now)[-IMPORT_ID:],
    )
