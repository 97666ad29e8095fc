"""One thing to know before a dial: a rule of law, a rule of the house, or a word owed to the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["block", "acknowledge", "warn"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to know before this dial."""

    level: Level
    """block: no dial; acknowledge: say it to the customer, then dial; warn: the rep decides."""
    code: str
    sentence: str
