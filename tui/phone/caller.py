"""Who is calling: from a caller's number to the people who have exactly this number.

The one rule of every place that asks it: the ringing card, a missed call, the look-up and the command line. Numbers
that only end alike are other people's, so no part of a number ever names anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from tui.phone.e164 import MAX_RAW, is_e164
from tui.phone.number import normalise, parse

_LONGEST_EXTENSION = 5
"""So many digits and fewer are a telephone inside the company, never a customer's number."""
WITHHELD_WORDS = frozenset({"", "anonymous", "unknown", "restricted", "private", "unavailable", "withheld"})
"""What networks write where a caller does not show a number."""
_PUNCTUATION = str.maketrans("", "", " ().-/\u00a0")


class MatchKind(StrEnum):
    """What a caller's number tells."""

    EXACT = "exact"
    """Somebody has it; several people on one number is normal."""
    UNKNOWN = "unknown"
    """A complete number that nobody has."""
    EXTENSION = "extension"
    WITHHELD = "withheld"
    UNREADABLE = "unreadable"
    """No number anybody could call back."""


class CallerMatch(Struct, frozen=True):
    """The people a caller may be: all who have the number."""

    kind: MatchKind
    ids: tuple[str, ...] = ()


class CallerIndex:
    """From a caller's number to contact ids. Built from E.164 text alone, so nothing is parsed at start."""

    def __init__(self, numbers: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        self._begins: Counter[str] = Counter()
        """How many numbers begin with these three digits, which hold the country code."""
        for contact_id, e164 in numbers:
            self.add(contact_id, e164)

    def __len__(self) -> int:
        """How many different numbers are known."""
        return len(self._ids)

    def add(self, contact_id: str, e164: str) -> None:
        """Know that this contact has this number; harmless when it is known already or empty."""
        if not e164:
            return
        ids = self._ids.get(e164)
        if ids is None:
            self._ids[e164] = (contact_id,)
            self._begins[e164[1:4]] += 1
        elif contact_id not in ids:
            self._ids[e164] = (*ids, contact_id)

    def remove(self, contact_id: str, e164: str) -> None:
        """Forget that this contact has this number; harmless when it is not known."""
        ids = self._ids.get(e164, ())
        left = tuple(other for other in ids if other != contact_id)
        if left:
            self._ids[e164] = left
        elif ids:
            del self._ids[e164]
            self._begins[e164[1:4]] -= 1

    def find(self, raw: str, region: str, prefix: str = "") -> CallerMatch:
        """The people with the number a telephone shows, in any format. Never raises.

        A number without a country is read as in `region`, the rep's; where it is none there, as in the countries of
        the people we know. What is no number at all may have the rep's own `prefix` for an outside line in front: a
        switchboard shows it so that it can be called back.
        """
        found, text = self._find(raw, region), raw.strip()
        behind_prefix = prefix and found.kind is MatchKind.UNREADABLE and text.startswith(prefix)
        return self._find(text.removeprefix(prefix), region) if behind_prefix else found

    def _find(self, raw: str, region: str) -> CallerMatch:
        text = raw.strip()
        if text.lower().partition("@")[0] in WITHHELD_WORDS:
            return CallerMatch(MatchKind.WITHHELD)
        compact = text.translate(_PUNCTUATION)
        if not compact.removeprefix("+").isdecimal() or not compact.isascii() or len(text) > MAX_RAW:
            return CallerMatch(MatchKind.UNREADABLE)
        if len(compact.removeprefix("+")) <= _LONGEST_EXTENSION:
            return CallerMatch(MatchKind.EXTENSION)
        if ids := self._ids.get(compact):
            return CallerMatch(MatchKind.EXACT, ids)
        e164 = normalise(text, region).e164 or normalise(text, region, is_sure=True).e164
        if ids := self._ids.get(e164):
            return CallerMatch(MatchKind.EXACT, ids)
        if ids := self._in_their_countries(text, region):
            return CallerMatch(MatchKind.EXACT, ids)
        return CallerMatch(MatchKind.UNKNOWN if e164 or is_e164(compact) else MatchKind.UNREADABLE)

    def _in_their_countries(self, text: str, region: str) -> tuple[str, ...]:
        """Who has the number as people of another country write it; nobody when it is a number of the rep's own."""
        if text.startswith(("+", "00")) or parse(text, region).valid:
            return ()
        readings = (normalise(text, other).e164 for other in self._regions() if other != region)
        return tuple(dict.fromkeys(one for e164 in readings for one in self._ids.get(e164, ())))

    def _regions(self) -> Iterator[str]:
        """The main country of each country code in the index."""
        import phonenumbers

        codes = {
            code
            for begin, count in self._begins.items()
            for code in (begin[:1], begin[:2], begin)
            if count and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
        }
        return (phonenumbers.region_code_for_country_code(int(code)) for code in sorted(codes))
