"""Loads one call script: read, expand, merge what it extends, check against the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from tui.script.files.extends import Folder, Resolved, SourceFile
from tui.script.files.writing import key, scalar
from tui.script.language.key_pairs import ignored_keys
from tui.script.language.model import Script
from tui.yamlfile.contract import Path as PlacePath
from tui.yamlfile.contract import check
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, has_errors, in_order


@dataclass(frozen=True)
class Loaded:
    """A script with everything needed to talk about its text."""

    file: str
    """The script's own file, as named in problems."""
    script: Script | None
    """None when an error keeps it from being used."""
    problems: tuple[Problem, ...]
    """What was found on reading. With a script beside them they keep it from nothing but what they name."""
    sources: tuple[SourceFile, ...] = ()
    """The file itself, then those it extends and includes."""
    node: Node | None = None
    """The merged tree; None when nothing could be read."""

    @cached_property
    def places(self) -> dict[PlacePath, Node]:
        """The node behind every path of the script. A second walk, for the few who ask: no call does."""
        found: dict[PlacePath, Node] = {}
        if self.node is not None:
            check(self.node, Script, [], found)
        return found

    @property
    def lines(self) -> dict[str, list[str]]:
        """The source lines of each file, for excerpts."""
        return {source.file: source.lines for source in self.sources}

    @property
    def shared(self) -> bool:
        """Whether the file holds shared parts (`_…`), which are never offered to reps."""
        return bool(self.sources) and is_shared(self.sources[0].path)


def is_shared(path: Path) -> bool:
    """Whether a file holds parts for other scripts: its name starts with `_`."""
    return path.name.startswith("_")


def load(path: Path, folder: Folder | None = None) -> Loaded:
    """The script in a file. Never raises: what is wrong is in `problems`."""
    folder = folder or Folder(path.parent)
    return build(folder.resolve(path), path)


def build(resolved: Resolved, path: Path) -> Loaded:
    """A script from its merged tree."""
    problems = list(resolved.problems)
    node = script = None
    if resolved.node is not None:
        node = _titled(resolved.node, path)
        script = check(node, Script, problems)
    sources = tuple(resolved.sources)
    if script is not None and not has_errors(problems):
        script = replace(script, id=script.id or path.stem, hash=resolved.digest)
    else:
        script = None
    if node is not None:  # an error from now on keeps no script from a call: it is used, and the rep is told
        lines = {source.file: source.lines for source in sources}
        problems += [p for p in ignored_keys(node) if p.code not in silenced(lines.get(p.file, ()), p.line)]
    return Loaded(sources[0].file, script, tuple(in_order(problems)), sources, node)


def _titled(node: Node, path: Path) -> Node:
    """Shared parts need no title of their own."""
    if node.kind != "map" or not is_shared(path) or "title" in node:
        return node
    title = Node("text", path.stem, node.line, node.col, node.file, quoted=True)
    return node.become("map", {"title": title, **node.entries})


_IGNORE = re.compile(r"#\s*ph:\s*ignore(-file)?\b((?:[\s,]+PH\d{3})+)", re.IGNORECASE)
_CODE = re.compile(r"PH\d{3}", re.IGNORECASE)


def silenced(lines: Sequence[str], line: int) -> set[str]:
    """The codes not to be reported on a line (from 1): for the whole file, on it, or in comments just above it."""
    first = line - 1
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return _codes(lines, whole_file=True) | _codes(lines[first:line], whole_file=False)


def _codes(lines: Iterable[str], whole_file: bool) -> set[str]:
    comments = (found for line in lines if (found := _IGNORE.search(line)))
    wanted = (found.group(2) for found in comments if bool(found.group(1)) is whole_file)
    return {code.upper() for codes in wanted for code in _CODE.findall(codes)}


_COLUMN = 84
_MERGED = frozenset({"extends", "include", "without"})
"""Keys whose work is done once the parts are in place."""


def resolved_text(
    path: Path, folder: Folder | None = None, *, origins: bool = True
) -> tuple[str, list[Problem]]:
    """The whole script as YAML that can be read again, and the problems met on the way.

    With `origins` every line ends in `# file:line`. The text is empty when the file cannot be read.
    """
    folder = folder or Folder(path.parent, lambda source: source.name)
    found = folder.resolve(path)
    if found.node is None or found.node.kind != "map":
        return "", found.problems
    keys = {name: node for name, node in sorted(found.node.items(), key=_position) if name not in _MERGED}
    rows = list(_map(found.node.become("map", keys), 0))
    return "".join(_with_origin(row, node if origins else None) for row, node in rows), found.problems


_Row = tuple[str, Node]
"""A line of YAML and the node it stands for."""
_ORDER = {field.name: position for position, field in enumerate(fields(Script))}


def _position(entry: tuple[str, Node]) -> int:
    """Where a key stands in a script, whoever wrote it; unknown keys come last."""
    return _ORDER.get(entry[0], len(_ORDER))


def _map(node: Node, depth: int) -> Iterator[_Row]:
    for name, child in node.items():
        yield from _child(f"{'  ' * depth}{key(name)}:", child, depth)


def _list(node: Node, depth: int) -> Iterator[_Row]:
    indent = "  " * depth
    for item in node.parts:
        if item.kind == "map" and item.entries:
            rows = list(_map(item, depth + 1))
            first, place = rows[0]
            yield f"{indent}- {first.lstrip()}", place
            yield from rows[1:]
        else:
            yield from _child(f"{indent}-", item, depth)


def _child(head: str, node: Node, depth: int) -> Iterator[_Row]:
    """A key or a dash with what follows it: on its line, or on the lines below."""
    if node.kind == "text":
        yield head if node.empty else f"{head} {scalar(node.text)}", node
    elif not node.value:
        yield f"{head} {'{}' if node.kind == 'map' else '[]'}", node
    else:
        yield head, node
        yield from _map(node, depth + 1) if node.kind == "map" else _list(node, depth + 1)


def _with_origin(row: str, node: Node | None) -> str:
    if node is None:
        return f"{row}\n"
    return f"{row.ljust(_COLUMN)}  # {node.file}:{node.key_line or node.line}\n"
