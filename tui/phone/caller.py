"""Who is calling: from a caller's number to the people who have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tui.phone.number import MAX_RAW, is_e164, normalise

_TAIL = 8
"""Digits of the end of a number that a switchboard leaves intact."""
_LONG_TAIL = 9
"""When the caller's number shows more digits, as many of them must agree."""
_SHORTEST = 6
"""Fewer digits are an internal extension, never a customer's number."""


class MatchKind(StrEnum):
    """How sure the match is."""

    EXACT = "exact"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class CallerMatch:
    """The people a caller may be. Several on one number is normal, also when the match is exact."""

    kind: MatchKind
    ids: tuple[str, ...] = ()


class CallerIndex:
    """From a caller's number to contact ids. Built from E.164 text alone, so nothing is parsed at start."""

    def __init__(self, numbers: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        self._by_tail: dict[str, tuple[str, ...]] = {}
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
            tail = e164[-_TAIL:]
            self._by_tail[tail] = (*self._by_tail.get(tail, ()), e164)
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
            self._forget_tail(e164)

    def find(self, raw: str, region: str) -> CallerMatch:
        """The people with the number a telephone shows (any format, read as in `region`). Never raises."""
        text = raw.strip()[:MAX_RAW]
        digits = "".join(character for character in text if "0" <= character <= "9")
        if not digits:
            return CallerMatch(MatchKind.WITHHELD)
        if len(digits) < _SHORTEST:
            return CallerMatch(MatchKind.UNKNOWN)
        for e164 in _full_forms(text, digits, region):
            if ids := self._ids.get(e164):
                return CallerMatch(MatchKind.EXACT, ids)
        return self._by_last_digits(digits)

    def _by_last_digits(self, digits: str) -> CallerMatch:
        numbers = self._by_tail.get(digits[-_TAIL:], ())
        if len(digits) > _LONG_TAIL:
            tail = digits.lstrip("0")[-_LONG_TAIL:]
            numbers = tuple(number for number in numbers if number.endswith(tail))
        if not numbers:
            return CallerMatch(MatchKind.UNKNOWN)
        ids = tuple(dict.fromkeys(contact_id for number in numbers for contact_id in self._ids[number]))
        return CallerMatch(MatchKind.LIKELY if len(numbers) == 1 else MatchKind.AMBIGUOUS, ids)

    def _forget_tail(self, e164: str) -> None:
        tail = e164[-_TAIL:]
        left = tuple(number for number in self._by_tail.get(tail, ()) if number != e164)
        if left:
            self._by_tail[tail] = left
        else:
            self._by_tail.pop(tail, None)


_NOT_IN_E164 = re.compile(r"[^\d+]")


def _full_forms(text: str, digits: str, region: str) -> Iterable[str]:
    """E.164 numbers the text may mean, the likeliest first."""
    compact = _NOT_IN_E164.sub("", text)
    if is_e164(compact):
        yield compact
    yield normalise(text, region).e164
    if not text.startswith("+"):
        yield f"+{digits.removeprefix('00')}"
