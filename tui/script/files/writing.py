"""Writes YAML that a person can go on editing: texts plain where that is safe, whole scripts, files in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from tui.script.files.extends import Folder
from tui.script.language.model import Script
from tui.yamlfile.problem import Node, Problem
from tui.yamlfile.read import read_text

_FILE = "written here"


@lru_cache(maxsize=2048)
def scalar(text: str) -> str:
    """The text as the value of a key or an item of a list."""
    return text if _reads_back(f"k: {text}", text) and _reads_back(f"- {text}", text) else quoted(text)


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """The text as a key, without its colon."""
    read = read_text(f"{text}: x", _FILE)
    plain = read.ok and not read.problems and read.node is not None and list(read.node.entries) == [text]
    return text if plain and not text.startswith("-") else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _reads_back(line: str, text: str) -> bool:
    if not text or "\n" in text:
        return False
    read = read_text(line, _FILE)
    if read.problems or read.node is None:
        return False
    found = read.node.get("k") or next(iter(read.node.parts), None)
    return found is not None and found.kind == "text" and not found.empty and found.text == text


def save(path: Path, text: str) -> None:
    """Replace a file in one step, keeping its mode and symlinks; it is on disk when this returns.

    Raises `OSError` when that cannot be done; the file is then as it was, and nothing is left beside it.
    """
    place = path.resolve()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(place.stat().st_mode & 0o777)
        Path(name).replace(place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


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
    ordered = sorted(found.node.items(), key=lambda entry: _ORDER.get(entry[0], len(_ORDER)))
    keys = {name: node for name, node in ordered if name not in _MERGED}
    rows = list(_map(found.node.become("map", keys), 0))
    return "".join(_with_origin(row, node if origins else None) for row, node in rows), found.problems


_Row = tuple[str, Node]
"""A line of YAML and the node it stands for."""
_ORDER = {field.name: position for position, field in enumerate(fields(Script))}
"""Where a key stands in a script, whoever wrote it; unknown keys come last."""


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
