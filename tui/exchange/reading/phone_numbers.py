"""The phone numbers of a row, in the country the row names, and what of its cells is no number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.contact import Number
from tui.exchange.reading.cells import is_no
from tui.exchange.reading.headings.beside_numbers import is_of_country
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import Meaning, is_fax, label_of
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.layout import Layout
from tui.exchange.reading.number_cells import CellNumbers, Where, read_cell
from tui.exchange.reading.sentences import sentence
from tui.phone import NEEDS_COUNTRY, PROBLEM_WORDS, country_named, normalise, parse, says_no_country
from tui.plaintext import fold

_LONGEST_LABEL = 30
_DIGIT = re.compile(r"\d")


class RowNumbers(Struct, frozen=True):
    """The numbers of a row, each once; the cells that held something else; and what the rep should know."""

    numbers: tuple[Number, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Header and text of a phone cell that says more than its numbers: a fax, words beside a number."""
    remarks: tuple[str, ...] = ()
    need_country: tuple[str, ...] = ()
    """The numbers, as written, that could be called if somebody said which country they are in."""
    of_column: Mapping[int, tuple[Number, ...]] = field(default_factory=dict)
    """By the place of a column the numbers in it, of files that refuse calls to single numbers."""


def row_numbers(layout: Layout, values: Sequence[str]) -> RowNumbers:
    """The numbers of a row's cleaned values; one that cannot be understood is kept without its `e164`."""
    # Every row of a file of 100,000 comes here: what few of them have is asked for first, and looked at then.
    first = layout.first
    country = values[first[Meaning.COUNTRY]] if Meaning.COUNTRY in first else ""
    ext = values[first[Meaning.EXTENSION]] if Meaning.EXTENSION in first else ""
    where = _where(country, layout.region)
    asked = layout.countries.get(unknown_country(country), "") if layout.countries else ""
    found: dict[str, Number] = {}
    problems: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    unread: list[str] = []
    of_column: dict[int, tuple[Number, ...]] = {}
    codes = layout.of[Meaning.PHONE_CODE]
    for column in layout.of[Meaning.PHONE]:
        cell = values[column.index]
        if not cell:
            continue
        label = _label(column, values) if column.label_index is not None else ""
        is_for_fax = bool(label) and is_fax(label)
        if is_for_fax or not _DIGIT.search(cell):
            others.append((column.header, cell))
            if not is_for_fax and not is_no(cell) and any(map(str.isalpha, cell)):
                unread.append(cell)
            continue
        here, read = _read(
            cell,
            _code_of(column, codes, values) if codes else _NO_CODE,
            where,
            (label_of(label) or label[:_LONGEST_LABEL]) if label else column.label,
        )
        if asked and any(_lacks_country(number, here) for number in read.numbers):
            read = _answered(read, here, Where(asked, is_sure=True))
        if layout.numbers_meant:
            of_column[column.index] = read.numbers
        for number in read.numbers:
            if found.setdefault(number.e164 or number.raw, number) is not number and number.ext:
                others.append((column.header, cell))
            if not number.e164:
                problems[number.raw] = here.normal(number.raw).problem or "area_code_missing"
        if read.says_more:
            others.append((column.header, cell))
    numbers = tuple(found.values())
    if not (ext or problems or others or unread or of_column):
        return RowNumbers(numbers)
    if ext and numbers and not numbers[0].ext:
        numbers = (replace(numbers[0], ext="".join(filter(str.isdigit, ext))), *numbers[1:])
    elif ext:
        others.append((layout.header[layout.first[Meaning.EXTENSION]], ext))
    said = [sentence("no_such_country", said=country)] if problems and country and not where.is_sure else []
    said += [
        sentence("not_dialled", number=raw, problem=PROBLEM_WORDS[problem])
        for raw, problem in problems.items()
    ]
    said += [sentence("no_number", cell=cell) for cell in unread]
    need = tuple(number.raw for number in numbers if _lacks_country(number, where))
    on_a_line = tuple((header, "; ".join(text.split("\n"))) for header, text in others)
    return RowNumbers(numbers, on_a_line, tuple(said), need, of_column)


def _lacks_country(number: Number, where: Where) -> bool:
    """Whether a number could be called if somebody said which country it is in."""
    return not number.e164 and "+" not in number.raw and where.normal(number.raw).problem in NEEDS_COUNTRY


def _answered(read: CellNumbers, here: Where, asked: Where) -> CellNumbers:
    """The numbers again, those that lacked a country in the one that somebody named."""
    again = [
        found.numbers[0]
        if _lacks_country(one, here) and (found := read_cell(one.raw, asked, one.label)).numbers
        else one
        for one in read.numbers
    ]
    return replace(read, numbers=tuple(again))


@lru_cache(maxsize=1_024)
def _where(country: str, region: str) -> Where:
    """Where the numbers of a row are: in the country it names; in none when nobody knows that one."""
    if says_no_country(country):
        return Where(region)
    named = country_named(country)
    return Where(named, is_sure=bool(named))


@lru_cache(maxsize=1_024)
def unknown_country(text: str) -> str:
    """What a row writes as its country, folded, when nobody knows such a country; blank when it is known, or none."""
    return "" if says_no_country(text) or country_named(text) else fold(text)


def _label(column: Column, values: Sequence[str]) -> str:
    assert column.label_index is not None
    return values[column.label_index].removeprefix("*").strip()


class _Code(Struct, frozen=True):
    """What the column of codes says that belongs to a number."""

    digits: str = ""
    is_area: bool = False
    """Whether it is certain to be the code of a place: the heading says so, or its zero does."""
    is_country: bool = False
    country: str = ""


_NO_CODE = _Code()


def _code_of(column: Column, columns: Sequence[Column], values: Sequence[str]) -> _Code:
    """The code for a column of numbers: of the columns of codes before it the nearest, else the first."""
    before = [one for one in columns if one.index < column.index] or columns[:1]
    said = [(values[one.index], words_of(one.header)) for one in before if values[one.index]]
    country = next((found for text, _ in reversed(said) if (found := _letters_of_country(text))), "")
    codes = [code for text, heading in reversed(said) if (code := _one_code(text, heading)).digits]
    if not codes:
        return _Code(country=country)
    # In front of an area code may stand the one of its country.
    behind = (country_named(f"+{code.digits}") for code in codes[1:] if code.is_country)
    return replace(codes[0], country=country or ("" if codes[0].is_country else next(behind, "")))


def _one_code(text: str, heading: str) -> _Code:
    digits = "".join(filter(str.isdigit, text))
    is_area = "area" in heading.split() or (text.startswith("0") and not text.startswith("00"))
    is_country = not is_area and (text.startswith(("+", "00")) or is_of_country(heading))
    return _Code(text if is_area else digits.removeprefix("00"), is_area, is_country)


def _letters_of_country(text: str) -> str:
    return country_named(text) if any(map(str.isalpha, text)) else ""


def _read(cell: str, code: _Code, where: Where, label: str) -> tuple[Where, CellNumbers]:
    """The numbers of a cell behind its code, and where they were looked for."""
    if code is _NO_CODE:
        return where, read_cell(cell, where, label)
    if code.country:
        where = Where(code.country, is_sure=True)
    if code.is_country and (there := country_named(f"+{code.digits}")):
        where = Where(there, is_sure=True)
        return where, read_cell(cell, where, label)
    read = read_cell(cell, where, label)
    if not code.digits or cell.startswith(("+", "00", "[", "{")):
        return where, read
    abroad, area = f"+{code.digits} {cell}", f"{code.digits} {cell}"
    if code.is_area and cell.startswith("0") and not parse(area, where.region).valid:
        return where, read
    if code.is_country or (not code.is_area and _is_code_of_country(abroad, area, code.digits, where)):
        behind = read_cell(abroad, where, label)
    else:
        behind = read_cell(area, where, label)
    is_better = any(number.e164 for number in behind.numbers) or code.is_area
    return where, behind if is_better else read


def _is_code_of_country(abroad: str, area: str, digits: str, where: Where) -> bool:
    """Whether a code of which nobody said what it is belongs to a country: by what exists."""
    if not parse(abroad, "").valid:
        return not normalise(area, where.region, where.is_sure).e164 and bool(parse(abroad, "").e164)
    is_own = parse(abroad, "").region == where.region
    return is_own or not normalise(area, where.region, where.is_sure).e164
