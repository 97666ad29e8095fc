"""A person's name from the columns a file has for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.plaintext import fold

_HONORIFICS = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir"),
        *("herr", "frau", "hr", "fr", "dipl", "ing"),
        *(
            "sig",
            "sigra",
            "signor",
            "signora",
            "dott",
            "dottssa",
            "dottore",
            "dottoressa",
            "avv",
            "geom",
            "rag",
        ),
        *("sr", "sra", "srta", "don", "dona", "m", "mme", "mlle", "monsieur", "madame", "me"),
    )
)
_FIRM = re.compile(
    r"\b(inc|ltd|llc|llp|plc|corp|co|company|gmbh|ag|kg|ohg|ug|e\.?k|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|s\.?a\.?s|s\.?a"
    r"|s\.?l|s\.?a\.?r\.?l|b\.?v|n\.?v|ab|as|oy|aps|group|holding|sons|s\u00f6hne|hermanos|fratelli|fils|cia)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PersonName:
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
            return PersonName(f"{before} {behind}", given or _first_word(before), family or behind)
    if given or family or looks_like_firm(full):
        return PersonName(full, given, family)
    words = _without_honorifics(full)
    if len(words) < 2 or any(character.isdigit() for character in full):
        return PersonName(full)
    rest = [word for word in words[1:] if not re.fullmatch(r"\w\.", word)]
    return PersonName(full, words[0], " ".join(rest))


def looks_like_firm(text: str) -> bool:
    """Whether a name ends like a company's: Ltd, GmbH, S.r.l., & Sons …"""
    return "&" in text or bool(_FIRM.search(text))


def is_honorific(text: str) -> bool:
    """Whether a cell holds a form of address and no job: Mr, Frau, Dott.ssa."""
    return fold(text).replace(".", "").replace(" ", "") in _HONORIFICS


def _without_honorifics(full: str) -> list[str]:
    words = full.split()
    while len(words) > 1 and is_honorific(words[0]):
        words = words[1:]
    return words


def _first_word(text: str) -> str:
    return next(iter(_without_honorifics(text)), "")
