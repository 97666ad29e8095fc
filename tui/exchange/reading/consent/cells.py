"""Whether a row says that its person must not be called: in a column for it, or in any cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct

from tui.exchange.reading.cells import is_no, is_yes
from tui.exchange.reading.consent.phrases import Asked, asked_in
from tui.exchange.reading.consent.words import (
    Says,
    asks_how_to_reach,
    declines_phone,
    is_of_other_channels,
    is_only_blocked,
    is_understood,
    names_another_channel,
    names_refusal,
    reading_of,
    takes_back,
)
from tui.exchange.reading.headings.column import Column
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.headings.words import listed, plain_words
from tui.exchange.reading.sentences import sentence
from tui.plaintext import fold

_HARMLESS = frozenset(
    listed("""
        ok, okay, clear, clean, allow, allowed, free, safe, pass, passed, active, good, not on list,
        not on the list, not on any list, not on register, not present, absent, none found, negative,
        opted in, opt in, opt ins, assente, libero, frei, libre, nicht vorhanden, ausente""")
)
"""In a column of refusals these say that there is none."""
_GIVEN = frozenset(
    listed("given, granted, verbal, written, signed, obtained, dato, data, erteilt, donne, dado, concedido")
)
_LISTED = frozenset(
    listed("""
        listed, registered, match, matches, matched, found, hit, hits, positive, flagged, on register,
        iscritto, iscritta, presente, eingetragen, gelistet, inscrit, inscrite, inscrito, inscrita, present,
        treffer, riscontro, riscontri, corrispondenza, correspondance, coincidencia, gefunden, trovato,
        trovata, trouve, encontrado""")
)
"""In a column of a register these say that somebody stands in it; behind a no, that they do not."""
_NOT_LISTED = re.compile(r"(?:not|no|non|nessuna?|nicht|keine?|pas|pas de|aucune?|sans|sin) (.+)")
_ALONE = frozenset(
    listed("""
        no call, no calls, no phone calls, no sales calls, no marketing, no marketing calls, no telemarketing,
        do not allow, not allowed, keine anrufe, keine werbeanrufe, keine werbung, keine telefonwerbung, pas d appel,
        pas d appels, aucun appel, niente chiamate, niente telefonate, sin llamadas, do not market""")
)
"""A refusal where nothing else stands in the cell or the tag; inside a sentence they tell what happened."""
_PIECES = re.compile(r":::|[,;|/\n()\[\]]|\s[-\u2013\u2014]\s")
_NUMBER = re.compile(r"\+?[\d()][\d()\s./\-]{4,}")
_SAYS_NO = re.compile(r"\b(?:0|false|f|n|off)\W*$")
"""`DNC = 0`"""
_MOST_WORDS = 6
"""Of a piece that is read like a heading; what is longer is a sentence."""
_REGISTERED = re.compile(r"\b(?:DNC[CLR]?|NDNC)\b")
_REGISTERED_NUMBER = re.compile(r"\b(?:dnc[clr]?|ndnc|c?tps|dnd)\b", re.IGNORECASE)
_LOOKED_UP = re.compile(
    r"(?:\b(?:not|no|non|never|nicht|checked|check|off|against|vs)\W+(?:\w+\W+){0,2})$", re.IGNORECASE
)
_FOUND_CLEAR = re.compile(
    r"\W*(?:(?:is|was|status|list|check|registry|lookup)\W+)*(?:clear|clean|ok|no|not|n|false|checked|free|passed|0)\b",
    re.IGNORECASE,
)
_VERBS = listed("""
    call, phon, contact, dial, disturb, solicit, ring, elenc, chiam, contatt, telef, kontakt, anruf, anzuruf, angeruf,
    ruf, storen, werb, appel, derang, demarch, llam, moles, list, market, database,
    sperre, werbewid, opposizion, robinson, bloctel, dnc, tps""")
_NEGATION = re.compile(
    r"not|n['\u2019]t|don.?t|(?<![^\W_])(?:no|never|non|mai|niente|nada|basta|but|tranne|sauf|menos|ausser|sin|sans|senza|ohne|aucune?|nessun\w*|nicht|ni|neither|weder|nie\w*|kein\w*|ne|n|pas|plus|jamais"
    r"|nunca|jamas|stop|remov\w*|off|take|taken|delist\w*|opt(?:ed|s|ing)?|unsubscribed?|object\w*|withdrew|refuses?|declines|rejects|rifiuta|lehnt|verweigert|rechaza|rehusa"
    r"|dnc\w?|c?tps"
    r"|registered|listed|registro|lista|liste|elenc\w+|untersagt|verb[ei]\w*t\w*|verbot\w*|unerwunscht|robinson\w*|bloctel|dad[oa]|\w*sperre|werbewiderspruch)(?![^\W_])"
)
"""A sentence that refuses has a verb and one of these."""
_MARKS = listed("""
    dnc, d.n.c, d n c, dnd, unsub, opt, black, bloc, bloq, deny, suppress, preference serv, barred, banned, litigat,
    uncall, uncontact, robinson, opposi, oposici, sperr, werbewider, verbot, baja, inscri, iscri, abonn, suscr,
    abgemeld, ausgetr, list, schwarze, allow""")
"""A name of a refusal has one of these. They are looked for first, because nearly every row has none."""
_BETWEEN_WORDS = re.compile("['\u2019_-]")
_SHORTEST = 3
_SNIPPET = 60


class Place(Enum):
    """What kind of column a cell stands in."""

    FREE = auto()
    STATUS = auto()
    """About the person and the calls: a status, tags, notes."""
    NUMBER = auto()
    PREFERENCE = auto()
    """How they like to be reached: a no to the phone is one to calls."""
    NAMED = auto()
    """Names, or another channel: only a whole sentence counts."""
    OWN = auto()
    """Read by its own rule."""


class Found(Struct, frozen=True):
    """What a row says against calls."""

    refused: bool = False
    words: str = ""
    """Those of the cell, where it says more than yes."""
    wishes: tuple[tuple[str, str], ...] = ()
    """Header and text of cells that ask not to be called at some hour or place."""


_NOTHING = Found()


def refuses(column: Column, values: Sequence[str]) -> bool:
    """Whether a column about calls says in a row that there are to be none."""
    word = values[column.index]
    if column.meaning is Meaning.DO_NOT_CALL:
        return not permits(word)
    return column.meaning is Meaning.MAY_CALL and bool(word) and denies(word)


def found_in(
    columns: Sequence[Column],
    values: Sequence[str],
    about_calls: Sequence[Column],
    besides: Collection[int] = (),
) -> Found:
    """What the cleaned values of a row say against calling the person.

    `about_calls`: those of the columns that ask it, refusals first; `besides`: places of columns not asked.
    """
    for column in about_calls:
        if column.index not in besides and refuses(column, values):
            return Found(True, words_of_refusal(column, values))
    whole = _folded("\n".join(values))
    if not _may_name(whole, may_ask := _may_ask(whole)) and not may_ask:
        return _NOTHING
    wishes: list[tuple[str, str]] = []
    for place, value in enumerate(values):
        column_of = columns[place] if place < len(columns) else None
        asked, words = _in_cell(value, _place_of(column_of) if column_of else Place.FREE)
        if asked is Asked.NEVER:
            return Found(True, words)
        if asked is Asked.AT_TIMES:
            wishes.append((column_of.header if column_of else sentence("column", number=place + 1), value))
    return Found(wishes=tuple(wishes)) if wishes else _NOTHING


def words_of_refusal(column: Column, values: Sequence[str]) -> str:
    """The words of a cell that refuses; empty where it says no more than yes or no."""
    word = values[column.index]
    is_plain = is_yes(word) if column.meaning is Meaning.DO_NOT_CALL else is_no(word)
    return "" if is_plain else word


def is_worth_keeping(meaning: Meaning, word: str) -> bool:
    """Whether a cell in a column about calls refuses nothing and says more than yes: `Email`, a day of consent."""
    if not word or is_yes(word) or is_no(word):
        return False
    return permits(word) if meaning is Meaning.DO_NOT_CALL else not denies(word)


def _folded(text: str) -> str:
    return text.casefold() if text.isascii() else fold(text)


def _may_ask(folded: str) -> bool:
    """Whether a sentence of a text may refuse calls."""
    return any(map(folded.__contains__, _VERBS)) and bool(_NEGATION.search(folded))


def _may_name(folded: str, may_ask: bool) -> bool:
    """Whether a text may hold the name of a refusal."""
    if any(map(folded.__contains__, _MARKS)):
        return True
    if "tps" in folded and folded.count("tps") > folded.count("https"):
        return True
    if not may_ask:
        return False
    words = _BETWEEN_WORDS.sub(" ", folded)
    return any(one in words for one in _ALONE)


@lru_cache(maxsize=4_096)
def permits(word: str) -> bool:
    """Whether a cell in a column of refusals says that there is none, or only one of another channel.

    Whatever does not plainly say so refuses.
    """
    words = plain_words(word)
    if is_no(word) or words in _HARMLESS or _is_not_listed(words):
        return True
    said = reading_of(word)
    allows = said.says is Says.ALLOWS and (said.sure or is_understood(word))
    return allows or said.says is Says.ELSEWHERE or is_of_other_channels(word)


def _is_not_listed(words: str) -> bool:
    denied = _NOT_LISTED.fullmatch(words)
    return bool(denied and denied[1] in _LISTED)


@lru_cache(maxsize=4_096)
def denies(word: str) -> bool:
    """Whether a cell in a column of permissions says that there is none."""
    first = _first_word(word)
    return is_no(word) or bool(first and is_no(first)) or _refuses_in_words(word)


def _first_word(text: str) -> str:
    return plain_words(text).split(" ", 1)[0]


def answers(word: str) -> bool:
    """Whether a cell begins with a plain yes or no, as in `No, thanks`; a blank one does."""
    first = _first_word(word)
    return is_no(word) or is_yes(word) or bool(first and (is_no(first) or is_yes(first)))


def _refuses_in_words(word: str) -> bool:
    if takes_back(word):
        return True
    said = reading_of(word)
    return (said.says is Says.FORBIDS and said.sure) or _in_cell(word, Place.STATUS)[0] is Asked.NEVER


def speaks(word: str) -> bool:
    """Whether a cell says by its own words that calls are allowed or refused, whatever its heading."""
    words = plain_words(word)
    if words in _HARMLESS | _GIVEN | _LISTED or _is_not_listed(words):
        return True
    return not is_no(word) and not is_yes(word) and (permits(word) or _refuses_in_words(word))


def _in_cell(value: str, place: Place) -> tuple[Asked, str]:
    """What a cell asks, and its own words that ask it."""
    if place is Place.OWN or len(value) < _SHORTEST or value.isdigit():
        return Asked.NOTHING, ""
    return _short_cell(value, place) if len(value) <= _SNIPPET else _read_cell(value, place)


def _read_cell(value: str, place: Place) -> tuple[Asked, str]:
    folded = _folded(value)
    may_ask = _may_ask(folded)
    asked, words = asked_in(value) if may_ask else (Asked.NOTHING, "")
    if asked is Asked.NEVER:
        return asked, value if len(value) <= _SNIPPET else words
    if may_ask and place is Place.PREFERENCE and _declines(value):
        return Asked.NEVER, value[:_SNIPPET]
    if asked is Asked.NOTHING and place is not Place.NAMED and _may_name(folded, may_ask):
        beside = (_NUMBER.sub(" ", value),) if place is Place.NUMBER else ()
        for piece in (value, *_PIECES.split(value), *beside):
            if _piece_refuses(piece.strip(), place):
                return Asked.NEVER, value if len(value) <= _SNIPPET else piece.strip()
        if _is_registered(value, place):
            return Asked.NEVER, value[:_SNIPPET]
    return asked, words


def _declines(value: str) -> bool:
    return any(map(declines_phone, (value, *_PIECES.split(value))))


_short_cell = lru_cache(maxsize=8_192)(_read_cell)


def _piece_refuses(piece: str, place: Place) -> bool:
    """Whether a whole cell, or one of its tags, is the name of a refusal: `OPTED_OUT`, `DNCC`, `TPS registered`."""
    words = plain_words(piece)
    if not words or words.count(" ") >= _MOST_WORDS or words == "robinson" or _SAYS_NO.search(words):
        return False
    return words in _ALONE or (
        (place is not Place.FREE or not is_only_blocked(piece)) and names_refusal(piece)
    )


def _is_registered(value: str, place: Place) -> bool:
    """Whether a text says that somebody is on a register (`020 7946 0018 (TPS)`), and not that they are not."""
    return any(
        not _LOOKED_UP.search(value[max(0, found.start() - _SNIPPET) : found.start()])
        and not _FOUND_CLEAR.match(value[found.end() : found.end() + _SNIPPET])
        for found in (_REGISTERED_NUMBER if place is Place.NUMBER else _REGISTERED).finditer(value)
    )


_NAMES = frozenset(
    {
        Meaning.NAME,
        Meaning.GIVEN,
        Meaning.MIDDLE,
        Meaning.FAMILY,
        Meaning.COMPANY,
        Meaning.OWNER,
        Meaning.EMAIL,
    }
)
_OWN_RULES = frozenset(
    {
        *(Meaning.DO_NOT_CALL, Meaning.MAY_CALL),
        *(Meaning.REFUSAL_COVERS, Meaning.REFUSED_NUMBERS, Meaning.WRONG_NUMBERS),
    }
)
_ABOUT_CALLS = frozenset({Meaning.STATUS, Meaning.TAGS, Meaning.LIST, Meaning.NOTES})


def _place_of(column: Column) -> Place:
    return _place(column.header, column.meaning, column.answered)


@lru_cache(maxsize=4_096)
def _place(header: str, meaning: Meaning, answered: bool) -> Place:
    if meaning in _OWN_RULES:
        return Place.OWN
    if meaning in _NAMES or (answered and meaning in {Meaning.FIELD, Meaning.IGNORE}):
        return Place.NAMED
    if meaning in {Meaning.PHONE, Meaning.PHONE_LABEL}:
        return Place.NUMBER
    if asks_how_to_reach(header):
        return Place.PREFERENCE
    if names_another_channel(header):
        return Place.NAMED
    return Place.STATUS if meaning in _ABOUT_CALLS or is_understood(header) else Place.FREE
