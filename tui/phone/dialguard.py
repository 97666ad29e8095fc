"""Which numbers are never dialled, and which only after a question: emergencies and toll fraud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from msgspec import Struct, field

from tui.phone.e164 import is_e164
from tui.phone.number import normalise, parse

SATELLITE_AND_GLOBAL = frozenset({870, 878, 881, 882, 883, 888, 979})
"""Country codes that belong to no country; the favourite of toll fraud."""


NEVER = frozenset({"emergency", "premium_rate", "satellite"})
"""Codes of numbers that are never dialled, whatever country the team calls."""
LONGEST_EMERGENCY = 6
"""Digits."""


class GuardLevel(StrEnum):
    """How the guard answers."""

    OK = "ok"
    ASK = "ask"
    BLOCK = "block"


class GuardVerdict(Struct, frozen=True):
    """May this number be dialled: yes, after a question, or never; and why."""

    level: GuardLevel
    code: str = ""
    """Why not without a word; empty when it may be dialled."""
    e164: str = ""
    """The number as it would be dialled; empty when it is blocked."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the sentence of the code names."""


_EMERGENCY = GuardVerdict(GuardLevel.BLOCK, "emergency")


@lru_cache(maxsize=65_536)
def never_dialled(e164: str) -> str:
    """Why nobody dials this number, as the code of a verdict; empty when it may be dialled, or after a question.

    What `guard` blocks whatever country the team calls, quick enough for a whole list.
    """
    if _is_plain(e164):
        return ""
    code = guard(e164, "").code
    return code if code in NEVER else ""


def _is_plain(e164: str) -> bool:
    """Whether a number is beyond doubt none of those: longer than any emergency number, in no premium range."""
    import phonenumbers

    if not e164[1:].isdecimal():  # a file edited by hand may hold anything
        return False
    for length in (1, 2, 3):
        code = int(e164[1 : 1 + length])
        if code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            national = e164[1 + length :]
            return (
                code not in SATELLITE_AND_GLOBAL
                and len(national) > LONGEST_EMERGENCY
                and not ((premium := _premium_ranges(code)) and premium.fullmatch(national))
            )
    return False


@lru_cache(maxsize=512)
def _premium_ranges(code: int) -> re.Pattern[str] | None:
    """National numbers that cost extra in a country of this code, for a full match; None when there are none."""
    import phonenumbers

    ranges = (
        found.premium_rate.national_number_pattern
        for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
        if (found := phonenumbers.PhoneMetadata.metadata_for_region(region, None)) and found.premium_rate
    )
    patterns = dict.fromkeys(pattern for pattern in ranges if pattern)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


def guard(number: str, region: str, allowed: Iterable[str] = ()) -> GuardVerdict:
    """Judge a raw or E.164 number before it is dialled. Never raises.

    `region` is the rep's own country (two letters), `allowed` the countries the team calls; without any, only
    `region` is allowed. Emergency, premium-rate and satellite numbers are blocked; no setting lifts that.
    """
    text = number.strip()
    if not text:
        return GuardVerdict(GuardLevel.BLOCK, "nothing_to_dial")
    known = parse(text, region)
    if not known.e164:
        said = {"number": known.shown, "problem": known.problem}
        return (
            _EMERGENCY
            if _connects_to_emergency(text, region)
            else GuardVerdict(GuardLevel.BLOCK, "unreadable", values=said)
        )
    return _judge(known.e164, text, region, frozenset(allowed) or frozenset({region}))


def _judge(e164: str, text: str, region: str, allowed: frozenset[str]) -> GuardVerdict:
    import phonenumbers
    from phonenumbers import PhoneNumberType as Kind

    number = phonenumbers.parse(e164, None)
    known = parse(e164, "")
    if _is_emergency(number, known.region) or (not known.valid and _connects_to_emergency(text, region)):
        return _EMERGENCY
    if number.country_code in SATELLITE_AND_GLOBAL:
        return GuardVerdict(GuardLevel.BLOCK, "satellite")
    kind = phonenumbers.number_type(number)
    if kind == Kind.PREMIUM_RATE:
        return GuardVerdict(GuardLevel.BLOCK, "premium_rate")
    if kind in (Kind.SHARED_COST, Kind.PERSONAL_NUMBER, Kind.PAGER):
        return GuardVerdict(GuardLevel.ASK, "costs_extra", e164)
    if known.region not in allowed:
        mine = ", ".join(sorted(code for code in allowed if code))
        return GuardVerdict(GuardLevel.ASK, "other_country", e164, {"country": known.region, "team": mine})
    if not known.valid:
        return GuardVerdict(GuardLevel.ASK, "unlikely", e164, {"country": known.region})
    return GuardVerdict(GuardLevel.OK, "", e164)


def _is_emergency(number: Any, region: str) -> bool:
    """Exactly an emergency number behind a country code (`+49112`).

    Compared whole and with its leading zero: in Turin numbers begin with 011 2, in Paris with 1 5.
    """
    import phonenumbers
    from phonenumbers import shortnumberinfo

    digits = phonenumbers.national_significant_number(number)
    return bool(region) and bool(shortnumberinfo.is_emergency_number(digits, region))


def _connects_to_emergency(text: str, region: str) -> bool:
    """Whether the text calls the emergency service, in `region` or behind its own country code."""
    from phonenumbers import shortnumberinfo

    if is_e164(text) or not region:
        return False
    by_itself = shortnumberinfo.connects_to_emergency_number(text, region)
    return by_itself or (not normalise(text, region).e164 and _emergency_behind_code(text))


def _emergency_behind_code(text: str) -> bool:
    """Whether a short text with `+` is a country code and its emergency number."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return False
    return any(
        _is_emergency(number, region)
        for region in phonenumbers.region_codes_for_country_code(number.country_code or 0)
    )
