"""Mends one line of a script that keeps the file from being read. Each returns the line and what it must say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from tui.script import model
from tui.script.yamltext import quoted

_LINE = re.compile(
    r"(?P<before>[ \u00a0]*(?:- +)*)(?:(?P<key>[^\s:#{}\[\]\"'&*!|>%@,-][^:#\"'{}\[\]]{0,80}):(?P<gap> +))?"
    r"(?P<value>\S[^\r\n]*?)(?P<comment>[ \t]+#[ \t][^\r\n]*|[ \t]*)(?P<end>\r\n|\r|\n|)"
)
_NO_SPACE_COLON = re.compile(
    r"(?P<before> *(?:- +)*)(?P<key>[A-Za-z_]{1,40}):(?P<value>[^\s:/#][^\r\n#]*?)(?P<rest>[ \t]*(?:\r\n|\r|\n|))"
)
_NO_SPACE_DASH = re.compile(
    r"(?P<before> *(?:- +)*)-(?P<value>[^\s\-\d>#\[{\"'][^\r\n#:]*?)(?P<rest>[ \t]*(?:\r\n|\r|\n|))"
)
_HARD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_INDENT = re.compile("^[ \t\u00a0\u2000-\u200a\u202f\u3000]*")
_APOSTROPHE = re.compile(r"'(?P<inside>[^\"\\]*[^\"\\'])'")
_CURLY = re.compile(
    '[\u201c\u201d\u201e\u201f](?P<inside>[^\u201c\u201d\u201e\u201f"\\\\]+)[\u201c\u201d\u201e\u201f]'
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A line as it should be, the key and the words that must be read from it, and what was done."""

    line: str
    key: str
    words: str
    did: str


Mender = Callable[[Sequence[str], int], Mended | None]


def put_in_quotes(lines: Sequence[str], index: int) -> Mended | None:
    """A text that starts with `{{` or another sign, or that holds `: `, in quotes."""
    found = _whole_value(lines, index)
    if found is None:
        return None
    value = found["value"]
    needs = value.startswith("{{") or value[0] in "@`%" or ": " in value or value.endswith(":")
    bracket = value[0] in "[{\"'|>&*!?" and not value.startswith("{{")
    if not needs or bracket or " #" in value:
        return None
    return _requoted(found, value, "put the text in quotes")


def straighten_quotes(lines: Sequence[str], index: int) -> Mended | None:
    """A text in the curly quotes of a word processor, in straight ones."""
    found = _whole_value(lines, index)
    inside = _CURLY.fullmatch(found["value"]) if found else None
    if found is None or inside is None or " #" in found["value"]:
        return None
    return _requoted(found, inside["inside"], "replaced curly quotes by straight ones")


def mend_apostrophe(lines: Sequence[str], index: int) -> Mended | None:
    """A text in single quotes with an apostrophe inside, in double quotes."""
    found = _whole_value(lines, index)
    inside = _APOSTROPHE.fullmatch(found["value"]) if found else None
    if found is None or inside is None or " #" in found["value"] or "', '" in found["value"]:
        return None
    words = inside["inside"].replace("''", "'")
    return _requoted(found, words, "put the text with an apostrophe in double quotes")


def space_after_colon(lines: Sequence[str], index: int) -> Mended | None:
    """`opener:Hi` becomes `opener: Hi`, for keys a script knows."""
    found = _NO_SPACE_COLON.fullmatch(lines[index])
    if found is None or found["key"] not in known_keys() or _goes_on(lines, index):
        return None
    line = f"{found['before']}{found['key']}: {found['value']}{found['rest']}"
    return Mended(line, found["key"], found["value"], "added a space after the colon")


def space_after_dash(lines: Sequence[str], index: int) -> Mended | None:
    """`-What?` becomes `- What?`."""
    found = _NO_SPACE_DASH.fullmatch(lines[index])
    if found is None:
        return None
    line = f"{found['before']}- {found['value']}{found['rest']}"
    return Mended(line, "", found["value"], "added a space after the dash")


def plain_indentation(lines: Sequence[str], index: int) -> Mended | None:
    """A line indented by spaces of another kind, pasted from a web page, with ordinary ones."""
    indent = _INDENT.match(lines[index])
    assert indent is not None
    if not _HARD_SPACES.search(indent.group()):
        return None
    line = _HARD_SPACES.sub(" ", indent.group()) + lines[index][indent.end() :]
    found = _LINE.fullmatch(line)
    if found is None or found["value"][0] in "[{\"'|>&*!?":
        return None
    return Mended(line, found["key"] or "", found["value"], "replaced special spaces by ordinary ones")


def expand_tabs(text: str, width: int) -> str:
    """The text with every tab of an indentation as so many spaces."""
    return re.sub(r"(?m)^[ \t]*\t[ \t]*", lambda found: found.group().replace("\t", " " * width), text)


MENDERS: tuple[Mender, ...] = (
    plain_indentation,
    straighten_quotes,
    mend_apostrophe,
    put_in_quotes,
    space_after_colon,
    space_after_dash,
)
"""In the order they are tried; the first whose line can be read is taken."""


@cache
def known_keys() -> frozenset[str]:
    """Every key a script may hold, on any level."""
    return frozenset(key for cls in vars(model).values() for key in _keys(cls))


def _keys(cls: object) -> Iterator[str]:
    if isinstance(cls, type) and is_dataclass(cls):
        yield from getattr(cls, "short_forms", ())
        yield from (declared.name for declared in fields(cls) if "rule" in declared.metadata)


def _whole_value(lines: Sequence[str], index: int) -> re.Match[str] | None:
    """The parts of a line whose value ends with it, or None."""
    found = _LINE.fullmatch(lines[index])
    return found if found is not None and not _goes_on(lines, index) else None


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Whether the lines that follow may belong to this line's value: they stand further in and hold no key."""
    here = _depth(lines[index])
    for line in lines[index + 1 :]:
        if line.strip() and not line.lstrip().startswith("#"):
            return _depth(line) > here
    return False


def _depth(line: str) -> int:
    """The column at which the value or the key of a line begins: dashes count as indentation."""
    bare = line.lstrip(" \u00a0")
    while bare.startswith("- "):
        bare = bare[1:].lstrip(" ")
    return len(line) - len(bare)


def _requoted(found: re.Match[str], words: str, did: str) -> Mended:
    single = '"' in words and "'" not in words and "\\" not in words
    value = f"'{words}'" if single else quoted(words)
    gap = found["gap"] or ""
    head = f"{found['before']}{found['key']}:{gap}" if found["key"] else found["before"]
    return Mended(f"{head}{value}{found['comment']}{found['end']}", found["key"] or "", words, did)
