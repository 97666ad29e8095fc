"""Each row of every contact file becomes a contact, or is named with a reason.

Runs over our own files and, when POWERHOUR_SAMPLES names a folder, over every file there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.columns import apply_map, guess
from tui.exchange.reading.plan import build
from tui.exchange.reading.table import read_file
from tui.phone import is_e164

OWN = Path(__file__).parent.parent / "fixtures" / "contacts"
SAMPLES = os.environ.get("POWERHOUR_SAMPLES", "")
FILES = sorted(OWN.glob("*.*")) + [
    path for path in sorted(Path(SAMPLES).glob("*.*") if SAMPLES else []) if path.suffix != ".md"
]


@dataclass(frozen=True)
class Expected:
    """How many rows of a file become contacts, which are rejected, and how many contacts can be dialled."""

    contacts: int
    rejected: tuple[int, ...] = ()
    dialable: int | None = None


EXPECTED = {
    "call_backs.csv": Expected(6, dialable=6),
    "crm_contacts.csv": Expected(60),
    "crm_export_multiline.csv": Expected(2),
    "crm_multiline.csv": Expected(2, dialable=1),
    "deutsch.csv": Expected(2, dialable=2),
    "duplicate_headers.csv": Expected(1, dialable=1),
    "espanol.csv": Expected(2, dialable=2),
    "excel_unicode.txt": Expected(2, dialable=2),
    "francais.csv": Expected(2, dialable=2),
    "google_contacts.csv": Expected(2, (4,), dialable=2),
    "google_contacts_shape.csv": Expected(2, dialable=2),
    "headerless.csv": Expected(3, dialable=3),
    "hubspot_contacts.csv": Expected(3, dialable=3),
    "italiano.csv": Expected(3, dialable=3),
    "lead_loader.txt": Expected(2, dialable=2),
    "lead_loader_shape.txt": Expected(2, dialable=2),
    "linkedin_connections.csv": Expected(2, dialable=0),
    "linkedin_connections_shape.csv": Expected(2, dialable=0),
    "nul_bytes.csv": Expected(1, dialable=1),
    "numbers_only.txt": Expected(2, dialable=2),
    "opt_outs.csv": Expected(12, dialable=12),
    "outlook.csv": Expected(2, (3,), dialable=2),
    "outlook_export.csv": Expected(2, (3,), dialable=0),
    "pipedrive_persons.csv": Expected(4, dialable=3),
    "pipedrive_persons_shape.csv": Expected(4, dialable=3),
    "ragged.csv": Expected(3, (5, 7), dialable=2),
    "salesforce_accounts_cp1252.csv": Expected(77),
    "semicolons_told.csv": Expected(1, dialable=1),
    "several_in_a_cell.csv": Expected(7, dialable=5),
    "terminal_tricks.csv": Expected(2, dialable=2),
    "thunderbird.csv": Expected(2, dialable=0),
    "thunderbird_semicolon.csv": Expected(2, dialable=0),
    "torn_quote.csv": Expected(3, dialable=3),
    "utf16_big_endian.csv": Expected(1, dialable=1),
    "utf16_unmarked.csv": Expected(1, dialable=1),
    "utf8_bom.csv": Expected(1, dialable=1),
}
BY_FOLDER = {("contacts", "salesforce_accounts.csv"): Expected(2, (3,), dialable=2)}
NO_CONTACTS = {"nothing_utf16.csv", "utf16_no_contacts.csv"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_each_row_becomes_a_contact_or_is_named_with_a_reason(path: Path, now: datetime) -> None:
    table = read_file(path)
    rows = [row.number for row in table.rows()]
    region = "GB" if path.parent == OWN else "US"
    if path.name in NO_CONTACTS:
        with pytest.raises(ImportRefused, match=rf"Nothing in {path.name} is a contact"):
            build(table, guess(table), region=region, list_name="test", now=now)
        return
    mapping = apply_map(guess(table), "numbers=call")
    built = build(table, mapping, region=region, list_name="test", now=now)
    accounted = [made.row for made in built.made] + [rejected.row for rejected in built.rejected]
    assert sorted(accounted) == rows
    for made in built.made:
        person = made.contact
        assert person.name or person.company or person.emails or any(n.e164 for n in person.numbers)
        assert all(is_e164(number.e164) or number.raw for number in person.numbers)
    assert all(rejected.reason for rejected in built.rejected)
    expected = BY_FOLDER.get((path.parent.name, path.name)) or EXPECTED.get(path.name)
    if expected:
        assert len(built.made) == expected.contacts
        assert tuple(rejected.row for rejected in built.rejected) == expected.rejected
    if expected and expected.dialable is not None:
        assert sum(1 for person in built.contacts if person.dial_order) == expected.dialable


def test_every_own_file_has_its_expectation() -> None:
    known = EXPECTED.keys() | NO_CONTACTS | {name for _, name in BY_FOLDER}
    assert {path.name for path in OWN.glob("*.*")} <= known
