"""What only the rep can say of a file, as values: the cockpit and the command line both ask from these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from tui.exchange.reading.dates import DateOrder
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.columns import LEFT, NOT_TO_CALL, NUMBERS, REGION, TO_CALL, Mapping
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.phone_numbers import unknown_country
from tui.exchange.reading.row_to_contact import Made
from tui.exchange.reading.table import Table
from tui.phone import country_named

SAMPLE = 4
_CELL = 30
"""Signs of a cell that are shown."""
_MOST_NAMES = 5
"""Unknown names of countries that are asked about, the most frequent ones."""


class Asks(StrEnum):
    """What is asked."""

    DO_NOT_CALL = "do_not_call"
    DATES = "dates"
    COUNTRY = "country"
    NUMBERS = "numbers"
    WHOSE = "whose"
    """Whether a file of nothing but numbers holds people to call."""


class Question(Struct, frozen=True):
    """One thing that nobody but the rep can decide."""

    code: Asks
    column: str
    """Heading of the column; of `COUNTRY` the country as the rows write it, blank when they write none."""
    sample: tuple[str, ...] = ()
    """A few different cells, or numbers."""
    count: int = 0
    """How many numbers it is about; 0 when it is about all of a column."""
    place: int = 0
    """Of the column, counted from 1."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys that answer; none when a country is typed."""
        return tuple(_MEANS.get(self.code, ()))

    @property
    def must(self) -> bool:
        """Whether nothing is imported before it is answered; an offer may be passed over."""
        return self.code is not Asks.NUMBERS

    def answer(self, said: str) -> str:
        """The word of `--map` that a key or a typed country means; empty when it is no answer.

        No country at all leaves the numbers without one.
        """
        if self.code is Asks.COUNTRY:
            country = country_named(said) if said.strip() else LEFT
            return f"{REGION}={self.column}:{country}" if country else ""
        meaning = _MEANS[self.code].get(said)
        if self.code is Asks.DATES:
            return date_order_word(meaning) if meaning else ""
        if self.code is Asks.WHOSE:
            return numbers_word(meaning) if meaning else ""
        return f"{meaning}={self.place}" if meaning else ""


_MEANS: dict[Asks, dict[str, str]] = {
    Asks.DO_NOT_CALL: {"y": Meaning.DO_NOT_CALL, "a": Meaning.MAY_CALL, "n": Meaning.FIELD},
    Asks.DATES: {"d": DateOrder.DAY_FIRST, "m": DateOrder.MONTH_FIRST},
    Asks.NUMBERS: {"y": Meaning.PHONE, "n": Meaning.FIELD},
    Asks.WHOSE: {"c": TO_CALL, "n": NOT_TO_CALL},
}


def numbers_word(whose: str) -> str:
    """The word of `--map` that says whose the numbers are of a file that holds nothing else."""
    return f"{NUMBERS}={whose}"


def date_order_word(order: str) -> str:
    """The word of `--map` that says in which order dates stand that may be two days."""
    return f"dates={order}"


def of_columns(table: Table, mapping: Mapping) -> tuple[Question, ...]:
    """The columns that nobody but the rep can decide; those that stop the import first."""
    open_date = mapping.dates.open if mapping.dates else None
    dates = (Question(Asks.DATES, open_date.heading, (open_date.cell,)),) if open_date else ()
    phones = mapping.of(Meaning.PHONE) if mapping.only_numbers else ()
    return (
        *(_of(Asks.WHOSE, column, table) for column in phones[:1]),
        *(_of(Asks.DO_NOT_CALL, column, table) for column in mapping.undecided),
        *dates,
        *(_of(Asks.NUMBERS, column, table) for column in mapping.offered),
    )


def _of(code: Asks, column: Column, table: Table) -> Question:
    sample: dict[str, None] = {}
    for cell in column.cells(table.rows()):
        if cell:
            sample[cell[:_CELL]] = None
        if len(sample) == SAMPLE:
            break
    return Question(code, column.header, tuple(sample), place=column.index + 1)


def of_countries(mapping: Mapping, made: Iterable[Made]) -> tuple[Question, ...]:
    """One question for all numbers without a country, and one for each name of a country nobody knows."""
    column = next(iter(mapping.of(Meaning.COUNTRY)), None)
    answered = {said for said, _ in mapping.countries}
    found: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for one in made:
        if one.need_country:
            text = one.contact.fields.get(column.header, "") if column else ""
            said = unknown_country(text)
            written.setdefault(said, text if said else "")
            found.setdefault(said, []).extend(one.need_country)
    open_ = [(said, numbers) for said, numbers in found.items() if said not in answered]
    open_.sort(key=lambda one: (bool(one[0]), -len(one[1])))
    return tuple(_country(written[said], numbers) for said, numbers in open_[: _MOST_NAMES + ("" in found)])


def _country(said: str, numbers: Sequence[str]) -> Question:
    each = tuple(dict.fromkeys(numbers))
    return Question(Asks.COUNTRY, said, each[:SAMPLE], len(each))
