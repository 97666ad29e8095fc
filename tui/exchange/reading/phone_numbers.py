"""The phone numbers of a cell: several in one, with labels, extensions, and what is no number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.domain.contact import Number
from tui.exchange.reading.cells import country_code
from tui.exchange.reading.column import Column
from tui.exchange.reading.columns import Layout
from tui.exchange.reading.headers import Meaning, is_fax, label_of
from tui.exchange.reading.sentences import sentence
from tui.phone import PROBLEM_WORDS, normalise

_BETWEEN = re.compile(
    r"\s*(?::::|[;|\n])\s*|\s+(?:or|oder|und|and|o|ou|e|y|et)\s+|\s+[-\u2013/]\s+|,\s+|,(?=[+0(])"
    r"|/\s*(?=[+0(])|(?<=\d{4})/(?=\d[\d\s().\-]{6,})"
)
_ONE_NUMBER = re.compile(r"[+(]{0,2}\d[\d ().\-]{5,20}")
_LABELLED = re.compile(r"\s*([^\d+(]{2,30}?)[:.]?\s*(?=[+\d(])(.*)", re.DOTALL)
_RANGE_END = re.compile(r"(.*\d)\s*/\s*\d{1,3}")
"""`030 123456/57`: the number ends at the stroke, behind it stands the end of another."""
_INSIDE = re.compile(r"[+(]?\d[\d\s().\-/]{6,24}\d(?:\s*(?:x|ext\.?)\s*\d{1,6})?")
_FEWEST_DIGITS = 6
_MOST = 20
"""Numbers read out of one cell."""


def numbers_in(cell: str, region: str, label: str = "") -> tuple[Number, ...]:
    """The numbers of a cleaned cell, read as in `region`. One that cannot be understood has no `e164`.

    A number that says it is a fax is left out.
    """
    if _ONE_NUMBER.fullmatch(cell) and (known := normalise(cell, region)).e164:
        return (Number(e164=known.e164, raw=cell, label=label, ext=known.ext),)
    parts = _parts(cell)
    numbers = [number for part in parts if (number := _labelled(part, region, label)) is not None]
    if len(parts) > 1 and not any(number.e164 for number in numbers):
        # No part is a number by itself: the cell may be one number with odd punctuation.
        whole = _number(cell, region, label)
        return (whole,) if whole.e164 else tuple(numbers)
    return tuple(numbers)


def _parts(cell: str) -> list[str]:
    """The pieces of a cell that hold a number each; the whole cell when a piece is too short for one."""
    if not _BETWEEN.search(cell):
        return [cell]
    pieces = [(piece, sum(map(str.isdigit, piece))) for piece in _BETWEEN.split(cell)]
    if any(0 < digits < _FEWEST_DIGITS for _, digits in pieces):
        return [cell]
    return [piece for piece, digits in pieces if digits][:_MOST] or [cell]


def _labelled(part: str, region: str, label: str) -> Number | None:
    """The number of a part that may begin with a label (`Mobile: 07700 …`); None for a fax."""
    match = _LABELLED.fullmatch(part)
    if not match:
        return _number(part, region, label)
    words, rest = match.groups()
    if is_fax(words):
        return None
    return _number(rest, region, label_of(words) or label)


def _number(text: str, region: str, label: str) -> Number:
    candidates = [text]
    if shortened := _RANGE_END.fullmatch(text):
        candidates = [shortened.group(1)]
    elif inside := _INSIDE.search(text):
        candidates.append(inside.group(0))
    for candidate in candidates:
        known = normalise(candidate, region)
        if known.e164:
            return Number(e164=known.e164, raw=text, label=label, ext=known.ext)
    return Number(raw=text, label=label)


_LONGEST_LABEL = 30
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class RowNumbers:
    """The numbers of a row, each once; the cells that held something else; and what the rep should know."""

    numbers: tuple[Number, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Header and text of a phone cell without a number: a fax, or words."""
    remarks: tuple[str, ...] = ()


def row_numbers(layout: Layout, values: Sequence[str]) -> RowNumbers:
    """The numbers of a row's cleaned values; one that cannot be understood is kept without its `e164`."""
    country, code, ext = (
        values[layout.first[meaning]] if meaning in layout.first else ""
        for meaning in (Meaning.COUNTRY, Meaning.PHONE_CODE, Meaning.EXTENSION)
    )
    regions = tuple(dict.fromkeys((country_code(country) or layout.region, layout.region)))
    found: dict[str, Number] = {}
    others: list[tuple[str, str]] = []
    unread: list[str] = []
    for column in layout.of[Meaning.PHONE]:
        cell = values[column.index]
        if not cell:
            continue
        label = _label(column, values)
        is_for_fax = bool(label) and is_fax(label)
        if is_for_fax or not _DIGIT.search(cell):
            others.append((column.header, cell))
            if not is_for_fax and any(map(str.isalpha, cell)):
                unread.append(cell)
            continue
        for number in _understood(
            _with_code(cell, code, regions[0]),
            regions,
            (label_of(label) or label[:_LONGEST_LABEL]) if label else column.label,
        ):
            found.setdefault(number.e164 or number.raw, number)
    numbers = tuple(found.values())
    if ext and numbers and not numbers[0].ext:
        numbers = (replace(numbers[0], ext="".join(filter(str.isdigit, ext))), *numbers[1:])
    remarks = tuple(
        sentence(
            "not_dialled",
            number=number.raw,
            problem=PROBLEM_WORDS[normalise(number.raw, regions[0]).problem],
        )
        for number in numbers
        if not number.e164
    )
    words = tuple(sentence("no_number", cell=cell) for cell in unread)
    return RowNumbers(numbers, tuple(others), remarks + words)


def _label(column: Column, values: Sequence[str]) -> str:
    return values[column.label_index].removeprefix("*").strip() if column.label_index is not None else ""


def _understood(cell: str, regions: Sequence[str], label: str) -> tuple[Number, ...]:
    """The numbers of a cell read as in the first country in which any makes sense."""
    first = numbers_in(cell, regions[0], label)
    if any(number.e164 for number in first):
        return first
    others = (numbers_in(cell, region, label) for region in regions[1:])
    return next((numbers for numbers in others if any(number.e164 for number in numbers)), first)


def _with_code(cell: str, code: str, region: str) -> str:
    """The cell behind its country code (`44`) or area code (`020`) when the file keeps that in a column."""
    digits = "".join(filter(str.isdigit, code))
    if not digits or cell.startswith(("+", "00")):
        return cell
    if code.startswith("0") and not code.startswith("00"):
        return cell if cell.startswith("0") else f"{code} {cell}"
    international = f"+{digits.removeprefix('00')} {cell}"
    return international if normalise(international, region).e164 else cell
