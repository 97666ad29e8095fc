"""What people wrote in a file, value by value with its place; and a problem there: what is wrong, what to do."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Union

from msgspec import Struct
from msgspec.structs import replace

from tui.locale.spoken import in_their_words, said
from tui.plaintext import shortened

Kind = Literal["text", "list", "map"]
Value = Union[str, "list[Node]", "dict[str, Node]"]
Plain = Union[str, "list[Plain]", "dict[str, Plain]"]
_BARE = re.compile(r"[A-Za-z0-9_./+%-]+")


class Node(Struct, eq=False):
    """One value of a file. Every scalar is text; lines and columns start at 1. Treated as immutable."""

    kind: Kind
    value: Value
    line: int
    col: int
    file: str
    key_line: int = 0
    """Line of the key this value belongs to; 0 for items of a list and for the whole file."""
    key_col: int = 0
    length: int = 1
    """Characters of the value on its first line."""
    key_length: int = 0
    quoted: bool = False
    """Written in quotes, or as a block after `|` or `>`."""

    @property
    def text(self) -> str:
        """The text of a text node; empty for a list or a map."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def entries(self) -> dict[str, Node]:
        """Key to value of a map, in the order of the file; empty for the other kinds."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def parts(self) -> list[Node]:
        """The items of a list; empty for the other kinds."""
        return self.value if isinstance(self.value, list) else []

    @property
    def empty(self) -> bool:
        """Nothing was written: no value after the key, or `~`."""
        return self.kind == "text" and not self.quoted and self.value in ("", "~")

    def get(self, key: str) -> Node | None:
        """The value under `key` of a map, or None."""
        return self.entries.get(key)

    def items(self) -> ItemsView[str, Node]:
        """Key and value pairs of a map; nothing for the other kinds."""
        return self.entries.items()

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[Node]:
        """The items of a list, or the values of a map."""
        return iter(self.parts or self.entries.values())

    def become(self, kind: Kind, value: Value) -> Node:
        """A node with another value that keeps this one's place and key (used to expand short forms)."""
        return replace(self, kind=kind, value=value)

    def unkeyed(self) -> Node:
        """The same value without its key's place: for use as a value under another key."""
        return replace(self, key_line=0, key_col=0, key_length=0)

    def plain(self) -> str | list[object] | dict[str, object]:
        """The value as ordinary Python data, all scalars text."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value


def flow(value: object) -> str:
    """A value on one line, as one would write it in config.yaml."""
    if isinstance(value, Node):
        return flow(value.plain())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    written = str(value)
    return written if _BARE.fullmatch(written) else json.dumps(written, ensure_ascii=False)


Severity = Literal["error", "warning", "hint"]

NO_SETTINGS = "this file must hold settings, one in a line:   name: value"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Characters that can change what a terminal shows, or that nobody can see."""
_MOST = 300
"""Characters of a message that are shown."""
CONTEXT_LINES = 1
"""Lines shown above the one with the problem."""


class Problem(Struct, frozen=True):
    """One thing to repair. Lines and columns start at 1 and count characters."""

    file: str
    line: int
    col: int
    code: str
    severity: Severity
    message: str
    help: str = ""
    length: int = 1
    """Characters the caret underlines."""
    excerpt: str = ""
    """The source line, for a report made without the file at hand."""


def problem_at(
    node: Node, code: str, severity: Any, message: str, advice: str = "", *, at_key: bool = False
) -> Problem:
    """A problem standing at a node, or at its key with `at_key`."""
    if at_key and node.key_line:
        wide = max(1, node.key_length)
        return Problem(node.file, node.key_line, node.key_col, code, severity, message, advice, wide)
    return Problem(node.file, node.line, node.col, code, severity, message, advice, max(1, node.length))


def concise(problem: Problem) -> str:
    """One line: `file:line:col: CODE message`."""
    return f"{visible(problem.file)}:{problem.line}:{problem.col}: {problem.code} {message_of(problem)}"


def message_of(problem: Problem) -> str:
    """What is wrong, safe to show and never a page long: it may repeat what somebody wrote."""
    return shortened(visible(in_their_words(problem.message)), _MOST)


def advice_of(problem: Problem) -> str:
    """What to do about it, safe to show; empty where nothing is known."""
    return visible(in_their_words(problem.help))


def advised(problem: Problem) -> str:
    """One line: `file:line:col: CODE message; what to do`."""
    return concise(problem) + (f"; {advice_of(problem)}" if problem.help else "")


def render(problem: Problem, source_lines: Sequence[str] = ()) -> str:
    """The full report: place and message, the source with a caret under the spot, the help. Plain text."""
    place = f"{visible(problem.file)}:{problem.line}:{problem.col}"
    report = [f"{place}: {problem.severity}[{problem.code}] {message_of(problem)}"]
    report += _excerpt(problem, source_lines)
    if problem.help:
        report.append(f"   = help: {visible(problem.help)}")
    return "\n".join(report)


def visible(text: str) -> str:
    """Text of an untrusted file made safe to print: unseen characters and tabs become signs one can see."""
    return UNSEEN.sub("\ufffd", text.replace("\t", "\u21e5").replace("\n", " "))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems keeps the file from being used."""
    return any(p.severity == "error" for p in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line and column, each said once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.col, p.code))


def _excerpt(problem: Problem, source_lines: Sequence[str]) -> list[str]:
    if 0 < problem.line <= len(source_lines):
        first = max(1, problem.line - CONTEXT_LINES)
        shown = [(n, source_lines[n - 1]) for n in range(first, problem.line + 1)]
    elif problem.excerpt:
        shown = [(problem.line, problem.excerpt)]
    else:
        return []
    gutter = len(str(problem.line))
    rows = [f"{number:>{gutter}} | {visible(line)}" for number, line in shown]
    line = shown[-1][1]
    before = visible(line[: problem.col - 1])
    under = visible(line[problem.col - 1 : problem.col - 1 + max(1, problem.length)])
    rows.append(f"{' ' * gutter} | {' ' * _cells(before)}{'^' * max(1, _cells(under))}")
    return rows


def _cells(text: str) -> int:
    """Terminal columns a text takes: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def nearest(word: str, allowed: Iterable[str], cutoff: float = 0.6) -> str:
    """The allowed word most like `word`, or an empty string when none is near (cutoff 0 to 1)."""
    from difflib import get_close_matches  # only a mistake pays for this import

    by_folded = {a.casefold(): a for a in allowed}
    found = get_close_matches(word.casefold()[:60], by_folded, 1, cutoff)
    return by_folded[found[0]] if found else ""


def did_you_mean(word: str, allowed: Iterable[str], cutoff: float = 0.6) -> str:
    """A help sentence naming the nearest allowed word, or an empty string."""
    near = nearest(word, allowed, cutoff)
    return said("did you mean `{near}`?", near=near) if near else ""
