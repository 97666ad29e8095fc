"""Contacts and calls for other programs.

As CSV that a spreadsheet opens without reckoning and our import reads back, and as JSON lines under the names that
are promised to the outside.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TextIO

from msgspec import Struct

from tui.domain.call import Call
from tui.domain.contact import Contact, Refusal
from tui.domain.history import without_old_notes
from tui.domain.identity.person_fields import NOTE, PERSON_FIELDS, PersonField, field_named
from tui.domain.ids import SCHEMA
from tui.domain.promise_state import PlannedCall
from tui.domain.why import Why
from tui.domain.window import zone_info
from tui.exchange.reading.cells import EXPORT_QUOTE, FORMULA
from tui.exchange.reading.own_export import BETWEEN, FORMAT, Told, ToldNumber, cells, covered
from tui.plaintext import escaped
from tui.system.header import header

ENCODING = "utf-8-sig"
"""For the file the text goes to: with the mark that makes Excel read UTF-8. Open it with `newline=""`."""
_THE_REPS_OWN = frozenset({"before", "after", "keys", "ready_s", "wrap_s", "pauses", "spent", "revisions"})
"""Kept in the rep's own file: pauses, keystrokes, the time between calls; the copy made for undo, and what a
corrected call said before."""

_NOBODY: Mapping[str, Contact] = {}
_NAMELESS: Mapping[str, str] = {}

Planned = Callable[[Contact], PlannedCall | None]


def _nothing_planned(person: Contact) -> None:
    """Nobody is planned to be called."""


CallColumn = Callable[[Call, Contact | None], str]
"""What stands under a heading for a call and the person called, when the person is still known."""


class DueRow(Struct, frozen=True):
    """One person, when the message is due (UTC), and why it is one."""

    contact: Contact
    due: datetime
    why: str


def write_contacts_csv(contacts: Iterable[Contact], out: TextIO, planned: Planned = _nothing_planned) -> int:
    """Write every contact as a row under headings our import knows; returns how many.

    `planned` gives the planned call that still waits for a person.
    """
    people = list(contacts)
    headings = [heading for heading, _ in cells(_widest(people))]
    told = (dict(cells(_told(person, planned))) for person in people)
    return write_table(headings, ([row.get(heading, "") for heading in headings] for row in told), out)


def write_calls_csv(
    calls: Iterable[Call],
    contacts: Mapping[str, Contact],
    out: TextIO,
    *,
    notes_since: datetime | None,
    reps: Mapping[str, str] = _NAMELESS,
) -> int:
    """Write every call that was not undone as a row, times in UTC; returns how many.

    With the export of contacts they join by `contact_id`, which is `id` there; `id` is the call's own. `reps` are names
    by id. A rep's keystrokes and the time between calls are theirs, and left out. Notes from before `notes_since`
    are left out too; None: the team keeps all.
    """
    standing = ((call, contacts.get(call.contact_id)) for call in _standing(calls, notes_since))
    columns: dict[str, CallColumn] = {**_CALL_COLUMNS, "rep_label": lambda call, _: reps.get(call.rep, "")}
    rows = ([cell(call, person) for cell in columns.values()] for call, person in standing)
    return write_table(columns, rows, out)


def write_due_csv(due: Iterable[DueRow], out: TextIO) -> int:
    """Write one row a person, the day in their own or UTC time; returns how many."""
    rows = ([cell(row) for cell in _DUE_COLUMNS.values()] for row in due)
    return write_table(_DUE_COLUMNS, rows, out)


def write_jsonl(
    records: Iterable[Contact | Call],
    out: TextIO,
    *,
    holds: str,
    made_at: datetime,
    notes_since: datetime | None,
    people: Mapping[str, Contact] = _NOBODY,
    reps: Mapping[str, str] = _NAMELESS,
    planned: Planned = _nothing_planned,
) -> int:
    """Write each record as a line with its `kind`; returns how many. Undone calls are left out.

    The first line is `first_line`: `holds` is `contacts` or `calls`. Notes from before `notes_since` are left out
    too; None: the team keeps all. `people`, by id: of calls, who was called and whether they may be called stands with
    each; `reps`, by id, are the names of who called. `planned` gives the planned call that still waits for a person.
    """
    count = 0
    write_line(first_line(holds, made_at), out)
    for record in _standing(records, notes_since):
        document = {"kind": type(record).__name__.lower(), **_plain(record)}
        if isinstance(record, Call):
            person = people.get(record.contact_id)
            document["rep_label"] = reps.get(record.rep, "")
            document["email"] = _first_email(person)
            document["do_not_call"] = _not_again(record, person)
        else:
            if isinstance(record, Contact):
                document["do_not_call_covers"] = covered(record.do_not_call)
            document["planned_call"] = _planned(planned(record))
        write_line(document, out)
        count += 1
    return count


def _standing(records: Iterable[Any], notes_since: datetime | None) -> Iterator[Any]:
    """The records without calls that were undone, and calls without notes that are too old."""
    for record in records:
        if not isinstance(record, Call):
            yield record
        elif record.voided_at is None:
            yield without_old_notes(record, notes_since)


def write_table(headings: Iterable[str], rows: Iterable[Iterable[str]], out: TextIO) -> int:
    """Write a table; returns how many rows it has below its headings."""
    writer, count = csv.writer(out), 0
    writer.writerow(map(harmless, headings))
    for row in rows:
        writer.writerow(map(harmless, row))
        count += 1
    return count


def harmless(cell: str) -> str:
    """The cell, with a `'` in front when a spreadsheet would run it; our import takes that off again."""
    return f"{EXPORT_QUOTE}{cell}" if FORMULA.match(cell) else cell


def _widest(people: Sequence[Contact]) -> Told:
    """Somebody with as many numbers to call, e-mails and other columns as anybody has."""
    return Told(
        numbers=[ToldNumber()] * max((sum(n.is_to_call for n in _numbers(one)) for one in people), default=0),
        emails=[""] * max((len(person.emails) for person in people), default=0),
        others=dict.fromkeys((key for person in people for key in person.fields if key != NOTE), ""),
    )


def _told(person: Contact, planned: Planned) -> Told:
    return Told(
        person.id,
        person.source.list,
        person.source.external_id,
        person.owner_id,
        {field.id: BETWEEN.join(field.values(person)) for field in PERSON_FIELDS},
        _numbers(person),
        person.emails,
        covered(person.do_not_call),
        _planned(planned(person)),
        {key: text for key, text in person.fields.items() if key != NOTE},
    )


def _numbers(person: Contact) -> list[ToldNumber]:
    return [
        ToldNumber(n.e164 or n.raw, n.label, n.ext if n.e164 else "", n.bad, bool(n.barred))
        for n in person.numbers
    ]


def _not_again(call: Call, person: Contact | None) -> str:
    """What is said against calling them again, or calling this number again; empty when nothing is."""
    if person is None or person.do_not_call:
        return person.do_not_call.why if person else ""
    number = call.dials[-1].number if call.dials else ""
    known = next((one for one in person.numbers if one.e164 == number), None)
    return "not on this number" if known and (known.bad or known.barred) else ""


def _first_email(person: Contact | None) -> str:
    return next(iter(person.emails), "") if person else ""


def _first(field: PersonField) -> Callable[[DueRow], str]:
    return lambda row: next(iter(field.values(row.contact)), "")


def _planned(plan: PlannedCall | None) -> str:
    """The day, or the minute with the zone it is meant in."""
    if plan is None:
        return ""
    local = plan.from_.astimezone(zone_info(plan.zone) or UTC)
    return f"{local:%Y-%m-%d}" if plan.precision == "day" else f"{local:%Y-%m-%d %H:%M} {plan.zone}"


def _utc(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


_CALL_COLUMNS: dict[str, CallColumn] = {
    "id": lambda call, _: call.id,
    "at": lambda call, _: _utc(call.at),
    "rep": lambda call, _: call.rep,
    "rep_label": lambda call, _: "",
    "direction": lambda call, _: call.direction,
    "channel": lambda call, _: call.channel,
    "outcome": lambda call, _: call.outcome,
    "is": lambda call, _: call.is_.value,
    "contact_id": lambda call, _: call.contact_id,
    "name": lambda _, person: person.shown_name if person else "",
    "company": lambda _, person: person.company if person else "",
    "email": lambda _, person: _first_email(person),
    "number": lambda call, _: call.dials[-1].number if call.dials else "",
    "do not call": _not_again,
    "disposition": lambda call, _: call.dials[-1].disposition if call.dials else "",
    "talk_s": lambda call, _: "" if call.talk_s is None else f"{call.talk_s:.0f}",
    "promise_at": lambda call, _: _utc(call.promise.from_) if call.promise else "",
    "promise_until": lambda call, _: _utc(call.promise.until) if call.promise else "",
    "promise_precision": lambda call, _: call.promise.precision if call.promise else "",
    "promise_zone": lambda call, _: call.promise.zone if call.promise else "",
    "promise_words": lambda call, _: call.promise.words if call.promise else "",
    "owed": lambda call, _: call.owed.what if call.owed else "",
    "owed_due": lambda call, _: call.owed.due.isoformat() if call.owed else "",
    "owed_done": lambda call, _: _utc(call.owed.done_at) if call.owed else "",
    "reason_id": lambda call, _: call.reason_id,
    "reason_code": lambda call, _: call.reason_code,
    "signals": lambda call, _: " ".join(call.signals),
    "script": lambda call, _: call.script.id,
    "answers": lambda call, _: "; ".join(f"{asked}: {answer}" for asked, answer in call.answers.items()),
    "notes": lambda call, _: "\n".join(note.text for note in call.notes),
    FORMAT: lambda call, _: "",
}
"""Heading, and what stands under it for a call and the person called, when the person is still known."""
_DUE_FIELDS = filter(
    None, map(field_named, ("name", "given", "family", "company", "email", "phone", "language"))
)
_DUE_COLUMNS: dict[str, Callable[[DueRow], str]] = {field.heading: _first(field) for field in _DUE_FIELDS} | {
    "phone": lambda row: row.contact.first_number,
    "due": lambda row: row.due.date().isoformat(),
    "why": lambda row: row.why,
    "contact id": lambda row: row.contact.id,
}


def first_line(holds: str, made_at: datetime) -> dict[str, str | int]:
    """The header of a file of JSON lines: what it holds, in which format, when it was made (zoned), and by what."""
    made_by = header(f"powerhour export {holds}", SCHEMA, made_at)
    return {"kind": "export", "schema": SCHEMA, "holds": holds, **made_by}


def write_line(document: Mapping[str, Any], out: TextIO) -> None:
    """Write one line of such a file."""
    out.write(escaped(json.dumps(document, ensure_ascii=False, separators=(",", ":"))) + "\n")


def _plain(value: Any) -> Any:
    """JSON types: times in UTC, `is` for `is_`, and without what is the rep's own."""
    if isinstance(value, Refusal):
        return value.why
    if isinstance(value, Why):
        return value.values.get("noted") or value.code
    if isinstance(value, Struct):
        names = (name for name in value.__struct_fields__ if name not in _THE_REPS_OWN)
        return {name.rstrip("_"): _plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset, set)):
        return [_plain(item) for item in value]
    return value
