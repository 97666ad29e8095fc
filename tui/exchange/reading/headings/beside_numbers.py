"""Columns that belong to a number, by heading and values: its label, the code of its country, its extension."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import PHONE_WORDS, Meaning
from tui.exchange.reading.headings.words import listed, words_of
from tui.phone import country_named, normalise

_OF_A_COUNTRY = frozenset(
    listed("""
        country, nation, paese, nazione, land, landesvorwahl, landervorwahl, pais, pays, calling, intl, international,
        internazionale, internacional, idd""")
)
_CODES = frozenset(
    listed("code, codes, prefix, prefisso, prefijo, indicatif, vorwahl, landesvorwahl, landervorwahl")
)
_EXTENSIONS = frozenset(
    listed("""
        ext, extn, xtn, extension, extensions, durchwahl, nebenstelle, klappe, apparat, interno, poste, anexo, ramal,
        toestel""")
)
_TYPES = frozenset(listed("type, typ, tipo, label, kind, art"))
_NUMBERS = PHONE_WORDS | frozenset(listed("number, numero, nummer, line, linea, ligne"))
_SMALL = frozenset(listed("of, de, di, du, del, della, der, le, la"))
_MARKED_CODE = re.compile(r"(?:\+|00)\s?[1-9]\d{0,2}")
_BARE_CODE = re.compile(r"[1-9]\d{0,2}")
_EXTENSION = re.compile(r"(?:x|#|ext\.?)?\s*\d{1,6}", re.IGNORECASE)
_MAY_BE_ANOTHER = frozenset({Meaning.FIELD, Meaning.COUNTRY, Meaning.PHONE, Meaning.ROLE})
_SHORT_CODE = 2
"""Digits of a calling code that is no number of a country in a table, as 840 and 826 are."""
_WHOLE = 10
"""Digits of a number with its area code in countries where lists hold nothing but digits."""


def is_of_country(heading: str) -> bool:
    """Whether the code under a heading (as `words_of`) is one of a country."""
    return bool(_OF_A_COUNTRY & set(heading.split()))


def meaning_beside(meaning: Meaning, header: str, values: Sequence[str]) -> Meaning:
    """What a column holds whose heading may be of a part of a number; the meaning given when its values say no more."""
    words = set(words_of(header).split())
    if meaning not in _MAY_BE_ANOTHER or not values:
        return meaning
    if _is_type_of_number(words) and all(any(map(str.isalpha, value)) for value in values):
        return Meaning.PHONE_LABEL
    if words & _EXTENSIONS and all(map(_EXTENSION.fullmatch, values)):
        return Meaning.EXTENSION
    marked = all(map(_MARKED_CODE.fullmatch, values))
    if meaning is not Meaning.ROLE and words & _CODES and (marked or _are_bare_codes(words, values)):
        return Meaning.PHONE_CODE
    return meaning


def _is_type_of_number(words: set[str]) -> bool:
    """Whether the words of a heading say that its column tells the kind of a number: `Art der Rufnummer`."""
    return bool(words & _TYPES and words & _NUMBERS) and words <= _TYPES | _NUMBERS | _SMALL


def _are_bare_codes(words: set[str], values: Sequence[str]) -> bool:
    """Whether `44` and `353` are calling codes: in a column of countries, and not their numbers in a table."""
    return (
        bool(words & _OF_A_COUNTRY)
        and all(_BARE_CODE.fullmatch(value) and country_named(f"+{value}") for value in values)
        and sum(len(value) <= _SHORT_CODE for value in values) * 2 >= len(values)
    )


def is_whole_number(value: str) -> bool:
    """Whether plain digits are a number that exists, in North America or with its country code."""
    return value.isdigit() and len(value) >= _WHOLE and bool(normalise(value, "US").e164)


def with_label_columns(columns: Sequence[Column]) -> list[Column]:
    """Tie each number to the column that labels it: the one that comes last before it, or `Phone type` behind it."""
    tied = []
    label_index: int | None = None
    taken: set[int] = set()
    for place, column in enumerate(columns):
        if column.meaning is Meaning.PHONE:
            behind = _type_behind(columns, place) if label_index is None else None
            taken |= {behind} if behind is not None else set()
            tied.append(replace(column, label_index=behind if behind is not None else label_index))
            label_index = None
        else:
            tied.append(column)
            is_label = column.meaning is Meaning.PHONE_LABEL and column.index not in taken
            label_index = column.index if is_label else label_index
    return tied


def _type_behind(columns: Sequence[Column], place: int) -> int | None:
    """The column behind a number that says what kind it is, unless it is about the next number."""
    behind, following = (columns[at] if at < len(columns) else None for at in (place + 1, place + 2))
    if behind is None or behind.meaning is not Meaning.PHONE_LABEL:
        return None
    own, said = (set(words_of(column.header).split()) - _SMALL for column in (columns[place], behind))
    is_between = following is not None and following.meaning is Meaning.PHONE
    return behind.index if said - _TYPES == own or not is_between else None
