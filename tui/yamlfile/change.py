"""Changes one value of a file that people write; all else in it stays as it was, byte for byte.

The place of the value is found with the YAML parser, and the result is read again: only when nothing but that one value
differs does the caller get it. Comments stay, also those of a line that goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import yaml
from msgspec import Struct, field

from tui.yamlfile import source
from tui.yamlfile.problem import NO_SETTINGS, Plain, Problem, flow, has_errors, problem_at
from tui.yamlfile.read import PARSER, Read, read_text

Path = tuple[str, ...]
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")
_DOCUMENT_ENDS = re.compile(r"^\.\.\.[ \t]*(#.*)?$", re.MULTILINE)
_STEP = "  "
_EMPTY = "PH011"
"""Code of a file with nothing in it: comments may stand there."""


class NotChangedError(Exception):
    """The file was not changed; `problem` says why, and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def with_value(text: str, file: str, path: Path, value: Plain, note: str = "") -> str:
    """The text of a file in which `path` has this value; groups on the way are made. `note`: a comment for a new line.

    Raises `NotChangedError` when the file cannot be read, or the value cannot be put there safely.
    """
    before, spots = _read(text, file)
    found, rest = spots.nearest(path)
    if rest and found is not None and found.kind != "map" and text[found.start : found.end] not in ("", "~"):
        raise _unsafe(file, spots, path)
    expected = _set(_plain(before), path, value)
    for written in (flow(value), _quoted(value)):
        if _says(after := spots.put(path, written, note), file, expected, before):
            return after
    raise _unsafe(file, spots, path)


def without_value(text: str, file: str, path: Path, ours: str = "") -> str:
    """The text of a file in which `path` does not stand any more, nor a group that is empty without it.

    The same text when it did not stand there. A comment that begins with `ours` goes, all others stay. Raises
    `NotChangedError` as `with_value` does.
    """
    before, spots = _read(text, file)
    if spots.at(path) is None:
        return text
    after = spots.drop(path, ours)
    if _says(after, file, _unset(_plain(before), path), before):
        return after
    raise _unsafe(file, spots, path)


class _Value(Struct):
    """A value in a file's text: from where to where, and with what key."""

    kind: str
    """`text`, `list` or `map`."""
    start: int
    end: int = 0
    key_start: int = -1
    key_end: int = -1
    is_flow: bool = False
    entries: dict[str, _Value] = field(default_factory=dict)
    texts: list[tuple[int, int]] = field(default_factory=list)
    """Where every text in it stands: what is not in one and begins with `#` is a comment."""


class _Spots(Struct):
    """A file's text, and where its values stand. `root` is None where it holds nothing but comments."""

    text: str
    root: _Value | None

    def at(self, path: Path) -> _Value | None:
        """The value at a path."""
        found, rest = self.nearest(path)
        return None if rest else found

    def nearest(self, path: Path) -> tuple[_Value | None, Path]:
        """The deepest value on the way to a path, and what is missing from there on."""
        value = self.root
        for depth, name in enumerate(path):
            if value is None or name not in value.entries:
                return value, path[depth:]
            value = value.entries[name]
        return value, ()

    def put(self, path: Path, written: str, note: str) -> str:
        """The text with a value at the path, written on one line."""
        found, rest = self.nearest(path)
        if found is None or (found is self.root and not found.is_flow and found.kind == "map" and rest):
            return self.appended(rest, written, note)
        if not rest:
            return self.replaced(found, written)
        line = _nested(rest, written)
        if found.kind == "map" and found.entries and not found.is_flow:
            return self.below(found, line + _comment(note))
        if found.kind == "map":
            last = max((one.end for one in found.entries.values()), default=-1)
            at, joined = (last, f", {line}") if last >= 0 else (found.start + 1, line)
            return self.text[:at] + joined + self.text[at:]
        return self.replaced(found, f"{{{line}}}")

    def replaced(self, value: _Value, written: str) -> str:
        """The text with other words in place of a value. What was said beside a list of lines stays above it."""
        text, start = self.text, value.start
        if value.key_end >= 0 and "\n" in text[value.key_end : start].replace("\r", "\n"):
            start = text.index(":", value.key_end) + 1  # a list whose items stand on lines of their own
        kept = self.comments(value, start, value.end)
        gap = "" if text[start - 1 : start] in ("", " ", "\t", "[", "{") else " "
        after = text[:start] + gap + written + text[value.end :]
        return self.commented(after, max(value.key_start, 0), kept)

    def below(self, group: _Value, line: str) -> str:
        """The text with one more line in a group of lines."""
        first = next(iter(group.entries.values()))
        indent = self.text[self.line_start(first.key_start) : first.key_start]
        end = self.line_end(max(one.end for one in group.entries.values()))
        return f"{self.text[:end]}{self.newline}{indent}{line}{self.text[end:]}"

    def appended(self, path: Path, written: str, note: str) -> str:
        """The text with a group of its own at the end."""
        newline, head = self.newline, path[0]
        line = f"{head}: {written}{_comment(note)}"
        if path[1:]:
            line = f"{head}:{newline}{_STEP}{_nested(path[1:], written)}{_comment(note)}"
        ends = [found.start() for found in _DOCUMENT_ENDS.finditer(self.text)]
        at = ends[0] if ends else len(self.text)
        before = self.text[:at]
        gap = "" if not before.strip("\ufeff") or before.endswith(("\n", "\r")) else newline
        return f"{before}{gap}{line}{newline}{self.text[at:]}"

    def drop(self, path: Path, ours: str) -> str:
        """The text without a value and its key, nor a group that holds nothing else."""
        depth = len(path)
        while depth > 1 and (group := self.at(path[: depth - 1])) is not None and len(group.entries) == 1:
            depth -= 1
        value, group = self.at(path[:depth]), self.at(path[: depth - 1]) if depth > 1 else self.root
        assert value is not None
        assert group is not None
        if group.is_flow:
            return self.cut_out(group, value)
        start, end = self.line_start(value.key_start), self.line_end(value.end)
        kept = self.comments(value, value.key_start, end)
        tail = self.text[end:]
        tail = tail[len(found.group()) :] if (found := _LINE_ENDS.match(tail)) else tail
        indent = self.text[start : value.key_start]
        theirs = (one for one in kept if not ours or not one.startswith(f"# {ours}"))
        return self.text[:start] + "".join(f"{indent}{one}{self.newline}" for one in theirs) + tail

    def cut_out(self, group: _Value, value: _Value) -> str:
        """The text without an entry between braces, and without the comma that joined it."""
        text, entries = self.text, list(group.entries.values())
        place = entries.index(value)
        if place:
            return text[: entries[place - 1].end] + text[value.end :]
        end = entries[1].key_start if entries[1:] else value.end
        return text[: value.key_start] + text[end:]

    def comments(self, value: _Value, start: int, end: int) -> list[str]:
        """The comments between two places, between which the value stands."""
        inside = value.texts if value.kind != "text" else [(value.start, value.end)]
        said = [*inside, (value.key_start, value.key_end)]
        found = _COMMENT.finditer(self.text, start, end)
        return [one.group().rstrip() for one in found if not any(a <= one.start() < b for a, b in said)]

    def commented(self, text: str, at: int, comments: Sequence[str]) -> str:
        """The text with comments on lines of their own above the one that holds this place."""
        start = self.line_start(at)
        rest = text[start:].removeprefix("\ufeff")
        indent = rest[: len(rest) - len(rest.lstrip(" "))]
        lines = "".join(f"{indent}{one}{self.newline}" for one in comments)
        return text[:start] + lines + text[start:]

    def line_start(self, at: int) -> int:
        """Where the line of a place begins; a byte order mark belongs to no line."""
        start = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        return start or len(self.text) - len(self.text.removeprefix("\ufeff"))

    def line_end(self, at: int) -> int:
        """Where the line of a place ends, before its line break."""
        found = _LINE_ENDS.search(self.text, at)
        return found.start() if found else len(self.text)

    @property
    def newline(self) -> str:
        """How the file ends its lines."""
        found = _LINE_ENDS.search(self.text)
        return found.group() if found else "\n"


def _read(text: str, file: str) -> tuple[Read, _Spots]:
    read = read_text(text, file)
    if read.node is None and (wrong := next((one for one in read.problems if one.code != _EMPTY), None)):
        raise NotChangedError(wrong)
    if read.node is not None and read.node.kind != "map" and not read.node.empty:
        raise NotChangedError(problem_at(read.node, "PH101", "error", NO_SETTINGS))
    return read, _Spots(text, _root(text))


def _root(text: str) -> _Value | None:
    tidied, _ = source.tidy(text, "")
    bodies = [len(text) - len(text.removeprefix("\ufeff")), *(one.end() for one in _LINE_ENDS.finditer(text))]

    def offset(mark: Any) -> int:
        return min(bodies[mark.line] + mark.column, len(text)) if mark.line < len(bodies) else len(text)

    events = iter(yaml.parse(tidied, Loader=PARSER))
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            root = _value(event, events, offset, text)
            return root if root.kind == "map" and (root.entries or root.is_flow) else None
    return None


def _value(event: Any, events: Iterator[Any], offset: Callable[[Any], int], text: str) -> _Value:
    start = offset(event.start_mark)
    if not isinstance(event, yaml.CollectionStartEvent):
        end = start + len(text[start : offset(event.end_mark)].rstrip())
        return _Value("text", start, end, texts=[(start, end)])
    is_map = isinstance(event, yaml.MappingStartEvent)
    found = _Value("map" if is_map else "list", start, start, is_flow=bool(event.flow_style))
    while not isinstance(at := next(events), yaml.CollectionEndEvent):
        key = _value(at, events, offset, text)
        inner = _value(next(events), events, offset, text) if is_map else key
        found.texts += inner.texts if inner is key else [*key.texts, *inner.texts]
        found.end = max(found.end, inner.end)
        if is_map:
            inner.key_start, inner.key_end = key.start, key.end
            name = source.without_zero_width(str(getattr(at, "value", "")))
            found.entries.setdefault(name, inner)
    if found.is_flow:
        found.end = offset(at.end_mark)
    return found


def _nested(path: Path, written: str) -> str:
    """`goal: {conversations: 6}`."""
    line = written
    for name in reversed(path[1:]):
        line = f"{{{flow(name)}: {line}}}"
    return f"{flow(path[0])}: {line}"


def _comment(note: str) -> str:
    return f"  # {note}" if note else ""


def _quoted(value: Plain) -> str:
    """The value with every text in quotes."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_quoted(one)}" for name, one in value.items()) + "}"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _says(text: str, file: str, expected: dict[str, Any], before: Read) -> bool:
    """Whether a text reads as expected, and nothing in it is wrong that was right before."""
    read = read_text(text, file)
    wrong = [one for one in read.problems if one.code != _EMPTY]
    return _plain(read) == expected and (has_errors(before.problems) or not has_errors(wrong))


def _plain(read: Read) -> dict[str, Any]:
    found = read.node.plain() if read.node is not None else {}
    return found if isinstance(found, dict) else {}


def _set(tree: dict[str, Any], path: Path, value: Plain) -> dict[str, Any]:
    inner = tree.get(path[0])
    below = _set(inner if isinstance(inner, dict) else {}, path[1:], value) if path[1:] else value
    return {**tree, path[0]: below}


def _unset(tree: dict[str, Any], path: Path) -> dict[str, Any]:
    rest = {name: value for name, value in tree.items() if name != path[0]}
    inner = tree.get(path[0])
    below = _unset(inner, path[1:]) if path[1:] and isinstance(inner, dict) else {}
    return {name: below if name == path[0] else value for name, value in tree.items()} if below else rest


def _unsafe(file: str, spots: _Spots, path: Path) -> NotChangedError:
    found, _ = spots.nearest(path)
    line = spots.text.count("\n", 0, found.start) + 1 if found is not None else 1
    name = ".".join(path)
    message = f"`{name}` cannot be changed here without touching what stands beside it"
    return NotChangedError(Problem(file, line, 1, "PH909", "error", message, "change it in the file"))
