"""The planned calls of a row, and when they were last contacted: every column that has one, a time beside its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from msgspec import Struct

from tui.exchange.reading.cells import is_no
from tui.exchange.reading.dates import ReadDate, read_date, read_time
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.layout import Layout

_NO_DATE = re.compile(
    r"(?:0000-00-00|0001-01-01|1900-01-01|00?[/.]00?[/.]0000|0?1[/.]0?1[/.](?:0001|1900))(?:[t ].*)?", re.I
)
"""How databases write that there is no date."""


class Moments(Struct, frozen=True):
    """What the columns of one meaning say."""

    read: tuple[ReadDate, ...] = ()
    """Each moment once, the earliest first."""
    unread: tuple[str, ...] = ()
    """Cells that are no date."""


_NOTHING = Moments()


def moments_in(layout: Layout, values: Sequence[str], meaning: Meaning) -> Moments:
    """The moments of a row's cleaned values in the columns with this meaning."""
    if not layout.of[meaning]:
        return _NOTHING
    read: list[ReadDate] = []
    unread: list[str] = []
    clocks: list[time] = []
    for index, cell in _cells(layout, values, meaning):
        if found := read_date(cell, layout.dates.of_column.get(index)):
            read.append(found)
        elif clock := read_time(cell):
            clocks.append(clock)
        else:
            unread.append(cell)
    if len(clocks) == 1 and len(read) == 1 and read[0].precision == "day":
        read = [ReadDate(datetime.combine(read[0].at, clocks[0], read[0].at.tzinfo), "minute")]
    return Moments(tuple(_once(read)), tuple(unread))


def _cells(layout: Layout, values: Sequence[str], meaning: Meaning) -> Iterator[tuple[int, str]]:
    for column in layout.of[meaning]:
        cell = values[column.index]
        if cell and not is_no(cell) and not _NO_DATE.fullmatch(cell):
            yield column.index, cell


def _once(read: list[ReadDate]) -> list[ReadDate]:
    """A day is not said again beside its minute."""
    if len(read) < 2:
        return read
    minutes = {one.at.date() for one in read if one.precision == "minute"}
    kept = (one for one in dict.fromkeys(read) if one.precision == "minute" or one.at.date() not in minutes)
    return sorted(kept, key=lambda one: one.at.replace(tzinfo=None))
