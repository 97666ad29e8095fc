"""A script with everything it takes from other files, each part with the place it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from tui.script.inherit import Folder
from tui.script.model import Script
from tui.script.yamltext import key, scalar
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem

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
