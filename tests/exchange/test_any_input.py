"""Whatever a file holds: contacts and reasons, or one sentence. Never a crash, never a lost row."""

import csv
import io
import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.columns import apply_map, guess
from tui.exchange.reading.plan import build, plan_import
from tui.exchange.reading.table import read_table

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
HEADERS = (
    "Name",
    "Phone",
    "E-mail",
    "Company",
    "Call back",
    "Do not call",
    "Notes",
    "Country",
    "Time zone",
    "Tags",
)
PEOPLE = ("Ann Rossi", "de Vries, Bram", "020 7946 0100", "+1 202 555 0161 x7", "ann@acme.example", "Acme")
VALUES = (
    "2026-11-24",
    "24/11/2026 15:30",
    "0001-01-01 00:00 +14:00",
    "9999-12-31T23:59:59-12:00",
    "yes",
    "no",
)
ODD = (
    "Europe/Rome",
    "IT",
    "=1+1",
    "'",
    '"',
    '"a',
    'b"',
    '""',
    "\n",
    "\r",
    "\t",
    ";",
    "|",
    ",",
    "\x1b[2J",
    "\u202e",
)
ODDER = ("* Work ::: x", "4.4E+11", "112", "()", "++", "0" * 40, "é" * 30, "\u061c", " ")
WORDS = st.sampled_from((*HEADERS, *PEOPLE, *VALUES, *ODD, *ODDER))
MOVES_THE_TERMINAL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINES = st.lists(st.lists(WORDS, max_size=6), max_size=8)


def check(data: bytes) -> None:
    try:
        table = read_table(data, "any.csv")
        mapping = guess(table)
        built = build(table, mapping, region="GB", list_name="any", now=NOW)
    except ImportRefused:
        return
    numbers = sorted([made.row for made in built.made] + [rejected.row for rejected in built.rejected])
    assert numbers == [row.number for row in table.rows()]
    for contact in built.contacts:
        assert not MOVES_THE_TERMINAL.search(contact.shown_name + contact.company)
        assert not any(MOVES_THE_TERMINAL.search(number.raw) for number in contact.numbers)
    first = plan_import((), built)
    assert len(first.created) + len(first.repeated) == len(built.made)


BEGINNINGS = (
    *("BEGIN:VCARD\n", "begin:vcard\r\nVERSION:2.1\r\nFN;QUOTED-PRINTABLE:", "BEGIN:VCARD\nitem1.TEL;TYPE="),
    *("dn: cn=x\n", "version: 1\ndn:: ", "dn: a\nchangetype: "),
    *('[{"name": "', '{"results": [{"phones": [{"', '{"name": 1}\n{"'),
    *("<table><tr><td rowspan=3>", "<html><table><tr><td colspan=0>", "<!doctype html>"),
    *(
        "<?xml version='1.0'?><a><b><Name>x</Name><Phone>1",
        "<a>" * 2_000,
        "<Workbook><Table><Row><Cell Index='9'>",
    ),
    *(
        "Name: a\nPhone: 1\n\n",
        '"Name,Phone"\n"',
        "'Name','Phone'\n'",
        "Name^Phone\n",
        "sep=^\n",
        "Name||Phone\n",
    ),
    *("Number (a),ID (a),Name\n", "Name,Is a company\n", "Name,Company type\n", "202,5550143\n"),
)
MARKS = (
    *(
        ":",
        "=",
        "=\r\n",
        "=C3",
        "\n ",
        ";",
        "\\,",
        "END:VCARD\n",
        "BEGIN:VCARD\n",
        "TEL;CELL:",
        "ORG:",
        "CHARSET=x",
    ),
    *("</td>", "<td>", "</tr><tr>", "</Phone>", "</b></a>", "<", ">", "&amp;", "&#39;", "&quot;", "&#0;"),
    *(
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        "null",
        "1e999",
        "\\ud800",
        "^",
        "||",
        "\u00c3\u00bc",
        "\u00c3",
        "\U000f0022",
    ),
)


@given(
    st.sampled_from(BEGINNINGS),
    st.lists(st.one_of(WORDS, st.sampled_from(MARKS)), max_size=12),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]),
)
def test_what_begins_like_any_kind_of_file_is_imported_or_refused(
    beginning: str, rest: list[str], encoding: str
) -> None:
    check((beginning + "".join(rest)).encode(encoding, errors="replace"))


@given(st.binary(max_size=400))
def test_any_bytes_are_imported_or_refused(data: bytes) -> None:
    check(data)


@given(LINES, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_table_is_imported_or_refused(lines: list[list[str]], delimiter: str, encoding: str) -> None:
    text = "\n".join(delimiter.join(cells) for cells in lines)
    check(text.encode(encoding, errors="replace"))


@given(st.lists(st.text(max_size=20), max_size=3))
def test_any_map_is_taken_or_refused(assignments: list[str]) -> None:
    mapping = guess(read_table(b"Name,Phone\nAnn Rossi,020 7946 0100\n", "any.csv"))
    try:
        changed = apply_map(mapping, *assignments)
    except ImportRefused:
        return
    assert len(changed.columns) == 2


@given(st.lists(st.tuples(*[WORDS] * len(HEADERS)), min_size=1, max_size=6))
def test_any_values_under_known_headers_are_imported_or_refused(rows: list[tuple[str, ...]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADERS, *rows])
    check(out.getvalue().encode("utf-8", errors="replace"))
