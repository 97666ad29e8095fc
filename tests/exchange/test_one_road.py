"""The same people, written as files of every kind, become the same: nobody lost, no digit new, no refusal dropped."""

from __future__ import annotations

import csv
import html
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.plan import build
from tui.exchange.reading.table import read_table

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
HEADINGS = ("Name", "Company", "Mobile", "Do not call", "Department")
PARTS = st.sampled_from(
    ["Ada", "D'Angelo", "Zoë", "Müller", "O'Brien-Lee", "Łukasz", "Иван", "van der Berg", "Smith &amp; Co"]
)
FIRMS = st.sampled_from(
    ["Quill, Sons; Co", "Müller & Söhne", 'The "Best" Ltd', "a|b^c", "1 < 2", "100 % Ltd", "", "Ünïcode\\Ltd"]
)
PERSON = st.builds(
    lambda given, family, firm, number, refused, team: (
        f"{given} {family}",
        firm,
        f"+4420794600{number:02}",
        "yes" if refused else "no",
        team,
    ),
    PARTS,
    PARTS.filter(lambda part: "&" not in part),
    FIRMS,
    st.integers(10, 99),
    st.booleans(),
    st.sampled_from(["Sales", "R&D", "Zoë's team", "x" * 90, "C:\\x"]),
)
Person = tuple[str, ...]


def _separated(people: list[Person], delimiter: str, quote: str, end: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quotechar=quote, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([HEADINGS, *people])
    return out.getvalue()


def _wrapped(people: list[Person]) -> str:
    out, lines = io.StringIO(), io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([HEADINGS, *people])
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([line] for line in lines.getvalue().splitlines())
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _cards(people: list[Person], end: str = "\r\n", width: int = 60) -> str:
    lines = []
    for name, firm, number, refused, team in people:
        card = [
            f"FN:{_escaped(name)}",
            f"ORG:{_escaped(firm)};{_escaped(team)}",
            f"item1.TEL;TYPE=CELL:{number}",
        ]
        for line in ("BEGIN:VCARD", "VERSION:3.0", *card, f"X-DO-NOT-CALL:{refused}", "END:VCARD"):
            lines += [line[:width], *(f" {line[at : at + width]}" for at in range(width, len(line), width))]
    return end.join(lines)


def _quoted_printable(text: str) -> str:
    return "=\r\n".join(
        "".join(f"={byte:02X}" for byte in text[at : at + 9].encode()) for at in range(0, len(text), 9)
    )


def _old_cards(people: list[Person]) -> str:
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{}\r\n"
        "ORG;QUOTED-PRINTABLE;CHARSET=utf-8:{};{}\r\nTEL;CELL;VOICE:{}\r\nX-Do-Not-Call:{}\r\nEND:VCARD\r\n"
    )
    return "".join(
        card.format(*map(_quoted_printable, (name, _escaped(firm), _escaped(team))), number, refused)
        for name, firm, number, refused, team in people
    )


def _entries(people: list[Person]) -> str:
    names = ("cn", "o", "mobile", "doNotCall", "ou")
    entries = (
        "\n".join(f"{key}: {value}" for key, value in zip(names, person, strict=True) if value)
        for person in people
    )
    return "version: 1\n\n" + "\n\n".join(f"dn: uid={at}\n{entry}" for at, entry in enumerate(entries))


def _page(people: list[Person]) -> str:
    rows = ("".join(f"<td>{html.escape(cell)}" for cell in row) for row in (HEADINGS, *people))
    return "<!doctype html><table><tr>" + "<tr>".join(rows) + "</table>"


def _book(people: list[Person]) -> str:
    tags = [heading.replace(" ", "_") for heading in HEADINGS]
    entries = (
        "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for tag, cell in zip(tags, person, strict=True))
        for person in people
    )
    return f"<?xml version='1.0'?><book>{''.join(f'<entry>{entry}</entry>' for entry in entries)}</book>"


def _paragraphs(people: list[Person]) -> str:
    return "\n\n".join(
        "\n".join(f"{key}: {value}" for key, value in zip(HEADINGS, person, strict=True)) for person in people
    )


WRITTEN = {
    "csv": lambda people: _separated(people, ",", '"', "\r\n"),
    "semicolons, single quotes": lambda people: _separated(people, ";", "'", "\n"),
    "carets, CR CR LF": lambda people: _separated(people, "^", '"', "\r\r\n"),
    "tabs, old Mac": lambda people: _separated(people, "\t", '"', "\r"),
    "whole lines in quotes": _wrapped,
    "vCard 3": _cards,
    "vCard 3, narrow, old Mac": lambda people: _cards(people, "\r", 11),
    "vCard 2.1": _old_cards,
    "LDIF": _entries,
    "JSON": lambda people: json.dumps([dict(zip(HEADINGS, person, strict=True)) for person in people]),
    "JSON lines": lambda people: "\n".join(
        json.dumps(dict(zip(HEADINGS, person, strict=True)), ensure_ascii=False) for person in people
    ),
    "HTML": _page,
    "XML": _book,
    "paragraphs": _paragraphs,
}


@pytest.mark.parametrize("kind", WRITTEN)
@given(people=st.lists(PERSON, min_size=1, max_size=4))
def test_the_same_people_come_out_of_a_file_of_any_kind(kind: str, people: list[Person]) -> None:
    table = read_table(WRITTEN[kind](people).encode(), "people.any")
    made = build(table, guess(table), region="GB", list_name="x", now=NOW)
    assert [
        (one.name, one.company, [number.e164 for number in one.numbers], bool(one.do_not_call))
        for one in made.contacts
    ] == [
        (name.replace("&amp;", "&"), firm, [number], refused == "yes")
        for name, firm, number, refused, _ in people
    ]
    assert [one.fields["Department"] for one in made.contacts] == [person[-1] for person in people]
