"""Builds the nodes of one file from parser events, noting every problem with its place.

Working on events instead of PyYAML's composer bounds depth and size while reading: a hostile file can neither
exhaust the stack nor unfold aliases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from tui.yamlfile import source
from tui.yamlfile.complaint import explain
from tui.yamlfile.node import Kind, Node, Value
from tui.yamlfile.problem import Problem, Severity, has_errors

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # a PyYAML built without libyaml: the same events, about eight times slower
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

MAX_DEPTH = 24
MAX_NODES = 20_000
MAX_TEXT = 2_000
"""Characters of one text; also bounds every pattern that is run over it later."""
_CURLY_QUOTES = frozenset("\u201c\u201d\u201e\u201f")

FAST = yaml.__with_libyaml__
"""Whether the quick parser (libyaml) is there; `doctor` tells when it is not."""


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not come yet."""

    node: Node
    entries: dict[str, Node] | None
    """Of a map; None for a list."""
    key: str = ""
    key_event: Any = None
    """The key that waits for its value."""
    skip: bool = False
    """The value is read past: its key was refused."""
    as_key: bool = False
    """Stands where a key should be."""

    @property
    def wants_key(self) -> bool:
        """Whether the next thing read is a key."""
        return self.entries is not None and self.key_event is None


class _TooDeepError(Exception):
    """The file goes past a limit; the problem has been noted."""


@dataclass(slots=True)
class Tree:
    """One file being read: the containers still open, and what was noted so far."""

    file: str
    lines: list[str]
    problems: list[Problem]
    stack: list[_Open] = field(default_factory=list)
    count: int = 0
    root: Node | None = None
    documents: int = 0

    def build(self, text: str) -> Node | None:
        """The root node, or None with a problem noted."""
        parser = _Parser(text)
        try:
            self._take_all(parser.get_event)
        except yaml.MarkedYAMLError as error:
            found = explain(error, self.file, self.lines)
            if not any(p.code == found.code and p.line == found.line for p in self.problems):
                self.problems.append(found)
            return None
        except yaml.YAMLError as error:
            first = (str(error).splitlines() or ["not valid YAML"])[0]
            self.problems.append(Problem(self.file, 1, 1, "PH010", "error", first))
            return None
        except _TooDeepError:
            return None
        finally:
            parser.dispose()
        if self.root is None and not has_errors(self.problems):
            advice = "start with a line such as   title: My first script"
            self.problems.append(Problem(self.file, 1, 1, "PH011", "error", "the file is empty", advice))
        return self.root

    def _take_all(self, following: Callable[[], Any]) -> None:
        # Hundreds of events a file, and a file is read while somebody waits: each goes straight to its method.
        take: Mapping[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        kind: type | None = None
        while kind is not yaml.StreamEndEvent and self.documents <= 1:
            event = following()
            kind = type(event)
            if kind in take:
                take[kind](event)

    def _alias(self, event: Any) -> None:
        advice = "write the text out, or define it once and use it by its name"
        self._note(event, "PH012", f"shortcuts such as *{event.anchor} are not read here", advice)
        if self.stack and self.stack[-1].wants_key:
            self._refused_key(self.stack[-1], event)
        else:
            self._add("text", "", event, 1)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            advice = "delete the --- line, or move what follows into a file of its own"
            self._note(event, "PH018", "a second document begins here; only the first is read", advice)

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag is not None:
            self._refuse_marks(event)
        if self.stack:
            top = self.stack[-1]
            if top.entries is not None and top.key_event is None:
                self._key(top, top.entries, event)
                return
        value: str = event.value
        if len(value) > MAX_TEXT or event.style == '"' or not value.isascii():
            value = self._looked_at(value, event)
        start, end = event.start_mark, event.end_mark
        to = end.column if end.line == start.line else len(self._line_of(event))
        self._add("text", value, event, max(1, to - start.column), bool(event.style))

    def _looked_at(self, value: str, event: Any) -> str:
        """A text as it may stay, with what is odd about it noted."""
        if len(value) > MAX_TEXT:
            advice = "nobody can say or read that in one go: split it"
            self._note(event, "PH017", f"a text of {len(value)} characters; at most {MAX_TEXT} fit", advice)
            value = value[:MAX_TEXT]
        if value[:1] in _CURLY_QUOTES and not event.style and len(value) > 1 and value[-1] in _CURLY_QUOTES:
            advice = "type straight quotes, or none: the words are read as they stand"
            message = "these are curly quotes, as Word writes them; they count as part of the text"
            self._note(event, "PH008", message, advice, "warning")
        if event.style == '"' and "\\" in self._line_of(event) and (bad := source.refused_character(value)):
            self._note(event, "PH004", f"an invisible control character {bad} is written here", "delete it")
            value = source.replace_refused(value)
        return value

    def _key(self, top: _Open, entries: dict[str, Node], event: Any) -> None:
        key = source.without_zero_width(event.value)
        top.key, top.key_event, top.skip = key, event, True
        if not key:
            self._note(event, "PH014", "there is a colon here without a key before it", "write  key: text")
        elif key == "<<" and not event.style:
            advice = "write the lines out, or use `extends:`, `include:` or `snippets:` in a script"
            self._note(event, "PH019", "merging with << is not read here", advice)
        elif key in entries:
            first = entries[key].key_line
            advice = f"the first one is on line {first}; only one can count"
            self._note(event, "PH015", f"`{key}` is written twice in the same place", advice)
        elif len(key) > MAX_TEXT:
            self._note(event, "PH017", "this key is far too long", "is a colon missing, or a quote?")
        else:
            top.skip = False

    def _refused_key(self, top: _Open, event: Any) -> None:
        top.key, top.key_event, top.skip = "", event, True

    def _open(self, event: Any) -> None:
        if event.anchor or event.tag is not None:
            self._refuse_marks(event)
        entries: dict[str, Node] | None = {} if isinstance(event, yaml.MappingStartEvent) else None
        value: Value = [] if entries is None else entries
        kind: Kind = "list" if entries is None else "map"
        if self.stack and self.stack[-1].wants_key:
            self._refuse_key(event)
            at = event.start_mark
            node = Node(kind, value, at.line + 1, at.column + 1, self.file)
            opened = _Open(node, entries, as_key=True)
        else:
            opened = _Open(self._add(kind, value, event, 1), entries)
        self.stack.append(opened)
        if len(self.stack) > MAX_DEPTH:
            self._note(
                event, "PH016", f"more than {MAX_DEPTH} levels inside each other", "is a bracket missing?"
            )
            raise _TooDeepError

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        node, end = done.node, event.end_mark
        if end.line + 1 == node.line:
            node.length = max(1, end.column + 1 - node.col)
        if done.as_key:
            self._refused_key(self.stack[-1], event)

    def _add(self, kind: Kind, value: Value, event: Any, length: int, quoted: bool = False) -> Node:
        """A node in its place: the root, an item of a list, or the value of the key that waits."""
        self.count += 1
        if self.count > MAX_NODES:
            self._note(
                event, "PH016", f"more than {MAX_NODES} entries in one file", "split it into several files"
            )
            raise _TooDeepError
        start = event.start_mark
        line, col = start.line + 1, start.column + 1
        if not self.stack:
            self.root = node = Node(kind, value, line, col, self.file, 0, 0, length, 0, quoted)
            return node
        top = self.stack[-1]
        if top.entries is None:
            node = Node(kind, value, line, col, self.file, 0, 0, length, 0, quoted)
            top.node.parts.append(node)
            return node
        start, end = top.key_event.start_mark, top.key_event.end_mark
        wide = max(1, end.column - start.column) if end.line == start.line else 1
        node = Node(kind, value, line, col, self.file, start.line + 1, start.column + 1, length, wide, quoted)
        top.key_event = None
        if not top.skip:
            top.entries[top.key] = node
        return node

    def _line_of(self, event: Any) -> str:
        index = event.start_mark.line
        return self.lines[index] if index < len(self.lines) else ""

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            advice = "delete it; text that starts with & needs double quotes"
            self._note(event, "PH012", f"names such as &{event.anchor} are not read here", advice)
        if event.tag is not None:
            advice = "put the text in double quotes if it really starts with !"
            self._note(event, "PH013", f"YAML tags are not read here ({event.tag})", advice)

    def _refuse_key(self, event: Any) -> None:
        start = event.start_mark
        line = self._line_of(event)
        before = line[max(0, start.column - 1) : start.column]
        if before == "{" and line[start.column : start.column + 1] == "{":
            rest = line[start.column - 1 :].strip()
            advice = f'put the whole text in double quotes: "{rest.replace(chr(34), chr(39))}"'
            message = "a text may not START with {{ unless it is in quotes"
            place = (self.file, start.line + 1, start.column)
            self.problems.append(Problem(*place, "PH010", "error", message, advice, len(rest)))
        else:
            self._note(
                event, "PH014", "a key must be plain text", "a list or a group of keys cannot be a key"
            )

    def _note(
        self, event: Any, code: str, message: str, advice: str = "", severity: Severity = "error"
    ) -> None:
        start, end = event.start_mark, event.end_mark
        length = max(1, end.column - start.column) if end.line == start.line else 1
        line = min(start.line + 1, max(1, len(self.lines)))
        self.problems.append(
            Problem(self.file, line, start.column + 1, code, severity, message, advice, length)
        )
