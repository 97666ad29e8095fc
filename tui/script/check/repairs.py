"""Mends one line of a script that keeps the file from being read. Each returns the line and what it must say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache

from msgspec import Struct

from tui.script.files.edit import quoted
from tui.script.language import model
from tui.script.language.key_pairs import ignored, ignored_keys
from tui.script.language.short_forms import expand
from tui.yamlfile.problem import Node
from tui.yamlfile.read import read_text

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


class Mended(Struct, frozen=True):
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
    return Mended(
        f"{found['before']}{found['key']}: {found['value']}{found['rest']}",
        found["key"],
        found["value"],
        "added a space after the colon",
    )


def space_after_dash(lines: Sequence[str], index: int) -> Mended | None:
    """`-What?` becomes `- What?`."""
    found = _NO_SPACE_DASH.fullmatch(lines[index])
    if found is None:
        return None
    return Mended(
        f"{found['before']}- {found['value']}{found['rest']}",
        "",
        found["value"],
        "added a space after the dash",
    )


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


_SPLIT = ("end", "do")
_UNSURE = frozenset({"when", "id", "use", "goto"})
"""Beside these it is not certain when the second line would come up, or which of the two was meant."""
_DASHED = re.compile(r"(?P<indent> *)- +(?P<rest>\S.*)", re.DOTALL)


def split_one(lines: Sequence[str], root: Node) -> tuple[list[str], int, str] | None:
    """The lines with the first such key in a line of its own, where it stood (from 1), and which; None: nothing."""
    lost = {(problem.line, problem.col) for problem in ignored_keys(expand(root))}
    for item in items_of(root):
        for key, _ in ignored(item.entries):
            node = item.entries[key]
            if (
                key not in _SPLIT
                or (node.key_line, node.key_col) not in lost
                or _UNSURE & item.entries.keys()
            ):
                continue
            after = _split(list(lines), item, key)
            if after is not None and _is_mended("".join(after), len(lost)):
                return after, node.key_line, key
    return None


def _is_mended(text: str, before: int) -> bool:
    read = read_text(text, "")
    return read.ok and read.node is not None and len(list(ignored_keys(expand(read.node)))) < before


def _split(lines: list[str], item: Node, key: str) -> list[str] | None:
    """The lines with one key of an item taken out, and put before it (`do`) or behind it (`end`)."""
    rows = [child.key_line for child in item]
    row = item.entries[key].key_line
    first = _DASHED.fullmatch(lines[item.line - 1])
    if first is None or item.col != first.start("rest") + 1 or len(set(rows)) < len(rows):
        return None  # not one key a line
    last = _last_line(lines, item)
    behind = next((other for other in rows if other > row), last + 1)
    if behind != row + 1:  # its words run over several lines
        return None
    dash = f"{first['indent']}- "
    own = dash + (first["rest"] if row == item.line else lines[row - 1].lstrip())
    inside = lines[item.line - 1 : last]
    del inside[row - item.line]
    if row == item.line:
        inside[0] = dash + inside[0].lstrip()
    around = [own, *inside] if key == "do" else [*_ended(inside), own]
    return [*lines[: item.line - 1], *around, *lines[last:]]


def _ended(rows: list[str]) -> list[str]:
    """The rows, the last one with a line end also when it was the last of the file."""
    return [*rows[:-1], rows[-1] if rows[-1].endswith("\n") else rows[-1] + "\n"]


def _last_line(lines: Sequence[str], item: Node) -> int:
    """The number of the last line with words of an item."""
    last = item.line
    for number in range(item.line + 1, len(lines) + 1):
        words = lines[number - 1].lstrip()
        if not words or words.startswith("#"):
            continue
        if len(lines[number - 1]) - len(words) < item.col - 1:
            break
        last = number
    return last


def items_of(node: Node) -> Iterator[Node]:
    """Every item of every list of a tree."""
    for child in node:
        if node.kind == "list":
            yield child
        yield from items_of(child)
