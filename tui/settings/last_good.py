"""What stands in for a settings file that cannot be read: its last good version, else the strictest reading.

Where a file has a mistake, an earlier version says what the file says there: without that a colon in the wrong place
would put the built-in value in force, with other hours, no lock and no assignment of scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.settings.layers import Leaf, Path, Source, Stack, node_of
from tui.settings.settings import SETTINGS, is_known
from tui.yamlfile.problem import Node, Problem, nearest
from tui.yamlfile.read import read_file

if TYPE_CHECKING:
    from tui.yamlfile.copies import Copy

NO_FILE = "PH905"
"""Code of the warning that there is no team file: one that was there is as good as broken."""
EMPTY = "PH011"
"""Code of a file with nothing in it: the same."""
UNREAD = "until it can be read"
"""Stands for the file's name at a lock that nobody wrote: the file's own locks are not known."""
Versions = Callable[[], "Iterable[Copy]"]
"""Earlier versions of a file, the newest first."""
Layer = Callable[[Node, list[Problem]], list[Leaf]]
"""From the tree of a file to the values that may count; problems are appended."""
ASSIGN: Path = ("scripts", "assign")
"""Who gets which script: the one list of which the lines that can be read count although another cannot."""


class LastGood(Struct, frozen=True):
    """An earlier version that is in force in part."""

    at: datetime | None
    """When it was first read on this computer, UTC; None when none is known here: the built-in rules bind."""
    mistake: Problem
    """Why it is needed."""
    sections: tuple[str, ...]
    """The top keys of which it gives something, in its order."""


class File(Struct, frozen=True):
    """A file of settings as it was read."""

    root: Node | None
    problems: tuple[Problem, ...]
    is_cut: bool = False
    """It ends within a line, as one that is half written."""


def fill(stack: Stack, file: File, source: Source, versions: Versions, layer: Layer) -> LastGood | None:
    """Put what a file says where it has a mistake onto the stack, from its earlier versions, the newest first.

    Only sections that hold a mistake are filled, and of these only what the file does not give. A version with a
    mistake of its own is filled from the one before. None when nothing is wrong, or nothing to fill.
    """
    mistake = next((one for one in file.problems if _is_mistake(one)), None)
    if mistake is None:
        return None
    at, sections = None, dict[str, None]()
    wrong = _wrong_sections(file)
    given = {path for path, leaves in stack.leaves.items() if any(_counts(leaf, source) for leaf in leaves)}
    for copy in versions():
        read = read_file(copy.path)
        if read.node is None or read.node.kind != "map":
            continue
        problems = list(read.problems)
        missing = [
            leaf for leaf in layer(read.node, problems) if leaf.path not in given and wrong(leaf.path[0])
        ]
        stack.put(missing)
        given |= {leaf.path for leaf in missing}
        sections |= dict.fromkeys(leaf.path[0] for leaf in missing)
        at = at or (copy.at if missing else None)
        if not any(map(_is_mistake, problems)):
            break
        wrong = _both(wrong, _wrong_sections(File(read.node, tuple(problems))))
    unread = file.root is None and mistake.severity == "error" and mistake.code != EMPTY
    if source is Source.TEAM and _lock_is_unknown(stack, file, unread and at is None):
        names = [one.name for one in SETTINGS if one.lock is not None]
        stack.put([Leaf(("lock",), tuple(names), node_of([*names], UNREAD), Source.TEAM)])
    if at is not None:
        return LastGood(at, mistake, tuple(sections))
    return LastGood(None, mistake, ()) if unread and source is Source.TEAM else None


def _lock_is_unknown(stack: Stack, file: File, unread: bool) -> bool:
    """Whether the locks were written and cannot be read: then a rep may only be stricter in everything."""
    if any(leaf.source is Source.TEAM for leaf in stack.leaves.get(("lock",), ())):
        return False
    keys = [name for name, _ in file.root.items()] if file.root is not None else []
    meant = any(name == "lock" or (not is_known((name,)) and nearest(name, ("lock",))) for name in keys)
    return unread or meant


def _is_mistake(problem: Problem) -> bool:
    return problem.severity == "error" or problem.code == NO_FILE


def _counts(leaf: Leaf, source: Source) -> bool:
    """Whether the file gives this value whole; a list of assignments with a line nobody can read it does not."""
    whole = leaf.path != ASSIGN or all(rule.script for rule in leaf.value)
    return leaf.source is source and whole


def _wrong_sections(file: File) -> Callable[[str], bool]:
    """Tells whether a top key has a mistake in it. Every key the file lacks may be meant where one is misspelt, and
    where the file ends in the middle of a mistake.
    """
    keys = list(file.root.items()) if file.root is not None else []
    if not keys:
        return lambda _name: True
    lines = [problem.line for problem in file.problems if problem.severity == "error"]
    wrong = {
        next((name for name, value in reversed(keys) if value.key_line <= line), keys[0][0]) for line in lines
    }
    there = {name for name, _ in keys}
    lacks = any(not is_known((name,)) for name in wrong) or (file.is_cut and keys[-1][0] in wrong)
    return lambda name: name in wrong or (lacks and name not in there)


def _both(one: Callable[[str], bool], other: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda name: one(name) and other(name)


def newest_first(*kinds: Iterable[Copy]) -> Iterator[Copy]:
    """Versions from several places, each said once."""
    told = set[str]()
    for copy in sorted((one for kind in kinds for one in kind), key=lambda one: one.at, reverse=True):
        if copy.digest not in told:
            told.add(copy.digest)
            yield copy
