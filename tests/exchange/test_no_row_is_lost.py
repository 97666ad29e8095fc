"""No row of a file is lost in silence, however its quotes, cells and line ends are broken."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.costly import costly
from tui.cockpit.actions.importing.contact_import import report_of
from tui.cockpit.wording.import_summary import Summary
from tui.exchange.reading import records
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.plan import Built, build, plan_import
from tui.exchange.reading.row_to_contact import Rejected
from tui.exchange.reading.sentences import sentence
from tui.exchange.reading.table import Table, read_table

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
HEADER = "Name,Company,Phone,Notes"
GIANT = 140_000
STANDS_FOR_GIANT = "\N{WHITE SQUARE}"
"""In the files that are made up; else nobody could read one that fails."""
PERSON = re.compile(r"Per\d{3}")
INSERTED = (
    '"',
    '""',
    '",',
    ',"',
    '"""',
    ",",
    ";",
    "\t",
    "\0",
    "\r",
    "\n",
    "\x85",
    "\u2028",
    STANDS_FOR_GIANT,
)
LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", '"\n')


def built_of(text: str, now: datetime = NOW) -> tuple[Table, Built]:
    """A file of nothing but numbers is one of people to call."""
    table = read_table(text.encode(), "people.csv")
    mapping = replace(guess(table), only_numbers=False)
    return table, build(table, mapping, region="GB", list_name="autumn", now=now)


def names(built: Built) -> list[str]:
    return [made.contact.name for made in built.made]


def person(number: int) -> list[str]:
    return [f"Per{number:03} Son", f"Firm{number:03} Ltd", f"+44 20 7946 0{number:03}", f"said {number}"]


@st.composite
def broken_files(draw: st.DrawFn) -> str:
    """Some people, a few of whose lines are broken in one way or another; the heading and the last are sound."""
    lines = []
    for number in range(draw(st.integers(2, 12))):
        cells = person(number)
        match draw(st.sampled_from(("sound", "sound", "in", "double", "drop", "lines", "giant"))):
            case "in":
                line = ",".join(cells)
                at = draw(st.integers(0, len(line)))
                line = line[:at] + draw(st.sampled_from(INSERTED)) + line[at:]
            case "double":
                place = draw(st.integers(0, 3))
                line = ",".join((*cells[: place + 1], *cells[place:]))
            case "drop":
                place = draw(st.integers(1, 3))
                line = ",".join((*cells[:place], *cells[place + 1 :]))
            case "lines":
                line = ",".join((*cells[:3], '"one\ntwo, ""three""\n"'))
            case "giant":
                line = ",".join((*cells[:3], f'"{STANDS_FOR_GIANT}"'))
            case _:
                line = ",".join(cells)
        lines.append(line + draw(st.sampled_from(LINE_ENDS)))
        if draw(st.integers(0, 9)) == 0:
            lines.append(lines[-1])
    return HEADER + "\n" + "".join(lines) + ",".join(person(99)) + "\n"


def well_formed(lines: list[str]) -> bool:
    try:
        return len(list(csv.reader(lines, strict=True))) == 1
    except csv.Error:
        return False


@costly
@given(broken_files())
def test_rows_in_are_rows_out(text: str) -> None:
    text = text.replace(STANDS_FOR_GIANT, "n" * GIANT)
    table, built = built_of(text)
    rows = list(table.rows())
    lines = list(io.StringIO(table.text, newline=""))
    owners: dict[int, int] = {}
    for row in rows:
        own = lines[row.line - 1 : row.last_line]
        assert not owners.keys() & set(range(row.line, row.last_line + 1))
        owners |= dict.fromkeys(range(row.line, row.last_line + 1), row.number)
        assert row.problem or set(PERSON.findall("".join(own))) <= set(PERSON.findall(" ".join(row.cells)))
        assert row.problem or row.remark or len(own) == 1 or well_formed(own)
    for number, line in enumerate(lines[table.body_from :], start=table.body_from + 1):
        assert number in owners or not line.strip('",; \t\r\n\x85\u2028')
    assert sorted([one.row for one in (*built.made, *built.rejected)]) == [row.number for row in rows]
    plan = plan_import((), built)
    report = report_of(plan, built, Summary({}))
    assert (report.rows, report.updated, report.unchanged) == (len(rows), 0, 0)
    _, later = built_of(text, NOW + timedelta(hours=20))
    again = report_of(plan_import(plan.created, later), later, Summary({}))
    assert (again.rows, again.created, again.updated) == (len(rows), 0, 0)


def test_more_torn_quotes_than_anybody_counts_lose_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    after = records._after
    monkeypatch.setattr(records, "_after", lambda line, *more: (looked.append(line), after(line, *more))[1])
    torn = [f'Per{n:03} Son,"Firm{n:03} Ltd,+44 20 7946 0{n:03},' for n in range(400)]
    _, built = built_of("\n".join((HEADER, *torn)) + "\n\n")
    assert names(built) == [f"Per{n:03} Son" for n in range(400)]
    assert [made.remarks for made in built.made] == [(sentence("torn"),)] * 400
    assert len(looked) <= 8 * len(torn)  # two lines for each, and the file is read several times


def test_quotes_that_open_again_on_every_line_are_read_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    after = records._after
    monkeypatch.setattr(records, "_after", lambda line, *more: (looked.append(line), after(line, *more))[1])
    read_table, built = built_of(HEADER + "\n" + 'b"y,Acme,1,"z\n' * 3_000)
    assert len(built.made) + len(built.rejected) == len(list(read_table.rows())) == 3_000
    assert len(looked) <= 4 * 3 * 3_000  # the rows are read four times


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ('"Ann,Acme\nBo,Nordkap\n\nEva,Brandt\n\n', ["Ann", "Bo", "Eva"]),
        ('"Ann","Acme\n"Bo","Nordkap"\n"Eva","Brandt"\n', ["Ann", "Bo", "Eva"]),
        ('Ann,"Acme\nBo,"one\ntwo"\nEva,Brandt\n', ["Ann", "Bo", "Eva"]),
        ('"Ann,"Acme"\r"Bo","Nordkap"\r', ["Ann", "Bo"]),
    ],
)
def test_who_stands_below_a_torn_quote_is_somebody(text: str, people: list[str]) -> None:
    assert names(built_of("Name,Company\n" + text)[1]) == people


def test_a_torn_quote_in_the_heading_or_in_a_list_of_numbers_swallows_nobody() -> None:
    table, built = built_of('Name,"Company\nAnn,Acme\nBo,Nordkap\n')
    assert (table.header, names(built)) == (("Name", "Company"), ["Ann", "Bo"])
    numbers = "".join(f"020 7946 0{n:03}\n" for n in range(100, 110))
    assert len(built_of('"' + numbers)[1].made) == 10


def test_a_giant_cell_is_named_and_everybody_else_is_taken() -> None:
    giants = "".join(f'Per{n:03} Son,Firm,+44 20 7946 0{n:03},"{"n" * GIANT}"\n' for n in range(3))
    _, built = built_of(f"{HEADER}\n{giants}Ann Rossi,Acme,020 7946 0100,short\n")
    why = "a cell in it holds more than 131,072 characters"
    assert built.rejected == tuple(Rejected(n, why, n, n) for n in (2, 3, 4))
    assert names(built) == ["Ann Rossi"]


def test_a_row_of_too_many_cells_is_named() -> None:
    _, built = built_of(f"{HEADER}\nAnn Rossi,Acme,020 7946 0100\nBo Lund{',x' * 5_000}\n")
    assert [one.reason for one in built.rejected] == ["it has more than 1,000 cells"]
    with pytest.raises(ImportRefused, match=r"row 1: it has more than 1,000 cells"):
        built_of(f"{HEADER}{',x' * 5_000}\nAnn Rossi,Acme,020 7946 0100\n")


def test_a_row_that_is_not_taken_is_found_in_an_editor_too() -> None:
    text = 'Name,Phone,City\nAnn Rossi,020 7946 0100,"York\nand Hull"\n,,Leeds\n,,"Bath\nand Hove"\n'
    assert [one.where for one in built_of(text)[1].rejected] == ["row 3 (line 4)", "row 4 (lines 5 to 6)"]
    assert [one.where for one in built_of("Name,City\nAnn Rossi,York\n,Leeds\n")[1].rejected] == ["row 3"]
    told = built_of("sep=,\nName,City\nAnn Rossi,York\n,Leeds\n")[1]
    assert [one.where for one in told.rejected] == ["row 3 (line 4)"]


def test_what_follows_a_separator_on_its_line_is_read() -> None:
    table = read_table(b"sep=;Ann Rossi;020 7946 0100\nBo Lund;Acme;020 7946 0101\n", "people.csv")
    assert [row.cells[1] for row in table.rows()] == ["Ann Rossi", "Acme"]


def test_a_text_that_is_cut_is_said() -> None:
    _, built = built_of(f"Name,Notes,Hobby\nAnn Rossi,{'n' * 12_000},{'h' * 600}\nBo Lund,{'n' * 9_000},\n")
    assert built.remarks == (
        (2, "'Notes' holds more than 10,000 characters; the rest was left out"),
        (2, "'Hobby' holds more than 500 characters; the rest was left out"),
    )
