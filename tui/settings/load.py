"""What an earlier version of the team's file says where the present one has a mistake.

Without it a colon in the wrong place would put the built-in value in force: other hours, no assignment of scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.settings import read
from tui.settings.assemble import assemble
from tui.settings.declare import built_in
from tui.settings.keymap import Known
from tui.settings.layers import Leaf, Origin, Source, Stack, node_of
from tui.settings.places import Places
from tui.settings.scope import unknown_locks
from tui.settings.settings import SETTINGS, Settings, is_known
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, has_errors, in_order
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
    misspelt = any(not is_known((name,)) for name in wrong)
    return lambda name: name in wrong or (misspelt and name not in there)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings in force, where each comes from, and what is wrong with the files."""

    settings: Settings
    places: Places
    problems: tuple[Problem, ...]
    stack: Stack
    """Every value of every layer; `explain` shows it."""
    lines: Mapping[str, list[str]] = field(default_factory=dict)
    """File name to its lines, for excerpts."""
    filled: LastGood | None = None
    """What an earlier version of the team's file gives, because the present one has a mistake there."""

    @property
    def origins(self) -> dict[str, Origin]:
        """Setting to where its value in force stands."""
        return {".".join(path): leaves[-1].origin for path, leaves in self.stack.leaves.items()}


def load(
    places: Places,
    environ: Mapping[str, str],
    flags: Mapping[str, str] | None = None,
    known: Known | None = None,
    versions: Versions = lambda: (),
) -> Loaded:
    """Everything in force. Never raises: what is wrong is a problem, and the value below it counts.

    `flags` are dotted names to texts (`{"theme": "nord"}`); `known` is what the rest of the program keeps. `versions`
    gives earlier good versions of the team's file, the newest first: asked only when the present one has a mistake.
    """
    return _Loading(places, environ, flags or {}, known or Known(), versions).run()


class _Loading:
    """One run through the layers."""

    def __init__(
        self,
        places: Places,
        environ: Mapping[str, str],
        flags: Mapping[str, str],
        known: Known,
        versions: Versions,
    ) -> None:
        self.places, self.environ, self.flags, self.known = places, environ, flags, known
        self.versions = versions
        self.stack = Stack()
        self.problems: list[Problem] = []
        self.lines: dict[str, list[str]] = {}
        self.around = read.Around(str(places.own), places.shared)

    def run(self) -> Loaded:
        """Reads every layer and puts the settings together."""
        self.tree(node_of(built_in(SETTINGS), Source.BUILT_IN.value), Source.BUILT_IN)
        before = len(self.problems)
        root = self.file(self.places.config, Source.TEAM)
        wrong = self.problems[before:]
        filled = fill_from_last_good(self.stack, root, wrong, self.versions, self.around)
        self.problems += unknown_locks(self.stack)
        if self.places.own.exists():
            self.file(self.places.own, Source.OWN)
        for node, problem in read.from_environment(self.environ):
            self.problems += [problem] if problem else []
            if node is not None:
                self.tree(node, Source.ENVIRONMENT)
        for node in read.from_flags(self.flags):
            self.tree(node, Source.COMMAND_LINE)
        settings = assemble(self.stack, self.places, self.known, self.environ, self.problems)
        return Loaded(settings, self.places, tuple(in_order(self.problems)), self.stack, self.lines, filled)

    def file(self, path: Path, source: Source) -> Node | None:
        """Lays a file on the stack and gives its tree; a file that cannot be read is left out, and told."""
        if not path.is_file():
            message = "there is no config.yaml here" if not path.exists() else "this is no file"
            advice = "the settings below it are in force;  powerhour init DIR  makes a team folder"
            self.problems.append(Problem(str(path), 1, 1, "PH905", "warning", message, advice))
            return None
        found = read_file(path, within=path.parent if source is Source.TEAM else None)
        self.lines[str(path)] = found.lines
        empty = found.node is None and [problem.code for problem in found.problems] == ["PH011"]
        if not empty:
            self.problems += found.problems
        if found.node is not None:
            if problem := read.edition(found.node, source):
                self.problems.append(problem)
            self.tree(found.node, source)
        return found.node

    def tree(self, root: Node, source: Source) -> None:
        """Lays a tree on the stack."""
        self.stack.put(read.layer(root, source, self.around, self.stack, self.problems))
