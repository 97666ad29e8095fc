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
    key: str | None = None
    key_event: Any = None
    skip: bool = False
    """A value to read past: of a key that was refused, or standing where a key should be."""
    as_key: bool = False


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
        self._place("text", "", event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            advice = "delete the --- line, or move what follows into a file of its own"
            self._note(event, "PH018", "a second document begins here; only the first is read", advice)

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag is not None:
            self._refuse_marks(event)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.node.kind == "map" and parent.key_event is None:
            self._key(parent, event)
            return
        value: str = event.value
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
        self._place("text", value, event, bool(event.style))

    def _key(self, parent: _Open, event: Any) -> None:
        key = source.without_zero_width(event.value)
        parent.key, parent.key_event, parent.skip = key, event, True
        if not key:
            self._note(event, "PH014", "there is a colon here without a key before it", "write  key: text")
        elif key == "<<" and not event.style:
            advice = "write the lines out, or use `extends:`, `include:` or `snippets:` in a script"
            self._note(event, "PH019", "merging with << is not read here", advice)
        elif key in parent.node.entries:
            first = parent.node.entries[key].key_line
            advice = f"the first one is on line {first}; only one can count"
            self._note(event, "PH015", f"`{key}` is written twice in the same place", advice)
        elif len(key) > MAX_TEXT:
            self._note(event, "PH017", "this key is far too long", "is a colon missing, or a quote?")
        else:
            parent.skip = False

    def _open(self, event: Any) -> None:
        if event.anchor or event.tag is not None:
            self._refuse_marks(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        parent = self.stack[-1] if self.stack else None
        as_key = parent is not None and parent.node.kind == "map" and parent.key_event is None
        if as_key:
            self._refuse_key(event)
        node = self._node("map" if is_map else "list", {} if is_map else [], event)
        self.stack.append(_Open(node, as_key=as_key))
        if len(self.stack) > MAX_DEPTH:
            self._note(
                event, "PH016", f"more than {MAX_DEPTH} levels inside each other", "is a bracket missing?"
            )
            raise _TooDeepError

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        node = done.node
        if event.end_mark.line + 1 == node.line:
            node.length = max(1, event.end_mark.column + 1 - node.col)
        if done.as_key:
            parent = self.stack[-1]
            parent.key, parent.key_event, parent.skip = "", event, True
        else:
            self._attach(node)

    def _place(self, kind: Kind, value: Value, event: Any, quoted: bool = False) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.node.kind == "map" and parent.key_event is None:
            parent.key, parent.key_event, parent.skip = "", event, True
            return
        self._attach(self._node(kind, value, event, quoted))

    def _attach(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if parent.node.kind == "list":
            parent.node.parts.append(node)
            return
        if not parent.skip and parent.key is not None:
            start, end = parent.key_event.start_mark, parent.key_event.end_mark
            node.key_line, node.key_col = start.line + 1, start.column + 1
            node.key_length = max(1, end.column - start.column) if end.line == start.line else 1
            parent.node.entries[parent.key] = node
        parent.key = parent.key_event = None

    def _node(self, kind: Kind, value: Value, event: Any, quoted: bool = False) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            self._note(
                event, "PH016", f"more than {MAX_NODES} entries in one file", "split it into several files"
            )
            raise _TooDeepError
        start, end = event.start_mark, event.end_mark
        length = 1
        if kind == "text":
            to = end.column if end.line == start.line else len(self._line_of(event))
            if to > start.column:
                length = to - start.column
        return Node(kind, value, start.line + 1, start.column + 1, self.file, length=length, quoted=quoted)

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
