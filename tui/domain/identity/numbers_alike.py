"""Numbers as they are compared: one that is read in its country, and the same one as it was written without.

A list that comes again without the answer where its numbers are has the digits that people write, and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from tui.domain.contact import Contact, Number

_ENDING = 7
"""So many digits at the end two numbers have in common that may be one; one with fewer is nobody's."""
_SEVERAL = 2
"""So many values may repeat one another."""


def digits_of(number: Number) -> str:
    """What tells it from others: its E.164, else the digits that were written; empty when there are none."""
    return number.e164 or "".join(filter(str.isdecimal, number.raw))


def written_alike(one: Number, other: Number) -> bool:
    """Whether one of the two has no country and the other's digits, as they are written inside a country."""
    if bool(one.e164) is bool(other.e164):
        return False
    read, unread = (one, other) if one.e164 else (other, one)
    digits = digits_of(unread)
    national = digits.lstrip("0")
    return len(national) >= _ENDING and "+" not in unread.raw and read.e164.endswith(national)


class WrittenAlike:
    """Finds people by a number that one of two records has without its country."""

    def __init__(self) -> None:
        self._unread: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._read: defaultdict[str, dict[str, None]] | None = None
        """Made when somebody's number has no country: most files need none, and it is long."""

    def add(self, contact: Contact) -> None:
        """Know this contact's numbers too."""
        for number in contact.numbers:
            if not number.e164:
                self._unread[digits_of(number)[-_ENDING:]][contact.id] = None
            elif self._read is not None:
                self._read[number.e164[-_ENDING:]][contact.id] = None

    def of(self, incoming: Contact, known: dict[str, Contact]) -> Iterator[Contact]:
        """Those of the known who may have one of these numbers, each once."""
        found: dict[str, None] = {}
        for number in incoming.numbers:
            if number.e164 and not self._unread:
                continue
            index = self._unread if number.e164 else self._of_read(known.values())
            found |= index.get(digits_of(number)[-_ENDING:], {})
        for contact in map(known.__getitem__, found):
            if any(written_alike(one, other) for one in contact.numbers for other in incoming.numbers):
                yield contact

    def _of_read(self, known: Iterable[Contact]) -> defaultdict[str, dict[str, None]]:
        if self._read is None:
            self._read = defaultdict(dict)
            for contact in known:
                for number in contact.numbers:
                    if number.e164:
                        self._read[number.e164[-_ENDING:]][contact.id] = None
        return self._read


def united_numbers(stored: tuple[Number, ...], incoming: tuple[Number, ...]) -> tuple[Number, ...]:
    """Ours in our order, with labels and countries filled in, then theirs. A number marked wrong stays wrong."""
    if stored == incoming and len(stored) < _SEVERAL:
        return stored
    merged = {number.e164 or number.raw: number for number in stored}
    for number in incoming:
        place = _place(number, merged)
        known = merged.get(place, number)
        label, ext, bad = known.label or number.label, known.ext or number.ext, known.bad or number.bad
        e164, barred = known.e164 or number.e164, known.barred or number.barred
        merged[place] = replace(known, e164=e164, label=label, ext=ext, bad=bad, barred=barred)
    return tuple(merged.values())


def _place(number: Number, known: Mapping[str, Number]) -> str:
    """The key under which it is known, else its own."""
    key = number.e164 or number.raw
    if key in known:
        return key
    same = (place for place, one in known.items() if written_alike(one, number) or one.e164 == key)
    return next(same, key)
