"""Loads one call script: read, expand, merge what it extends, check against the contract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tui.script.inherit import Folder, Resolved, SourceFile
from tui.script.model import Script
from tui.script.silence import silenced
from tui.script.together import ignored_keys
from tui.yamlfile.contract import Path as PlacePath
from tui.yamlfile.contract import check
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, has_errors, in_order


@dataclass(frozen=True)
class Loaded:
    """A script with everything needed to talk about its text."""

    file: str
    """The script's own file, as named in problems."""
    script: Script | None
    """None when an error keeps it from being used."""
    problems: tuple[Problem, ...]
    """What was found on reading. With a script beside them they keep it from nothing but what they name."""
    sources: tuple[SourceFile, ...] = ()
    """The file itself, then those it extends and includes."""
    node: Node | None = None
    """The merged tree; None when nothing could be read."""

    @cached_property
    def places(self) -> dict[PlacePath, Node]:
        """The node behind every path of the script. A second walk, for the few who ask: no call does."""
        found: dict[PlacePath, Node] = {}
        if self.node is not None:
            check(self.node, Script, [], found)
        return found

    @property
    def lines(self) -> dict[str, list[str]]:
        """The source lines of each file, for excerpts."""
        return {source.file: source.lines for source in self.sources}

    @property
    def shared(self) -> bool:
        """Whether the file holds shared parts (`_…`), which are never offered to reps."""
        return bool(self.sources) and is_shared(self.sources[0].path)


def is_shared(path: Path) -> bool:
    """Whether a file holds parts for other scripts: its name starts with `_`."""
    return path.name.startswith("_")


def load(path: Path, folder: Folder | None = None) -> Loaded:
    """The script in a file. Never raises: what is wrong is in `problems`."""
    folder = folder or Folder(path.parent)
    return build(folder.resolve(path), path)


def build(resolved: Resolved, path: Path) -> Loaded:
    """A script from its merged tree."""
    problems = list(resolved.problems)
    node = script = None
    if resolved.node is not None:
        node = _titled(resolved.node, path)
        script = check(node, Script, problems)
    sources = tuple(resolved.sources)
    if script is not None and not has_errors(problems):
        script = replace(script, id=script.id or path.stem, hash=resolved.digest)
    else:
        script = None
    if node is not None:  # an error from now on keeps no script from a call: it is used, and the rep is told
        lines = {source.file: source.lines for source in sources}
        problems += [p for p in ignored_keys(node) if p.code not in silenced(lines.get(p.file, ()), p.line)]
    return Loaded(sources[0].file, script, tuple(in_order(problems)), sources, node)


def _titled(node: Node, path: Path) -> Node:
    """Shared parts need no title of their own."""
    if node.kind != "map" or not is_shared(path) or "title" in node:
        return node
    title = Node("text", path.stem, node.line, node.col, node.file, quoted=True)
    return node.become("map", {"title": title, **node.entries})
