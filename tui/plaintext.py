"""Cleaning of every string that enters the program: control, bidi and zero-width characters, and length.

A terminal runs what it is sent: a name holding ESC ] 52 writes the clipboard, U+202E turns a line round.
So CSV, YAML, the store, paste and caller names all pass here, once.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LINE = 500
"""Characters kept of a one-line value."""
MAX_TEXT = 10_000
"""Characters kept of a text with line breaks."""

_UNSEEN = "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_BAD_IN_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f{_UNSEEN}]")
_BAD_IN_TEXT = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_UNSEEN}]")
_NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte that is no UTF-8, in an argument, a file name or a variable."""
_OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
    r"|\r(?!\n)"
)
"""What a terminal obeys, or what turns a line round; line ends and tabs are none of it."""
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]")
"""Nearly all marks that stand over letters of European languages."""
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def clean(text: object, limit: int = MAX_LINE) -> str:
    """One safe line: breaks and tabs become spaces, unseen characters go, runs of spaces fold; at most `limit` long."""
    raw = str(text)[: limit * 4]
    if raw.isascii() and raw.isprintable():
        return raw.strip()[:limit] if "  " not in raw else _SPACES.sub(" ", raw).strip()[:limit]
    spaced = raw.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    kept = shown_bytes(_BAD_IN_LINE.sub("", spaced))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()[:limit]


def clean_text(text: object, limit: int = MAX_TEXT) -> str:
    """Safe text that may have line breaks (only `\\n`); at most `limit` characters."""
    raw = str(text)[: limit * 2].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", shown_bytes(_BAD_IN_TEXT.sub("", raw))).strip()[:limit]


def clean_lines(text: str, limit: int = MAX_TEXT) -> str:
    """Each line of a text as one safe line, without the empty ones; at most `limit` characters."""
    lines = (clean(line, limit) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:limit]


def shortened(text: str, most: int) -> str:
    """A text on one line of at most so many characters; `…` stands for what is left out."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def ended(words: str) -> str:
    """The words as a sentence: with a full stop, unless a mark ends them already."""
    return words if words.endswith((".", "?", "!", ")", "…")) else f"{words}."


def shown_bytes(text: str) -> str:
    """The text with `\ufffd` for every byte that is no UTF-8: it is seen, and every terminal and file takes it."""
    return text if text.isascii() else _NO_CHARACTER.sub("\ufffd", text)


def inert(text: str) -> str:
    """The text with a `\ufffd` for each character that a terminal would obey: the last thing before it is printed."""
    return text if text.isascii() and text.isprintable() else _OBEYED.sub("\ufffd", text)


def escaped(json_text: str) -> str:
    """JSON with such characters written as `\\u001b`: the same values, harmless on a terminal."""
    return _OBEYED.sub(lambda found: _as_json(found[0]), json_text)


def _as_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def without_marks(decomposed: str) -> str:
    """A text whose accents stand behind their letters (NFKD), without them."""
    return _BEYOND_ASCII.sub(_no_marks, decomposed)


def _no_marks(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Text for comparing: no accents, no case, single spaces."""
    if text.isascii():
        return _SPACES.sub(" ", text.casefold()).strip()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if not plain.isascii():
        plain = without_marks(plain)
    return _SPACES.sub(" ", plain.casefold()).strip()
