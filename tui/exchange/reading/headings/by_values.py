"""What a column holds, by its values: a file without headings, or headings that say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from tui.domain.identity.names import looks_like_firm
from tui.exchange.reading.cells import emails_in
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import Meaning

_LEAD_LOADER = {
    header: Meaning(meaning or "field")
    for header, _, meaning in (
        column.partition(": ")
        for column in (
            *("vendor lead code: id", "source id", "list id: list", "phone code: phone_code"),
            *("phone number: phone", "title", "first name: given", "middle initial: middle"),
            *("last name: family", "address 1", "address 2", "address 3", "city", "state", "province"),
            *("postal code", "country: country", "gender", "date of birth", "alt phone: phone"),
            *("email: email", "security phrase", "comments: notes"),
        )
    )
}
"""The fixed columns of a dialler's lead file, which never has a header. Source: VICIdial's lead loader."""
_PHONE_LIKE = re.compile(r"\+?[\d(][\d\s().\-/]{6,22}\d(\s*(x|ext\.?)\s*\d{1,6})?")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_ADDRESS_LIKE = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
"""Of a machine."""
_WORDS_LIKE = re.compile(r"[^\W\d_]+([ '.\-][^\W\d_]+\.?)*", re.UNICODE)


def share_of(values: Sequence[str], holds: Callable[[str], object]) -> float:
    """Part of the values for which it holds, 0 to 1; 0 without values."""
    return sum(1 for value in values if holds(value)) / len(values) if values else 0.0


def looks_like_phone(value: str) -> bool:
    """Whether a cell holds one phone number and nothing else, as far as its signs and digits tell."""
    digits = sum(map(str.isdigit, value))
    if not 7 <= digits <= 19 or not _PHONE_LIKE.fullmatch(value):
        return False
    return not _DATE_LIKE.fullmatch(value) and not _ADDRESS_LIKE.fullmatch(value)


def is_grouped_phone(value: str) -> bool:
    """A phone number beyond doubt: with a plus, a leading zero or spaces between digits, unlike an id."""
    return looks_like_phone(value) and (value[0] in "+0(" or any(mark in value for mark in " -./"))


def columns_of_values(placeholders: Sequence[str], samples: Sequence[list[str]]) -> list[tuple[str, Meaning]]:
    """Header and meaning of each column of a file without a header; `placeholders` stand in for headers."""
    if _is_lead_loader(samples):
        return [
            *_LEAD_LOADER.items(),
            *((header, Meaning.FIELD) for header in placeholders[len(_LEAD_LOADER) :]),
        ]
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
    sure = share_of(values, is_grouped_phone) + share_of(
        values, lambda value: value.isdigit() and len(value) >= 10
    )
    if share_of(values, looks_like_phone) > 0.6 and sure > 0.6:
        return Meaning.PHONE
    if share_of(values, looks_like_firm) > 0.2:
        return Meaning.COMPANY
    return Meaning.NAME if share_of(values, _is_whole_name) > 0.6 else Meaning.FIELD


def _is_whole_name(value: str) -> bool:
    return bool(_WORDS_LIKE.fullmatch(value)) and 2 <= len(value.split()) <= 4


def _one_word_names(meanings: list[Meaning], samples: Sequence[list[str]]) -> list[Meaning]:
    """Two neighbouring columns of single, mostly different words are given and family name."""
    if Meaning.NAME in meanings:
        return meanings
    single = [meaning is Meaning.FIELD and _is_name_word(samples[at]) for at, meaning in enumerate(meanings)]
    for index, pair in enumerate(pairwise(single)):
        if all(pair):
            return [*meanings[:index], Meaning.GIVEN, Meaning.FAMILY, *meanings[index + 2 :]]
    return meanings


def _is_name_word(values: list[str]) -> bool:
    words = share_of(values, lambda value: value.isalpha() and value[0].isupper() and len(value) > 1)
    return words > 0.8 and len({value.casefold() for value in values}) > 0.5 * len(values)


def blank_give_way(
    columns: Sequence[Column], samples: Sequence[list[str]], many: Container[Meaning]
) -> list[Column]:
    """The columns, of which one with nothing in it takes no place from a filled one that means the same.

    `many`: what several columns may hold.
    """
    filled = {column.meaning for column in columns if samples[column.index]}
    return [
        replace(one, meaning=Meaning.FIELD)
        if not samples[one.index] and one.meaning in filled and one.meaning not in many
        else one
        for one in columns
    ]


def only_numbers(columns: Sequence[Column], samples: Sequence[list[str]]) -> bool:
    """Whether a file says of nobody who they are: phone numbers, besides at most the day on which each was noted."""
    filled = [(column, cells) for column, cells in zip(columns, samples, strict=True) if cells]
    numbers = [column for column, _ in filled if column.meaning is Meaning.PHONE]
    others = [cells for column, cells in filled if column.meaning is Meaning.FIELD]
    return (
        bool(numbers)
        and len(numbers) + len(others) == len(filled)
        and all(map(_DATE_LIKE.fullmatch, chain.from_iterable(others)))
    )
