"""What is in force and why: every setting, its value, where it comes from, and what it hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from tui import plaintext
from tui.settings.layers import DAYS, Leaf, Path, flow
from tui.settings.load import Loaded
from tui.settings.settings import SETTINGS, setting_at
from tui.yamlfile.problem import Node

_DAYS = tuple(f"calling_window.{day}" for day in DAYS)
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
    help: str = ""
    """What the setting is for."""


def explain(loaded: Loaded, key: str = "") -> tuple[Row, ...]:
    """Every setting in the order of the file, or only those whose name begins with `key`."""
    order = {name: place for place, name in enumerate(dict.fromkeys(one.path[0] for one in SETTINGS))}
    found = sorted(loaded.stack.leaves.items(), key=lambda item: order[item[0][0]])
    rows = (_row(path, leaves) for path, leaves in found)
    wanted = key.strip()
    return tuple(row for row in _days_together(rows) if not wanted or f"{row.key}.".startswith(f"{wanted}."))


def _row(path: Path, leaves: list[Leaf]) -> Row:
    *below, top = leaves
    setting = setting_at(path)
    value = _shown(top.node)
    hidden = ((_shown(leaf.node), str(leaf.origin)) for leaf in reversed(below))
    hides = tuple(one for one in hidden if one[0] != value)
    name = "dialer" if path == ("dialer", "kind") else plaintext.clean(".".join(path), SHOWN)
    return Row(name, value, str(top.origin), hides, setting.shape.doc if setting else "")


def _shown(node: Node) -> str:
    written = flow(node)
    return plaintext.clean(written if node.kind != "text" or not node.text else node.text, SHOWN)


def _days_together(rows: Iterable[Row]) -> Iterator[Row]:
    """Days that follow each other and agree become one row: `calling_window.mon-fri`."""
    for _, alike in groupby(rows, lambda row: replace(row, key="") if row.key in _DAYS else row):
        first, *others = alike
        to = others[-1].key.removeprefix("calling_window.") if others else ""
        yield replace(first, key=f"{first.key}-{to}") if to else first
