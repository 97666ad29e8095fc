"""What keeps scripts from being used: each mistake once, with the scripts it takes away and what is seen instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tui.script.files.choose import Assignment
from tui.script.files.library import Kept, Library
from tui.yamlfile.problem import Problem, nearest


@dataclass(frozen=True, slots=True)
class Mistake:
    """The first error of one file."""

    problem: Problem
    shared: bool
    """The file holds parts for other scripts."""
    scripts: tuple[str, ...]
    """Ids of the scripts that cannot be used because of it."""
    good_at: tuple[datetime | None, ...]
    """Of those of which the last good version is used: when it was first read, None where nobody knows."""

    @property
    def file(self) -> str:
        """The file's name without its folder."""
        return Path(self.problem.file).name


@dataclass(frozen=True, slots=True)
class Lost:
    """An assignment of the team that names a script there is no file of."""

    number: int
    """Of the assignment, from 1."""
    script: str
    meant: str = ""
    """A script with a name like it."""
    copied: bool = False
    """There was such a file, and its last good version is used."""
    good_at: datetime | None = None


def mistakes(library: Library) -> list[Mistake]:
    """The broken files among those read so far, by name."""
    firsts: dict[str, Problem] = {}
    users: dict[str, list[Kept]] = {}
    for kept in library.broken:
        for problem in kept.loaded.problems:
            if problem.severity == "error" and problem.file not in users:
                firsts.setdefault(problem.file, problem)
        for file in {p.file for p in kept.loaded.problems if p.severity == "error"}:
            users.setdefault(file, []).append(kept)
    return [_mistake(firsts[file], users[file]) for file in sorted(firsts)]


def _mistake(first: Problem, users: Iterable[Kept]) -> Mistake:
    scripts = [kept for kept in users if not kept.shared]
    used = tuple(kept.good_at for kept in scripts if kept.script is not None)
    own = any(kept.loaded.file == first.file for kept in scripts)
    return Mistake(first, not own, tuple(kept.id for kept in scripts), used)


def lost(library: Library, rules: Iterable[Assignment]) -> Iterator[Lost]:
    """The assignments whose script is in no file; reads every script where there is one."""
    for number, rule in enumerate(rules, 1):
        if not rule.script:
            continue  # told as a mistake of the settings
        held = library.volume(rule.script)
        if held is None:
            ids = [volume.id for volume in library.volumes()]
            yield Lost(number, rule.script, nearest(rule.script, ids) or "")
        elif held.fault == "gone":
            yield Lost(number, rule.script, copied=True, good_at=held.good_at)
