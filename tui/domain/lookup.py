"""Who is ringing: people ranked by a piece of a number, a name or a company, while it is typed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Matched = Literal["number", "name", "company", "voicemail"]
Row = tuple[str, str, str, Sequence[str]]
"""Contact id, name, company, and numbers in any format."""

LEAST_DIGITS = 3
SAME_TAIL = 8
"""So many last digits equal are very likely the same line, whatever the prefix."""
_MOST_SCANNED = 200
"""Matches of one kind looked at: the best kinds are scanned first, and nobody reads more."""
_MOST_CHANGES = 2_000
"""So many changed people are searched one by one before the index is built again."""

RECENT_VOICEMAIL = 1000
"""Added for people we left a message in the last days: they are the likeliest to ring (B14)."""
_SAME_NUMBER, _NUMBER_END, _SAME_END, _NUMBER_PART = 100, 90, 65, 60
_NAME_START, _NAME_WORD, _COMPANY_WORD, _INSIDE = 80, 70, 50, 30

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One person who may be meant."""

    id: str
    score: int
    """Higher is likelier."""
    matched: Matched


@dataclass(frozen=True, slots=True)
class _Entry:
    """One person as the index holds it."""

    id: str
    text: str
    """A line break, the words of the name, a tab, the words of the company; a space before each word."""
    numbers: tuple[str, ...]
    """Digits only."""


class Directory:
    """Everybody, searchable. About 30 MB for 100 000 people."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._entries: dict[str, _Entry] = {row[0]: _entry(row) for row in rows}
        self._changed: set[str] = set()
        self._build()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, contact_id: str, name: str, company: str, digits: Sequence[str]) -> None:
        """Add or replace one person."""
        self._entries[contact_id] = _entry((contact_id, name, company, digits))
        self._change(contact_id)

    def remove(self, contact_id: str) -> None:
        """Forget a person; harmless when absent."""
        self._entries.pop(contact_id, None)
        self._change(contact_id)

    def find(self, text: str, recent_voicemails: Collection[str] = (), limit: int = 8) -> list[Hit]:
        """People the typed text may mean, the likeliest first; all of those on one number, however many.

        Nothing typed: the people we left a voicemail.
        """
        recent = [self._entries[one] for one in recent_voicemails if one in self._entries]
        if not text.strip():
            hits = [Hit(entry.id, RECENT_VOICEMAIL, "voicemail") for entry in recent]
        else:
            hits = self._search(text, recent)
        hits.sort(key=lambda hit: (-hit.score, self._entries[hit.id].text, hit.id))
        shared = sum(hit.score % RECENT_VOICEMAIL == _SAME_NUMBER for hit in hits)
        return hits[: max(limit, shared)]

    def _search(self, text: str, recent: Sequence[_Entry]) -> list[Hit]:
        score = _scorer(text)
        known_recent = {entry.id for entry in recent}
        found: dict[str, Hit] = {}
        changed = [self._entries[one] for one in self._changed if one in self._entries]
        for entry in (*recent, *changed, *self._candidates(text)):
            if entry.id in found:
                continue
            points, matched = score(entry)
            if points:
                extra = RECENT_VOICEMAIL if entry.id in known_recent else 0
                found[entry.id] = Hit(entry.id, points + extra, matched)
        return list(found.values())

    # -- the index -------------------------------------------------------------------------------------

    def _build(self) -> None:
        entries = list(self._entries.values())
        self._words = _Blob((entry.text, entry.id) for entry in entries)
        self._digits = _Blob((f"\n{number}", entry.id) for entry in entries for number in entry.numbers)
        self._changed.clear()

    def _change(self, contact_id: str) -> None:
        self._changed.add(contact_id)
        if len(self._changed) > _MOST_CHANGES:
            self._build()

    def _candidates(self, text: str) -> Iterator[_Entry]:
        """People with the text somewhere when the index was built, the best kinds of match first."""
        for blob, needle in dict.fromkeys(self._needles(text)):
            for contact_id in blob.holding(needle, _MOST_SCANNED):
                if contact_id in self._entries:
                    yield self._entries[contact_id]

    def _needles(self, text: str) -> Iterator[tuple[_Blob, str]]:
        for digits in _digit_forms(text):
            yield self._digits, f"\n{digits}\n"
            yield self._digits, f"{digits}\n"
            if len(digits) > SAME_TAIL:
                yield self._digits, f"{digits[-SAME_TAIL:]}\n"
            yield self._digits, digits
        words = _words(text)
        if not words:
            return
        longest = max(words, key=len)
        yield self._words, f"\n {words[0]}"
        yield self._words, f" {longest}"
        yield self._words, longest


class _Blob:
    """Many short texts in one long string: one search of it is one search of them all."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._ids: list[str] = []
        self._starts: list[int] = []
        pieces, position = [], 0
        for text, contact_id in texts:
            self._ids.append(contact_id)
            self._starts.append(position)
            pieces.append(text)
            position += len(text)
        self._text = "".join([*pieces, "\n"])

    def holding(self, needle: str, most: int) -> Iterator[str]:
        """Ids of at most `most` texts that hold the needle."""
        position = self._text.find(needle)
        while position >= 0 and most:
            row = bisect_right(self._starts, position) - 1
            yield self._ids[row]
            most -= 1
            if row + 1 == len(self._starts):
                return
            position = self._text.find(needle, self._starts[row + 1])


def _entry(row: Row) -> _Entry:
    contact_id, name, company, numbers = row
    text = f"\n {_spaced(name)}\t {_spaced(company)}"
    return _Entry(contact_id, text, tuple(digits for n in numbers if (digits := _only_digits(n))))


def _fold(text: str) -> str:
    """No accents, no case."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    folded = _fold(text)
    if folded.replace(" ", "").isalnum():
        return folded.split()
    return "".join(c if c.isalnum() else " " for c in folded.replace("'", "").replace("’", "")).split()


def _spaced(text: str) -> str:
    """The words of a name; O'Neil and Smith-Jones are found by either half as well as whole."""
    words = _words(text)
    if "'" in text or "’" in text or "-" in text:
        halves = _words(text.replace("'", " ").replace("’", " "))
        whole = _words(text.replace("-", ""))
        words = list(dict.fromkeys((*words, *whole, *halves)))
    return " ".join(words)


def _only_digits(text: str) -> str:
    bare = text.removeprefix("+")
    if bare.isascii() and bare.isdecimal():
        return bare
    return "".join(c for c in text if c.isascii() and c.isdecimal())


def _digit_forms(text: str) -> list[str]:
    """Digits to look for: as typed, and without the zeros dialled before a number at home or abroad."""
    if any(c.isalpha() for c in text):
        return []
    digits = _only_digits(text.replace("(0)", ""))
    forms = [digits, digits.removeprefix("00"), digits.lstrip("0")]
    return [form for form in dict.fromkeys(forms) if len(form) >= LEAST_DIGITS]


def _scorer(text: str) -> Callable[[_Entry], tuple[int, Matched]]:
    """A function that gives an entry its points for this text; 0 when it does not match."""
    forms, words = _digit_forms(text), _words(text)

    def score(entry: _Entry) -> tuple[int, Matched]:
        by_number = max((_number_points(number, forms) for number in entry.numbers), default=0)
        by_word, where = _word_points(entry, words)
        return (by_number, "number") if by_number >= by_word else (by_word, where)

    return score


def _number_points(number: str, forms: Sequence[str]) -> int:
    best = 0
    for form in forms:
        if number == form or (len(form) > SAME_TAIL and number.endswith(form)):
            return _SAME_NUMBER
        if number.endswith(form):
            best = max(best, _NUMBER_END)
        elif len(form) > SAME_TAIL and number.endswith(form[-SAME_TAIL:]):
            best = max(best, _SAME_END)
        elif form in number:
            best = max(best, _NUMBER_PART)
    return best


def _word_points(entry: _Entry, words: Sequence[str]) -> tuple[int, Matched]:
    """Every word must be found; the points are those of the worst."""
    if not words:
        return 0, "name"
    points, matched = _NAME_START, "name"
    name, _, company = entry.text.partition("\t")
    for word in words:
        if f"\n {word}" in name:
            found, where = _NAME_START, "name"
        elif f" {word}" in name:
            found, where = _NAME_WORD, "name"
        elif f" {word}" in company:
            found, where = _COMPANY_WORD, "company"
        elif len(word) >= LEAST_DIGITS and word in entry.text:
            found, where = _INSIDE, "name" if word in name else "company"
        elif word.isdecimal() and len(word) >= LEAST_DIGITS and any(word in n for n in entry.numbers):
            found, where = _INSIDE, "number"
        else:
            return 0, "name"
        if found < points:
            points, matched = found, where
    return points, matched  # type: ignore[return-value]
