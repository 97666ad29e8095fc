"""Writes an `end:` or a `do:` that a call would ignore into a line of its own; nothing is said otherwise for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.script.shorthand import expand
from tui.script.together import ignored, ignored_keys
from tui.yamlfile.node import Node
from tui.yamlfile.read import read_text

_SPLIT = ("end", "do")
_UNSURE = frozenset({"when", "id", "use", "goto"})
"""Beside these it is not certain when the second line would come up, or which of the two was meant."""
_DASHED = re.compile(r"(?P<indent> *)- +(?P<rest>\S.*)", re.DOTALL)


def split_one(lines: Sequence[str], root: Node) -> tuple[list[str], int, str] | None:
    """The lines with the first such key in a line of its own, where it stood (from 1), and which; None: nothing."""
    lost = {(problem.line, problem.col) for problem in ignored_keys(expand(root))}
    for item in _items(root):
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


def _items(node: Node) -> Iterator[Node]:
    """Every group of keys that is an item of a list."""
    for child in node:
        if node.kind == "list" and child.kind == "map":
            yield child
        yield from _items(child)
