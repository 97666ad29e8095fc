"""The quick way to E.164 for numbers written plainly, which are most of them.

It answers only where the library would answer the same, and leaves everything else to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_PLAIN = re.compile(r"\+?[0-9(][0-9 ().\-/]*")
_DECIMAL = re.compile(r"[.]0+$")
"""A spreadsheet's decimals, which are no digits of the number."""
_NOT_A_DIGIT = str.maketrans("", "", " ().-/+")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class _Country:
    """What decides how plain numbers of one country are read."""

    code: str
    prefix: re.Pattern[str] | None
    """What is dialled in front of a number inside the country; groups mean that digits are rewritten."""
    pattern: re.Pattern[str]
    """What a national number without prefix looks like."""
    lengths: frozenset[int]
    from_abroad: re.Pattern[str] | None
    """What is dialled in front of a number abroad."""


def quick_e164(text: str, region: str) -> str:
    """The E.164 form of a plainly written number, or empty when the library has to decide."""
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text) or _DECIMAL.search(text):
        return ""
    digits = text.translate(_NOT_A_DIGIT)
    if text[0] == "+":
        country = _country_of_code(digits)
        return "" if country is None else _national(digits[len(country.code) :], country)
    country = _country_of_region(region) if region else None
    if country is None or digits.startswith(country.code):
        return ""
    if country.from_abroad is not None and country.from_abroad.match(digits):
        return ""
    return _national(digits, country)


def is_read_as_written(e164: str) -> bool:
    """Whether no digit behind the country code is one that is only dialled inside the country (`+44 020 …`)."""
    country = _country_of_code(e164[1:])
    prefix = country.prefix if country else None
    return country is not None and not (prefix and prefix.match(e164, len(country.code) + 1))


def _national(digits: str, country: _Country) -> str:
    if country.prefix is not None and (dialled := country.prefix.match(digits)):
        if any(dialled.groups()):
            return ""
        digits = digits[dialled.end() :]
    if len(digits) not in country.lengths or not country.pattern.fullmatch(digits):
        return ""
    return f"+{country.code}{digits}" if 7 <= len(country.code) + len(digits) <= 15 else ""


@lru_cache(maxsize=512)
def _country_of_region(region: str) -> _Country | None:
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.general_desc is None:
        return None
    # Whether a length is possible is asked of the code's main country, as the library does.
    main = phonenumbers.region_code_for_country_code(metadata.country_code or 0)
    possible = phonenumbers.PhoneMetadata.metadata_for_region(main, metadata)
    if possible is None or possible.general_desc is None:
        return None
    prefix, abroad = metadata.national_prefix_for_parsing, metadata.international_prefix
    return _Country(
        code=str(metadata.country_code),
        prefix=re.compile(prefix) if prefix else None,
        pattern=re.compile(metadata.general_desc.national_number_pattern or ""),
        lengths=frozenset(possible.general_desc.possible_length),
        from_abroad=re.compile(abroad) if abroad else None,
    )


def _country_of_code(digits: str) -> _Country | None:
    """The main country of the code these digits begin with."""
    import phonenumbers

    for length in (1, 2, 3):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0))
        if regions:
            return _country_of_region(regions[0])
    return None


MAX_RAW = 60
"""Characters of raw text looked at; a longer text is not a phone number."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EXCEL_SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
_EXCEL_DECIMAL = re.compile(r"(\d{7,})[.,]0+")


@dataclass(frozen=True, slots=True)
class Normal:
    """The normal form of one raw number; `e164` is empty when `problem`, a code, says why."""

    e164: str = ""
    ext: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything we know about one raw number."""

    e164: str = ""
    """`+` and 7 to 15 digits; empty when the text is no complete number."""
    shown: str = ""
    """Grouped as in its country, with `+` and country code; the raw text when it could not be understood."""
    national: str = ""
    """Grouped as people in its country dial it."""
    ext: str = ""
    """Extension, digits only."""
    region: str = ""
    """Two-letter country of the number; empty when it has none (satellite, unknown code)."""
    valid: bool = False
    """Lies in a number range known to exist; ranges too recent for the metadata are not."""
    problem: str = ""
    """A code: why there is no `e164`; empty when there is one."""


def is_e164(text: str) -> bool:
    """Whether the text is a strict E.164 number: `+`, then 7 to 15 digits, nothing else."""
    return _E164.fullmatch(text) is not None


@lru_cache(maxsize=65_536)
def normalise(raw: str, region: str) -> Normal:
    """E.164 form of a raw number read as in `region` (two letters; empty: only with `+`). Never raises."""
    text = raw.strip()
    if e164 := quick_e164(text, region):
        return Normal(e164)
    found, problem = _understand(text, region)
    return Normal(_e164(found), found.extension or "") if found is not None else Normal(problem=problem)


@lru_cache(maxsize=4_096)
def parse(raw: str, region: str) -> Parsed:
    """All that is known of a raw number read as in `region` (two letters, or empty). Never raises."""
    understood, problem = _understand(raw, region)
    if understood is None:
        readable = "".join(character for character in raw.strip() if character.isprintable())
        return Parsed(shown=readable[:MAX_RAW], problem=problem)
    import phonenumbers

    plain = phonenumbers.PhoneNumber()
    plain.merge_from(understood)
    plain.extension = None
    return Parsed(
        e164=_e164(understood),
        shown=phonenumbers.format_number(plain, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        national=phonenumbers.format_number(plain, phonenumbers.PhoneNumberFormat.NATIONAL),
        ext=understood.extension or "",
        region=_region(plain),
        valid=phonenumbers.is_valid_number(plain),
    )


def shown(e164: str) -> str:
    """An E.164 number grouped as in its country (`+44 20 7946 0018`); any other text comes back as it is."""
    return parse(e164, "").shown if is_e164(e164) else e164


def _region(number: Any) -> str:
    import phonenumbers

    code = phonenumbers.region_code_for_number(number)
    code = code or phonenumbers.region_code_for_country_code(number.country_code)
    return code if code.isalpha() and code != "ZZ" else ""


def _e164(number: Any) -> str:
    import phonenumbers

    return f"+{number.country_code}{phonenumbers.national_significant_number(number)}"


def _understand(raw: str, region: str) -> tuple[Any | None, str]:
    """The library's number and "", or None and the code of what is wrong."""
    text = raw.strip()
    if not text:
        return None, "no_number"
    if len(text) > MAX_RAW:
        return None, "too_long"
    if _EXCEL_SHORTENED.fullmatch(text):
        return None, "shortened"
    if decimal := _EXCEL_DECIMAL.fullmatch(text):
        text = decimal.group(1)
    number, problem = _complete(text, region)
    if number is None and (with_plus := _international(text)):
        number, _ = _complete(with_plus, region, must_exist=not text.startswith("00"))
    return (number, "") if number is not None else (None, problem)


def _international(text: str) -> str:
    """The same digits with `+` in front, for `0044 …` and `44 …`; empty when the text has one already."""
    if "+" in text or not text[:1].isdigit():
        return ""
    bare = text.removeprefix("00")
    return f"+{bare}" if bare[:1] in "123456789" and bare else ""


def _complete(text: str, region: str, must_exist: bool = False) -> tuple[Any | None, str]:
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
    if must_exist and not phonenumbers.is_valid_number(number):
        return None, "wrong_length"
    return (number, "") if is_e164(_e164(number)) else (None, "wrong_length")


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
