"""An import in words: what its columns are taken for, what its first rows become, and what it did."""

from __future__ import annotations

from msgspec import Struct, field

from tui.cockpit.wording import card
from tui.cockpit.wording.import_summary import Summary, number_words
from tui.cockpit.wording.why import in_words
from tui.domain.day_words import city, number_of, wall_time
from tui.domain.identity.person_fields import field_named
from tui.exchange.reading.decode import readings
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.columns import Mapping
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.headings.of_number import numbers_meant
from tui.exchange.reading.plan import Built, Kept, notes_of
from tui.exchange.reading.questions import Question
from tui.exchange.reading.row_to_contact import ImportedPlan, Made, Rejected
from tui.exchange.reading.table import Table
from tui.locale.spoken import translated
from tui.phone import shown

_TAKEN_OVER = "Taken over: {what}."
_STRANGERS = '{people} to "{owner}", and nobody on the team is called that'
_STRANGER = "{first}."
_MORE_STRANGERS = "{first}. {people} to somebody like that."
_DONE = {
    (False, False): "{rows:row|rows}: {created} added, {updated} changed, {unchanged} unchanged",
    (True, False): (
        "{rows:row|rows}: {created} added, {updated} changed, {unchanged} unchanged, {merged} merged with an "
        "earlier row"
    ),
    (False, True): (
        "{rows:row|rows}: {created} added, {updated} changed, {unchanged} unchanged, {rejected} not taken"
    ),
    (True, True): (
        "{rows:row|rows}: {created} added, {updated} changed, {unchanged} unchanged, {merged} merged with an "
        "earlier row, {rejected} not taken"
    ),
}
"""What was done: whether rows were merged, and whether some were not taken."""
_KEPT = "row {row}, {name}: {field} stays {kept!r}, the file says {refused!r}"
_SAMPLE = {
    "rejected": "{where}: not taken, {reason}",
    "asked": "is asked about",
    "do_not_call": "do not call",
    "numbers": "do not call {numbers}",
    "planned": "call planned for {when}",
    "planned_in": "call planned for {when} in {city}",
    "planned_there": "call planned for {when} their time",
}
_NOT_DECIDED = "Not decided: you are asked"
_OF_NUMBER = "{words} (this number only)"
_BOTH_TAKEN_OVER = "Taken over: {planned}, {touched}."


class Preview(Struct, frozen=True):
    """What an import would do, before it is done."""

    table: Table
    mapping: Mapping
    list_name: str
    region: str
    encoding: str = ""
    """How somebody said that the file is written."""
    samples: tuple[Made | Rejected, ...] = ()
    questions: tuple[Question, ...] = ()
    """What only the rep can say."""
    built: Built | None = None
    """Its rows, once all of them are read."""
    summary: Summary | None = None
    """What importing it would bring, once all rows are read."""

    @property
    def next_question(self) -> Question | None:
        """What the rep is asked next, with what stops the import first; None when nothing is left to ask."""
        return min(self.questions, key=lambda one: not one.must, default=None)

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file is read: what was mended, and in which order its dates stand."""
        return notes_of(self.table, self.mapping)

    @property
    def encodings(self) -> tuple[tuple[str, str], ...]:
        """The encodings the file may be written in, with a few of its lines in each; empty when it proves its own."""
        return readings(self.table.doubtful) if self.table.doubtful else ()

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Each column of the file and what it is taken for."""
        of_numbers = {} if self.mapping.own else numbers_meant(self.mapping.columns)
        return tuple((c.header, _column(c, c.index in of_numbers)) for c in self.mapping.columns)

    @property
    def sample_lines(self) -> tuple[str, ...]:
        """The first rows as they would become contacts, a line each."""
        return tuple(_sample(one) for one in self.samples)


class Report(Struct, frozen=True):
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
    summary: Summary = field(default_factory=lambda: Summary({}))
    """Who can be called of them, and who cannot."""
    strangers: dict[str, int] = field(default_factory=dict)
    """Owners whom nobody on the team is called, and how many of the people belong to each; the most first."""

    @property
    def rows(self) -> int:
        """Every row of the file that holds anything: each is counted once."""
        return self.created + self.updated + self.unchanged + self.merged + len(self.rejected)

    @property
    def of_nobody(self) -> str:
        """Owners whom nobody on the team is called, in a line; empty when there is none."""
        if not self.strangers:
            return ""
        (owner, people), *others = self.strangers.items()
        first = stranger(owner, people)
        more = number_of(sum(count for _, count in others), "more person belongs", "more people belong")
        return translated(_MORE_STRANGERS if others else _STRANGER).format(first=first, people=more)

    @property
    def sentence(self) -> str:
        """The report in one line."""
        rejected = len(self.rejected)
        said = _DONE[bool(self.merged), bool(rejected)]
        counts = {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}
        return in_words(said, {**counts, "rows": self.rows, "merged": self.merged, "rejected": rejected})

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
            return translated(_BOTH_TAKEN_OVER).format(planned=planned, touched=touched)
        return translated(_TAKEN_OVER).format(what=planned or touched) if planned or touched else ""


def stranger(owner: str, people: int) -> str:
    """`3 people belong to "Kat Exmaple", and nobody on the team is called that`."""
    return translated(_STRANGERS).format(
        people=number_of(people, "person belongs", "people belong"), owner=owner
    )


_COLUMN_WORDS = {
    Meaning.MIDDLE: "Middle name",
    Meaning.PHONE_LABEL: "Kind of the number beside it",
    Meaning.PHONE_CODE: "Country code of the number",
    Meaning.EXTENSION: "Extension of the number",
    Meaning.COUNTRY: "Country",
    Meaning.STATUS: "Status",
    Meaning.ACTION: "Action",
    Meaning.ID: "Their ID in that list",
    Meaning.OWN_ID: "Their ID here",
    Meaning.SOURCE_LIST: "The list they came with",
    Meaning.OWNER_ID: "Who has taken them over",
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
    return _label(meaning, _COLUMN_WORDS.get(meaning, ""))


def kept_words(kept: Kept) -> str:
    """That a rep's own word stays: `row 2, Ann Rossi: Role stays 'Buyer', the file says 'Owner'`."""
    one = kept.conflict
    label = _label(one.field, one.field)
    name = card.name_of(kept.contact)
    return translated(_KEPT).format(row=kept.row, name=name, field=label, kept=one.kept, refused=one.refused)


def _label(name: str, otherwise: str) -> str:
    """What a field of a person is called in the form; another column is called `otherwise`."""
    field = field_named(name)
    return translated(field.label if field else otherwise)


def _column(column: Column, is_of_number: bool) -> str:
    if column.asks:
        return translated(_NOT_DECIDED)
    if is_of_number:
        return translated(_OF_NUMBER).format(words=words_for(column.meaning))
    label = column.label if column.meaning is Meaning.PHONE else ""
    words = words_for(column.meaning)
    return f"{words} ({label})" if label else words


def _sample(one: Made | Rejected) -> str:
    if isinstance(one, Rejected):
        return translated(_SAMPLE["rejected"]).format(where=one.where, reason=one.reason)
    contact = one.contact
    parts = [card.name_of(contact), contact.company if contact.name else "", number_words(contact)]
    if contact.do_not_call.like:
        parts.append(translated(_SAMPLE["asked"]))
    elif contact.do_not_call:
        parts.append(translated(_SAMPLE["do_not_call"]))
    elif any(number.barred for number in contact.numbers):
        barred = ", ".join(shown(n.e164) for n in contact.numbers if n.barred)
        parts.append(translated(_SAMPLE["numbers"]).format(numbers=barred))
    parts += map(_planned, one.plans)
    return ", ".join(part for part in parts if part)


def _planned(plan: ImportedPlan) -> str:
    """When a call is planned, and on whose clock where the file names a time."""
    code = "planned" if plan.precision != "minute" else "planned_in" if plan.zone else "planned_there"
    return translated(_SAMPLE[code]).format(when=wall_time(plan.at, plan.precision), city=city(plan.zone))
