"""Text for comparing: no accents, no case, words without punctuation. Every look-up folds with this."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fold(text: str) -> str:
    """The text without accents and case: `Müller` is `muller`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text; what is neither letter nor digit parts them, an apostrophe does not."""
    folded = fold(text)
    if folded.replace(" ", "").isalnum():
        return folded.split()
    return _WORD.findall(folded.replace("'", "").replace("’", ""))


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
    if bare.isascii() and bare.isdecimal():
        return bare
    return "".join(c for c in text if c.isascii() and c.isdecimal())
