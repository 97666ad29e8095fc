"""From bytes to text: byte order marks, UTF-8, UTF-16, Windows-1252, and files that are no text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

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
    (b"BEGIN:VCARD", "vcard"),
    (b"{\\rtf", "document"),
)
"""How a file begins that is no table, and the code of what is said of it."""
_SAMPLE = 4_096


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, how it was encoded, and what the rep should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str = "The file") -> Decoded:
    """The text of a file's bytes. Raises `ImportRefused` when they are empty, no text, or too many."""
    if not data.strip():
        raise ImportRefused(sentence("empty", file=name))
    refuse_size(len(data), name)
    for mark, what in _NO_TEXT:
        if data.startswith(mark):
            raise ImportRefused(sentence(what, file=name))
    decoded = _decode_text(data, name)
    if "\0" not in decoded.text:
        return decoded
    return Decoded(decoded.text.replace("\0", ""), decoded.encoding, (*decoded.notes, sentence("nul")))


def refuse_size(size: int, name: str) -> None:
    """Raise `ImportRefused` when a file of so many bytes is too large to be a list of people."""
    if size > MAX_BYTES:
        raise ImportRefused(sentence("too_large", file=name, most=MAX_BYTES // 1024**2))


def _decode_text(data: bytes, name: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data, encoding, name)
    if wide := _unmarked_utf16(data):
        return Decoded(data.decode(wide, errors="replace"), "utf-16", (sentence("utf16"),))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _windows(data)


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
    note = sentence(code, count=len(odd_lines), line=odd_lines[0])
    return Decoded("\n".join(texts), "cp1252", (note,))


def _windows_line(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


class ImportRefused(Exception):  # noqa: N818 - a refusal, with a sentence for the rep
    """The file cannot be imported; the text says what is wrong, where, and what to do.

    `example`: a heading that could be said to hold something, where no column was understood; else empty.
    """

    def __init__(self, text: str, example: str = "") -> None:
        super().__init__(text)
        self.example = example


class ImportCancelled(ImportRefused):
    """The rep stopped the import; nothing was changed."""


class ImportUndecided(ImportRefused):
    """Nothing was imported, because only the rep knows what a column says of who must not be called."""

    def __init__(self, text: str, column: str) -> None:
        super().__init__(text)
        self.column = column
        """Its heading."""
