"""Where a number is on the clock: its time zones, reduced to the ones that really differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tui.phone.e164 import is_e164
from tui.phone.number import is_read_as_written

_QUARTER = timedelta(days=91)
_BEST_KNOWN = frozenset(
    {
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/New_York",
        "Europe/Berlin",
        "Europe/Helsinki",
        "Europe/London",
        "Europe/Oslo",
        "Europe/Rome",
    }
)
"""Of several zones with the same clock, the one people know; else the first of the alphabet."""
_CURRENT_NAMES = {
    "America/Godthab": "America/Nuuk",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Europe/Kiev": "Europe/Kyiv",
}
"""Cities the library calls by a former name."""
_REGION_OF_ZONE = {"Europe/Dublin": "IE", "Europe/London": "GB", "Europe/Paris": "FR"}
"""Zones the library also gives to a neighbour."""
LONGEST_PREFIX = 9
"""Digits of the longest beginning of a number of which the library may know the zones."""
_NORTH_AMERICAN = len("+12025550100")
_SHARED_CODES = frozenset({"1", "7"})
"""Country codes of several large countries, which only the digits behind them tell apart."""


def zones(e164: str, now: datetime | None = None) -> tuple[str, ...]:
    """IANA zones the number may be in, one for each clock that differs within a year of `now` (UTC).

    One zone: the local time is known. Several: it is not (a mobile in Australia, toll-free in America).
    Empty: nobody knows, or the text is not E.164. Without `now`, the present moment.
    """
    if not is_e164(e164):
        return ()
    moment = now or datetime.now(UTC)
    clocks, is_one_country = _clocks(e164[: LONGEST_PREFIX + 1], moment.year, moment.month)
    if is_one_country and is_read_as_written(e164):
        return clocks  # whether the number has a place or not makes no difference there
    return _distinct(_zones_of(_same_place(e164)), moment.year, moment.month)


def local_times(names: Iterable[str], now: datetime) -> tuple[datetime, ...]:
    """`now` (zoned) in each of the zones, earliest clock first; unknown zone names are left out."""
    times = [now.astimezone(zone) for name in names if (zone := _zone(name)) is not None]
    return tuple(sorted(times, key=lambda local: local.replace(tzinfo=None)))


@lru_cache(maxsize=256)
def region_for_zone(zone: str) -> str:
    """Two-letter country that dials most numbers in this IANA zone (`Europe/Rome` → `IT`); or empty."""
    if known := _REGION_OF_ZONE.get(zone):
        return known
    from phonenumbers.tzdata import TIMEZONE_DATA

    votes: defaultdict[str, Fraction] = defaultdict(Fraction)
    for prefix, found in TIMEZONE_DATA.items():
        names = [_CURRENT_NAMES.get(name, name) for name in found]
        if zone in names:
            votes[region_of_prefix(prefix)] += Fraction(1, len(names))
    return max(votes, key=lambda region: votes[region]) if votes else ""


@lru_cache(maxsize=4_096)
def region_of_prefix(prefix: str) -> str:
    """Country of numbers beginning with these digits; of a shared code its main country when in doubt."""
    import phonenumbers

    by_code = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    code = next((prefix[:length] for length in (1, 2, 3) if int(prefix[:length]) in by_code), "")
    regions = by_code[int(code)] if code else ("",)
    if code in _SHARED_CODES and len(prefix) > 1:
        example = f"+{prefix}".ljust(12, "2")
        return phonenumbers.region_code_for_number(phonenumbers.parse(example, None)) or regions[0]
    return regions[0]


@lru_cache(maxsize=4_096)
def _clocks(beginning: str, year: int, month: int) -> tuple[tuple[str, ...], bool]:
    """The zones of numbers that begin so, one for each clock, and whether all of their country have the same."""
    here, country_wide = _by_prefix(beginning)
    clocks = _distinct(here, year, month)
    return clocks, bool(clocks) and clocks == _distinct(country_wide, year, month)


@lru_cache(maxsize=4_096)
def _by_prefix(e164: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Zones of the longest known beginning of the number, and of its country code; empty when unknown."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    digits = e164[1:]
    lengths = range(len(digits), 0, -1)
    longest = next((digits[:length] for length in lengths if digits[:length] in TIMEZONE_DATA), "")
    shortest = next((digits[:length] for length in (1, 2, 3) if digits[:length] in TIMEZONE_DATA), "")
    return _current(TIMEZONE_DATA.get(longest, ())), _current(TIMEZONE_DATA.get(shortest, ()))


@lru_cache(maxsize=4_096)
def _current(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_CURRENT_NAMES.get(name, name) for name in names)


def _same_place(e164: str) -> str:
    """A number of the same place and kind: in North America the last four digits tell nothing."""
    plain = e164.startswith("+1") and e164[2] != "1" and len(e164) == _NORTH_AMERICAN
    return f"{e164[:8]}0000" if plain else e164


@lru_cache(maxsize=4_096)
def _zones_of(e164: str) -> tuple[str, ...]:
    import phonenumbers
    from phonenumbers import timezone

    number = phonenumbers.parse(e164, None)
    found = timezone.time_zones_for_number(number)
    if found == (timezone.UNKNOWN_TIMEZONE,):
        # A range the metadata does not know is still in its country.
        found = timezone.time_zones_for_geographical_number(number)
    return _current(tuple(name for name in found if name != timezone.UNKNOWN_TIMEZONE))


@lru_cache(maxsize=1_024)
def _distinct(names: tuple[str, ...], year: int, month: int) -> tuple[str, ...]:
    """One name for each set of clock offsets over the four quarters from that month."""
    start = datetime(year, month, 15, 12, tzinfo=UTC)
    by_clock: dict[tuple[timedelta | None, ...], str] = {}
    for name in names:
        if (zone := _zone(name)) is None:
            continue
        clock = tuple((start + _QUARTER * quarter).astimezone(zone).utcoffset() for quarter in range(4))
        if clock not in by_clock or name in _BEST_KNOWN:
            by_clock[clock] = name
    return tuple(by_clock.values())


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


_PLAIN = {"+39": "IT", "+33": "FR", "+44": "GB", "+61": "AU"}
"""Codes of one country: nothing has to be looked up."""


def country(e164: str) -> str:
    """Two-letter country of an E.164 number; empty when it is none or its code is no country's."""
    return (_PLAIN.get(e164[:3]) or region_of_prefix(e164[1:5])) if is_e164(e164) else ""
