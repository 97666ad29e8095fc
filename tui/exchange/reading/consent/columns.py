"""Which columns say who may be called, by heading and cells, and which of them only the rep can decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tui.exchange.reading.cells import is_blank, is_no, is_yes
from tui.exchange.reading.consent.cells import answers, denies, permits, speaks
from tui.exchange.reading.consent.words import (
    Says,
    is_about_a_check,
    is_negated_phone,
    is_negated_verb,
    is_way_to_reach,
    reading_of,
    says_why_or_when,
)
from tui.exchange.reading.headings.headers import Meaning, is_flag

_OPEN = frozenset({Meaning.FIELD, Meaning.PHONE, Meaning.DO_NOT_CALL, Meaning.MAY_CALL})
"""Only of these a heading is read again together with its cells; the others are named beyond doubt."""
_DATE = re.compile(r"\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,})[-/. ]\d{1,4}")
_FLAG_DIGITS = 3
"""Digits of a whole number that is a code or a count and no phone number."""


def meaning_here(
    heading: str,
    meaning: Meaning,
    sample: Sequence[str],
    cells: Callable[[], Iterable[str]],
    looks_like_phone: Callable[[str], bool],
) -> tuple[Meaning, bool]:
    """What a column is about calls, else `meaning`; and whether that cannot be decided, so that somebody is asked.

    `sample` is its first filled cells; `cells` reads all of the column, which is asked for only in doubt.
    """
    said = reading_of(heading)
    if said.says in {Says.NOTHING, Says.ELSEWHERE} or meaning not in _OPEN:
        return meaning, False
    phones = bool(sample) and sum(map(looks_like_phone, sample)) > len(sample) / 2
    if phones and (said.says is Says.TOPIC or is_negated_phone(heading)):
        return (meaning if meaning is not Meaning.DO_NOT_CALL else Meaning.PHONE), False
    if said.says is Says.TOPIC:
        filled = sample or [cell for cell in cells() if cell] if meaning is Meaning.FIELD else sample
        return _of_a_topic(heading, meaning, filled)
    if not said.sure:
        filled = [cell for cell in cells() if cell]
        if is_about_a_check(heading) and all(map(looks_like_date, filled)):
            # The day on which somebody looked.
            return meaning, False
        return _of_a_doubt(meaning, said.says, filled)
    if meaning not in {Meaning.DO_NOT_CALL, Meaning.MAY_CALL}:
        return meaning, False
    return meaning, _holds_something_else(heading, meaning, sample)


def _of_a_topic(heading: str, meaning: Meaning, sample: Sequence[str]) -> tuple[Meaning, bool]:
    """`Phone calls`: the cells say it themselves (`Do Not Allow`), or only a no is there and may mean anything."""
    sample = [cell for cell in sample if not is_blank(cell)]
    if not sample or is_flag(heading):
        return meaning, False
    if meaning is Meaning.PHONE and any(_count(cell) > _FLAG_DIGITS for cell in sample):
        return meaning, False  # `020 7946 0018 (do not call)`: a number all the same
    if all(map(speaks, sample)) and any(map(denies, sample)):
        return Meaning.MAY_CALL, False
    if all(is_yes(cell) or is_no(cell) for cell in sample):
        refuses = any(map(is_no, sample))
        if refuses and is_way_to_reach(heading):
            return Meaning.MAY_CALL, False
        return Meaning.FIELD, refuses
    return meaning, False


def _of_a_doubt(meaning: Meaning, says: Says, cells: Sequence[str]) -> tuple[Meaning, bool]:
    if cells and all(map(speaks, cells)):
        return (Meaning.MAY_CALL if says is Says.ALLOWS else Meaning.DO_NOT_CALL), False
    if says is Says.FORBIDS:
        return meaning, not all(map(permits, cells))
    if says is Says.ALLOWS:
        return meaning, any(map(denies, cells))
    return meaning, bool(cells)


def _holds_something_else(heading: str, meaning: Meaning, sample: Sequence[str]) -> bool:
    """Whether its cells are no answers to what the heading asks: codes, counts, or words of another matter."""
    if any(
        cell.isdecimal() and len(cell) <= _FLAG_DIGITS and not is_yes(cell) and not is_no(cell)
        for cell in sample
    ):
        return True
    if is_negated_verb(heading) or says_why_or_when(heading):
        return False
    odd = [cell for cell in sample if not (answers(cell) or speaks(cell) or _has_digits(cell))]
    return len(odd) > len(sample) / 2


def looks_like_date(cell: str) -> bool:
    """Whether a cell begins like a day."""
    return bool(_DATE.match(cell))


def _has_digits(cell: str) -> bool:
    """Whether it is a day, an hour or a number: it says since when."""
    return _count(cell) > 0


def _count(cell: str) -> int:
    return sum(map(str.isdigit, cell))
