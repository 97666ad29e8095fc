"""Trees of settings: plain data to nodes, nodes to leaves, and the short forms written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct, field

from tui.locale.spoken import filled
from tui.yamlfile.problem import Node, Plain

T = TypeVar("T")
Path = tuple[str, ...]
"""A setting's name in parts: `("cadence", "attempts")`."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOCAL = "local"
"""`team.timezone`: the zone of the computer."""
REMOVED = frozenset({"off", "no", "none", "false"})
_SWITCHED_ON = frozenset({"on", "yes", "true"})
_DAY_RANGE = re.compile(r"([a-z]{3})\s*[-–]\s*([a-z]{3})")


class Branch(Struct, frozen=True):
    """The way from the root of a file to one value: the nodes of the groups around it, outermost first."""

    path: Path
    groups: tuple[Node, ...]
    node: Node

    def alone(self) -> Node:
        """The file as if it held this one value."""
        return together((self,), self.groups[0])


def together(found: Iterable[Branch], root: Node) -> Node:
    """The file as if it held only these values."""
    tree = root.become("map", {})
    for branch in found:
        group = tree
        for name, below in zip(branch.path[:-1], branch.groups[1:], strict=True):
            if name not in group.entries:
                group.entries[name] = below.become("map", {})
            group = group.entries[name]
        group.entries[branch.path[-1]] = branch.node
    return tree


def branches(root: Node) -> Iterator[Branch]:
    """Every text and every list of a tree, with the way to it. An empty group gives nothing."""
    yield from _branches(Branch((), (), root))


def _branches(at: Branch) -> Iterator[Branch]:
    if at.node.kind != "map":
        yield at
        return
    for name, child in at.node.items():
        yield from _branches(Branch((*at.path, name), (*at.groups, at.node), child))


def node_of(plain: Plain, file: str) -> Node:
    """Nodes for plain data; `file` stands where a file's name would, at line 0."""
    if isinstance(plain, dict):
        return Node("map", {name: node_of(value, file) for name, value in plain.items()}, 0, 0, file)
    if isinstance(plain, list):
        return Node("list", [node_of(value, file) for value in plain], 0, 0, file)
    return Node("text", plain, 0, 0, file, quoted=True)


def single(path: Path, leaf: Node) -> Node:
    """A tree that holds one value."""
    tree = leaf
    for name in reversed(path):
        tree = Node("map", {name: tree}, leaf.line, leaf.col, leaf.file)
    return tree


def written_out(root: Node) -> Node:
    """The tree with its short forms expanded: `dialer: uri`, `mon-fri:`, `win: off`. Places stay."""
    if root.kind != "map":
        return root
    return root.become("map", {name: _expanded(name, node) for name, node in root.items()})


def _expanded(name: str, node: Node) -> Node:
    kind, expand = _SHORT_FORMS.get(name, ("", None))
    return expand(node) if expand and node.kind == kind and not node.empty else node


def _one_word(key: str, node: Node) -> Node:
    """A group for which one word may stand: it is the value of this key."""
    return node.become("map", {key: node})


def _one_program(node: Node) -> Node:
    return node.become("list", [node.become("text", word) for word in node.text.split()])


def _removed_outcomes(node: Node) -> Node:
    removed = {name: child.become("text", "yes") for name, child in node.items() if _is_off(child)}
    return node.become(
        "map", dict(node.items()) | {n: one.become("map", {"off": one}) for n, one in removed.items()}
    )


def _is_off(node: Node) -> bool:
    return node.kind == "text" and node.text.casefold() in REMOVED


def _is_on(node: Node) -> bool:
    return node.kind == "text" and node.text.casefold() in _SWITCHED_ON


def _days(node: Node) -> Node:
    """Ranges of days become days; a day that is named itself wins over a range, wherever it stands."""
    days = {day: child for name, child in node.items() for day in days_of(name)}
    named = {name: child for name, child in node.items() if not days_of(name)}
    if "law_packs" in named:
        named["law_packs"] = _packs_turned_off(named["law_packs"])
    return node.become("map", {**days, **named})


def _packs_turned_off(node: Node) -> Node:
    """`{IT: off}` stands for every pack but Italy's: `[all, -IT]`. A value that is no switch says nothing."""
    if node.kind != "map" or not all(_is_off(one) or _is_on(one) for one in node):
        return node
    off = [child.become("text", f"-{name}") for name, child in node.items() if _is_off(child)]
    return node.become("list", [node.become("text", "all"), *off])


_SHORT_FORMS: dict[str, tuple[str, Callable[[Node], Node]]] = {
    "dialer": ("text", partial(_one_word, "kind")),
    "calling_window": ("map", _days),
    "outcomes": ("map", _removed_outcomes),
    "editor": ("text", _one_program),
    "scripts": ("text", partial(_one_word, "folder")),
}
"""By top key: the kind of value that is a short form, and what it stands for."""


def days_of(name: str) -> tuple[str, ...]:
    """The days of a range such as `mon-fri`; empty when it is none."""
    found = _DAY_RANGE.fullmatch(name.strip().lower())
    if not found or found[1] not in DAYS or found[2] not in DAYS:
        return ()
    first, last = DAYS.index(found[1]), DAYS.index(found[2])
    return DAYS[first : last + 1] if first <= last else DAYS[first:] + DAYS[: last + 1]


def days_together(rows: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """Names of settings with what is said of each; days that follow each other and agree are one: `….mon-fri`."""
    for _, alike in groupby(enumerate(rows), _run):
        names = [(name, said) for _, (name, said) in alike]
        (first, said), last = names[0], names[-1][0]
        yield (first if len(names) == 1 else f"{first}-{last.partition('.')[2]}"), said


def _run(numbered: tuple[int, tuple[str, T]]) -> tuple[object, ...]:
    """Equal for the days of one run: their place in the week and among the rows grows alike."""
    place, (name, said) = numbered
    top, _, day = name.partition(".")
    return (said, DAYS.index(day) - place) if top == "calling_window" and day in DAYS else (place, name)


class Source(StrEnum):
    """Where a layer comes from; a later one wins."""

    BUILT_IN = "built-in"
    TEAM = "team"
    OWN = "own"
    ENVIRONMENT = "environment"


_FROM = {
    Source.BUILT_IN: "built-in",
    Source.TEAM: "team {place}",
    Source.OWN: "own {place}",
    Source.ENVIRONMENT: "environment {place}",
}
"""Where a value comes from, as a screen says it."""


class Origin(Struct, frozen=True):
    """Where a value stands: the layer, and the file with its line (0 when there is none)."""

    source: Source
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        """`team config.yaml:58`, `environment POWERHOUR_THEME`, `built-in`: in English, as in what a check says."""
        return _FROM[self.source].format(place=self._name).strip()

    @property
    def words(self) -> str:
        """The same in the language of the screens."""
        return filled(_FROM[self.source], {"place": self._name}).strip()

    @property
    def _name(self) -> str:
        return re.split(r"[/\\]", self.place)[-1] if self.line else self.place

    @property
    def place(self) -> str:
        """The file with its folders and the line, or the variable; empty for a built-in value."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Leaf(Struct, frozen=True):
    """One value of one layer."""

    path: Path
    value: Any
    """Typed and checked."""
    node: Node
    """As written."""
    source: Source

    @property
    def origin(self) -> Origin:
        """Where it stands."""
        in_file = self.source in (Source.TEAM, Source.OWN)
        line = (self.node.key_line or self.node.line) if in_file else 0
        file = "" if self.source is Source.BUILT_IN else self.node.file
        return Origin(self.source, file, line)


class Stack(Struct):
    """All values of all layers, by setting; the last one of a setting is in force."""

    leaves: dict[Path, list[Leaf]] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)
    """What was written somewhere and cannot be read; that was told."""

    def put(self, leaves: Iterable[Leaf]) -> None:
        """Lay one more layer on top."""
        for leaf in leaves:
            self.leaves.setdefault(leaf.path, []).append(leaf)

    def leaf(self, *path: str) -> Leaf | None:
        """The leaf in force, or None when nobody set it."""
        found = self.leaves.get(path)
        return found[-1] if found else None

    def shared(self, *path: str) -> Leaf | None:
        """The leaf a rep's own layers stand on: the team's, else the built-in one."""
        found = self.leaves.get(path, ())
        return next((leaf for leaf in reversed(found) if leaf.source in (Source.BUILT_IN, Source.TEAM)), None)

    def value(self, *path: str) -> Any:
        """The value in force. Raises KeyError for a setting that has no built-in value and was never set."""
        return self.leaves[path][-1].value

    def get(self, path: Path, default: Any) -> Any:
        """The value in force, or `default`."""
        found = self.leaf(*path)
        return default if found is None else found.value

    def names(self, *path: str) -> tuple[str, ...]:
        """Names under a group, in the order they were first seen."""
        depth = len(path)
        return tuple(dict.fromkeys(p[depth] for p in self.leaves if len(p) > depth and p[:depth] == path))
