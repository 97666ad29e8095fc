"""Repairs what is safe to repair in a script file: its encoding, tabs, missing spaces and missing quotes.

A file that can be read keeps every word of what was read: only its encoding changes, a dash without its space becomes
the list it was meant as, and an `end:` or `do:` that a call would ignore gets a line of its own. In a file that cannot
be read, one line at a time is mended, each so that it says the words it was written with. Comments and layout stay as
they are; what is not certain is left to the person.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from tui.script.check.repairs import MENDERS, Mended, expand_tabs, items_of, space_after_dash, split_one
from tui.script.files.extends import stamp_of
from tui.system.writefile import save
from tui.yamlfile.problem import Node, Problem
from tui.yamlfile.read import read_text
from tui.yamlfile.source import MAX_BYTES, foreign_format, read_bytes

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MOST = 200
"""Repairs of one file; a file that needs more is no script."""
_MOST_READ = 4_000_000
"""Characters read again and again for all repairs of one file, so that nobody waits for long."""


class Repair(Struct, frozen=True):
    """One thing that was mended. `line` is 0 when it concerns the whole file."""

    line: int
    did: str


class Fixed(Struct, frozen=True):
    """What became of a file."""

    path: Path
    repairs: tuple[Repair, ...] = ()
    """In the order of the lines; empty: the file was left alone."""
    refused: str = ""
    """Why nothing could be done: the file cannot be opened, or is no text."""


def fix_file(path: Path | str) -> Fixed:
    """Repairs one file in place, in one step. Never raises; a second run finds nothing more to do."""
    place = Path(path)
    stamp = stamp_of(place)
    raw, problems = read_bytes(place, str(path), within=place.parent)
    if problems:
        return Fixed(place, refused=problems[0].message)
    text, encoding = decode(raw)
    if text is None:
        return Fixed(place, refused=encoding)
    mended, repairs = fix_text(text)
    if encoding:
        repairs = [Repair(0, encoding), *repairs]
    if not repairs:
        return Fixed(place)
    if stamp_of(place) != stamp:
        return Fixed(place, refused="the file was changed meanwhile; try again")
    try:
        save(place, mended)
    except OSError as error:
        return Fixed(place, refused=f"it cannot be saved: {error.strerror or error}")
    return Fixed(place, tuple(repairs))


def fix_text(text: str) -> tuple[str, list[Repair]]:
    """The text with every safe repair made, and what they were, in the order of the lines."""
    repairs: list[Repair] = []
    for _ in range(_most(text)):
        trouble = [problem for problem in read_text(text, "").problems if problem.code == "PH010"]
        step = _one_repair(text, trouble) if trouble else _list_of_dashes(text) or _own_lines(text)
        if step is None:
            break
        text, done = step
        repairs += done
    return text, sorted(repairs, key=lambda repair: repair.line)


def decode(raw: bytes) -> tuple[str | None, str]:
    """The text of a file's bytes with what had to be done for it; None with the reason when it is no text."""
    if (kind := foreign_format(raw)) is not None:
        return None, f"this is {kind}, not a plain text file"
    if len(raw) > MAX_BYTES:
        return None, "the file is too large"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "saved as UTF-8 (it was UTF-16)"
        except UnicodeDecodeError:
            return None, "the file is damaged: it says it is UTF-16 and is not"
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decode_lines(raw)


def _decode_lines(raw: bytes) -> tuple[str | None, str]:
    """Each line as UTF-8 where it is, else as Windows-1252: pasted lines may differ from the rest."""
    lines = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            try:
                lines.append(line.decode("cp1252"))
            except UnicodeDecodeError:
                return None, f"line {number} is neither UTF-8 nor Windows-1252; open it where it was written"
    return "\n".join(lines), "saved as UTF-8 (it was Windows-1252)"


def _lines(text: str) -> tuple[str, list[str]]:
    """The byte order mark of a text, if any, and its lines with their ends."""
    bare = text.removeprefix("\ufeff")
    return text[: len(text) - len(bare)], _LINES.findall(bare)


def _one_repair(text: str, trouble: list[Problem]) -> tuple[str, list[Repair]] | None:
    """The text with its first repairable trouble gone, or None."""
    bom, lines = _lines(text)
    for problem in trouble:
        index = problem.line - 1
        if index >= len(lines):
            continue
        if "\t" in lines[index][: len(lines[index]) - len(lines[index].lstrip())]:
            return _without_tabs(text)
        for mend in MENDERS:
            mended = mend(lines, index)
            if mended is None:
                continue
            after = bom + "".join([*lines[:index], mended.line, *lines[index + 1 :]])
            if _gets_further(after, problem.line, mended):
                return after, [Repair(problem.line, mended.did)]
    return None


def _list_of_dashes(text: str) -> tuple[str, list[Repair]] | None:
    """The text with `-What?` lines as the list they were meant to be, every word staying the same; or None."""
    before = read_text(text, "").node
    bom, lines = _lines(text)
    mended = {index: found for index in range(len(lines)) if (found := space_after_dash(lines, index))}
    if before is None or len(mended) > _most(text):
        return None
    for index in mended:
        beside = [i for i, found in mended.items() if i >= index and _indent(found) == _indent(mended[index])]
        for chosen in (beside, [index]):
            after = bom + "".join(mended[i].line if i in chosen else line for i, line in enumerate(lines))
            read = read_text(after, "")
            if not read.ok or read.node is None or _words(read.node) != _words(before):
                continue
            begins = {(item.line, item.col) for item in items_of(read.node)}
            if all((i + 1, _indent(mended[i]) + 3) in begins for i in chosen):
                return after, [Repair(i + 1, mended[i].did) for i in chosen]
    return None


def _own_lines(text: str) -> tuple[str, list[Repair]] | None:
    """The text with one `end:` or `do:` that a call would ignore in a line of its own; or None."""
    read = read_text(text, "")
    if not read.ok or read.node is None:
        return None
    bom, before = _lines(text)
    split = split_one(before, read.node)
    if split is None:
        return None
    lines, row, key = split
    return bom + "".join(lines), [Repair(row, f"put `{key}:` into a line of its own")]


def _most(text: str) -> int:
    return max(5, min(_MOST, _MOST_READ // (len(text) + 1)))


def _indent(mended: Mended) -> int:
    return len(mended.line) - len(mended.line.lstrip())


def _words(node: Node) -> list[str]:
    """Every key and word of a tree in its order, without the dashes that make a list."""
    if node.kind == "text":
        return [bare for word in node.text.split() if (bare := word.lstrip("-"))]
    if node.kind == "list":
        return [word for part in node.parts for word in _words(part)]
    return [word for key, child in node.items() for word in (f"{key}:", *_words(child))]


def _gets_further(text: str, line: int, mended: Mended) -> bool:
    """Whether the repaired line can be read and says the words it should; what is wrong below it may stay."""
    read = read_text(text, "")
    if any(problem.code == "PH010" and problem.line <= line for problem in read.problems):
        return False
    alone = read_text(mended.line.strip(), "").node
    while alone is not None and alone.kind == "list" and len(alone.parts) == 1:
        alone = alone.parts[0]
    if alone is None:
        return False
    key, value = next(iter(alone.items()), ("", alone))
    return (key, value.text) == (mended.key, mended.words)


def _without_tabs(text: str) -> tuple[str, list[Repair]] | None:
    """The text with the tabs of its indentation as spaces, when there is only one way to read that."""
    found: dict[str, str] = {}
    for width in (2, 4, 8):
        spaced = expand_tabs(text, width)
        read = read_text(spaced, "")
        if read.node is not None and not any(problem.code == "PH010" for problem in read.problems):
            found.setdefault(repr(read.node.plain()), spaced)
    if len(found) != 1:
        return None
    before, after = _LINES.findall(text), _LINES.findall(spaced := next(iter(found.values())))
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new]
    return spaced, [Repair(number, "replaced the tab by spaces") for number in changed]
