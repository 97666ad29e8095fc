"""Contacts and calls as CSV that a spreadsheet opens without reckoning and our import reads back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.exchange.cells import EXPORT_QUOTE, FORMULA

ENCODING = "utf-8-sig"
"""For the file the text goes to: with the mark that makes Excel read UTF-8. Open it with `newline=""`."""

_BETWEEN_WORDS = " ::: "
_CALL_HEADERS = (
    *("id", "at", "rep", "direction", "channel", "outcome", "is", "contact_id", "name", "company", "number"),
    *(
        "disposition",
        "talk_s",
        "promise_at",
        "promise_zone",
        "promise_words",
        "owed",
        "owed_due",
        "owed_done",
    ),
    *("reason_id", "reason_code", "signals", "script", "answers", "notes"),
)


def harmless(cell: str) -> str:
    """The cell, with a `'` in front when a spreadsheet would run it; our import takes that off again."""
    return f"{EXPORT_QUOTE}{cell}" if FORMULA.match(cell) else cell


def write_contacts_csv(contacts: Iterable[Contact], out: TextIO) -> int:
    """Write every contact as a row under headers our import knows; returns how many."""
    people = list(contacts)
    phones = max((len(_kept(person)) for person in people), default=0)
    emails = max((len(person.emails) for person in people), default=0)
    fields = sorted({key for person in people for key in person.fields})
    writer = csv.writer(out)
    _write(writer, _contact_headers(phones, emails, fields))
    for person in people:
        _write(writer, _contact_cells(person, phones, emails, fields))
    return len(people)


def write_calls_csv(calls: Iterable[Call], contacts: Mapping[str, Contact], out: TextIO) -> int:
    """Write every call that was not undone as a row, times in UTC; returns how many.

    A rep's keystrokes and the time between calls are theirs, and left out.
    """
    writer = csv.writer(out)
    _write(writer, _CALL_HEADERS)
    count = 0
    for call in calls:
        if call.voided_at is None:
            _write(writer, _call_cells(call, contacts.get(call.contact_id)))
            count += 1
    return count


def _write(writer: Any, cells: Iterable[str]) -> None:
    writer.writerow([harmless(cell) for cell in cells])


def _kept(person: Contact) -> tuple[Number, ...]:
    """Numbers that are not known to be wrong."""
    return tuple(number for number in person.numbers if not number.bad)


def _contact_headers(phones: int, emails: int, fields: Sequence[str]) -> list[str]:
    headers = ["id", "name", "given name", "family name", "company", "job title"]
    for place in range(1, phones + 1):
        headers += [f"phone {place} label", f"phone {place}"]
    headers += [f"email {place}" for place in range(1, emails + 1)]
    headers += ["list", "tags", "owner", "language", "time zone", "priority"]
    headers += ["customer", "open problem", "do not call", "legal basis", "legal basis date"]
    headers += ["wrong numbers"]
    return [*headers, *(field for field in fields)]


def _contact_cells(person: Contact, phones: int, emails: int, fields: Sequence[str]) -> list[str]:
    cells = [person.source.external_id, person.name, person.given, person.family, person.company, person.role]
    numbers = _kept(person)
    for place in range(phones):
        cells += [numbers[place].label, _dialled_as(numbers[place])] if place < len(numbers) else ["", ""]
    cells += [person.emails[place] if place < len(person.emails) else "" for place in range(emails)]
    cells += [_BETWEEN_WORDS.join(person.lists), _BETWEEN_WORDS.join(person.tags)]
    cells += [person.owner, person.language, person.zone, str(person.priority or "")]
    cells += ["yes" if person.customer else "", person.open_problem, person.do_not_call]
    cells += [person.basis.kind, person.basis.date.isoformat() if person.basis.date else ""]
    cells += [_BETWEEN_WORDS.join(number.e164 or number.raw for number in person.numbers if number.bad)]
    return [*cells, *(person.fields.get(field, "") for field in fields)]


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
        *((_utc(promise.at), promise.zone, promise.words) if promise else ("", "", "")),
        *((owed.what, owed.due.isoformat(), _utc(owed.done_at)) if owed else ("", "", "")),
        *(call.reason_id, call.reason_code, " ".join(call.signals), call.script.id),
        "; ".join(f"{question}: {answer}" for question, answer in call.answers.items()),
        "\n".join(note.text for note in call.notes),
    ]


def _utc(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat(timespec="seconds")
