"""The phone numbers of a cell: several in one, with labels, extensions, and what is no number."""

from __future__ import annotations

import re

from tui.domain.contact import Number
from tui.exchange.headers import is_fax, label_of
from tui.phone import normalise

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
