"""Which number of the world a written number is: as its country dials it, or as one that is dialled from abroad.

What decides is which of the two exists. Where both do, or neither, nobody guesses: a wrong guess calls a stranger.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tui.phone.countries import country_said
from tui.phone.e164 import MAX_RAW, WHICH_COUNTRY, is_e164
from tui.phone.number import kept_for_fiction, ranges_of_code
from tui.phone.number_text import NumberText, as_keys, taken_apart

_LONGEST_TEXT = 500
_EXCEL_SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
_EXCEL_DECIMAL = re.compile(r"(\d{7,})[.,]0+")
_AMERICAN = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_AMERICAN_GROUPS = re.compile(
    r"(?:1[ .\-]?)?(?:\(\d{3}\) ?|\d{3}[.\-])\d{3}[ .\-]\d{4}|\d{3} \d{3}[ \-]\d{4}"
)
_FIRST_GROUP = re.compile(r"\(?(\d{3})\D")
_FROM_ABROAD = ("00", "011", "0011")
"""What is dialled in front of a country code in most of the world, in North America and in Australia."""
_WITH_LETTERS = frozenset({1, 27, 41, 43, 49, 61, 64, 353})
"""Country codes of countries where firms are called by words: 0800 and a name."""


def understood(raw: str, region: str, *, is_sure: bool = False) -> tuple[Any | None, str]:
    """The library's number of a text read as in `region` (two letters, or empty) and "", or None and a problem's code.

    `is_sure`: somebody said that the number is in this country, as its row in a file does. Never raises.
    """
    text = raw.strip()
    if not text:
        return None, "no_number"
    if len(text) > _LONGEST_TEXT:
        return None, "too_long"
    if _EXCEL_SHORTENED.fullmatch(text):
        return None, "shortened"
    if decimal := _EXCEL_DECIMAL.fullmatch(text):
        text = decimal.group(1)
    parts = taken_apart(text)
    if len(parts.number) > MAX_RAW:
        return None, "too_long"
    number, problem = _read_as_said(parts, region, is_sure) if parts.number else (None, parts.problem)
    if parts.vanity and (number is None or not _exists(number)):
        by_keys = _by_keys(parts.vanity, region)
        number, problem = (by_keys, "") if by_keys is not None else (number, problem)
    if number is None:
        return None, problem
    number.extension = parts.ext or None
    return number, ""


def _read_as_said(parts: NumberText, region: str, is_sure: bool) -> tuple[Any | None, str]:
    """The number, in the country that a word beside it names when it exists there: `USA 202-555-0143`.

    The word may be a name (Chad) or a room (IT): where the number exists in both countries, nobody guesses.
    """
    here = _read(parts.number, region, is_sure)
    said = country_said(parts.remark) if parts.remark and not parts.number.startswith("+") else ""
    if not said or said == region:
        return here
    there, _ = _read(parts.number, said, False)
    if there is None or not _exists(there) or (here[0] is not None and _same(here[0], there)):
        return here
    return (there, "") if here[0] is None else (None, WHICH_COUNTRY)


def _read(text: str, region: str, is_sure: bool) -> tuple[Any | None, str]:
    """A number of plain digits and marks."""
    if text[0] == "+":
        return _complete(text, "")
    here, problem = _complete(text, region)
    if _digits(text)[0] == "0":
        return _with_zero(text, here, problem, region, is_sure)
    abroad, _ = _complete(f"+{_digits(text)}", "")
    if here is None or abroad is None or _same(here, abroad):
        return _only_one(text, here, abroad, problem, region, is_sure)
    return _one_of_two(text, here, abroad, region, is_sure)


def _with_zero(
    text: str, here: Any | None, problem: str, region: str, is_sure: bool
) -> tuple[Any | None, str]:
    """A number that begins with a zero. Nobody writes a country code so, but behind what is dialled from abroad."""
    if here is not None and (_exists(here) or (text.startswith("00") and _is_behind_country(here, region))):
        return here, ""
    if (abroad := _behind_zeros(text)) is not None:
        return abroad, ""
    if here is not None and is_sure and _begins_with_zero(region):
        return here, ""
    # Another country's: here no such number exists.
    asks = region and not _digits(text).startswith("00") and (here is not None or _count_is_whole(text))
    return None, WHICH_COUNTRY if asks else problem or "no_phone_number"


def _is_behind_country(number: Any, region: str) -> bool:
    """Whether a number that was read in a country says another one itself, behind `00` or the like."""
    import phonenumbers

    return bool(number.country_code != phonenumbers.country_code_for_region(region))


def _behind_zeros(text: str) -> Any | None:
    """The number behind what is dialled from abroad, when it exists; behind `00` also one that may."""
    digits = _digits(text)
    read = (
        _complete(f"+{digits.removeprefix(front)}", "")[0]
        for front in _FROM_ABROAD
        if digits.startswith(front)
    )
    found = [number for number in read if number is not None]
    return next(filter(_exists, found), found[0] if found and text.startswith("00") else None)


def _count_is_whole(text: str) -> bool:
    """Whether the digits could be a whole number of some country, and are no row of zeros."""
    digits = _digits(text)
    return 9 <= len(digits) <= 12 and not digits.startswith("000")


@lru_cache(maxsize=512)
def _begins_with_zero(region: str) -> bool:
    """Whether numbers of a country are written with a zero in front: with a prefix for it, or their own, as Italy's."""
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.general_desc is None:
        return True
    prefix, pattern = metadata.national_prefix or "", metadata.general_desc.national_number_pattern or ""
    return prefix.startswith("0") or bool(metadata.leading_zero_possible) or pattern.startswith("0")


def _only_one(
    text: str, here: Any | None, abroad: Any | None, problem: str, region: str, is_sure: bool
) -> tuple[Any | None, str]:
    """The number where only one reading has a length that its country uses."""
    one = here if here is not None else abroad
    if one is None:
        is_elsewhere = _is_american(text) or (problem == _LENGTH_PROBLEMS[3] and _count_is_whole(text))
        return None, WHICH_COUNTRY if region and is_elsewhere else problem
    if here is None:
        if _exists(one) and not _cuts_a_group(text, one):
            return one, ""
        asks = region and (_AMERICAN.fullmatch(_digits(text)) or len(_digits(text)) > _COUNTRY_AND_NUMBER)
        return None, WHICH_COUNTRY if asks else problem
    return _decided(text, one, None, region, is_sure)


_COUNTRY_AND_NUMBER = 9
"""Digits; fewer are rather a number without its area code than one without its `+`."""


def _one_of_two(text: str, here: Any, abroad: Any, region: str, is_sure: bool) -> tuple[Any | None, str]:
    """The reading that exists, of two that could be."""
    if _exists(abroad) and not _exists(here) and not _cuts_a_group(text, abroad):
        return abroad, ""
    return _decided(text, here, abroad if _exists(abroad) else None, region, is_sure)


def _cuts_a_group(text: str, number: Any) -> bool:
    """Whether a country code ends inside the first three digits, of `202-555-01433`, where nobody would write it."""
    first = _FIRST_GROUP.match(text)
    return first is not None and len(str(number.country_code)) < len(first.group(1))


def _decided(text: str, here: Any, abroad: Any | None, region: str, is_sure: bool) -> tuple[Any | None, str]:
    """The country's own reading, unless another is as good; `abroad` exists, or is None."""
    american = _is_american(text) and here.country_code != 1
    if _exists(here):
        doubts = abroad is not None or (
            american and (_AMERICAN_GROUPS.fullmatch(text) or proves_little(region))
        )
        asks = doubts and people_write_prefix(region) and not is_sure
    else:
        in_plan = here.country_code == 1 and _AMERICAN.fullmatch(_digits(text))
        asks = american or not (is_sure or in_plan)
    return (None, WHICH_COUNTRY) if asks else (here, "")


@lru_cache(maxsize=512)
def proves_little(region: str) -> bool:
    """Whether numbers of a place in this country have any length, as in Germany: then nearly all digits are one."""
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None) if region else None
    lengths = metadata.fixed_line.possible_length if metadata is not None and metadata.fixed_line else ()
    return len(lengths) > _LENGTHS_OF_A_FIXED_PLAN


_LENGTHS_OF_A_FIXED_PLAN = 2


def _complete(text: str, region: str) -> tuple[Any | None, str]:
    """A number of a length its country uses, or None and the code of why not."""
    import phonenumbers
    from phonenumbers import ValidationResult

    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException as error:
        return None, _PARSE_PROBLEMS.get(error.error_type, "no_phone_number")
    length = phonenumbers.is_possible_number_with_reason(number)
    if length != ValidationResult.IS_POSSIBLE:
        return None, _LENGTH_PROBLEMS.get(length, "wrong_length")
    return (number, "") if is_e164(e164_of(number)) else (None, "wrong_length")


def e164_of(number: Any) -> str:
    """A number of the library as `+` and digits."""
    import phonenumbers

    return f"+{number.country_code}{phonenumbers.national_significant_number(number)}"


def _exists(number: Any) -> bool:
    import phonenumbers

    national, ranges = phonenumbers.national_significant_number(number), ranges_of_code(number.country_code)
    # A code may have 25 countries, and the library goes through the ranges of all, one by one.
    is_listed = (ranges is None or ranges.fullmatch(national)) and phonenumbers.is_valid_number(number)
    return is_listed or re.fullmatch(kept_for_fiction(number.country_code), national) is not None


def _same(one: Any, other: Any) -> bool:
    return e164_of(one) == e164_of(other)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_american(text: str) -> bool:
    """Whether the digits are a number that exists in North America."""
    digits = _digits(text)
    if not _AMERICAN.fullmatch(digits):
        return False
    number, _ = _complete(f"+1{digits[-10:]}", "")
    return number is not None and _exists(number)


@lru_cache(maxsize=512)
def people_write_prefix(region: str) -> bool:
    """Whether people of a country write the digit in front that is dialled inside it: 0, 06, 8."""
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None) if region else None
    return metadata is not None and writes_prefix(metadata)


def writes_prefix(metadata: Any) -> bool:
    """The same of the library's data of a country. In North America nobody writes the 1."""
    return (metadata.national_prefix or "1") != "1"


def _by_keys(text: str, region: str) -> Any | None:
    """The number of a text whose letters are keys, when its country has such numbers and this one exists."""
    import phonenumbers
    from phonenumbers import PhoneNumberType as Kind

    if not (_KEY_WORD.search(text)):
        return None
    letters = sum(map(str.isalpha, text))
    number, _ = _complete(as_keys(text), "" if text.startswith("+") else region)
    if number is None and letters > _FEWEST_LETTERS:
        number, _ = _complete(_american_keys(text, region), "")
    if number is None or letters < _FEWEST_LETTERS or number.country_code not in _WITH_LETTERS:
        return None
    if phonenumbers.number_type(number) in (
        *(Kind.TOLL_FREE, Kind.SHARED_COST, Kind.PREMIUM_RATE, Kind.PERSONAL_NUMBER, Kind.UAN),
    ):
        return number
    attached = number.country_code == 1 and re.search(r"\d-?[A-Z]{4,}$", text)
    return number if attached and _exists(number) else None


_FEWEST_LETTERS = 3
_KEY_WORD = re.compile(r"\d[\s.\-]*[A-Z][A-Z\d\s.\-]*$|\d[.\-]?[A-Za-z]+(?:-[A-Za-z\d]+)*$")
"""How letters stand that are keys: in capitals, or tied to the digits. `0800 Anna` is a number and a name."""


def _american_keys(text: str, region: str) -> str:
    """The first ten keys of a word that is longer than a number: `1-800-CONTACTS`; the network drops the rest."""
    keys = _digits(as_keys(text))
    national = keys.removeprefix("1")
    is_there = text.startswith("+1") or (not text.startswith("+") and _is_in_north_america(region))
    return f"+1{national[:10]}" if is_there and len(national) > 10 and national[:1] == "8" else ""


def _is_in_north_america(region: str) -> bool:
    import phonenumbers

    return region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1]


_PARSE_PROBLEMS = {
    0: "no_country_code",
    1: "no_phone_number",
    2: "too_short_after_prefix",
    3: "too_short",
    4: "too_long",
}
"""By `NumberParseException.error_type`."""
_LENGTH_PROBLEMS = {
    1: "unknown_country_code",
    2: "too_short_for_country",
    3: "too_long_for_country",
    4: "area_code_missing",
    5: "wrong_length",
}
"""By `ValidationResult`."""
