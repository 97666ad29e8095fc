"""Ids of records: UUID version 7, so that ids sort by the time they were made; version 8 where an id must follow."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

_VERSION_7 = 0x7 << 76
_VERSION_8 = 0x8 << 76
_NO_STAMPS = ~(0xF << 76 | 0b11 << 62)
_VARIANT = 0b10 << 62
_LOW_62 = (1 << 62) - 1
_CHANCE = 74
"""Bits of an id that are random."""
_LOW_74 = (1 << _CHANCE) - 1
_AT_ONCE = 64


def uuid7(now: datetime) -> str:
    """A fresh id made at `now` (zoned): 48 bits of UTC milliseconds, then 74 random bits.

    Source: RFC 9562, 5.7. Raises ValueError when `now` has no zone.
    """
    return _fresh(_moment(now), secrets.randbits(_CHANCE))


def uuid7s(now: datetime) -> Iterator[str]:
    """Fresh ids without end, all made at `now`: the system is asked for chance once for many of them."""
    begin = _moment(now)
    while True:
        chance = secrets.randbits(_CHANCE * _AT_ONCE)
        for place in range(_AT_ONCE):
            yield _fresh(begin, chance >> _CHANCE * place & _LOW_74)


def _moment(now: datetime) -> int:
    if now.tzinfo is None:
        raise ValueError("uuid7 needs a time with a zone")
    return (int(now.timestamp() * 1000) & (1 << 48) - 1) << 80 | _VERSION_7 | _VARIANT


def _fresh(begin: int, chance: int) -> str:
    return _written(begin | chance >> 62 << 64 | chance & _LOW_62)


def derived_id(*parts: str) -> str:
    """The id that follows from these texts: the same on every machine, another for other texts.

    For what must be one record however often it comes in. Source of the form: RFC 9562, 5.8.
    """
    digest = sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return _written(int.from_bytes(digest[:16], "big") & _NO_STAMPS | _VERSION_8 | _VARIANT)


def _written(bits: int) -> str:
    digits = f"{bits:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


SCHEMA = 3
"""Raised when a program of the format before would read a record wrongly. 1: up to October 2026;
2: before records of several reps could be merged."""
