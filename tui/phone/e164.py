"""The one form in which a number is stored and dialled."""

from __future__ import annotations

import re

MAX_RAW = 60
"""Characters of a number looked at; a longer one is none."""
WHICH_COUNTRY = "which_country"
NEEDS_COUNTRY = frozenset({WHICH_COUNTRY, "no_country_code"})
"""Codes of problems that end when somebody says which country the number is in."""
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def is_e164(text: str) -> bool:
    """Whether the text is a strict E.164 number: `+`, then 7 to 15 digits, nothing else."""
    return _E164.fullmatch(text) is not None
