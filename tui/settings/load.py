"""Loading the settings: built-in, the team's file, the rep's own file, the environment, the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui.settings import read
from tui.settings.assemble import assemble
from tui.settings.builtin import BUILT_IN
from tui.settings.keymap import Known
from tui.settings.last_good import LastGood, Versions, fill_from_last_good
from tui.settings.layers import Origin, Source, Stack
from tui.settings.locks import unknown_locks
from tui.settings.places import Places
from tui.settings.settings import Settings
from tui.settings.tree import node_of
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, in_order
from tui.yamlfile.read import read_file


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
        self.tree(node_of(BUILT_IN, Source.BUILT_IN.value), Source.BUILT_IN)
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
