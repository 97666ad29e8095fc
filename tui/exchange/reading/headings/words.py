"""A heading as plain words: spelled as people, programs or databases spell it, it is the same words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tui.plaintext import fold

_INSIDE_A_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z][A-Z])(?=[A-Z][a-z]{2})|(?<=[A-Za-z]{3})(?=\d)")
"""`mobilePhone`, `DNCFlag` and `Phone1` are two words each, `volverALlamar` three."""
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 60
"""Letters of a word that are tried as several words written as one."""


def listed(words: str) -> tuple[str, ...]:
    """The phrases of a text, between commas, each with single spaces."""
    return tuple(" ".join(phrase.split()) for phrase in words.split(","))


@lru_cache(maxsize=8_192)
def words_of(header: str) -> str:
    """A header as plain words: `MobilePhone`, `mobile_phone` and `Mobile Phone:` are all `mobile phone`."""
    return plain_words(header.removesuffix("__c").removesuffix("__C"))


def plain_words(text: str) -> str:
    """The words of any text, folded, without signs."""
    return _NO_WORD.sub(" ", fold(_INSIDE_A_WORD.sub(" ", text))).strip().replace("e mail", "email")


def parted(word: str, is_known: Callable[[str], bool], least: int = 2) -> list[str]:
    """The fewest known words a word was run together from: `workphone` is work, phone. Itself when it is none.

    No part is shorter than `least` letters.
    """
    if is_known(word) or len(word) < 2 * least or len(word) > _LONGEST or word.isdigit():
        return [word]
    best: list[list[str] | None] = [[], *[None] * len(word)]
    for end in range(least, len(word) + 1):
        for start in range(end - least + 1):
            before = best[start]
            found = best[end]
            if before is not None and (found is None or len(before) + 1 < len(found)):
                part = word[start:end]
                if is_known(part):
                    best[end] = [*before, part]
    return best[-1] or [word]
