"""What a column holds, judged by its values alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tui.exchange.cells import emails_in
from tui.exchange.headerwords import Meaning
from tui.exchange.names import looks_like_firm

_LEAD_LOADER = (
    ("vendor lead code", "id"),
    ("source id", "field"),
    ("list id", "list"),
    ("phone code", "phone_code"),
    ("phone number", "phone"),
    ("title", "field"),
    ("first name", "given"),
    ("middle initial", "middle"),
    ("last name", "family"),
    ("address 1", "field"),
    ("address 2", "field"),
    ("address 3", "field"),
    ("city", "field"),
    ("state", "field"),
    ("province", "field"),
    ("postal code", "field"),
    ("country", "country"),
    ("gender", "field"),
    ("date of birth", "field"),
    ("alt phone", "phone"),
    ("email", "email"),
    ("security phrase", "field"),
    ("comments", "notes"),
)
"""The fixed columns of a dialler's lead file, which never has a header. Source: VICIdial's lead loader."""
_PHONE_LIKE = re.compile(r"\+?[\d(][\d\s().\-/]{6,22}\d(\s*(x|ext\.?)\s*\d{1,6})?")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_WORDS_LIKE = re.compile(r"[^\W\d_]+([ '.\-][^\W\d_]+\.?)*", re.UNICODE)


def share_of(values: Sequence[str], holds: Callable[[str], object]) -> float:
    """Part of the values for which it holds, 0 to 1; 0 without values."""
    return sum(1 for value in values if holds(value)) / len(values) if values else 0.0


def _is_phone(value: str) -> bool:
    digits = sum(map(str.isdigit, value))
    return 7 <= digits <= 19 and bool(_PHONE_LIKE.fullmatch(value)) and not _DATE_LIKE.fullmatch(value)


def is_grouped_phone(value: str) -> bool:
    """A phone number beyond doubt: with a plus, a leading zero or spaces between digits, unlike an id."""
    return _is_phone(value) and (value[0] in "+0(" or any(mark in value for mark in " -./"))


def columns_of_values(placeholders: Sequence[str], samples: Sequence[list[str]]) -> list[tuple[str, Meaning]]:
    """Header and meaning of each column of a file without a header; `placeholders` stand in for headers."""
    if _is_lead_loader(samples):
        known = [(header, Meaning(word)) for header, word in _LEAD_LOADER]
        return known + [(header, Meaning.FIELD) for header in placeholders[len(known) :]]
    meanings = _one_word_names([_meaning_of_values(values) for values in samples], samples)
    return list(zip(placeholders, meanings, strict=True))


def _is_lead_loader(samples: Sequence[list[str]]) -> bool:
    if len(samples) < len(_LEAD_LOADER):
        return False
    codes, phones = samples[3], samples[4]
    short = share_of(codes, lambda value: value.isdigit() and len(value) <= 3)
    return short > 0.9 and share_of(phones, lambda value: value.isdigit() and 6 <= len(value) <= 14) > 0.9


def _meaning_of_values(values: list[str]) -> Meaning:
    if share_of(values, emails_in) > 0.6:
        return Meaning.EMAIL
    if (
        share_of(values, _is_phone) > 0.6
        and share_of(values, is_grouped_phone) + share_of(values, _has_ten_digits) > 0.6
    ):
        return Meaning.PHONE
    if share_of(values, looks_like_firm) > 0.2:
        return Meaning.COMPANY
    if (
        share_of(values, lambda value: bool(_WORDS_LIKE.fullmatch(value)) and 2 <= len(value.split()) <= 4)
        > 0.6
    ):
        return Meaning.NAME
    return Meaning.FIELD


def _has_ten_digits(value: str) -> bool:
    return value.isdigit() and len(value) >= 10


def _one_word_names(meanings: list[Meaning], samples: Sequence[list[str]]) -> list[Meaning]:
    """Two neighbouring columns of single, mostly different words are given and family name."""
    if Meaning.NAME in meanings:
        return meanings
    for index in range(len(meanings) - 1):
        if all(
            meanings[place] is Meaning.FIELD and _is_name_word(samples[place]) for place in (index, index + 1)
        ):
            return [*meanings[:index], Meaning.GIVEN, Meaning.FAMILY, *meanings[index + 2 :]]
    return meanings


def _is_name_word(values: list[str]) -> bool:
    words = share_of(values, lambda value: value.isalpha() and value[0].isupper() and len(value) > 1)
    return words > 0.8 and len({value.casefold() for value in values}) > 0.5 * len(values)
