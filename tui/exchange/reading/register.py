"""The numbers of a do-not-call register's copy: one in a line, in a column, or cut into area code and number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from tui.exchange.reading.headings.words import words_of
from tui.phone import normalise
from tui.plaintext import clean

_AREA = re.compile(r"[2-9]\d{2}")
_LOCAL = re.compile(r"[2-9]\d{6}")
_AREA_WORDS = frozenset(
    {"area code", "areacode", "area", "npa", "prefix", "prefisso", "vorwahl", "indicatif", "prefijo"}
)
_FEWEST_DIGITS = 5
"""A line with so many may be meant as a number."""
_SAMPLE = 50
_NORTH_AMERICA = "US"


def numbers_of_register(
    lines: Iterable[str], region: str, fallback: str, odd: list[int]
) -> tuple[str, Iterator[str]]:
    """The country the copy is of, two letters, and its numbers (E.164).

    `region`: the country somebody named, or empty; then a copy that is cut as only the United States cut theirs is
    of theirs, and any other is of `fallback`. `odd` is filled with the lines that hold digits enough for a number,
    but none that can be understood.
    """
    rest = iter(lines)
    first = list(islice(rest, _SAMPLE))
    is_cut = is_cut_number(tuple(map(_cells, first)))
    country = region or (_NORTH_AMERICA if is_cut else fallback)
    area = _area_column(_cells(first[0])) if first else None
    return country, _numbers(chain(first, rest), country, area, odd)


def is_cut_number(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows hold nothing but an area code and a number, as the register of the United States does.

    One heading may stand above them. Source: the FTC's file formats, `202,5550143`.
    """
    body = [row for row in rows if any(cell.strip() for cell in row)]
    if body and not any(cell.strip().isdigit() for cell in body[0]):
        if _area_column(body[0]) is None:
            return False
        body = body[1:]
    fits = [len(row) == 2 and bool(_AREA.fullmatch(row[0]) and _LOCAL.fullmatch(row[1])) for row in body]
    return bool(fits) and sum(fits) > 0.9 * len(fits)


def _cells(line: str) -> list[str]:
    return [clean(cell.strip().strip('"'), 60) for cell in re.split(r"[,;\t]", line)]


def _area_column(cells: Sequence[str]) -> int | None:
    """The column of area codes; None when no heading names one, or it is the last."""
    return next((at for at, cell in enumerate(cells[:-1]) if words_of(cell) in _AREA_WORDS), None)


def _numbers(lines: Iterable[str], region: str, area: int | None, odd: list[int]) -> Iterator[str]:
    for place, line in enumerate(lines, start=1):
        number = _number(_cells(line), region, area)
        if number:
            yield number
        elif sum(map(str.isdecimal, line)) >= _FEWEST_DIGITS:
            odd.append(place)


def _number(cells: Sequence[str], region: str, area: int | None) -> str:
    """The first number of a line; an area code and what stands behind it are one number."""
    if area is not None and area + 1 < len(cells) and cells[area].isdigit():
        return normalise(cells[area] + cells[area + 1], region, True).e164
    if len(cells) == 2 and _AREA.fullmatch(cells[0]) and _LOCAL.fullmatch(cells[1]):
        number = normalise("".join(cells), region).e164
        return number if number.startswith("+1") else ""
    return next(filter(None, (normalise(cell, region, True).e164 for cell in cells)), "")
