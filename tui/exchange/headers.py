"""What the header of a column says about what it holds."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.exchange.headerwords import (
    ABOUT_ELSE,
    EMAIL_WORDS,
    FAX_WORDS,
    LABEL_OF_WORD,
    PHONE_WORDS,
    PHRASES,
    SUBJECTS,
    Meaning,
)
from tui.plaintext import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_NUMBERED_LABEL = re.compile(r"(?:phone|telephone) (\d+) (?:label|type)")
_NUMBERED_EMAIL_LABEL = re.compile(r"email (\d+) (?:label|type)")


@lru_cache(maxsize=2_048)
def words_of(header: str) -> str:
    """A header as plain words: `MobilePhone`, `mobile_phone` and `Mobile Phone:` are all `mobile phone`."""
    spaced = _NO_WORD.sub(" ", fold(_CAMEL.sub(" ", header.removesuffix("__c").removesuffix("__C"))))
    return spaced.strip().replace("e mail", "email")


@lru_cache(maxsize=2_048)
def meaning_of(header: str) -> Meaning:
    """What a column with this header holds; `Meaning.FIELD` when no word of it is known."""
    words = words_of(header)
    if known := PHRASES.get(words):
        return known
    subject, _, rest = words.partition(" ")
    if subject in SUBJECTS and rest in PHRASES:
        return PHRASES[rest]
    if _NUMBERED_LABEL.fullmatch(words):
        return Meaning.PHONE_LABEL
    if _NUMBERED_EMAIL_LABEL.fullmatch(words):
        return Meaning.IGNORE
    tokens = set(words.split())
    if tokens & FAX_WORDS or tokens & ABOUT_ELSE:
        return Meaning.FIELD
    if tokens & EMAIL_WORDS:
        return Meaning.EMAIL
    if tokens & PHONE_WORDS:
        return Meaning.PHONE
    return Meaning.COUNTRY if words.endswith(" country") else Meaning.FIELD


def label_of(header_or_label: str) -> str:
    """The label a phone column or a label cell names: mobile, work, home, direct, main …; or empty."""
    words = words_of(header_or_label).split()
    for word in words:
        if label := LABEL_OF_WORD.get(word):
            return label
    return ""


def is_fax(header_or_label: str) -> bool:
    """Whether a header or label says that a fax answers."""
    return bool(set(words_of(header_or_label).split()) & FAX_WORDS)
