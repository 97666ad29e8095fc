"""Whether 12/01/2026 is in January or in December: decided by the whole file, else asked, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct, field

from tui.exchange.reading.dates import DateOrder, Figures, figures_in
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.records import Row
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Table

_FILE = {DateOrder.DAY_FIRST: "dates_day_first", DateOrder.MONTH_FIRST: "dates_month_first"}
_COLUMN = {
    DateOrder.DAY_FIRST: "dates_day_first_column",
    DateOrder.MONTH_FIRST: "dates_month_first_column",
}
_SAID = {DateOrder.DAY_FIRST: "dates_day_first_said", DateOrder.MONTH_FIRST: "dates_month_first_said"}


class OpenDate(Struct, frozen=True):
    """A date of the file that is two days, where nothing in the file decides which."""

    heading: str
    cell: str


class DateOrders(Struct, frozen=True):
    """In which order each column of dates writes its figures."""

    of_column: Mapping[int, DateOrder] = field(default_factory=dict)
    """By the place of the column; one of which nothing is known, or nothing need be, is not there."""
    open: OpenDate | None = None
    """The first date that must be asked about; None when everything is decided."""
    notes: tuple[str, ...] = ()
    """Which order was used, and why."""


class _Seen(Struct):
    """What the cells of one column say."""

    heading: str
    proofs: dict[DateOrder, tuple[int, str]] = field(default_factory=dict)
    """The first row that proves an order, and its cell."""
    asks: str = ""
    """The first cell that is two days."""

    def look(self, row: int, cell: str, figures: Figures) -> None:
        if figures.proves:
            self.proofs.setdefault(figures.proves, (row, cell))
        elif figures.asks:
            self.asks = self.asks or cell


def order_named(word: str) -> DateOrder:
    """The order that `--map dates=day-first` names. Raises `ImportRefused` for another word."""
    try:
        return DateOrder(words_of(word).replace(" ", "_"))
    except ValueError:
        raise ImportRefused(sentence("map_dates", word=word.strip())) from None


def date_orders(table: Table, dates: Sequence[Column], said: DateOrder | None) -> DateOrders:
    """The orders of the columns of dates. `said`: what the rep said, where the file does not decide.

    A column that proves an order is read in it; one that proves none is read as the others of the file are, also
    those that are no dates to us. Two columns that prove two orders decide nothing for a third.
    """
    if not dates:
        return DateOrders()
    seen = _look(table.rows(), dates)
    if not any(one.proofs or one.asks for one in seen.values()):
        return DateOrders()
    decided = {index: order for index, one in seen.items() if (order := _only(one.proofs))}
    file_order = _only(set(decided.values()))
    undecided = [one for index, one in seen.items() if one.asks and index not in decided]
    proofs = [one for index, one in seen.items() if index in decided]
    if undecided and not decided and not said and not any(one.proofs for one in seen.values()):
        others = _look(table.rows(), _others(table, dates))
        proofs = [one for one in others.values() if one.proofs]
        file_order = _only({order for one in proofs for order in one.proofs})
    order = said or file_order
    if undecided and order is None:
        first = undecided[0]
        return DateOrders(decided, OpenDate(first.heading, first.asks), tuple(_notes(decided, seen)))
    if order is not None:
        decided = {index: decided.get(index, order) for index in seen}
    if said is not None and undecided:
        return DateOrders(decided, notes=(sentence(_SAID[said]),))
    if file_order is None:
        return DateOrders(decided, notes=tuple(_notes(decided, seen)))
    return DateOrders(decided, notes=(_proof(file_order, proofs),))


def _only(orders: Collection[DateOrder]) -> DateOrder | None:
    return next(iter(orders)) if len(orders) == 1 else None


def _others(table: Table, dates: Sequence[Column]) -> list[Column]:
    """The columns that hold no dates of ours: a birthday proves how the file writes a date."""
    ours = {column.index: column for column in dates}
    meaning = dates[0].meaning
    return [
        Column(index, heading, meaning) for index, heading in enumerate(table.header) if index not in ours
    ]


def _look(rows: Iterable[Row], columns: Sequence[Column]) -> dict[int, _Seen]:
    seen = {column.index: _Seen(column.header) for column in columns}
    for row in rows:
        for index, one in seen.items():
            cell = row.cells[index] if index < len(row.cells) else ""
            if cell and (figures := figures_in(cell)):
                one.look(row.number, cell.strip(), figures)
    return seen


def _notes(decided: Mapping[int, DateOrder], seen: Mapping[int, _Seen]) -> Iterable[str]:
    """A sentence for each column, where they differ."""
    for index, order in decided.items():
        row, cell = seen[index].proofs[order]
        yield sentence(_COLUMN[order], column=seen[index].heading, row=row, cell=cell)


def _proof(order: DateOrder, proofs: Iterable[_Seen]) -> str:
    row, cell, heading = min((*one.proofs[order], one.heading) for one in proofs if order in one.proofs)
    return sentence(_FILE[order], column=heading, row=row, cell=cell)
