"""What cells say: yes or no, countries, languages, e-mail addresses, names, and why a person may be called."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from tui.domain.contact import DEMO_LIST, Contact, Number
from tui.domain.identity.names import is_title, looks_like_firm
from tui.phone import parse
from tui.plaintext import MAX_LINE, clean, clean_text, fold

# Only plain words become a consent or a contract.
_CONSENT = (
    "consent, consented, opt in, opt-in, freely given consent from contact, consenso, einwilligung, "
    "consentimiento, consentement"
)
_CONTRACT = "contract, performance of a contract, contratto, vertrag, contrato, contrat"
_INTEREST = (
    "legitimate interest, legitimate interests, legitimate interest - prospect/lead, "
    "legitimate interest - existing customer, legitimate interest - other, "
    "legittimo interesse, berechtigtes interesse, interes legitimo, interet legitime"
)
_GROUNDS = {
    word: ground
    for ground, words in (
        ("consent", _CONSENT),
        ("contract", _CONTRACT),
        ("legitimate interest", _INTEREST),
    )
    for word in words.split(", ")
}


def ground(value: str) -> str:
    """The ground a cell names: `consent`, `contract`, `legitimate interest`, else its own words."""
    return _GROUNDS.get(fold(value).replace("\u2013", "-"), value)


_NOTHING = frozenset(("none", "null", "nan", "-", "--", "n/a", "na", "not set", "unknown"))
_NO = frozenset(
    (
        *("", "0", "0.0", "no", "n", "false", "f", "off", *_NOTHING),
        *("falso", "nein", "falsch", "non", "faux", "\u2717", "\u2718"),
        *("unchecked", "\u2610", "[ ]", "[]"),
    )
)
_YES = frozenset(
    (
        *("1", "1.0", "yes", "y", "true", "t", "on", "x", "\u2713", "\u2714", "\u2611"),
        *("checked", "[x]"),
        *("si", "s", "vero", "v", "ja", "j", "wahr", "w", "verdadero", "oui", "o", "vrai"),
    )
)
"""Compared folded: sì and sí are `si`."""
_LANGUAGES = {
    "en": "english inglese englisch ingles anglais",
    "it": "italian italiano italienisch italien",
    "de": "german tedesco deutsch aleman allemand",
    "es": "spanish spagnolo spanisch espanol castellano espagnol",
    "fr": "french francese franzosisch frances francais",
    "pt": "portuguese portoghese portugiesisch portugues portugais",
    "nl": "dutch olandese niederlandisch holandes neerlandais nederlands",
    "pl": "polish polacco polnisch polaco polonais polski",
}
_LANGUAGE_OF_WORD = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z]{2})?")
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]{2,}")
_SEPARATORS = re.compile(r"\s*(?::::|[,;|\n])\s*")
_LINE_END = re.compile("[\r\n\t\x0b\x0c\x85\u2028\u2029]+")
_QUOTES = "\"'\\ "
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
FORMULA = re.compile("'*[ \u00a0]*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet would run. Source: OWASP, CSV Injection; ASVS 1.2.10."""
EXPORT_QUOTE = "'"
"""What our export puts in front of such a cell, and our import takes off."""


def plain_cell(raw: str) -> str:
    """A cell on one line: cleaned, and without the quote that keeps a spreadsheet from reckoning."""
    return clean(unquoted(raw)) if raw else ""


def plain_text(raw: str) -> str:
    """The same for a cell that may have line breaks."""
    return clean_text(unquoted(raw)) if raw else ""


def plain_lines(raw: str) -> str:
    """The same for a cell of numbers, whose lines are told apart by any mark that ends one."""
    return plain_text(_LINE_END.sub("\n", raw))[:MAX_LINE]


def unquoted(raw: str) -> str:
    """Without the leading `'` of `'+44 …` (our own export writes it) and without the shell of `="0123"`.

    A cell of nothing but quotes is empty: it is what is left of one that another program quoted twice.
    """
    if (raw[0] in _QUOTES or raw[0].isspace()) and all(mark in _QUOTES or mark.isspace() for mark in raw):
        return ""
    if raw[0] == EXPORT_QUOTE and FORMULA.match(raw):
        return raw[1:]
    if raw[0] == "=" and (shell := _EXCEL_TEXT.fullmatch(raw.strip())):
        return shell.group(1)
    return raw


def is_no(value: str) -> bool:
    """Whether a cleaned cell says no, in one of five languages; a blank one does."""
    return not value or fold(value) in _NO


def is_blank(value: str) -> bool:
    """Whether a cleaned cell is empty, or says that nothing is known: `n/a`, `-`."""
    return not value or fold(value) in _NOTHING


def is_yes(value: str) -> bool:
    """Whether a cleaned cell says nothing but yes, in one of five languages."""
    return bool(value) and fold(value) in _YES


@lru_cache(maxsize=1_024)
def language_code(value: str) -> str:
    """`it` for `Italian`, `italiano`, `IT` or `it-IT`; empty when the language is not known."""
    word = fold(value)
    if code := _LANGUAGE_OF_WORD.get(word):
        return code
    match = _LANGUAGE_CODE.fullmatch(word)
    return match.group(1) if match else ""


@lru_cache(maxsize=1_024)
def zone_name(value: str) -> str:
    """The IANA zone a cell names, or empty."""
    name = value.replace(" ", "_")
    if not re.fullmatch(r"[A-Za-z]+(/[A-Za-z0-9_+\-]+){1,2}", name):
        return ""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return name


def words_in(value: str) -> tuple[str, ...]:
    """The tags or list names of a cell, each once, without the `* ` that Google puts before its own."""
    if value.isalnum():
        return (value,)
    parts = (part.removeprefix("*").strip() for part in _SEPARATORS.split(value))
    return tuple(dict.fromkeys(part for part in parts if part and part != "myContacts"))


@lru_cache(maxsize=256)
def own_list(name: str) -> str:
    """A list of the rep's or the team's own, by this name: the one of the demo people leaves with them."""
    return f"{name} (imported)" if name.strip().casefold() == DEMO_LIST else name


def lists_in(value: str) -> tuple[str, ...]:
    """The names of lists that are typed, each once; none is that of the demo people."""
    return tuple(dict.fromkeys(map(own_list, words_in(value))))


def emails_in(value: str) -> tuple[str, ...]:
    """The e-mail addresses of a cell, in lower case, each once."""
    return tuple(dict.fromkeys(address.lower() for address in _EMAIL.findall(value)))


class PersonName(Struct, frozen=True):
    """A name as it is shown, and its parts as far as they are known."""

    name: str = ""
    given: str = ""
    family: str = ""


def person_name(full: str = "", given: str = "", middle: str = "", family: str = "") -> PersonName:
    """The name from a full name, its parts, or both; parts missing in a full name are read out of it.

    `de Vries, Bram` becomes Bram de Vries.
    """
    if not full:
        parts = (part for part in (given, middle, family) if part)
        return PersonName(" ".join(parts), given, family)
    if "," in full and not looks_like_firm(full):
        behind, _, before = (part.strip() for part in full.partition(","))
        if before and behind and "," not in before:
            first = given or next(iter(_without_honorifics(before)), "")
            return PersonName(f"{before} {behind}", first, family or behind)
    if given or family or looks_like_firm(full):
        return PersonName(full, given, family)
    words = _without_honorifics(full)
    if len(words) < 2 or any(character.isdigit() for character in full):
        return PersonName(full)
    rest = [word for word in words[1:] if not re.fullmatch(r"\w\.", word)]
    return PersonName(full, words[0], " ".join(rest))


def _without_honorifics(full: str) -> list[str]:
    words = full.split()
    while len(words) > 1 and is_title(words[0]):
        words = words[1:]
    return words


class TypedCells(Struct, frozen=True):
    """What a rep types into the lines of a person, read with the same words: a `Reader` for the table of fields."""

    today: date
    """The day on the rep's wall."""
    region: str
    """Two-letter country of numbers without a country code."""

    def number(self, contact: Contact, text: str) -> Number:
        """The number typed; one the person has already keeps its label, and stays wrong if it was."""
        parsed = parse(text, self.region)
        known = (n for n in contact.numbers if (n.e164 or n.raw) == (parsed.e164 or text))
        return next(known, Number(parsed.e164, text, "", parsed.ext))

    words = staticmethod(words_in)
    lists = staticmethod(lists_in)
    language = staticmethod(language_code)
    ground = staticmethod(ground)

    def flag(self, text: str) -> bool | None:
        """Yes or no in five languages; an empty line is no. None when the text is neither."""
        if is_no(text):
            return False
        return True if is_yes(text) else None
