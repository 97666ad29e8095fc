"""Dates as other programs write them: each is the one day it can be, or no date."""

from datetime import UTC, datetime, time

import pytest

from tests.rows import each
from tui.exchange.reading.dates import DateOrder, figures_in, read_date, read_time

DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
DAYS = """
    2026-11-24 | 2026/11/24 | 2026.11.24 | 20261124 | 2026-11-24T00:00:00 | 2026-Nov-24 | 24-Nov-26 | 24-nov-2026
    24 Nov 26 | 24/Nov/2026 | 24 nov. 2026 | 24. November 2026 | 24.11.2026 | 24. 11. 2026 | 24/11/26 | 24-11-2026
    11/24/2026 | 11/24/26 | Tue 24/11/2026 | mar. 24/11/2026 | Tuesday, November 24, 2026 | Nov 24 2026 | Nov-24-2026
    24th of November 2026 | 24 de noviembre de 2026
    24 de noviembre del 2026 | 24 novembre 2026 | martedì 24 novembre 2026
    Dienstag, 24. November 2026 | mardi 24 novembre 2026 | Nov 24, '26 | 24 Nov '26 | 46350 | 46350.0
    1795478400000 | 11/24/2026 12:00 AM
"""
MOMENTS = """
    2026-11-24 15:30 | 2026-11-24T15:30 | 2026-11-24, 15:30
    24/11/2026 15:30:00 | 24/11/2026, 15:30 | 11/24/2026 3:30 PM
    11/24/2026 3:30 p.m. | 11/24/2026 3:30pm | 24.11.2026 15.30 | 24.11.2026 15:30 Uhr | 24 nov 2026 alle 15:30
    24/11/2026 15h30 | 24-Nov-26 15:30 | 46350.645833 | 46350,64583 | 24 Nov 2026 at 3:30 pm | 20261124T1530
    24/11/2026 alle ore 15:30 | 24/11/2026 a las 15:30 | 24/11/2026 3:30 p. m.
"""
ZONED = """
    2026-11-24T14:30:00Z | 2026-11-24 14:30:00 UTC | 2026-11-24T15:30:00+01:00 | 2026-11-24T15:30:00.000+0100
    2026-11-24 15:30:00+01 | 2026-11-24 15:30 CET | 24/11/2026 15:30 MEZ | Tue, 24 Nov 2026 15:30:00 +0100
    Tue Nov 24 2026 15:30:00 GMT+0100 (CET) | Tue Nov 24 15:30:00 CET 2026 | 2026-11-24 15:30 Europe/Rome
    2026-11-24T15:30+01:00[Europe/Berlin] | 24-Nov-26 09:30 EST | 11/24/2026 6:30 AM (PST) | 20261124T143000Z
    2026-11-24 15:30 (Europe/Paris) | 2026-11-24 14:30 GMT | 2026-11-24 20:00 UTC+5:30 | 1795530600000
"""
NO_DATES = """
    after Easter | 0000-00-00 | 0001-01-01 | 31/02/2026 | 2026-13-01
    2026-02-30 | 1/1/1 | 00/00/0000 | 32/12/2026 | 13/13/2026
    2026-11-24 25:00 | 24/11/2026 15 | 24 foo 2026
    12345 | 99999 | 1795530600 | 2026-11-24 15:00 IST | 2026-11-24 15:00 Nowhere/Land
    24/11/2026 13:00 PM | 12/01/2026 | 1/2/26 | 03-04-2026 | +39 055 012 3456 | 2026 | Nov 2026 | 123456789012
    2026-11-24 15:00 -99:00
"""


def cells(table: str) -> list[str]:
    return [cell.strip() for line in table.strip().splitlines() for cell in line.split("|")]


@each("cell", cells(DAYS))
def test_a_day_is_read(cell: str) -> None:
    read = read_date(cell)
    assert read is not None
    assert (read.at.replace(tzinfo=None), read.precision) == (datetime(2026, 11, 24), "day")


@each("cell", cells(MOMENTS))
def test_a_minute_is_read(cell: str) -> None:
    read = read_date(cell)
    assert read is not None
    assert (read.at, read.precision) == (datetime(2026, 11, 24, 15, 30), "minute")


@each("cell", cells(ZONED))
def test_a_moment_with_its_zone_is_read(cell: str) -> None:
    read = read_date(cell)
    assert read is not None
    assert read.at.tzinfo is not None
    assert (read.at.astimezone(UTC), read.precision) == (datetime(2026, 11, 24, 14, 30, tzinfo=UTC), "minute")


@each("cell", cells(NO_DATES))
def test_what_is_no_date_or_two_is_not_guessed(cell: str) -> None:
    assert read_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "order", "month", "day"),
    [
        ("12/01/2026", DAY, 1, 12),
        ("12/01/2026", MONTH, 12, 1),
        ("1-2-26", DAY, 2, 1),
        ("Tue 1/2/2026 9:00", MONTH, 1, 2),
        ("12.01.2026", MONTH, 1, 12),
        ("12.01.2026", None, 1, 12),
        ("11/11/2026", None, 11, 11),
        ("24/11/2026", MONTH, 11, 24),
        ("11/24/2026", DAY, 11, 24),
    ],
)
def test_the_order_decides_only_what_is_open(
    cell: str, order: DateOrder | None, month: int, day: int
) -> None:
    read = read_date(cell, order)
    assert read is not None
    assert (read.at.month, read.at.day) == (month, day)


@pytest.mark.parametrize(
    ("cell", "proves", "asks"),
    [
        ("24/11/2026", DAY, False),
        ("11/24/26 3:30 PM", MONTH, False),
        ("12/01/2026 10:00", None, True),
        ("12-01-26", None, True),
        ("12.01.2026", None, False),
        ("11/11/2026", None, False),
    ],
)
def test_a_cell_proves_the_order_or_asks(cell: str, proves: DateOrder | None, asks: bool) -> None:
    figures = figures_in(cell)
    assert figures is not None
    assert (figures.proves, figures.asks) == (proves, asks)


@pytest.mark.parametrize("cell", ["2026-11-24", "020 7946 0018", "0/0/2026", "40/41/2026", "", "1/2"])
def test_other_cells_say_nothing_of_the_order(cell: str) -> None:
    assert figures_in(cell) is None


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("15:00", time(15)),
        ("3 pm", time(15)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("15", None),
        ("x", None),
    ],
)
def test_a_time_alone_is_read(cell: str, clock: time | None) -> None:
    assert read_time(cell) == clock
