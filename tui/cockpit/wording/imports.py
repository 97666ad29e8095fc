"""An import in words: what its columns are taken for, what its first rows become, and what it did."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from tui.cockpit.wording import card
from tui.domain.person_fields import field_named
from tui.exchange.reading.column import Column
from tui.exchange.reading.columns import Mapping
from tui.exchange.reading.headers import Meaning
from tui.exchange.reading.plan import Kept
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


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column of which only the rep knows whether it says who must not be called."""

    number: int
    """Its place, counted from 1."""
    heading: str
    cells: tuple[str, ...]
    """A few of its cells."""

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
    def doubts(self) -> tuple[Doubt, ...]:
        """The columns that may say who must not be called: nothing is imported before each is answered."""
        return tuple(Doubt(one.index + 1, one.header, self._cells(one)) for one in self.mapping.undecided)

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


_COLUMN_WORDS = {
    Meaning.MIDDLE: "Middle name",
    Meaning.PHONE_LABEL: "Kind of the number beside it",
    Meaning.PHONE_CODE: "Country code of the number",
    Meaning.ID: "Their ID in that list",
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
