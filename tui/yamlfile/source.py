"""From bytes to text: size, encoding, line ends, merge conflicts and characters nobody can see."""

from __future__ import annotations

import re
from pathlib import Path

from tui.system import readfile
from tui.yamlfile.problem import Problem, Severity

MAX_BYTES = 256 * 1024
"""A file people write by hand is far smaller; the cap bounds every search that follows."""

_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060-\u2065]")
_UNSEEN: tuple[tuple[re.Pattern[str], str, Severity, str, str], ...] = (
    (
        _REFUSED,
        "PH004",
        "error",
        "invisible control character {sign}",
        "delete it; such characters can change what a terminal shows",
    ),
    (
        _ZERO_WIDTH,
        "PH006",
        "warning",
        "a character of no width, {sign}, often pasted along from a web page",
        "delete it; type the line again if you cannot see it",
    ),
)
"""Characters nobody can see, and what is said of the first in a line."""
_FORMATS: tuple[tuple[bytes, bytes, str], ...] = (
    (b"PK\x03\x04", b"word/", "a Word document (.docx)"),
    (b"PK\x03\x04", b"xl/", "an Excel workbook (.xlsx)"),
    (b"PK\x03\x04", b"opendocument", "a LibreOffice document"),
    (b"PK\x03\x04", b"", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", b"", "an old Word or Excel document"),
    (b"{\\rtf", b"", "a rich text document (.rtf)"),
    (b"%PDF", b"", "a PDF document"),
    (b"\x89PNG", b"", "a picture"),
    (b"\xff\xd8\xff", b"", "a picture"),
    (b"<!doctype html", b"", "a web page"),
    (b"<html", b"", "a web page"),
)
"""How a file of another kind begins, what else it holds, and its name for people."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MET = (
    "two versions of this file met here and git could not choose (a merge conflict)",
    "keep one of the two versions and delete the <<<<<<<, ======= and >>>>>>> lines",
)
_NO_UTF_8 = (
    "this file is not saved as UTF-8; from here on it looks like Windows-1252",
    "in your editor: Save As, encoding UTF-8 (accents such as é come out wrong otherwise)",
)
_CONFLICT = re.compile(r"^(?:<{7} |>{7} |\|{7} |={7}$)")


def decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file's bytes; with a PH007, PH001 or PH002 problem: no text, too large, not UTF-8."""
    if (kind := foreign_format(raw)) is not None:
        return "", _whole_file(
            file,
            "PH007",
            f"this is {kind}, not a plain text file",
            "copy the words into a text editor and save them there as plain text, UTF-8, name.yaml",
        )
    if len(raw) > MAX_BYTES:
        return "", _too_large(file, f"the file is {len(raw) // 1024} KB", f"{MAX_BYTES // 1024} KB")
    if raw.startswith(_UTF_16):
        return "", _whole_file(
            file,
            "PH002",
            "this file is saved as UTF-16 (Windows calls it Unicode), not as UTF-8",
            "save it again: Save As, encoding UTF-8",
        )
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _not_utf8(raw, file, error)


def read_bytes(path: Path, file: str, within: Path | None = None) -> tuple[bytes, list[Problem]]:
    """The bytes of a file, at most one more than may be read; PH005 when it cannot be opened.

    `within`: the folder it is read for; PH801 for a link that leads out of it.
    """
    if within is not None and readfile.leads_out(path, within):
        return b"", _whole_file(
            file, "PH801", "this is a link to elsewhere", "put the file itself into the folder"
        )
    try:
        return readfile.read(path, MAX_BYTES), []
    except OSError as error:
        return b"", _whole_file(
            file,
            "PH005",
            f"the file cannot be opened: {error.strerror or error}",
            "check that the file exists and that you may read it",
        )


def _whole_file(file: str, code: str, message: str, advice: str) -> list[Problem]:
    return [Problem(file, 1, 1, code, "error", message, advice)]


def _too_large(file: str, what: str, most: str) -> list[Problem]:
    return _whole_file(file, "PH001", f"{what}; at most {most} can be read", "split it into several files")


def tidy(text: str, file: str) -> tuple[str, list[Problem]]:
    """Text with plain line ends and harmless characters, same columns; PH003 and PH004 say what was wrong."""
    if len(text) > MAX_BYTES:
        return "", _too_large(file, f"the text has {len(text)} characters", str(MAX_BYTES))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problems = _conflicts(text, file) if "<<<<<<<" in text or ">>>>>>>" in text else []
    if not text.isascii() or not text.replace("\n", "").replace("\t", "").isprintable():
        text, unseen = _replace_unseen(text, file)
        problems += unseen
    return text, problems


def without_zero_width(text: str) -> str:
    """A key without characters of no width, so that a pasted key still matches."""
    return text if text.isascii() else _ZERO_WIDTH.sub("", text)


def refused_character(text: str) -> str:
    """`U+001B`, the first character that may not stand in a text, or an empty string."""
    return f"U+{ord(found.group()):04X}" if (found := _REFUSED.search(text)) else ""


def replace_refused(text: str) -> str:
    """The text with every refused character shown as U+FFFD."""
    return _REFUSED.sub("\ufffd", text)


def foreign_format(raw: bytes) -> str | None:
    """What the bytes are when they are no text at all, for people (`a Word document (.docx)`), or None."""
    begin = raw[:64].lstrip().lower()
    for start, inside, name in _FORMATS:
        if begin.startswith(start.lower()) and inside in raw:
            return name
    return "a file of another program" if b"\0" in raw[:4096] and not raw.startswith(_UTF_16) else None


def _not_utf8(raw: bytes, file: str, error: UnicodeDecodeError) -> tuple[str, list[Problem]]:
    line_start = raw.rfind(b"\n", 0, error.start) + 1
    line = raw.count(b"\n", 0, error.start) + 1
    col = len(raw[line_start : error.start].decode("utf-8", "replace").removeprefix("\ufeff")) + 1
    return raw.decode("cp1252", "replace"), [Problem(file, line, col, "PH002", "error", *_NO_UTF_8)]


def _conflicts(text: str, file: str) -> list[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if _CONFLICT.match(line):
            return [Problem(file, number, 1, "PH003", "error", *_MET, len(line))]
    return []


def _replace_unseen(text: str, file: str) -> tuple[str, list[Problem]]:
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        for pattern, code, severity, message, advice in _UNSEEN:
            if found := pattern.search(line):
                said = message.format(sign=f"U+{ord(found.group()):04X}")
                problems.append(Problem(file, number, found.start() + 1, code, severity, said, advice))
                break
    return replace_refused(text), problems[:20]
