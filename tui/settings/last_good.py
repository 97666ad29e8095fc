"""What an earlier version of the team's file says where the present one has a mistake.

Without it a colon in the wrong place would put the built-in value in force: other hours, no assignment of scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui.settings import read
from tui.settings.layers import Leaf, Source, Stack
from tui.settings.shape import rule_at
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, has_errors
from tui.yamlfile.read import read_file

if TYPE_CHECKING:
    from tui.yamlfile.copies import Copy

NO_FILE = "PH905"
"""Code of the warning that there is no team file: one that was there is as good as broken."""
Versions = Callable[[], "Iterable[Copy]"]
"""Good versions of the team's file, the newest first."""


@dataclass(frozen=True, slots=True)
class LastGood:
    """An earlier version that is in force in part."""

    at: datetime
    """When it was first read on this computer, UTC."""
    mistake: Problem
    """Why it is needed."""
    sections: tuple[str, ...]
    """The top keys of which it gives something, in its order."""


def fill_from_last_good(
    stack: Stack, node: Node | None, problems: Iterable[Problem], versions: Versions, around: read.Around
) -> LastGood | None:
    """Put what the team's file says where it has a mistake onto the stack, from its last good version.

    Only sections that hold a mistake are filled, and of these only what the present file does not give. None when
    there is no mistake, no earlier version, or nothing to fill.
    """
    mistake = next((one for one in problems if one.severity == "error" or one.code == NO_FILE), None)
    if mistake is None:
        return None
    wrong = _sections(node, problems)
    given = {path for path, leaves in stack.leaves.items() if any(map(_counts, leaves))}
    for copy in versions():
        root = read_file(copy.path).node
        found: list[Problem] = []
        leaves = read.layer(root, Source.TEAM, around, stack, found) if root is not None else []
        if root is None or has_errors(found):
            continue
        missing = [leaf for leaf in leaves if leaf.path not in given and wrong(leaf.path[0])]
        stack.put(missing)
        sections = tuple(dict.fromkeys(leaf.path[0] for leaf in missing))
        return LastGood(copy.at, mistake, sections) if sections else None
    return None


def _counts(leaf: Leaf) -> bool:
    """Whether the team's file gives this value whole; a list of assignments with a line nobody can read it does not."""
    whole = leaf.path != read.ASSIGN or all(rule.script for rule in leaf.value)
    return leaf.source is Source.TEAM and whole


def _sections(node: Node | None, problems: Iterable[Problem]) -> Callable[[str], bool]:
    """Tells whether a top key has a mistake in it; where one is misspelt, every key the file lacks may be meant."""
    keys = list(node.items()) if node is not None else []
    if not keys:
        return lambda _name: True
    lines = [problem.line for problem in problems if problem.severity == "error"]
    wrong = {
        next((name for name, value in reversed(keys) if value.key_line <= line), keys[0][0]) for line in lines
    }
    there = {name for name, _ in keys}
    misspelt = any(rule_at((name,)) is None for name in wrong)
    return lambda name: name in wrong or (misspelt and name not in there)
