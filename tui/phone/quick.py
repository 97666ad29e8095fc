"""The quick way to E.164 for numbers written plainly, which are most of them.

It answers only where the library would answer the same, and leaves everything else to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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
    if country is None:
        return False
    return country.prefix is None or not country.prefix.match(e164, len(country.code) + 1)


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
