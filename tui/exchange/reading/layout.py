"""How the rows of one file are read: which column holds what, in which country, in which order dates are."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from datetime import UTC, datetime

from tui.exchange.reading.cells import plain_cell, plain_text
from tui.exchange.reading.columns import Column, Mapping
from tui.exchange.reading.dates import month_comes_first
from tui.exchange.reading.headers import Meaning
from tui.exchange.reading.table import Row, Table
from tui.plaintext import MAX_LINE, MAX_TEXT, clean, clean_text


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything the rows of one import have in common."""

    file: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    first: MappingType[Meaning, int]
    """The place of the first column of each meaning."""
    of: MappingType[Meaning, tuple[Column, ...]]
    month_first: MappingType[Meaning, bool]
    """For each column of dates, whether it writes the month before the day."""
    region: str
    """Two-letter country of numbers without a country code."""
    list_name: str
    now: datetime
    """UTC."""

    def values(self, row: Row) -> list[str]:
        """The cleaned cells of a row, one for each header, and whatever stands beyond the last header."""
        notes = self.of[Meaning.NOTES]
        values = [plain_cell(raw) if raw else "" for raw in row.cells]
        values += [""] * (len(self.header) - len(values))
        for column in notes:
            if column.index < len(row.cells):
                values[column.index] = plain_text(row.cells[column.index])
        return values

    def cut(self, row: Row) -> Iterator[str]:
        """A sentence for each cell of which `values` holds only the beginning."""
        notes = {column.index for column in self.of[Meaning.NOTES]}
        for place, raw in enumerate(row.cells):
            if len(raw) > MAX_LINE:
                most, read = (MAX_TEXT, clean_text) if place in notes else (MAX_LINE, clean)
                if len(read(raw, len(raw))) > most:
                    header = self.header[place] if place < len(self.header) else f"Column {place + 1}"
                    yield f"{header!r} holds more than {most:,} characters; the rest was left out"


def layout_of(table: Table, mapping: Mapping, region: str, list_name: str, now: datetime) -> Layout:
    """The layout of a table under a mapping; `region` is two letters or empty, `now` is zoned."""
    samples = table.sample(500)
    orders = {}
    for meaning in (Meaning.CALL_BACK, Meaning.LAST_CALLED, Meaning.BASIS_DATE):
        for column in mapping.of(meaning):
            cells = (row.cells[column.index] for row in samples if column.index < len(row.cells))
            orders[meaning] = month_comes_first(map(plain_cell, cells), region)
    return Layout(
        file=table.name,
        header=table.header,
        columns=mapping.columns,
        first={column.meaning: column.index for column in reversed(mapping.columns)},
        of={meaning: mapping.of(meaning) for meaning in Meaning},
        month_first=orders,
        region=region,
        list_name=list_name,
        now=now.astimezone(UTC),
    )
