"""Who is meant: people ranked by what is typed, a piece of a number, a name, a company or anything known of them.

The one rule of every search for a person, the queue's, the look-up of a caller and the command line's, and of how
texts are compared: no accents, no case, words without punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from tui.domain.call import Call
from tui.domain.history import is_our_call
from tui.domain.outcome import Category
from tui.domain.window import LONG_AGO
from tui.plaintext import without_marks

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def unaccented(text: str) -> str:
    """The text without accents and case, one letter for one that has no accent to take off: `Müller` is `muller`."""
    if text.isascii():
        return text.lower()
    return without_marks(unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)))


def words(text: str) -> list[str]:
    """The folded words of a text; what is neither letter nor digit parts them, an apostrophe does not."""
    folded = unaccented(text)
    plain = folded.replace(" ", "").isalnum()
    return folded.split() if plain else _WORD.findall(folded.replace("'", "").replace("’", ""))


def readings(text: str) -> tuple[str, ...]:
    """The text, and as a German writes it without umlauts if it has any: `Müller`, `mueller`."""
    if text.isascii():
        return (text,)
    written_out = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return (text,) if words(written_out) == words(text) else (text, written_out)


def name_words(text: str) -> list[str]:
    """The words a name is found by: O'Neil and Smith-Jones by either half as well as whole, Müller as mueller too."""
    found = words(text)
    if "'" in text or "’" in text or "-" in text:
        halves = words(text.replace("'", " ").replace("’", " "))
        found = list(dict.fromkeys((*found, *words(text.replace("-", "")), *halves)))
    for other in readings(text)[1:]:
        found = list(dict.fromkeys((*found, *words(other))))
    return found


def digits(text: str) -> str:
    """The digits of a text, nothing else."""
    bare = text.removeprefix("+")
    plain = bare.isascii() and bare.isdecimal()
    return bare if plain else "".join(c for c in text if c.isascii() and c.isdecimal())


LEAST_DIGITS = 3
SURE = 1_000
"""So many are put in order; when more fit, those behind them stand by name, in their kind as far as it is known."""


class Fit(IntEnum):
    """How well somebody fits what is typed, the best first. Of several words the worst one counts."""

    SAME_NUMBER = 0
    """All its digits, and no others."""
    NUMBER_END = 1
    NAME_START = 2
    NAME_WORD = 3
    """Whole words of the name."""
    WORD_START = 4
    """Words of the name begin with it."""
    NUMBER_PART = 5
    NAME_PART = 6
    EMAIL = 7
    COMPANY = 8
    TAG = 9
    """Tags, lists, role, owner."""
    NOTE = 10
    """Notes and the team's own fields."""
    VOICEMAIL = 11
    """Nothing was typed; we left them a voicemail lately."""


class Row(NamedTuple):
    """One person as a look-up knows them: words as they were written, numbers in any format."""

    id: str
    name: str
    company: str = ""
    numbers: Sequence[str] = ()
    emails: Sequence[str] = ()
    tags: Sequence[str] = ()
    notes: Sequence[str] = ()


class Hit(Struct, frozen=True):
    """One person who may be meant."""

    id: str
    fit: Fit


_Tier = tuple[Fit, Sequence[int]]


class Directory:
    """Everybody by name, searchable. About 40 MB for 100,000 people; one pass over all of them takes 5 to 10 ms."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        entries = sorted({row.id: _entry(row) for row in rows}.values())
        # Copied in the order they are read in: texts that lie one behind the other are searched twice as fast.
        self._names = [_copied(entry[0]) for entry in entries]
        """A line break, then the words of the name, a blank before and behind each."""
        self._ids = [entry[1] for entry in entries]
        self._more = [_copied(entry[2]) for entry in entries]
        """Company, e-mails, tags and notes, a tab before each and a blank before each word."""
        self._numbers = [_copied(entry[3]) for entry in entries]
        """Digits of each number between line breaks."""
        self._columns = (self._names, self._ids, self._more, self._numbers)
        self._name_of = dict(zip(self._ids, self._names, strict=True))
        self._last: tuple[str, list[int]] = ("", [])
        """What was looked for last and all who fitted: one letter more leaves some of them."""

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, row: Row) -> None:
        """Add or replace one person."""
        self.remove(row.id)
        entry = _entry(row)
        place = self._place(entry[0], row.id)
        for column, text in zip(self._columns, entry, strict=True):
            column.insert(place, text)
        self._name_of[row.id] = entry[0]

    def remove(self, contact_id: str) -> None:
        """Forget a person; harmless when absent."""
        self._last = ("", [])
        name = self._name_of.pop(contact_id, None)
        if name is not None:
            place = self._place(name, contact_id)
            for column in self._columns:
                del column[place]

    def _place(self, name: str, contact_id: str) -> int:
        place = bisect_left(self._names, name)
        while place < len(self) and self._names[place] == name and self._ids[place] < contact_id:
            place += 1
        return place

    # -- answers ---------------------------------------------------------------------------------------

    def search(self, text: str) -> Iterator[Hit]:
        """Everybody the text fits, the best first and by name among equals; nobody when nothing is typed."""
        return self._hits(self._tiers(text))

    def ids(self, text: str) -> list[str]:
        """Ids of everybody the text fits, the best first."""
        ids = self._ids
        return [ids[place] for _, places in self._tiers(text) for place in places]

    def holding(self, text: str) -> list[str]:
        """Ids of all who have every word of a text anywhere, by name."""
        return [self._ids[place] for place in self._holding(words(text), in_numbers=True)]

    def everybody(self) -> list[str]:
        """Ids of all, by name."""
        return list(self._ids)

    def at_company(self, beginnings: Sequence[Collection[str]], whole: str) -> list[str]:
        """Ids of all in whose record a word begins with one of each of these, or one with `whole`; folded, by name.

        `whole` itself begins with one of the first, so only who has one of those is looked at again.
        """
        first = self._beginning(beginnings[0], range(len(self)))
        hits: Collection[int] = first
        for some in beginnings[1:]:
            hits = self._beginning(some, hits)
        return [self._ids[place] for place in sorted({*hits, *self._beginning((whole,), first)})]

    def _beginning(self, some: Collection[str], places: Collection[int]) -> set[int]:
        """Those of the places in whose record a word begins with one of these."""
        needles, more = [f" {one}" for one in some], self._more
        return {place for one in needles for place in places if one in more[place]}

    def find(self, text: str, recent_voicemails: Collection[str] = (), limit: int = 8) -> list[Hit]:
        """Whom a caller may be: like `search`, people we left a voicemail first (B14), at most `limit`.

        Nothing typed: the people we left a voicemail.
        """
        if not text.strip():
            known = sorted((self._name_of[one], one) for one in recent_voicemails if one in self._name_of)
            return [Hit(one, Fit.VOICEMAIL) for _, one in known[:limit]]
        tiers, expected, ids = self._tiers(text), set(recent_voicemails), self._ids
        first = [
            (fit, [place for place in places if ids[place] in expected]) for fit, places in tiers if expected
        ]
        return list(islice(self._hits([*first, *tiers]), limit))

    def _hits(self, tiers: Iterable[_Tier]) -> Iterator[Hit]:
        seen = set[int]()
        for fit, places in tiers:
            for place in places:
                if place not in seen:
                    seen.add(place)
                    yield Hit(self._ids[place], fit)

    # -- ranking ---------------------------------------------------------------------------------------

    def _tiers(self, text: str) -> list[_Tier]:
        """People by how well they fit, the best first, nobody twice."""
        found = [tier for reading in readings(text) for tier in self._read(reading)]
        found.sort(key=lambda tier: tier[0])
        if len(readings(text)) == 1:
            return found
        tiers: list[_Tier] = []
        seen: set[int] = set()
        for fit, places in found:
            tiers.append((fit, [place for place in places if place not in seen]))
            seen.update(places)
        return tiers

    def _read(self, text: str) -> Iterator[_Tier]:
        taken: set[int] = set()
        for fit, places in self._by_number(text):
            yield fit, places
            taken.update(places)
        for fit, places in self._by_words(words(text), in_numbers=not _digit_forms(text)):
            yield fit, [place for place in places if place not in taken] if taken else places

    def _by_number(self, text: str) -> Iterator[_Tier]:
        forms, numbers = _digit_forms(text), self._numbers
        if not forms:
            return
        # Each form ends all longer ones, so whoever has one of them has the shortest.
        shortest = min(forms, key=len)
        left = [place for place, known in enumerate(numbers) if shortest in known]
        for fit, needles in (
            (Fit.SAME_NUMBER, [f"\n{form}\n" for form in forms]),
            (Fit.NUMBER_END, [f"{form}\n" for form in forms]),
        ):
            hits: list[int] = []
            for needle in needles:
                found = [place for place in left if needle in numbers[place]]
                left = _without(left, found)
                hits += found
            yield fit, sorted(hits)
        yield Fit.NUMBER_PART, left

    def _by_words(self, sought: Sequence[str], in_numbers: bool) -> Iterator[_Tier]:
        if not sought:
            return
        names, fitting = self._names, self._holding(sought, in_numbers)
        named = [place for place in fitting if sought[0] in names[place]]
        for word in sought[1:]:
            named = [place for place in named if word in names[place]]
        others, count = _without(fitting, named), 0
        for fit, needles in (
            (Fit.NAME_START, ["\n " + " ".join(sought)]),
            (Fit.NAME_WORD, [f" {word} " for word in sought]),
            (Fit.WORD_START, [f" {word}" for word in sought]),
        ):
            hits = named if count < SURE else []
            for needle in needles:
                hits = [place for place in hits if needle in names[place]]
            yield fit, hits
            named, count = _without(named, hits), count + len(hits)
        yield Fit.NAME_PART, named
        yield from self._by_the_rest(others, sought, count + len(named))

    def _by_the_rest(self, others: Sequence[int], sought: Sequence[str], count: int) -> Iterator[_Tier]:
        """Those for whom a word is not in the name: each where its worst word stands."""
        known = max(SURE - count, 0)
        tiers: dict[Fit, list[int]] = {}
        for place in others[:known]:
            tiers.setdefault(self._worst(place, sought), []).append(place)
        tiers.setdefault(Fit.NOTE, []).extend(others[known:])
        yield from tiers.items()

    def _worst(self, place: int, sought: Sequence[str]) -> Fit:
        kinds = (Fit.COMPANY, Fit.EMAIL, Fit.TAG, Fit.NOTE)
        fields = dict(zip(kinds, self._more[place].split("\t")[1:], strict=True))
        worst = Fit.NAME_PART
        for word in sought:
            if word not in self._names[place]:
                worst = max(
                    worst, next((kind for kind in sorted(fields) if word in fields[kind]), Fit.NUMBER_PART)
                )
        return worst

    def _holding(self, sought: Sequence[str], in_numbers: bool) -> list[int]:
        """Places of all who have every word somewhere, in the order of their names.

        `in_numbers`: a word of digits may be a piece of a number, as in `ann 0100`.
        """
        before, known = self._last
        typed = " ".join(sought)
        narrower = before and typed.startswith(before) and not any(map(str.isdecimal, sought))
        places: Iterable[int] = known if narrower else range(len(self))
        names, more, numbers = self._names, self._more, self._numbers
        for word in sought:
            if in_numbers and word.isdecimal() and len(word) >= LEAST_DIGITS:
                places = [p for p in places if word in names[p] or word in more[p] or word in numbers[p]]
            else:
                places = [p for p in places if word in names[p] or word in more[p]]
        found = list(places)
        self._last = (typed, found)
        return found


def _without(places: Sequence[int], taken: Sequence[int]) -> list[int]:
    if not taken:
        return list(places)
    gone = set(taken)
    return [place for place in places if place not in gone]


def _copied(text: str) -> str:
    return (text + " ")[:-1]


def _entry(row: Row) -> tuple[str, str, str, str]:
    """What is known of one person, as it is searched: a text for each column of the directory."""
    parts = (name_words(row.company), *(words(" ".join(some)) for some in (row.emails, row.tags, row.notes)))
    more = "".join("\t" + "".join(f" {word}" for word in part) for part in parts)
    known = [found for number in row.numbers if (found := digits(number))]
    numbers = "".join(f"\n{one}" for one in known) + "\n" if known else ""
    return f"\n {' '.join(name_words(row.name))} ", row.id, more, numbers


def _digit_forms(text: str) -> list[str]:
    """Digits to look for: as typed, and without the zeros dialled before a number at home or abroad."""
    if any(c.isalpha() for c in text):
        return []
    typed = digits(text.replace("(0)", ""))
    forms = [typed, typed.removeprefix("00"), typed.lstrip("0")]
    return [form for form in dict.fromkeys(forms) if len(form) >= LEAST_DIGITS]


class Likely(IntEnum):
    """Why somebody may be the one who calls, the best reason first."""

    CALLED_TODAY = 0
    VOICEMAIL_LEFT = 1
    PROMISED = 2
    KNOWN = 3


Likelihood = tuple[Likely, datetime]
"""Why somebody may be the one who calls, and when what speaks for them happened (UTC); long ago when nothing did."""


def standing_of(
    calls: Iterable[Call],
    *,
    today: datetime,
    voicemail_since: datetime,
    promised: bool,
    dialled_at: datetime | None = None,
) -> Likelihood:
    """How one of them stands, from their calls in any order.

    `today`: when the rep's day began (UTC). `promised`: a call is owed to them. `dialled_at`: when a call to them
    that is not saved yet was dialled.
    """
    ours = [call for call in calls if call.voided_at is None and is_our_call(call)]
    last = max((*(call.at for call in ours), dialled_at or LONG_AGO))
    if last >= today:
        return Likely.CALLED_TODAY, last
    left = max((call.at for call in ours if call.is_ is Category.VOICEMAIL), default=LONG_AGO)
    if left >= voicemail_since:
        return Likely.VOICEMAIL_LEFT, left
    return Likely.PROMISED if promised else Likely.KNOWN, last


def likeliest_first(people: Mapping[str, Likelihood]) -> tuple[str, ...]:
    """Ids of all of them, the likeliest first: called today, left a voicemail, promised a call, then the rest.

    Among equals the one we called last, then as they are given.
    """
    latest_first = sorted(people, key=lambda one: people[one][1], reverse=True)
    return tuple(sorted(latest_first, key=lambda one: people[one][0]))
