"""A file of people taken apart into files that import as each rep's own: every column and every cell is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TextIO

from msgspec import Struct

from tui.domain.contact import Contact
from tui.exchange.reading.cells import unquoted
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.columns import Mapping
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.layout import Layout, layout_of
from tui.exchange.reading.own_export import NO_CALLS, OWNER, OWNER_ID, WHY_KEPT
from tui.exchange.reading.records import Row
from tui.exchange.reading.row_to_contact import Made, Rejected, read_row
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Table, unique_headers
from tui.exchange.writing import write_table

_UNNAMED = frozenset({Meaning.FIELD, Meaning.IGNORE})


class ListedRow(Struct, frozen=True):
    """One row of the file, with its cells as they stand there."""

    cells: tuple[str, ...]
    contact: Contact | None
    """Who it is; None when it is nobody."""
    reason: str
    """Why it is nobody."""
    where: str
    """`row 3`, with the lines of the file where an editor counts otherwise."""
    number: int
    continues: int = 0
    """The row of the person it says one more thing about; 0 when it is a person's own."""


class Listing(Struct, frozen=True):
    """The whole file."""

    header: tuple[str, ...]
    lines: tuple[ListedRow, ...]
    owner_at: int
    """The place of the column that says whose they are; behind the last one where the file has none."""
    has_owners: bool
    owner_id_at: int | None
    """In our own export."""


def read_listing(table: Table, mapping: Mapping, *, region: str, now: datetime) -> Listing:
    """Every row of a file, in its order. Raises `ImportRefused` when no column says who anybody is."""
    if mapping.problem:
        raise ImportRefused(mapping.problem, mapping.columns[0].header)
    layout = layout_of(table, mapping, region, "", now)
    lines = tuple(_line(layout, row) for row in table.rows())
    width = max((len(line.cells) for line in lines), default=0)
    header = _headings(table, mapping)
    # What stands beyond the last heading gets the one that the import would give it.
    header += tuple(sentence("column", number=place + 1) for place in range(len(header), width))
    owner = layout.first.get(Meaning.OWNER)
    return Listing(
        header if owner is not None else (*header, unique_headers((*header, OWNER))[-1]),
        lines,
        len(header) if owner is None else owner,
        owner is not None,
        header.index(OWNER_ID) if mapping.own and OWNER_ID in header else None,
    )


def _line(layout: Layout, row: Row) -> ListedRow:
    made = read_row(layout, row)
    nobody = made if isinstance(made, Rejected) else Rejected(row.number, "", row.line, row.last_line)
    contact = made.contact if isinstance(made, Made) else None
    return ListedRow(row.cells, contact, nobody.reason, nobody.where, row.number, row.continues)


def _headings(table: Table, mapping: Mapping) -> tuple[str, ...]:
    """The headings of the file; of a file that has none what its columns were taken for."""
    if table.has_header:
        return table.header
    columns = mapping.columns
    return unique_headers(
        one.header if one.meaning in _UNNAMED else one.meaning.value.replace("_", " ") for one in columns
    )


def write_part(
    out: TextIO, listing: Listing, lines: Iterable[ListedRow], rep: str, refused: Collection[int]
) -> int:
    """Write the rows that a rep got, as theirs; returns how many.

    `refused`: numbers of rows of people on our own do-not-call list, of whom the file does not say so.
    """
    header = (*listing.header, unique_headers((*listing.header, NO_CALLS))[-1]) if refused else listing.header

    def cells(line: ListedRow) -> list[str]:
        row = _padded(line, listing)
        row[listing.owner_at] = rep
        if listing.owner_id_at is not None:
            row[listing.owner_id_at] = ""
        return [*row, "yes" if line.number in refused else ""] if refused else row

    return write_table(header, map(cells, lines), out)


def write_kept(out: TextIO, listing: Listing, lines: Iterable[tuple[ListedRow, str]]) -> int:
    """Write the rows nobody got, each with the reason; returns how many."""
    header = unique_headers((*listing.header, WHY_KEPT))
    return write_table(header, ([*_padded(line, listing), why] for line, why in lines), out)


def _padded(line: ListedRow, listing: Listing) -> list[str]:
    """The cells of a row as an import reads them, one for each heading."""
    cells = [unquoted(cell) if cell else "" for cell in line.cells]
    return cells + [""] * (len(listing.header) - len(cells))
