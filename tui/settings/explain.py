"""What is in force and why: every setting, its value, where it comes from, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass

from tui import plaintext
from tui.settings.layers import Leaf, Path, flow
from tui.settings.load import Loaded
from tui.settings.model import DAYS
from tui.settings.scope import every_key
from tui.yamlfile.node import Node

SHOWN = 200
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of `powerhour config`."""

    key: str
    value: str
    """As one would write it in config.yaml."""
    origin: str
    """`team config.yaml:58`, `built-in` …"""
    hides: tuple[tuple[str, str], ...] = ()
    """Other values below it, the nearest first: value and origin."""


def explain(loaded: Loaded, key: str = "") -> tuple[Row, ...]:
    """Every setting in the order of the file, or only those whose name begins with `key`."""
    order = {name: place for place, name in enumerate(dict.fromkeys(path[0] for path, _ in every_key()))}
    found = sorted(loaded.stack.leaves.items(), key=lambda item: order[item[0][0]])
    rows = [_row(_name(path), leaves) for path, leaves in found]
    return tuple(row for row in _days_together(rows) if _begins(row.key, key.strip()))


def _row(key: str, leaves: list[Leaf]) -> Row:
    *below, top = leaves
    value = _shown(top.node)
    hidden = ((_shown(leaf.node), str(leaf.origin)) for leaf in reversed(below))
    hides = tuple(one for one in hidden if one[0] != value)
    return Row(plaintext.clean(key, SHOWN), value, str(top.origin), hides)


def _name(path: Path) -> str:
    return "dialer" if path == ("dialer", "kind") else ".".join(path)


def _shown(node: Node) -> str:
    written = flow(node)
    return plaintext.clean(written if node.kind != "text" or not node.text else node.text, SHOWN)


def _begins(name: str, key: str) -> bool:
    return not key or name == key or name.startswith(f"{key}.")


def _days_together(rows: list[Row]) -> list[Row]:
    """Days that follow each other and agree become one row: `calling_window.mon-fri`."""
    together: list[Row] = []
    for row in rows:
        last = together[-1] if together else None
        if last is not None and _follows(last.key, row.key) and _same(last, row):
            first = last.key.removeprefix("calling_window.").partition("-")[0]
            name = f"calling_window.{first}-{row.key.removeprefix('calling_window.')}"
            together[-1] = Row(name, row.value, row.origin, row.hides)
        else:
            together.append(row)
    return together


def _follows(earlier: str, later: str) -> bool:
    if not (earlier.startswith("calling_window.") and later.startswith("calling_window.")):
        return False
    before = earlier.removeprefix("calling_window.").rpartition("-")[2]
    after = later.removeprefix("calling_window.")
    return before in DAYS and after in DAYS and DAYS.index(after) == DAYS.index(before) + 1


def _same(one: Row, other: Row) -> bool:
    return (one.value, one.origin, one.hides) == (other.value, other.origin, other.hides)
