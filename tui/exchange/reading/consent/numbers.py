"""The columns of our own export that name numbers nobody calls: refused ones, and wrong ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.contact import Number
from tui.domain.why import why
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.layout import Layout
from tui.exchange.reading.number_cells import numbers_in
from tui.exchange.reading.sentences import sentence


def with_barred(numbers: Sequence[Number], layout: Layout, values: Sequence[str]) -> tuple[Number, ...]:
    """The numbers of a row, with those its other columns say are not to be called, or are wrong."""
    found = {number.e164 or number.raw: number for number in numbers}
    for meaning in (Meaning.REFUSED_NUMBERS, Meaning.WRONG_NUMBERS):
        cell = values[layout.first[meaning]] if meaning in layout.first else ""
        for number in numbers_in(cell, layout.region) if cell else ():
            key = number.e164 or number.raw
            known = found.get(key, number)
            if meaning is Meaning.WRONG_NUMBERS:
                found[key] = replace(known, bad=True)
            else:
                noted = sentence("opted_out", file=layout.file)
                found[key] = replace(known, barred=why("number_refused", noted=noted))
    return tuple(found.values())
