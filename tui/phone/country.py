"""The country a number belongs to, from its first digits."""

from __future__ import annotations

from functools import lru_cache

from tui.phone.number import is_e164
from tui.phone.zone import region_of_prefix

_PLAIN = {"+39": "IT", "+33": "FR", "+44": "GB", "+61": "AU"}
"""Codes of one country: nothing has to be looked up."""


def country(e164: str) -> str:
    """Two-letter country of an E.164 number; empty when it is none or its code is no country's."""
    if not is_e164(e164):
        return ""
    return _PLAIN.get(e164[:3]) or _looked_up(e164[1:5])


@lru_cache(maxsize=4_096)
def _looked_up(prefix: str) -> str:
    return region_of_prefix(prefix)
