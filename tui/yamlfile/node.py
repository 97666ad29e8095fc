"""A light YAML node: text, list or map, with the place of the value and of its key."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Union

Kind = Literal["text", "list", "map"]
Value = Union[str, "list[Node]", "dict[str, Node]"]


@dataclass(slots=True, eq=False)
class Node:
    """One value of a file. Every scalar is text; lines and columns start at 1. Treated as immutable."""

    kind: Kind
    value: Value
    line: int
    col: int
    file: str
    key_line: int = 0
    """Line of the key this value belongs to; 0 for items of a list and for the whole file."""
    key_col: int = 0
    length: int = 1
    """Characters of the value on its first line."""
    key_length: int = 0
    quoted: bool = False
    """Written in quotes, or as a block after `|` or `>`."""

    @property
    def text(self) -> str:
        """The text of a text node; empty for a list or a map."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def entries(self) -> dict[str, Node]:
        """Key to value of a map, in the order of the file; empty for the other kinds."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def parts(self) -> list[Node]:
        """The items of a list; empty for the other kinds."""
        return self.value if isinstance(self.value, list) else []

    @property
    def empty(self) -> bool:
        """Nothing was written: no value after the key, or `~`."""
        return self.kind == "text" and not self.quoted and self.value in ("", "~")

    def get(self, key: str) -> Node | None:
        """The value under `key` of a map, or None."""
        return self.entries.get(key)

    def items(self) -> ItemsView[str, Node]:
        """Key and value pairs of a map; nothing for the other kinds."""
        return self.entries.items()

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[Node]:
        """The items of a list, or the values of a map."""
        return iter(self.parts or self.entries.values())

    def become(self, kind: Kind, value: Value) -> Node:
        """A node with another value that keeps this one's place and key (used to expand short forms)."""
        return replace(self, kind=kind, value=value)

    def unkeyed(self) -> Node:
        """The same value without its key's place: for use as a value under another key."""
        return replace(self, key_line=0, key_col=0, key_length=0)

    def plain(self) -> str | list[object] | dict[str, object]:
        """The value as ordinary Python data, all scalars text."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value
