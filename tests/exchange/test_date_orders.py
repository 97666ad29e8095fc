"""The whole file decides whether 12/01/2026 is in January; what proves nothing is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tui.exchange.reading.decode import ImportUndecided
from tui.exchange.reading.headings.columns import apply_map, guess, with_dates
from tui.exchange.reading.plan import Built
from tui.exchange.reading.table import read_table

MANY = "".join(f"Person {n},020 7946 0{n:03},{1 + n % 12:02}/{1 + n % 12:02}/2026,\n" for n in range(600))


def days(built: Built) -> list[date]:
    return [plan.at.date() for plan in built.plans]


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        ("Ann,10/12/2026,\nBo,12/24/2026,\n", date(2026, 10, 12)),
        ("Ann,10/12/2026,\nBo,24/12/2026,\n", date(2026, 12, 10)),
        ("Ann,10-12-26,\nBo,12-24-26,\n", date(2026, 10, 12)),
        ("Ann,10/12/2026 10:00 AM,\nBo,12/24/2026 9:00 PM,\n", date(2026, 10, 12)),
        ("Ann,10/12/2026,\nBo,,05/23/2026\n", date(2026, 10, 12)),
        ("Ann,10/12/2026,\nBo,,23/05/2026\n", date(2026, 12, 10)),
        ("Ann,10.12.2026,\n", date(2026, 12, 10)),
        ("Ann,2026-12-10,\n", date(2026, 12, 10)),
    ],
)
@pytest.mark.parametrize("other", ["Last contacted", "Birthday"])
def test_any_cell_of_the_file_decides(imported, rows: str, day: date, other: str) -> None:
    built = imported(text=f"Name,Call back on,{other}\n{rows}")
    assert days(built)[0] == day


def test_the_last_row_of_a_long_file_decides_and_is_named(imported) -> None:
    built = imported(text=f"Name,Phone,Call back on,Born\n{MANY}Ann,,12/01/2026,\nBo,,12/20/2026,\n")
    assert built.notes == ("Dates are read with the month first: row 603 has 12/20/2026 in 'Call back on'.",)
    assert date(2026, 12, 1) in days(built)


def test_two_columns_of_two_orders_are_each_read_as_they_prove(imported) -> None:
    text = "Name,Call back on,Last contacted\nAnn,12/24/2026,23/10/2026\nBo,12/01/2026,01/10/2026\n"
    built = imported(text=text)
    assert days(built) == [date(2026, 12, 24), date(2026, 12, 1)]
    touched = [one.touched_at.at.date() for one in built.contacts if one.touched_at]
    assert touched == [date(2026, 10, 23), date(2026, 10, 1)]
    assert len(built.notes) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Name,Call back on\nAnn,12/01/2026\n",
        "Name,Follow up date\nAnn,11/11/2026\nBo,12-01-26\n",
        "Name,Call back on\nAnn,12/24/2026\nBo,24/12/2026\nEva,12/01/2026\n",
        "Name,Call back on,Last contacted,Consent date\nAnn,12/24/2026,24/10/2026,03/04/2026\n",
        "Name,Call back on\nAnn,Tue 01/12/2026 10:00 CET\n",
    ],
)
@pytest.mark.parametrize("region", ["US", "GB", ""])
def test_a_file_that_proves_nothing_is_asked_about(imported, text: str, region: str) -> None:
    with pytest.raises(ImportUndecided):
        imported(text=text, region=region)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("day-first", date(2026, 12, 10)),
        ("month_first", date(2026, 10, 12)),
        ("Month first", date(2026, 10, 12)),
    ],
)
def test_what_the_rep_says_decides_it(imported, said: str, day: date) -> None:
    built = imported(text="Name,Call back on\nAnn,10/12/2026\n", maps=(f"dates={said}",))
    assert days(built) == [day]
    assert built.notes[0].endswith("as you said.")


def test_what_the_file_proves_is_not_overruled(imported) -> None:
    text = "Name,Call back on\nAnn,12/24/2026\nBo,12/01/2026\n"
    assert days(imported(text=text, maps=("dates=day-first",)))[1] == date(2026, 12, 1)


def test_a_preview_shows_the_first_rows_all_the_same() -> None:
    table = read_table(b"Name,Call back on\nAnn,12/01/2026\n", "people.csv")
    mapping = with_dates(table, guess(table))
    assert mapping.dates is not None
    assert mapping.dates.open is not None
    assert (mapping.dates.open.heading, mapping.dates.open.cell) == ("Call back on", "12/01/2026")
    answered = with_dates(table, apply_map(mapping, "dates=day-first"))
    assert answered.dates is not None
    assert answered.dates.open is None
