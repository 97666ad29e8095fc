"""What is in force and why: every setting, its value, where it comes from, and what it hides."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tui import plaintext
from tui.settings.layers import Leaf, Path, days_together
from tui.settings.load import Loaded
from tui.settings.settings import SETTINGS, setting_at
from tui.yamlfile.problem import Node, flow

SHOWN = 200
"""Characters of a value that are shown."""


class Row(Struct, frozen=True):
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
    place: str = ""
    """The file with its folders and the line; empty for a built-in value."""


def explain(loaded: Loaded, key: str = "") -> tuple[Row, ...]:
    """Every setting in the order of the file, or only those whose name begins with `key`."""
    order = {name: place for place, name in enumerate(dict.fromkeys(one.path[0] for one in SETTINGS))}
    found = sorted(loaded.stack.leaves.items(), key=lambda item: order[item[0][0]])
    made = (_row(path, leaves) for path, leaves in found)
    named = days_together((row.key, replace(row, key="")) for row in made)
    rows = (replace(row, key=name) for name, row in named)
    wanted = key.strip()
    return tuple(row for row in rows if not wanted or f"{row.key}.".startswith(f"{wanted}."))


def _row(path: Path, leaves: list[Leaf]) -> Row:
    *below, top = leaves
    setting = setting_at(path)
    value = _shown(top.node)
    hidden = ((_shown(leaf.node), leaf.origin.words) for leaf in reversed(below))
    hides = tuple(one for one in hidden if one[0] != value)
    name = "dialer" if path == ("dialer", "kind") else plaintext.clean(".".join(path), SHOWN)
    return Row(name, value, top.origin.words, hides, setting.shape.doc if setting else "", top.origin.place)


def _shown(node: Node) -> str:
    written = flow(node)
    return plaintext.clean(written if node.kind != "text" or not node.text else node.text, SHOWN)
