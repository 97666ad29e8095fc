"""From bytes to text: byte order marks, UTF-8, UTF-16, Windows-1252, and files that are no text at all."""

from __future__ import annotations

import codecs
import contextlib
import difflib
import encodings.aliases
import re
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.day_words import number_of
from tui.exchange.reading.mending import mend_letters
from tui.exchange.reading.sentences import sentence

MAX_BYTES = 256 * 1024 * 1024
"""A larger file is refused: a list of a million people is a tenth of it."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = (
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "old_workbook"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "compressed"),
    (b"{\\rtf", "document"),
)
"""How a file begins that is no table, and the code of what is said of it."""
_WIDER = {
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "cp950",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
"""What programs write that call it so: the same, and the letters it lacks. Source: WHATWG, Encoding."""
_CALLED = {
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "ansi": "cp1252",
    "unicode": "utf-16",
    "mac": "mac_roman",
}
"""Names that other programs use."""
_USUAL = (
    *("utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254"),
    *("mac_roman", "cp850", "cp932", "euc_jp", "gb18030", "cp950", "cp949"),
)
"""The encodings in which lists of people are found, the usual ones first."""
SHOWN_LINES = 3
"""Lines of a file that show how it is written."""
_SAMPLE = 4_096
_LONGEST_LINE = 16 * 1024 * 1024
"""Bytes without a line end after which a file is no table of lines."""
_MARKUP = (b"[", b"{", b"<")
"""How a file begins that may be one line: JSON, HTML, XML."""
_MOST_MARKUP = 64 * 1024 * 1024
"""Bytes of such a file; it is in memory as a whole, several times over."""
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)


class Decoded(Struct, frozen=True):
    """The text of a file, how it was encoded, and what the rep should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    doubtful: tuple[bytes, ...] = ()
    """A few lines that may be written in another encoding; none when the file proves its own."""


def decode(data: bytes, name: str = "The file", encoding: str = "") -> Decoded:
    """The text of a file's bytes. Raises `ImportRefused` when they are empty, no text, or too many.

    `encoding`: how somebody says it is written; it is believed.
    """
    if not data.strip():
        raise ImportRefused(sentence("empty", file=name))
    refuse_size(len(data), name)
    for mark, what in _NO_TEXT:
        if data.startswith(mark):
            raise ImportRefused(sentence(what, file=name))
    _refuse_one_line(data, name)
    decoded = _told(data, encoding) if encoding else _decode_text(data, name)
    notes = list(decoded.notes)
    text = decoded.text
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append(sentence("nul"))
    mended = mend_letters(text.replace("\r\r\n", "\r\n"))
    return replace(decoded, text=mended.text, notes=(*notes, *mended.notes))


def _refuse_one_line(data: bytes, name: str) -> None:
    if len(data) <= _LONGEST_LINE:
        return
    start = data[:_LONGEST_LINE]
    if start[:_SAMPLE].removeprefix(codecs.BOM_UTF8).lstrip().startswith(_MARKUP):
        refuse_size(len(data), name, _MOST_MARKUP)
    elif b"\n" not in start and b"\r" not in start:
        raise ImportRefused(sentence("long_line", file=name, most=_LONGEST_LINE // 1024**2))


def known_encoding(name: str) -> str:
    """Python's name of a text encoding, the wider one where programs say the narrow one.

    Raises `ImportRefused` when there is none of that name.
    """
    try:
        found = codecs.lookup(_CALLED.get(name.casefold(), name))
        "a".encode(found.name)
    except (LookupError, UnicodeError, ValueError):
        known = sorted(
            {one.replace("_", "-") for names in encodings.aliases.aliases.items() for one in names}
        )
        close = difflib.get_close_matches(name.casefold().replace("_", "-"), known, n=1)
        code = "no_encoding_like" if close else "no_encoding"
        raise ImportRefused(sentence(code, said=name, close="".join(close))) from None
    return _WIDER.get(found.name, found.name)


def _told(data: bytes, encoding: str) -> Decoded:
    """The text in the encoding somebody named; what does not fit shows, and is counted."""
    codec = known_encoding(encoding)
    for mark, marked in _MARKS:
        if marked.startswith(codec.removesuffix("-sig")) and data.startswith(mark):
            codec = marked
    try:
        text = data.decode(codec, errors="replace")
    except ValueError as error:  # an encoding of names on the net, which has no replacement
        raise ImportRefused(sentence("no_encoding", said=encoding)) from error
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    note = sentence("told_encoding", encoding=encoding, characters=number_of(lost, "character"))
    return Decoded(text, codec.removesuffix("-sig"), (note,) if lost else (), _odd_lines(data))


def refuse_size(size: int, name: str, most: int = MAX_BYTES) -> None:
    """Raise `ImportRefused` when a file of so many bytes is too large to be a list of people."""
    if size > most:
        raise ImportRefused(sentence("too_large", file=name, most=most // 1024**2))


def _decode_text(data: bytes, name: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data, encoding, name)
    if wide := _unmarked_utf16(data):
        return Decoded(data.decode(wide, errors="replace"), "utf-16", (sentence("utf16"),))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _as_it_says(data) or _windows(data)


def _as_it_says(data: bytes) -> Decoded | None:
    """Text of a page that names its encoding, when it can be read so."""
    said = _CHARSET.search(data[:_SAMPLE])
    try:
        name = known_encoding(said.group(1).decode("ascii")) if said else ""
        return Decoded(data.decode(name), name) if name else None
    except (ImportRefused, UnicodeDecodeError):
        return None


def _with_mark(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return _windows(data.removeprefix(codecs.BOM_UTF8))
        note = sentence("bad_bytes", file=name, encoding=encoding.upper(), byte=error.start + 1)
        return Decoded(data.decode(encoding, errors="replace"), encoding, (note,))


def _unmarked_utf16(data: bytes) -> str:
    """The UTF-16 flavour of text in which every second byte is NUL, or empty."""
    sample = data[:_SAMPLE]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _windows(data: bytes) -> Decoded:
    """Text of which some lines are not UTF-8: those are read as Windows-1252, the others stay as they are."""
    lines = data.split(b"\n")
    texts: list[str] = []
    odd_lines: list[int] = []
    for number, line in enumerate(lines, start=1):
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            odd_lines.append(number)
            texts.append(_windows_line(line))
    code = "windows_line" if len(odd_lines) == 1 else "windows_lines"
    notes = [sentence(code, count=len(odd_lines), line=odd_lines[0])]
    odd = _odd_lines(b"\n".join(lines[number - 1] for number in odd_lines))
    return Decoded("\n".join(texts), "cp1252", tuple(notes), odd)


_PLAIN = 0x7F
_BEFORE = 12
"""Plain letters that are shown in front of the first other one."""


def _odd_lines(data: bytes) -> tuple[bytes, ...]:
    """The first lines with more than plain letters, each from shortly before the first of those."""
    lines = (line for line in re.split(rb"[\r\n]+", data) if not line.isascii())
    return tuple(line[_start(line) :] for line in islice(lines, SHOWN_LINES))


def _start(line: bytes) -> int:
    """Where a line is shown from, so that what reads differently is not cut off at the right."""
    odd = next(place for place, byte in enumerate(line) if byte > _PLAIN)
    return odd - _BEFORE if odd > 2 * _BEFORE else 0


def readings(lines: Sequence[bytes]) -> tuple[tuple[str, str], ...]:
    """Each usual encoding in which all of these lines can be read, with the lines as they are in it.

    Where two read them alike only the first one is among them.
    """
    found: dict[str, str] = {}
    for encoding in _USUAL:
        with contextlib.suppress(UnicodeDecodeError):
            text = " / ".join(line.decode(encoding).strip() for line in lines)
            if text.replace(" ", "").isprintable():
                found.setdefault(text, encoding)
    return tuple((encoding, text) for text, encoding in found.items())


def _windows_line(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


class ImportRefused(Exception):  # noqa: N818 - a refusal, with a sentence for the rep
    """The file cannot be imported; the text says what is wrong, where, and what to do.

    `example`: a heading that could be said to hold something, where no column was understood; else empty.
    `doubtful`: lines of it, as `readings` takes them, where it does not prove how it is written.
    """

    def __init__(self, text: str, example: str = "", doubtful: tuple[bytes, ...] = ()) -> None:
        super().__init__(text)
        self.example, self.doubtful = example, doubtful


class ImportCancelled(ImportRefused):
    """The rep stopped the import; nothing was changed."""


class ImportUndecided(ImportRefused):
    """Nothing was imported, because only the rep knows what a column says."""

    def __init__(self, text: str, column: str) -> None:
        super().__init__(text)
        self.column = column
        """Its heading."""
