"""Numbers as the phone or the phone server wants them written, and behind a prefix for an outside line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from tui.dialer.protocol import DialError, say
from tui.phone.e164 import is_e164

Form = Literal["", "e164", "00", "national"]
"""How a number is written: `+44 …`, `0044 …`, or `020 …` for the rep's own country and the way out for others."""
PREFIX = re.compile(r"[0-9*#]{1,6}")
"""What may stand before a number: digits, star and hash."""


def strict(e164: str) -> str:
    """The number itself when it is strict E.164, the only form that ever reaches a phone or a program.

    Raises `DialError` with a sentence for the rep.
    """
    if not is_e164(e164):
        raise DialError(say("bad_number"))
    return e164


def _abroad(e164: str) -> str:
    return "00" + e164[1:]


class OutsideLine(Struct, frozen=True):
    """How numbers go out. Whatever decides on a number does so on its E.164, before it is written so."""

    prefix: str = ""
    from_here: Callable[[str], str] = _abroad
    """E.164 to what a desk phone in the rep's own country needs: national at home, 00… abroad."""
    form: Form = ""
    """Empty: E.164; behind a prefix national, because no `+` can be typed there."""

    def typed(self, e164: str) -> str:
        """What to type or send for this number: `+` and digits, or digits alone, behind the prefix if there is one."""
        form = self.form or ("national" if self.prefix else "e164")
        if form == "e164":
            return self.prefix + e164
        written = _abroad(e164) if form == "00" else self.from_here(e164)
        return self.prefix + re.sub(r"[^0-9]", "", written)
