"""Contacts and calls as CSV that a spreadsheet opens without reckoning and our import reads back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.domain.history import without_old_notes
from tui.domain.ids import SCHEMA
from tui.domain.person_fields import NOTE, PERSON_FIELDS, PersonField
from tui.domain.promise import Promise
from tui.exchange.reading.cells import EXPORT_QUOTE, FORMULA

ENCODING = "utf-8-sig"
"""For the file the text goes to: with the mark that makes Excel read UTF-8. Open it with `newline=""`."""

FORMAT = f"power hour format {SCHEMA}"
"""The last heading of every export. Its column is empty: the first line says the format, and spreadsheets and
imports that go by headings are not disturbed."""
_BETWEEN_WORDS = " ::: "
_CALL_HEADERS = (
    *("id", "at", "rep", "direction", "channel", "outcome", "is", "contact_id", "name", "company", "number"),
    *(
        "disposition",
        "talk_s",
        "promise_at",
        "promise_until",
        "promise_precision",
        "promise_zone",
        "promise_words",
        "owed",
        "owed_due",
        "owed_done",
    ),
    *("reason_id", "reason_code", "signals", "script", "answers", "notes"),
    FORMAT,
)


def harmless(cell: str) -> str:
    """The cell, with a `'` in front when a spreadsheet would run it; our import takes that off again."""
    return f"{EXPORT_QUOTE}{cell}" if FORMULA.match(cell) else cell


def write_contacts_csv(contacts: Iterable[Contact], out: TextIO) -> int:
    """Write every contact as a row under headings our import knows; returns how many."""
    people = list(contacts)
    columns = _columns(people)
    writer = csv.writer(out)
    _write(writer, [heading for heading, _ in columns])
    for person in people:
        _write(writer, [cell(person) for _, cell in columns])
    return len(people)


def write_calls_csv(
    calls: Iterable[Call], contacts: Mapping[str, Contact], out: TextIO, *, notes_since: datetime | None
) -> int:
    """Write every call that was not undone as a row, times in UTC; returns how many.

    A rep's keystrokes and the time between calls are theirs, and left out. Notes from before `notes_since`
    are left out too; None: the team keeps all.
    """
    writer = csv.writer(out)
    _write(writer, _CALL_HEADERS)
    count = 0
    for call in calls:
        if call.voided_at is None:
            kept = without_old_notes(call, notes_since)
            _write(writer, _call_cells(kept, contacts.get(call.contact_id)))
            count += 1
    return count


def _write(writer: Any, cells: Iterable[str]) -> None:
    writer.writerow([harmless(cell) for cell in cells])


def _kept(person: Contact) -> tuple[Number, ...]:
    """Numbers that are not known to be wrong."""
    return tuple(number for number in person.numbers if not number.bad)


Column = tuple[str, Callable[[Contact], str]]
"""A heading, and what stands under it for a person."""


def _columns(people: Sequence[Contact]) -> list[Column]:
    """Every field of a person, as many numbers and e-mails as somebody has, and the columns of the import."""
    columns: list[Column] = [("id", lambda person: person.source.external_id)]
    for field in PERSON_FIELDS:
        if field.id == "number":
            columns += _phone_columns(max((len(_kept(person)) for person in people), default=0))
        elif field.id == "email":
            most = max((len(person.emails) for person in people), default=0)
            columns += [(f"email {place + 1}", _nth_email(place)) for place in range(most)]
        elif field.heading:
            columns.append((field.heading, _joined(field)))
    columns.append(("wrong numbers", _wrong_numbers))
    others = sorted({key for person in people for key in person.fields if key != NOTE})
    return [*columns, *((key, _other(key)) for key in others), (FORMAT, lambda person: "")]


def _phone_columns(most: int) -> list[Column]:
    """A label and a number for each of so many places."""
    return [
        column
        for place in range(most)
        for column in (
            (f"phone {place + 1} label", _nth_number(place, lambda number: number.label)),
            (f"phone {place + 1}", _nth_number(place, _dialled_as)),
        )
    ]


def _nth_number(place: int, written: Callable[[Number], str]) -> Callable[[Contact], str]:
    def cell(person: Contact) -> str:
        numbers = _kept(person)
        return written(numbers[place]) if place < len(numbers) else ""

    return cell


def _nth_email(place: int) -> Callable[[Contact], str]:
    return lambda person: person.emails[place] if place < len(person.emails) else ""


def _joined(field: PersonField) -> Callable[[Contact], str]:
    return lambda person: _BETWEEN_WORDS.join(field.values(person))


def _wrong_numbers(person: Contact) -> str:
    return _BETWEEN_WORDS.join(number.e164 or number.raw for number in person.numbers if number.bad)


def _other(key: str) -> Callable[[Contact], str]:
    return lambda person: person.fields.get(key, "")


def _dialled_as(number: Number) -> str:
    base = number.e164 or number.raw
    return f"{base} ext. {number.ext}" if number.ext and number.e164 else base


def _call_cells(call: Call, person: Contact | None) -> list[str]:
    last = call.dials[-1] if call.dials else None
    promise, owed = call.promise, call.owed
    return [
        *(call.id, _utc(call.at), call.rep, call.direction, call.channel, call.outcome, call.is_.value),
        *(call.contact_id, person.shown_name if person else "", person.company if person else ""),
        *(last.number if last else "", last.disposition if last else ""),
        "" if call.talk_s is None else f"{call.talk_s:.0f}",
        *(_promise_cells(promise) if promise else ("",) * 5),
        *((owed.what, owed.due.isoformat(), _utc(owed.done_at)) if owed else ("", "", "")),
        *(call.reason_id, call.reason_code, " ".join(call.signals), call.script.id),
        "; ".join(f"{question}: {answer}" for question, answer in call.answers.items()),
        "\n".join(note.text for note in call.notes),
        "",
    ]


def _promise_cells(promise: Promise) -> tuple[str, ...]:
    return (
        *(_utc(promise.from_), _utc(promise.until), promise.precision),
        *(promise.zone, promise.words),
    )


def _utc(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


_HEADERS = (
    "name",
    "given name",
    "family name",
    "company",
    "email",
    "phone",
    "language",
    "due",
    "why",
    "contact id",
)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One person, when the message is due (UTC), and why it is one."""

    contact: Contact
    due: datetime
    why: str


def write_due_csv(rows: Iterable[DueRow], out: TextIO) -> int:
    """Write one row a person, the day in their own or UTC time; returns how many."""
    writer, count = csv.writer(out), 0
    writer.writerow(_HEADERS)
    for row in rows:
        person = row.contact
        phone = person.first_number
        email = next(iter(person.emails), "")
        cells = (person.name, person.given, person.family, person.company, email, phone, person.language)
        writer.writerow(map(harmless, (*cells, row.due.date().isoformat(), row.why, person.id)))
        count += 1
    return count
