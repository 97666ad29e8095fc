"""One row of a file becomes a contact, or is named with the reason why it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from tui.domain.contact import Basis, Contact, Number, Refusal, Source, Touch
from tui.domain.window import zone_info
from tui.exchange.reading.cells import (
    PersonName,
    emails_in,
    ground,
    is_no,
    is_yes,
    language_code,
    own_list,
    person_name,
    words_in,
    zone_name,
)
from tui.exchange.reading.consent.cells import Found, found_in, is_worth_keeping, refuses
from tui.exchange.reading.consent.numbers import opted_out, refused_by_number, with_barred
from tui.exchange.reading.dates import Precision, ReadDate
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.layout import Layout
from tui.exchange.reading.moments import Moments, moments_in
from tui.exchange.reading.own_export import NUMBERS, as_exported, own_id, own_values
from tui.exchange.reading.phone_numbers import RowNumbers, row_numbers
from tui.exchange.reading.records import Row
from tui.exchange.reading.sentences import sentence
from tui.phone import zones
from tui.plaintext import fold

OLD_PLAN = timedelta(days=60)
"""A call-back date longer ago is history, not a plan."""
_BLANK = dict.fromkeys(Meaning, "")
_NAME_PARTS = (Meaning.NAME, Meaning.GIVEN, Meaning.MIDDLE, Meaning.FAMILY)
_DELETE_ACTIONS = frozenset({"delete", "deleted", "remove", "elimina", "loschen", "eliminar", "supprimer"})


class Rejected(Struct, frozen=True):
    """A row that became no contact: its number as a spreadsheet shows it, and why."""

    row: int
    reason: str
    line: int = 0
    """The line of the file on which it begins, as an editor shows it; 0 when that is not known."""
    last_line: int = 0

    @property
    def where(self) -> str:
        """`row 3`; with the lines of the file where an editor counts otherwise: `row 41 (lines 57 to 59)`."""
        code = "row" if self.line in {0, self.row} else "row_on_line"
        code = "row_on_lines" if self.line != self.last_line else code
        return sentence(code, row=self.row, line=self.line, last_line=self.last_line)


class ImportedPlan(Struct, frozen=True):
    """A call-back date from a file: somebody planned a call in another program. It is no call and no promise."""

    contact_id: str
    at: datetime
    """Local time without a zone: the clock of `zone`, else of the customer; midnight for precision `day`."""
    precision: Precision = "day"
    zone: str = ""
    """IANA zone of `at` when it is known."""
    source: str = ""
    """The list the file is imported as."""


class Made(Struct, frozen=True):
    """A row that became a contact."""

    row: int
    contact: Contact
    plans: tuple[ImportedPlan, ...] = ()
    """The call-backs it names, the earliest first."""
    remarks: tuple[str, ...] = ()
    """What the rep should know of the row all the same."""
    need_country: tuple[str, ...] = ()
    """Its numbers that could be called if somebody said which country they are in."""
    continues: int = 0
    """The row of the person it says one more thing about; 0 when it is a person's own."""

    @property
    def plan(self) -> ImportedPlan | None:
        """The earliest call-back it names."""
        return next(iter(self.plans), None)


def read_row(layout: Layout, row: Row) -> Made | Rejected:
    """The contact of a row, or why it has none."""
    if row.problem:
        return _rejected(row, row.problem)
    values = layout.values(row)
    reading = _Reading(layout, values)
    if reason := reading.unwanted():
        return _rejected(row, reason)
    if row.remark:
        reading.remarks.append(row.remark)
    reading.remarks.extend(layout.cut(row))
    if len(row.cells) > len(layout.header):
        reading.remarks.append(sentence("more_cells"))
    name = reading.name()
    emails = reading.emails()
    found = row_numbers(layout, values)
    if not (name.name or reading.one(Meaning.COMPANY) or emails or any(n.e164 for n in found.numbers)):
        return _rejected(row, _nobody(found))
    contact = reading.contact(name, emails, found)
    return Made(row.number, contact, reading.plans, tuple(reading.remarks), found.need_country, row.continues)


def _rejected(row: Row, reason: str) -> Rejected:
    return Rejected(row.number, reason, row.line, row.last_line)


def _nobody(found: RowNumbers) -> str:
    """Why a row without name, company, e-mail and understood number is nobody."""
    if found.remarks:
        return sentence("nobody_and", remark=found.remarks[0])
    if found.others:
        return sentence("nobody_and", remark=sentence("no_number", cell=found.others[0][1]))
    return sentence("nobody")


class _Reading:
    """The work on one row: its values, what has no place of its own, and what is to be said about it."""

    def __init__(self, layout: Layout, values: list[str]) -> None:
        self._layout = layout
        self._values = values
        said = {meaning: values[place] for meaning, place in layout.first.items()}
        # As a look-up in a whole table: a row is asked for twenty meanings, most of which no file has.
        self.one: Callable[[Meaning], str] = {**_BLANK, **said}.__getitem__
        """The value of the column with a meaning; blank when there is none."""
        self._fields: dict[str, str] = {}
        self._of_numbers: Mapping[int, list[Number]] = {}
        """By the place of a column about single numbers: those it refuses in this row."""
        self.plans: tuple[ImportedPlan, ...] = ()
        self.remarks: list[str] = []

    def _header(self, meaning: Meaning) -> str:
        return self._layout.columns[self._layout.first[meaning]].header

    def _moments(self, meaning: Meaning) -> Moments:
        return moments_in(self._layout, self._values, meaning)

    def unwanted(self) -> str:
        """Why the row is not meant to be imported; blank when it is."""
        if tuple(self._values) == self._layout.header:
            return sentence("repeats_header")
        action = self.one(Meaning.ACTION)
        reason = sentence("deleted") if is_yes(self.one(Meaning.DELETED)) else ""
        if action and fold(action) in _DELETE_ACTIONS:
            reason = sentence("marked", action=action)
        if reason and self._said_against().refused:
            self.remarks.append(sentence("deleted_refused"))
            return ""
        return reason

    def name(self) -> PersonName:
        """The name of the person; in our own export it is in its parts already."""
        parts = [self.one(meaning) for meaning in _NAME_PARTS]
        return PersonName(parts[0], parts[1], parts[3]) if self._layout.own else person_name(*parts)

    def emails(self) -> tuple[str, ...]:
        """Every e-mail address of the row, each once; other text in such a column becomes a field."""
        found: dict[str, None] = {}
        for column in self._layout.of[Meaning.EMAIL]:
            cell = self._values[column.index]
            addresses = (cell,) if cell and self._layout.own else emails_in(cell)
            found |= dict.fromkeys(addresses)
            if cell and not addresses and not is_no(cell):
                self._set_aside(column.header, cell, sentence("no_mail", cell=cell))
        return tuple(found)

    def contact(self, name: PersonName, emails: tuple[str, ...], found: RowNumbers) -> Contact:
        """The contact with everything the row says; sets `plans` when it names call-backs."""
        layout = self._layout
        self.remarks.extend(found.remarks)
        self._fields.update(found.others)
        self._of_numbers = refused_by_number(found, layout, self._values)
        self._keep_fields()
        contact_id, zone = own_id(self.one(Meaning.OWN_ID)) or next(layout.ids), self._zone()
        self.plans = tuple(self._find_plans(contact_id, zone, found.numbers))
        return Contact(
            id=contact_id,
            created_at=layout.now,
            import_id=layout.import_id,
            name=name.name,
            given=name.given,
            family=name.family,
            company=self.one(Meaning.COMPANY),
            role=self.one(Meaning.ROLE),
            numbers=with_barred(
                found.numbers, layout, self._values, self._of_numbers, self._said_of_numbers()
            ),
            emails=emails,
            lists=self._lists(),
            source=self._source(),
            zone=zone,
            language=self._known(
                Meaning.LANGUAGE, "no_such_language", language_code(self.one(Meaning.LANGUAGE))
            ),
            owner=self.one(Meaning.OWNER),
            owner_id=own_id(self.one(Meaning.OWNER_ID)),
            tags=self._words(Meaning.TAGS),
            customer=is_yes(self.one(Meaning.CUSTOMER)),
            open_problem=self._open_problem(),
            basis=self._basis(),
            touched_at=self._touched(zone, found.numbers),
            do_not_call=self._refusal(),
            priority=self._priority(),
            fields=self._fields,
        )

    def _keep_fields(self) -> None:
        """Columns we have no name for, under their header; what was there of a sales history, under ours."""
        for column in self._layout.kept:
            if value := self._values[column.index]:
                self._fields[column.header] = value
        for column in self._layout.about_calls:
            if not (value := self._values[column.index]):
                continue
            is_of_nothing = column.index in self._of_numbers and not self._of_numbers[column.index]
            if is_worth_keeping(column.meaning, value) or (is_of_nothing and refuses(column, self._values)):
                self._fields[column.header] = value
        for place in range(len(self._layout.header), len(self._values)):
            if value := self._values[place]:
                self._fields[sentence("column", number=place + 1)] = value
        notes = [self._values[column.index] for column in self._layout.of[Meaning.NOTES]]
        kept = {
            "notes": "\n".join(filter(None, notes)),
            "status": self.one(Meaning.STATUS),
            # A date that can be read is `touched_at`.
            "last_called": ", ".join(self._moments(Meaning.LAST_CALLED).unread),
        }
        self._fields |= {key: value for key, value in kept.items() if value}

    def _list(self) -> str:
        """The list the person came with: of our own export the first one they came with."""
        return own_list(self.one(Meaning.SOURCE_LIST) or self._layout.list_name)

    def _source(self) -> Source:
        own = self.one(Meaning.ID)
        return Source(self._list(), own) if own else _source_without_id(self._list())

    def _lists(self) -> tuple[str, ...]:
        said = self._words(Meaning.LIST)
        return _own_lists("" if said and self._layout.own else self._layout.list_name, said)

    def _words(self, meaning: Meaning) -> tuple[str, ...]:
        if not (columns := self._layout.of[meaning]):
            return ()
        cells = (self._values[column.index] for column in columns)
        read = own_values if self._layout.own else words_in
        return tuple(dict.fromkeys(word for cell in cells if cell for word in read(cell)))

    def _zone(self) -> str:
        """The IANA zone the row names; text that names none becomes a field."""
        value = self.one(Meaning.ZONE)
        return self._known(Meaning.ZONE, "no_such_zone", _zone_named(value, self._layout.own))

    def _known(self, meaning: Meaning, otherwise: str, understood: str) -> str:
        """The understood value; other text becomes a field, with the remark whose code is `otherwise`."""
        value = self.one(meaning)
        if value and not understood:
            self._set_aside(self._header(meaning), value, sentence(otherwise, said=value))
        return understood

    def _open_problem(self) -> str:
        value = self.one(Meaning.OPEN_PROBLEM)
        if is_no(value):
            return ""
        return sentence("problem_noted", file=self._layout.file) if is_yes(value) else value

    def _refusal(self) -> Refusal:
        said = self._do_not_call()
        return as_exported(
            Refusal(said) if said else _NO_REFUSAL,
            self.one(Meaning.REFUSAL_COVERS),
            self.one(Meaning.REFUSED_NUMBERS),
        )

    def _said_of_numbers(self) -> str:
        """Why the numbers that an export of ours names are not to be called, when it says so of them alone."""
        is_of_them = self.one(Meaning.REFUSED_NUMBERS) and self.one(Meaning.REFUSAL_COVERS) == NUMBERS
        return self._said_against().words if is_of_them else ""

    def _said_against(self) -> Found:
        return found_in(self._layout.columns, self._values, self._layout.about_calls, self._of_numbers)

    def _do_not_call(self) -> str:
        """Why never to call; what the row asks about hours and places is a remark."""
        found = self._said_against()
        self.remarks += [sentence("wish", column=column, said=said) for column, said in found.wishes]
        return opted_out(self._layout.file, found.words) if found.refused else ""

    def _basis(self) -> Basis:
        """Why we may call them, and since when."""
        value = self.one(Meaning.BASIS)
        if is_no(value):
            return _NO_BASIS
        read = self._moments(Meaning.BASIS_DATE).read
        return Basis(ground(value), read[0].at.date() if read else None)

    def _priority(self) -> int:
        """The number in the row, 0 without one; words like `high` become a field."""
        value = self.one(Meaning.PRIORITY)
        if value.isdecimal() and len(value) <= 6:
            return int(value)
        if value:
            self._fields[self._header(Meaning.PRIORITY)] = value
        return 0

    def _find_plans(self, contact_id: str, zone: str, numbers: Sequence[Number]) -> Iterator[ImportedPlan]:
        """The call-backs of the row; one that cannot be read or is long past becomes a field."""
        found = self._moments(Meaning.CALL_BACK)
        for said in found.unread:
            self._set_aside("call_back", said, sentence("no_date", said=said))
        if not found.read:
            return
        zone = zone or self._zone_of_numbers(numbers)
        planned = [_on_their_wall(read, zone) for read in found.read]
        past = self._layout.now.replace(tzinfo=None) - OLD_PLAN
        for at, precision, _ in planned:
            if at < past:
                said = (
                    at.isoformat(sep=" ", timespec="minutes") if precision == "minute" else f"{at:%Y-%m-%d}"
                )
                self._set_aside("call_back", said, sentence("long_past", said=said))
        meant = [one for one in planned if one[0] >= past]
        if meant and not found.unread and not self._layout.own:
            # What the file says stays with the contact too, for an export.
            self._fields["call_back"] = meant[0][0].isoformat(timespec="minutes")
        for at, precision, where in meant:
            yield ImportedPlan(contact_id, at, precision, where, self._list())

    def _touched(self, zone: str, numbers: Sequence[Number]) -> Touch | None:
        """When they were last contacted, as far as the file can be read; never later than now."""
        found = self._moments(Meaning.LAST_CALLED).read
        if not found:
            return None
        zone = zone or self._zone_of_numbers(numbers) or "UTC"
        told = [_as_moment(read, zone) for read in found]
        now = self._layout.now
        return Touch(max((at for at in told if at <= now), default=now), self._list())

    def _zone_of_numbers(self, numbers: Sequence[Number]) -> str:
        """The zone of the first number when it can only be in one."""
        first = next((number.e164 for number in numbers if number.e164), "")
        found = zones(first, self._layout.now)
        return found[0] if len(found) == 1 else ""

    def _set_aside(self, key: str, value: str, remark: str) -> None:
        self._fields[key] = value
        self.remarks.append(remark)


# People of one file have these in common, and a hundred thousand of each take memory.
_NO_REFUSAL, _NO_BASIS = Refusal(), Basis()


@lru_cache(maxsize=256)
def _source_without_id(list_name: str) -> Source:
    return Source(list_name)


@lru_cache(maxsize=256)
def _own_lists(named: str, said: tuple[str, ...]) -> tuple[str, ...]:
    """The lists of a person: that of the file, and those a row names."""
    return tuple(dict.fromkeys(own_list(one) for one in (named, *said) if one))


def _zone_named(value: str, own: bool) -> str:
    """The IANA zone of a cell; in our own export also one without a stroke, such as UTC."""
    return value if own and value and zone_info(value) else zone_name(value) if value else ""


def _on_their_wall(read: ReadDate, zone: str) -> tuple[datetime, Precision, str]:
    """A planned moment as local time without a zone, and the zone it is meant in, empty when that is not known."""
    at = read.at
    if at.tzinfo is not None and read.precision == "minute":
        zone = zone or (at.tzinfo.key if isinstance(at.tzinfo, ZoneInfo) else "UTC")
        at = at.astimezone(ZoneInfo(zone))
    return at.replace(tzinfo=None), read.precision, zone


def _as_moment(read: ReadDate, zone: str) -> datetime:
    """The moment (UTC) of a date; of a day without an hour its noon."""
    at = read.at if read.precision == "minute" else read.at.replace(hour=12)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
