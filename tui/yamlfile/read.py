"""YAML text to a tree of nodes. Every scalar is text: `no` stays no, 9:30 stays 9:30, 1.10 stays 1.10.

Nothing here raises or hangs, whatever the file holds; what is wrong with it comes back as problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui.yamlfile import source
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, has_errors, in_order
from tui.yamlfile.tree import Tree


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file. `node` is None when nothing could be made of it."""

    node: Node | None
    problems: list[Problem]
    lines: list[str]
    """The source lines, for excerpts."""

    @property
    def ok(self) -> bool:
        """Whether there is a tree and no error."""
        return self.node is not None and not has_errors(self.problems)


def read_file(path: Path | str, file: str = "", within: Path | None = None) -> Read:
    """Reads a file from disk. `file` is the name used in problems (default: the path). Never raises.

    `within`: the folder it is read for; a link that leads out of it is not followed.
    """
    shown = file or str(path)
    raw, problems = source.read_bytes(Path(path), shown, within)
    if problems:
        return Read(None, problems, [])
    text, problems = source.decode(raw, shown)
    if problems:
        return Read(None, problems, text.replace("\r\n", "\n").split("\n"))
    return read_text(text, shown)


def read_text(text: str, file: str) -> Read:
    """Reads YAML text; `file` is the name used in problems. Never raises, never hangs."""
    tidied, problems = source.tidy(text, file)
    lines = tidied.split("\n")
    if any(p.code in ("PH001", "PH003") for p in problems):
        return Read(None, problems, lines)
    tree = Tree(file, lines, problems)
    root = tree.build(tidied)
    return Read(root, in_order(problems), lines)
