"""Columns about single numbers: those of our own export, refused and wrong, and `Home Phone Do Not Call`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tui.domain.contact import Number
from tui.domain.why import why
from tui.exchange.reading.consent.cells import refuses, words_of_refusal
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.layout import Layout
from tui.exchange.reading.number_cells import numbers_in
from tui.exchange.reading.phone_numbers import RowNumbers
from tui.exchange.reading.sentences import sentence


def refused_by_number(found: RowNumbers, layout: Layout, values: Sequence[str]) -> Mapping[int, list[Number]]:
    """By the place of each column about single numbers, in a row: the numbers it refuses.

    Where a cell holds what cannot be read, its column is not among them: it is about the person then.
    """
    said: dict[int, list[Number]] = {}
    for place, phones in layout.numbers_meant.items():
        numbers = [number for phone in phones for number in found.of_column.get(phone, ())]
        is_blank = not any(values[phone] for phone in phones)
        if is_blank or (numbers and all(number.e164 for number in numbers)):
            said[place] = numbers if refuses(layout.columns[place], values) else []
    return said


def with_barred(
    numbers: Sequence[Number],
    layout: Layout,
    values: Sequence[str],
    refused: Mapping[int, list[Number]],
    said: str,
) -> tuple[Number, ...]:
    """The numbers of a row, with those its other columns say are not to be called, or are wrong.

    `refused`: as `refused_by_number` gives it; `said`: why those are not to be called that an export of ours names.
    """
    found = {number.e164 or number.raw: number for number in numbers}
    for place, ones in refused.items():
        for number in ones:
            noted = opted_out(layout.file, words_of_refusal(layout.columns[place], values))
            found[number.e164] = replace(found[number.e164], barred=why("number_refused", noted=noted))
    for meaning in (Meaning.REFUSED_NUMBERS, Meaning.WRONG_NUMBERS):
        cell = values[layout.first[meaning]] if meaning in layout.first else ""
        for number in numbers_in(cell, layout.region) if cell else ():
            key = number.e164 or number.raw
            known = found.get(key, number)
            if meaning is Meaning.WRONG_NUMBERS:
                found[key] = replace(known, bad=True)
            else:
                found[key] = replace(known, barred=why("number_refused", noted=opted_out(layout.file, said)))
    return tuple(found.values())


def opted_out(file: str, words: str = "") -> str:
    """Why nobody calls, as a file says it; `words`: the cell's own, where it says more than yes.

    What an earlier import wrote down, and an export brought into this file, is not said again around it.
    """
    before = sentence("opted_out", file="")
    if words.startswith(before):
        return before + words.removeprefix(before).split(f": {before}")[-1]
    return sentence("opted_out_saying", file=file, word=words) if words else sentence("opted_out", file=file)
