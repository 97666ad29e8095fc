"""Builds the nodes of one file from parser events, noting every problem with its place.

Working on events instead of PyYAML's composer bounds depth and size while reading: a hostile file can neither
exhaust the stack nor unfold aliases.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from tui.yamlfile import source
from tui.yamlfile.problem import Kind, Node, Problem, Severity, Value, has_errors, in_order

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In a PyYAML that was built without libyaml the same events come about eight times slower."""
MAX_DEPTH = 24
MAX_NODES = 20_000
MAX_TEXT = 2_000
"""Characters of one text; also bounds every pattern that is run over it later."""
_CURLY_QUOTES = frozenset("\u201c\u201d\u201e\u201f")


class _TooDeepError(Exception):
    """The file goes past a limit; the problem has been noted."""


class Tree(Struct):
    """One file being read: how deep and how long it is so far, and what was noted."""

    file: str
    lines: list[str]
    problems: list[Problem]
    depth: int = 0
    count: int = 0
    following: Callable[[], Any] = lambda: None
    """The next event of the parser; nothing before there is a text."""

    def build(self, text: str) -> Node | None:
        """The root node, or None with a problem noted."""
        parser = PARSER(text)
        self.following = parser.get_event
        root = None
        try:
            root = self._document()
        except yaml.MarkedYAMLError as error:
            from tui.yamlfile.complaint import explain  # only a mistake pays for its patterns

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
        if root is None and not has_errors(self.problems):
            advice = "start with a line such as   title: My first script"
            self.problems.append(Problem(self.file, 1, 1, "PH011", "error", "the file is empty", advice))
        return root

    def _document(self) -> Node | None:
        self.following()  # the stream begins
        if type(self.following()) is yaml.StreamEndEvent:
            return None
        root = self._value(self.following(), None)
        self.following()  # the document ends
        event = self.following()
        if type(event) is not yaml.StreamEndEvent:
            self._note(
                event,
                "PH018",
                "a second document begins here; only the first is read",
                "delete the --- line, or move what follows into a file of its own",
            )
        return root

    def _value(self, event: Any, key: Any) -> Node:
        """The node that begins with this event; `key` is its key's event, if it has one."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._refuse_alias(event)
            return self._node("text", "", event, key, 1)
        if event.anchor or event.tag is not None:
            self._refuse_marks(event)
        if kind is yaml.ScalarEvent:
            return self._text(event, key)
        return self._map(event, key) if kind is yaml.MappingStartEvent else self._list(event, key)

    def _text(self, event: Any, key: Any) -> Node:
        value: str = event.value
        if len(value) > MAX_TEXT or event.style == '"' or not value.isascii():
            value = self._looked_at(value, event)
        start, end = event.start_mark, event.end_mark
        to = end.column if end.line == start.line else len(self._line_of(event))
        return self._node("text", value, event, key, max(1, to - start.column), bool(event.style))

    def _looked_at(self, value: str, event: Any) -> str:
        """A text as it may stay, with what is odd about it noted."""
        if len(value) > MAX_TEXT:
            self._note(
                event,
                "PH017",
                f"a text of {len(value)} characters; at most {MAX_TEXT} fit",
                "nobody can say or read that in one go: split it",
            )
            value = value[:MAX_TEXT]
        if value[:1] in _CURLY_QUOTES and not event.style and len(value) > 1 and value[-1] in _CURLY_QUOTES:
            self._note(
                event,
                "PH008",
                "these are curly quotes, as Word writes them; they count as part of the text",
                "type straight quotes, or none: the words are read as they stand",
                "warning",
            )
        if event.style == '"' and "\\" in self._line_of(event) and (bad := source.refused_character(value)):
            self._note(event, "PH004", f"an invisible control character {bad} is written here", "delete it")
            value = source.replace_refused(value)
        return value

    def _list(self, event: Any, key: Any) -> Node:
        parts: list[Node] = []
        node = self._node("list", parts, event, key, 1)
        self._go_deeper(event)
        while type(at := self.following()) is not yaml.SequenceEndEvent:
            parts.append(self._value(at, None))
        self._come_back(node, at)
        return node

    def _map(self, event: Any, key: Any) -> Node:
        entries: dict[str, Node] = {}
        node = self._node("map", entries, event, key, 1)
        self._go_deeper(event)
        while type(at := self.following()) is not yaml.MappingEndEvent:
            name = self._key(at, entries)
            value = self._value(self.following(), at)
            if name is not None:
                entries[name] = value
        self._come_back(node, at)
        return node

    def _go_deeper(self, event: Any) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._note(
                event, "PH016", f"more than {MAX_DEPTH} levels inside each other", "is a bracket missing?"
            )
            raise _TooDeepError

    def _come_back(self, node: Node, event: Any) -> None:
        self.depth -= 1
        end = event.end_mark
        if end.line + 1 == node.line:
            node.length = max(1, end.column + 1 - node.col)

    def _key(self, event: Any, entries: dict[str, Node]) -> str | None:
        """The key to put the next value under; None, with a problem noted, when it cannot be one."""
        if type(event) is not yaml.ScalarEvent:
            self._refuse_key(event)
            return None
        if event.anchor or event.tag is not None:
            self._refuse_marks(event)
        key = source.without_zero_width(event.value)
        if not key:
            self._note(event, "PH014", "there is a colon here without a key before it", "write  key: text")
        elif key == "<<" and not event.style:
            self._note(
                event,
                "PH019",
                "merging with << is not read here",
                "write the lines out, or use `extends:`, `include:` or `snippets:` in a script",
            )
        elif key in entries:
            self._note(
                event,
                "PH015",
                f"`{key}` is written twice in the same place",
                f"the first one is on line {entries[key].key_line}; only one can count",
            )
        elif len(key) > MAX_TEXT:
            self._note(event, "PH017", "this key is far too long", "is a colon missing, or a quote?")
        else:
            return key
        return None

    def _node(
        self, kind: Kind, value: Value, event: Any, key: Any, length: int, quoted: bool = False
    ) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            self._note(
                event, "PH016", f"more than {MAX_NODES} entries in one file", "split it into several files"
            )
            raise _TooDeepError
        at = event.start_mark
        if key is None:
            return Node(kind, value, at.line + 1, at.column + 1, self.file, 0, 0, length, 0, quoted)
        start, end = key.start_mark, key.end_mark
        wide = max(1, end.column - start.column) if end.line == start.line else 1
        places = (at.line + 1, at.column + 1, self.file, start.line + 1, start.column + 1)
        return Node(kind, value, *places, length, wide, quoted)

    def _line_of(self, event: Any) -> str:
        index = event.start_mark.line
        return self.lines[index] if index < len(self.lines) else ""

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self._note(
                event,
                "PH012",
                f"names such as &{event.anchor} are not read here",
                "delete it; text that starts with & needs double quotes",
            )
        if event.tag is not None:
            self._note(
                event,
                "PH013",
                f"YAML tags are not read here ({event.tag})",
                "put the text in double quotes if it really starts with !",
            )

    def _refuse_alias(self, event: Any) -> None:
        self._note(
            event,
            "PH012",
            f"shortcuts such as *{event.anchor} are not read here",
            "write the text out, or define it once and use it by its name",
        )

    def _refuse_key(self, event: Any) -> None:
        """A list, a map or an alias stands where a key should: it is read past."""
        if type(event) is yaml.AliasEvent:
            self._refuse_alias(event)
            return
        self._refuse_marks(event)
        start = event.start_mark
        line = self._line_of(event)
        before = line[max(0, start.column - 1) : start.column]
        if before == "{" and line[start.column : start.column + 1] == "{":
            from tui.yamlfile.complaint import starts_with_curly

            rest = line[start.column - 1 :].strip()
            place = (self.file, start.line + 1, start.column)
            self.problems.append(Problem(*place, "PH010", "error", *starts_with_curly(rest), len(rest)))
        else:
            self._note(
                event, "PH014", "a key must be plain text", "a list or a group of keys cannot be a key"
            )
        if type(event) is yaml.MappingStartEvent:
            self._map(event, None)
        else:
            self._list(event, None)

    def _note(
        self, event: Any, code: str, message: str, advice: str = "", severity: Severity = "error"
    ) -> None:
        start, end = event.start_mark, event.end_mark
        length = max(1, end.column - start.column) if end.line == start.line else 1
        line = min(start.line + 1, max(1, len(self.lines)))
        self.problems.append(
            Problem(self.file, line, start.column + 1, code, severity, message, advice, length)
        )


class Read(Struct, frozen=True):
    """What came of reading a file. `node` is None when nothing could be made of it."""

    node: Node | None
    problems: list[Problem]
    lines: list[str]
    """The source lines, for excerpts."""

    @property
    def ok(self) -> bool:
        """Whether there is a tree and no error."""
        return self.node is not None and not has_errors(self.problems)


def read_file(path: Path | str, file: str = "", within: Path | None = None) -> Read:
    """Reads a file from disk. `file` is the name used in problems (default: the path). Never raises.

    `within`: the folder it is read for; a link that leads out of it is not followed.
    """
    shown = file or str(path)
    raw, problems = source.read_bytes(Path(path), shown, within)
    if problems:
        return Read(None, problems, [])
    text, problems = source.decode(raw, shown)
    if problems:
        return Read(None, problems, text.replace("\r\n", "\n").split("\n"))
    return read_text(text, shown)


def read_text(text: str, file: str) -> Read:
    """Reads YAML text; `file` is the name used in problems. Never raises, never hangs."""
    tidied, problems = source.tidy(text, file)
    lines = tidied.split("\n")
    if any(p.code in ("PH001", "PH003") for p in problems):
        return Read(None, problems, lines)
    tree = Tree(file, lines, problems)
    return Read(tree.build(tidied), in_order(problems), lines)
