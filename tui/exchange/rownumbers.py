"""The phone numbers of one row, from all its columns that hold some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.domain.contact import Number
from tui.exchange.cells import country_code
from tui.exchange.columns import Column
from tui.exchange.headers import is_fax, label_of
from tui.exchange.headerwords import Meaning
from tui.exchange.layout import Layout
from tui.exchange.numbercells import numbers_in
from tui.phone import normalise

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
    for column in layout.of[Meaning.PHONE]:
        cell = values[column.index]
        if not cell:
            continue
        label = _label(column, values)
        if (label and is_fax(label)) or not _DIGIT.search(cell):
            others.append((column.header, cell))
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
        f"the number {number.raw} cannot be dialled: {normalise(number.raw, regions[0]).problem}"
        for number in numbers
        if not number.e164
    )
    return RowNumbers(numbers, tuple(others), remarks)


def _label(column: Column, values: Sequence[str]) -> str:
    return values[column.label_index].removeprefix("*").strip() if column.label_index is not None else ""


def _understood(cell: str, regions: Sequence[str], label: str) -> tuple[Number, ...]:
    """The numbers of a cell read as in the first country in which any makes sense."""
    readings = [numbers_in(cell, regions[0], label)]
    for region in regions[1:]:
        if any(number.e164 for number in readings[-1]):
            break
        readings.append(numbers_in(cell, region, label))
    return readings[-1] if any(number.e164 for number in readings[-1]) else readings[0]


def _with_code(cell: str, code: str, region: str) -> str:
    """The cell behind its country code (`44`) or area code (`020`) when the file keeps that in a column."""
    digits = "".join(filter(str.isdigit, code))
    if not digits or cell.startswith(("+", "00")):
        return cell
    if code.startswith("0") and not code.startswith("00"):
        return cell if cell.startswith("0") else f"{code} {cell}"
    international = f"+{digits.removeprefix('00')} {cell}"
    return international if normalise(international, region).e164 else cell
