"""An import in words: what its columns are taken for, what its first rows become, and what it did."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from tui.cockpit.wording import card
from tui.domain.day_words import number_of
from tui.domain.person_fields import field_named
from tui.exchange.reading.column import Column
from tui.exchange.reading.columns import Mapping
from tui.exchange.reading.date_orders import OpenDate
from tui.exchange.reading.dates import DateOrder, read_date
from tui.exchange.reading.headers import Meaning
from tui.exchange.reading.plan import Kept, notes_of
from tui.exchange.reading.row_to_contact import Made, Rejected
from tui.exchange.reading.table import Table
from tui.phone import shown

CELLS_SHOWN = 4
CELL_SHOWN = 30
_OFFER = "{column!r} holds only phone numbers and is not used. Use them?"
_OFFER_FLAG = "The column {column!r} holds only phone numbers and is not used. To use it: --map {quoted}"
_DOUBT = "Does {column!r} say who must not be called? In it: {cells}"
_DOUBT_FLAGS = (
    "The column {column!r} may say who must not be called, and its cells do not decide it. In it: {cells}. "
    "If a yes there forbids calls, say --dnc {quoted}; if it allows them, --map may_call={quoted}; "
    "if it is about something else, --map field={quoted}."
)
_TAKEN_OVER = "Taken over: {what}."
_BOTH_TAKEN_OVER = "Taken over: {planned}, {touched}."
_DATES = "Is {cell} in {column!r} {day_first} or {month_first}? Nothing in the file says which."
_DATES_FLAGS = (
    "{cell} in {column!r} is {day_first} or {month_first}, and nothing in the file says which. "
    "If the day stands first, say --day-first; if the month does, say --month-first."
)


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """Dates that are two days each, where nothing in the file decides which."""

    open: OpenDate

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that answer, and what each says."""
        return (("d", self._as(DateOrder.DAY_FIRST)), ("m", self._as(DateOrder.MONTH_FIRST)))

    @property
    def question(self) -> str:
        """What the rep is asked, where there is somebody to ask."""
        return self._filled(_DATES)

    @property
    def flags(self) -> str:
        """What is missing, and the flags that say it, where nobody can be asked."""
        return self._filled(_DATES_FLAGS)

    def answer(self, key: str) -> str:
        """The word of `--map` that a key means."""
        return date_order_word(DateOrder.DAY_FIRST if key == "d" else DateOrder.MONTH_FIRST)

    def _filled(self, words: str) -> str:
        (_, day_first), (_, month_first) = self.keys
        column, cell = self.open.heading, self.open.cell
        return words.format(cell=cell, column=column, day_first=day_first, month_first=month_first)

    def _as(self, order: DateOrder) -> str:
        read = read_date(self.open.cell, order)
        return f"{read.at.day} {read.at:%B %Y}" if read else order.replace("_", " ")


def date_order_word(order: DateOrder) -> str:
    """The word of `--map` that says in which order dates stand that may be two days."""
    return f"dates={order}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column of which only the rep knows whether it says who must not be called."""

    number: int
    """Its place, counted from 1."""
    heading: str
    cells: tuple[str, ...]
    """A few of its cells."""

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that answer, and what each says of the column."""
        return DOUBT_KEYS

    @property
    def question(self) -> str:
        """What the rep is asked, where there is somebody to ask."""
        return _DOUBT.format(column=self.heading, cells=", ".join(self.cells))

    @property
    def flags(self) -> str:
        """What is missing, and the flags that say it, where nobody can be asked."""
        return _DOUBT_FLAGS.format(
            column=self.heading, cells=", ".join(self.cells), quoted=shlex.quote(self.heading)
        )

    def answer(self, key: str) -> str:
        """The word of `--map` that a key of `DOUBT_KEYS` means."""
        return f"{_DOUBT_MEANS[key]}={self.number}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A column of nothing but phone numbers whose heading says nothing of them."""

    number: int
    """Its place, counted from 1."""
    heading: str

    @property
    def question(self) -> str:
        """What the rep is asked."""
        return _OFFER.format(column=self.heading)

    @property
    def flag(self) -> str:
        """The same for the command line, with the flag that uses it."""
        said = f"{Meaning.PHONE}={self.heading}"
        return _OFFER_FLAG.format(column=self.heading, quoted=shlex.quote(said))

    def answer(self, key: str) -> str:
        """The word of `--map` that a key of `OFFER_KEYS` means."""
        return f"{_OFFER_MEANS[key]}={self.number}"


DOUBT_KEYS = (
    ("y", "yes forbids calls"),
    ("a", "yes allows calls"),
    ("n", "neither, keep it as a field"),
)
"""The answers to a doubt, and what they say of the column."""
OFFER_KEYS = (("y", "use them"), ("n", "keep it as a field"))
"""The answers to an offer."""
_OFFER_MEANS = {"y": Meaning.PHONE, "n": Meaning.FIELD}
_DOUBT_MEANS = {"y": Meaning.DO_NOT_CALL, "a": Meaning.MAY_CALL, "n": Meaning.FIELD}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, before it is done."""

    table: Table
    mapping: Mapping
    list_name: str
    region: str
    samples: tuple[Made | Rejected, ...] = ()

    @property
    def doubts(self) -> tuple[Doubt | DateDoubt, ...]:
        """What only the rep knows of columns and dates: nothing is imported before each is answered."""
        columns = (Doubt(one.index + 1, one.header, self._cells(one)) for one in self.mapping.undecided)
        open_date = self.mapping.dates.open if self.mapping.dates else None
        return (*columns, *((DateDoubt(open_date),) if open_date else ()))

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file is read: what was mended, and in which order its dates stand."""
        return notes_of(self.table, self.mapping)

    def _cells(self, column: Column) -> tuple[str, ...]:
        """A few different cells of a column, filled ones."""
        found: dict[str, None] = {}
        for cell in column.cells(self.table.rows()):
            if cell:
                found[cell[:CELL_SHOWN]] = None
            if len(found) == CELLS_SHOWN:
                break
        return tuple(found)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The columns of nothing but phone numbers that are not used."""
        return tuple(Offer(one.index + 1, one.header) for one in self.mapping.offered)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Each column of the file and what it is taken for."""
        return tuple((c.header, _column(c)) for c in self.mapping.columns)

    @property
    def sample_lines(self) -> tuple[str, ...]:
        """The first rows as they would become contacts, a line each."""
        return tuple(_sample(one) for one in self.samples)


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    created: int
    updated: int
    unchanged: int
    merged: int = 0
    """Rows about a person an earlier row of the file was about."""
    rejected: tuple[Rejected, ...] = ()
    conflicts: tuple[str, ...] = ()
    """What the file says against a rep's own edits; the edit stays."""
    remarks: tuple[tuple[int, str], ...] = field(default=())
    notes: tuple[str, ...] = ()
    """How the file had to be read: what was mended, what stood above the headings."""
    planned: int = 0
    """Planned calls that were not there before."""
    touched: int = 0
    """People who were contacted later than we knew."""

    @property
    def rows(self) -> int:
        """Every row of the file that holds anything: each is counted once."""
        return self.created + self.updated + self.unchanged + self.merged + len(self.rejected)

    @property
    def sentence(self) -> str:
        """The report in one line."""
        said = "1 row: " if self.rows == 1 else f"{self.rows} rows: "
        said += f"{self.created} added, {self.updated} changed, {self.unchanged} unchanged"
        said += f", {self.merged} merged with an earlier row" if self.merged else ""
        return said + (f", {len(self.rejected)} not taken" if self.rejected else "")

    @property
    def taken_over(self) -> str:
        """What it brings of the work done in another program, in a line; empty when it brings nothing."""
        planned = number_of(self.planned, "planned call") if self.planned else ""
        touched = (
            number_of(self.touched, "date of a last contact", "dates of a last contact")
            if self.touched
            else ""
        )
        if planned and touched:
            return _BOTH_TAKEN_OVER.format(planned=planned, touched=touched)
        return _TAKEN_OVER.format(what=planned or touched) if planned or touched else ""


_COLUMN_WORDS = {
    Meaning.MIDDLE: "Middle name",
    Meaning.PHONE_LABEL: "Kind of the number beside it",
    Meaning.PHONE_CODE: "Country code of the number",
    Meaning.ID: "Their ID in that list",
    Meaning.OWN_ID: "Their ID here",
    Meaning.SOURCE_LIST: "The list they came with",
    Meaning.REFUSAL_COVERS: "Who else must not be called",
    Meaning.REFUSED_NUMBERS: "Numbers not to call",
    Meaning.WRONG_NUMBERS: "Wrong numbers",
    Meaning.MAY_CALL: "May be called",
    Meaning.CALL_BACK: "Planned call",
    Meaning.DELETED: "Marked as deleted",
    Meaning.FIELD: "Kept under its heading",
    Meaning.IGNORE: "Left out",
}
"""Columns that are no field of a person's form; the others are called as they are there."""


def words_for(meaning: Meaning) -> str:
    """What a column holds, in the words of the form and the card."""
    return _label(meaning, _COLUMN_WORDS.get(meaning, meaning.capitalize()))


def kept_words(kept: Kept) -> str:
    """That a rep's own word stays: `row 2, Ann Rossi: Role stays 'Buyer', the file says 'Owner'`."""
    one = kept.conflict
    label = _label(one.field, one.field)
    return f"row {kept.row}, {card.name_of(kept.contact)}: {label} stays {one.kept!r}, the file says {one.refused!r}"


def _label(name: str, otherwise: str) -> str:
    """What a field of a person is called in the form; another column is called `otherwise`."""
    field = field_named(name)
    return field.label if field else otherwise


def _column(column: Column) -> str:
    if column.asks:
        return "Not decided: you are asked"
    label = column.label if column.meaning is Meaning.PHONE else ""
    return words_for(column.meaning) + (f" ({label})" if label else "")


def _sample(one: Made | Rejected) -> str:
    if isinstance(one, Rejected):
        return f"{one.where}: not taken, {one.reason}"
    contact = one.contact
    called = contact.first_number
    number = shown(called) if called else next((n.raw for n in contact.numbers), "no number yet")
    parts = [card.name_of(contact), contact.company if contact.name else "", number]
    if contact.do_not_call:
        parts.append("do not call")
    if one.plan:
        parts.append(f"call planned for {one.plan.at:%d %b %Y}")
    return ", ".join(part for part in parts if part)
