"""People who are due by e-mail, text message or visit, as CSV for the tool that sends it (B48)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from tui.domain.contact import Contact
from tui.exchange.export_csv import harmless

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
