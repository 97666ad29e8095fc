"""The layers settings come from, and the stack that says which value is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tui.settings.tree import Path
from tui.yamlfile.node import Node


class Source(StrEnum):
    """Where a layer comes from; a later one wins."""

    BUILT_IN = "built-in"
    TEAM = "team"
    OWN = "own"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: the layer, and the file with its line (0 when there is none)."""

    source: Source
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        """`team config.yaml:58`, `environment POWERHOUR_THEME`, `built-in`."""
        if self.source is Source.BUILT_IN:
            return self.source.value
        return f"{self.source} {self.file}:{self.line}" if self.line else f"{self.source} {self.file}".strip()


@dataclass(frozen=True, slots=True)
class Leaf:
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


@dataclass(slots=True)
class Stack:
    """All values of all layers, by setting; the last one of a setting is in force."""

    leaves: dict[Path, list[Leaf]] = field(default_factory=dict)

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
