"""Letters that another program broke on the way: `MÃ¼ller` for Müller, `D&#39;Angelo` for D'Angelo."""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

from msgspec import Struct

from tui.domain.day_words import number_of
from tui.exchange.reading.sentences import sentence

_AS_WINDOWS = {chr(code): code for code in range(0x80, 0xA0)} | {
    bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0x100)
}
"""Each character above ASCII that Windows-1252 or Latin-1 shows for a byte."""
_ELSEWHERE = {
    codec: {bytes([code]).decode(codec): code for code in range(0x80, 0x100)}
    for codec in ("mac_roman", "cp850", "cp437")
}
"""The same as an old Mac and DOS show them."""
_CLOSING = "\u2018\u2019\u201c\u201d\u00bb\u00a0"
_TAIL = "[" + "".join(map(re.escape, (shown for shown, code in _AS_WINDOWS.items() if code < 0xC0))) + "]"
_BROKEN = re.compile(
    # Accents of western and middle Europe, but no capital at the end of a word in quotes.
    f"[\u00c2-\u00c5](?:(?![{_CLOSING}]){_TAIL}|[{_CLOSING}](?=\\w)|(?<![A-Z\u00c0-\u00de].)[{_CLOSING}])"
    # Signs of money and typography, emoji: one is proof enough.
    f"|\u00e2[\u20ac\u201a\u201e]{_TAIL}|\u00f0{_TAIL}{{3}}"
    # What a second breaking makes of two signs of Windows-1252.
    f"|\u00cb[\u0153\u2020]|\u00c6\u2019(?={_TAIL}|[\u00c2-\u00f0])"
    # Greek, Cyrillic, Chinese, Japanese, Korean: one could be a letter and a closing quote.
    f"|(?:[\u00ce-\u00d1]{_TAIL}){{2,}}|(?:[\u00e3-\u00ed]{_TAIL}{{2}}){{2,}}"
)
_BROKEN_ELSEWHERE = re.compile("[\u221a\u251c][^\x00-\x7f\\s]")
"""`M√ºller`, `M├╝ller`: accents of western Europe, as an old Mac and DOS show them."""
_MAYBE_BROKEN = re.compile(f"[\u00c2-\u00c6\u00cb\u00ce-\u00d1\u00e2-\u00ed\u00f0]{_TAIL}")
"""Found much faster, and in no sound list but by chance."""
_LAST_A = re.compile('(?<=[a-z])\u00c3(?= |[,;\\t"\\r\\n]|\\Z)( (?= ))?')
"""`societÃ `: the second half of the à was a blank, and blanks get lost."""
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")
_NAMES = {"apos": 0x27} | {
    name: code for name, code in name2codepoint.items() if code < 0x180 or 0x2000 <= code < 0x2100
}
"""No Greek and no arithmetic: `&phi;` is also a firm's name and a semicolon."""
_CUTS = frozenset(",;\t|^~\"'\r\n\x1f")
"""What may cut a row into cells."""
_ASIDE = 0xF0000
"""Private characters from here on stand for such a one until the row is cut."""


def aside(character: str) -> str:
    """What stands for a character that may not cut a row; `str.translate` with its number puts it back."""
    return chr(_ASIDE + ord(character))


class Mended(Struct, frozen=True):
    """The text, and what to say of it."""

    text: str
    notes: tuple[str, ...] = ()


def mend_letters(text: str) -> Mended:
    """Text without UTF-8 that was read as Windows-1252, once or several times, and saved again."""
    if not (_MAYBE_BROKEN.search(text) or "\u221a" in text or "\u251c" in text):
        return Mended(text)
    count, sample = 0, ""

    def mended(found: re.Match[str]) -> str:
        nonlocal count, sample
        told = _unbroken(found[0])
        if told != found[0]:
            count += 1
            sample = sample or sentence("mended_as", broken=found[0], mended=told)
        return told

    once = _BROKEN_ELSEWHERE.sub(mended, _BROKEN.sub(mended, text))
    if not count:
        return Mended(text)
    for _ in range(2):
        once = _BROKEN.sub(lambda found: _unbroken(found[0]), once)
    whole = _LAST_A.sub("\u00e0", once)
    return Mended(whole, (sentence("letters", sample=sample, places=number_of(count, "place")),))


def _unbroken(shown: str) -> str:
    for codes in (_AS_WINDOWS, *_ELSEWHERE.values()):
        try:
            return bytes(codes[one] for one in shown).decode()
        except (KeyError, UnicodeDecodeError):
            continue
    return shown


class Escapes:
    """Mends the escapes of web pages in one text or many, and knows what it did."""

    def __init__(self) -> None:
        self.back: dict[int, str] = {}
        """For `str.translate`: characters that may not cut a row, put back."""
        self._count = 0
        self._sample = ""

    def mended(self, text: str) -> str:
        """The text without escapes; what would cut a row stands aside until `back` is applied."""
        if "&" in text:
            for _ in range(3):  # `&amp;#39;` was escaped twice
                before, text = text, _ENTITY.sub(self._told, text)
                if before == text:
                    break
        return text

    def plain(self, text: str) -> str:
        """The text without escapes, for a value that is cut no more."""
        return self.mended(text).translate(self.back) if "&" in text else text

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended, as a sentence; nothing when nothing was."""
        if not self._count:
            return ()
        return (sentence("escapes", sample=self._sample, places=number_of(self._count, "place")),)

    def _told(self, found: re.Match[str]) -> str:
        told = _character(found[0])
        if not told:
            return found[0]
        self._count += 1
        self._sample = self._sample or sentence("mended_as", broken=found[0], mended=told)
        if told in _CUTS:
            self.back[ord(aside(told))] = told
            return aside(told)
        return told


def _character(entity: str) -> str:
    """The character an entity stands for; empty for what may be a name and a semicolon, or is none."""
    name = entity[1:-1]
    if name[0] != "#" and name not in _NAMES:
        return ""
    told = html.unescape(entity)
    return told if told not in (entity, "\ufffd") and (told.isprintable() or told in "\t\r\n\u00a0") else ""
