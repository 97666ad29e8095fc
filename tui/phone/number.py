"""The quick way to E.164 for numbers written plainly, which are most of them.

It answers only where the library would answer the same, and leaves everything else to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from tui.phone.e164 import MAX_RAW, is_e164

_PLAIN = re.compile(r"\+?[0-9(][0-9 ().\-/]*")
_AFTER_IT = re.compile(r"[.]0+$|\)$")
"""A spreadsheet's decimals, or a remark in brackets, which are no digits of the number."""
_GROUPED = re.compile(r"[(.\-]|\d{3} \d{3} \d{4}")
"""Marks that Americans write between the groups of a number."""
_NOT_A_DIGIT = str.maketrans("", "", " ().-/+")
_LONGEST = 30


class _Country(Struct, frozen=True):
    """What decides how plain numbers of one country are read."""

    code: str
    prefix: re.Pattern[str] | None
    """What is dialled in front of a number inside the country; groups mean that digits are rewritten."""
    pattern: re.Pattern[str]
    """What a national number without prefix looks like."""
    lengths: frozenset[int]
    from_abroad: re.Pattern[str] | None
    """What is dialled in front of a number abroad."""
    writes_prefix: bool
    """Whether people write their numbers with the prefix; without it one is as likely another country's."""
    proves_little: bool
    """Whether nearly all digits are a number in it."""
    exists: re.Pattern[str]
    """The ranges of numbers that are in use."""
    is_shared: bool
    """Whether other countries have the same code, with ranges of their own."""


def quick_e164(text: str, region: str) -> str:
    """The E.164 form of a plainly written number, or empty when the library has to decide."""
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text) or _AFTER_IT.search(text):
        return ""
    digits = text.translate(_NOT_A_DIGIT)
    if text[0] == "+":
        country = _country_of_code(digits)
        return (
            ""
            if country is None or digits.startswith("0")
            else _national(digits[len(country.code) :], country)
        )
    country = _country_of_region(region) if region else None
    if country is None or digits.startswith(country.code):
        return ""
    if country.from_abroad is not None and country.from_abroad.match(digits):
        return ""
    return _here(text, digits, country)


def _here(text: str, digits: str, country: _Country) -> str:
    """The number when it exists in the country and, without a zero in front, none with a `+` in front does."""
    dialled = country.prefix.match(digits) if country.prefix is not None else None
    if dialled and any(dialled.groups()):
        return ""
    bare = digits[dialled.end() :] if dialled else digits
    if len(bare) not in country.lengths or not country.exists.fullmatch(bare):
        return ""  # whether it is a number of another country or of none has to be looked up
    is_bare = country.writes_prefix and not digits.startswith("0")
    if is_bare and (country.proves_little or _GROUPED.search(text) or _may_exist_abroad(digits)):
        return ""
    return f"+{country.code}{bare}" if 7 <= len(country.code) + len(bare) <= 15 else ""


def _may_exist_abroad(digits: str) -> bool:
    abroad = _country_of_code(digits)
    if abroad is None:
        return False
    rest = digits[len(abroad.code) :]
    if abroad.prefix is not None and abroad.prefix.match(rest):
        return True
    return len(rest) in abroad.lengths and (abroad.is_shared or abroad.exists.fullmatch(rest) is not None)


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

    from tui.phone.number_reading import proves_little, writes_prefix

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
        writes_prefix=writes_prefix(metadata),
        proves_little=proves_little(region),
        is_shared=len(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(metadata.country_code or 0, ())) != 1,
        exists=_any_of((*_ranges(metadata), kept_for_fiction(metadata.country_code or 0))),
    )


_KEPT_FOR_FICTION = {
    1: r"(?:555555\d{4})",
    33: r"(?:63998\d{4})",
    44: r"(?:(?:7700900|1632960|1154960)\d{3})",
    353: r"(?:2091\d{5})",
}


def kept_for_fiction(code: int) -> str:
    """The ranges that countries with this code keep for films and samples and do not list, as a pattern.

    Their numbers exist as far as anybody can tell.
    """
    return _KEPT_FOR_FICTION.get(code, "(?!)")


@lru_cache(maxsize=512)
def ranges_of_code(code: int) -> re.Pattern[str] | None:
    """What a national number of any country with this code looks like; None when the library lists none for it.

    A number outside them exists nowhere; one inside may still be another country's.
    """
    import phonenumbers

    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ())
    known = [phonenumbers.PhoneMetadata.metadata_for_region(region, None) for region in regions]
    if not known or None in known:
        return None
    return _any_of(found for metadata in known for found in _ranges(metadata))


def _any_of(ranges: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(dict.fromkeys(ranges)) or "(?!)")


def _ranges(metadata: Any) -> Iterator[str]:
    for kind in (
        *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip"),
        *("pager", "uan", "voicemail"),
    ):
        found = getattr(metadata, kind)
        if found is not None and found.national_number_pattern:
            yield f"(?:{found.national_number_pattern})"


def _country_of_code(digits: str) -> _Country | None:
    """The main country of the code these digits begin with."""
    return _country_beginning(digits[:3])


@lru_cache(maxsize=1_024)
def _country_beginning(digits: str) -> _Country | None:
    import phonenumbers

    for length in (1, 2, 3):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0))
        if regions:
            return _country_of_region(regions[0])
    return None


class Normal(Struct, frozen=True):
    """The normal form of one raw number; `e164` is empty when `problem`, a code, says why."""

    e164: str = ""
    ext: str = ""
    problem: str = ""


class Parsed(Struct, frozen=True):
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


@lru_cache(maxsize=4_096)
def normalise(raw: str, region: str, is_sure: bool = False) -> Normal:
    """E.164 form of a raw number read as in `region` (two letters; empty: only with `+`). Never raises.

    `is_sure`: the number is known to be in that country, which decides where it might be in another one too.
    """
    text = raw.strip()
    if e164 := quick_e164(text, region):
        return Normal(e164)
    from tui.phone.number_reading import e164_of, understood

    found, problem = understood(text, region, is_sure=is_sure)
    return Normal(e164_of(found), found.extension or "") if found is not None else Normal(problem=problem)


@lru_cache(maxsize=4_096)
def parse(raw: str, region: str) -> Parsed:
    """All that is known of a raw number read as in `region` (two letters, or empty). Never raises."""
    from tui.phone.number_reading import e164_of, understood

    found, problem = understood(raw, region)
    if found is None:
        readable = "".join(character for character in raw.strip() if character.isprintable())
        return Parsed(shown=readable[:MAX_RAW], problem=problem)
    import phonenumbers

    plain = phonenumbers.PhoneNumber()
    plain.merge_from(found)
    plain.extension = None
    return Parsed(
        e164=e164_of(found),
        shown=phonenumbers.format_number(plain, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        national=phonenumbers.format_number(plain, phonenumbers.PhoneNumberFormat.NATIONAL),
        ext=found.extension or "",
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
