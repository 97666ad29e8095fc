"""Headings that say of one number only whether it may be called: `Home Phone Do Not Call` beside `Home Phone`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import PHONE_WORDS, Meaning, labels_of
from tui.exchange.reading.headings.words import words_of

_ABOUT_CALLS = frozenset({Meaning.DO_NOT_CALL, Meaning.MAY_CALL})
_SAID_ALONE = frozenset({"mobile", "home", "work"})
"""Labels that need no word for a phone beside them: `DNC home`."""
_OF_THE_FIRM = frozenset({"business", "company", "firma", "firmen", "azienda", "empresa"})
"""Without a word for a phone these may mean the whole firm."""


def numbers_meant(columns: Sequence[Column]) -> Mapping[int, tuple[int, ...]]:
    """By the place of a column about calls: the places of the columns whose numbers alone it is about.

    A column that is about the person, or about a number the file has no column of, is not among them.
    """
    phones = [column for column in columns if column.meaning is Meaning.PHONE]
    found = {one.index: _meant(one.header, phones) for one in columns if one.meaning in _ABOUT_CALLS}
    return {place: meant for place, meant in found.items() if meant}


def _meant(heading: str, phones: Sequence[Column]) -> tuple[int, ...]:
    words = frozenset(words_of(heading).split())
    labels, counted = labels_of(heading), _digits(heading)
    says_phone = bool(words & PHONE_WORDS)
    if not says_phone and (not labels <= _SAID_ALONE or words & _OF_THE_FIRM):
        return ()
    if not labels and not (counted and says_phone):
        return ()
    alike = [one for one in phones if not counted or _digits(one.header) & counted]
    has = {one.label for one in alike}
    if not labels <= has:
        return ()
    return tuple(one.index for one in alike if (one.label in labels if labels else not one.label))


def _digits(heading: str) -> frozenset[str]:
    return frozenset(word for word in words_of(heading).split() if word.isdigit())
