"""Numbers as one types them on an office phone that wants a prefix for an outside line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

PREFIX = re.compile(r"[0-9*#]{1,6}")
"""What may stand before a number: digits, star and hash."""


def _abroad(e164: str) -> str:
    return "00" + e164[1:]


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """A prefix for an outside line, and how a number is typed behind it."""

    prefix: str = ""
    """Empty: numbers go out as E.164."""
    from_here: Callable[[str], str] = _abroad
    """E.164 to what a desk phone in the rep's own country needs: national at home, 00… abroad."""

    def typed(self, e164: str) -> str:
        """What to type or send for this number: digits behind the prefix, or E.164 when there is none."""
        if not self.prefix:
            return e164
        return self.prefix + re.sub(r"[^0-9]", "", self.from_here(e164))
