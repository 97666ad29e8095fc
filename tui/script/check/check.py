"""Checks call scripts: problems of the file, then every rule. A comment `# ph: ignore PH403` silences one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.script.check.check_context import Options, Subject
from tui.script.check.rulebook import RULES
from tui.script.check.rules import answers, conditions, flow, practice, speech, text
from tui.script.files.library import Library
from tui.script.files.load import Loaded, silenced
from tui.script.files.phrases import team_words
from tui.script.language.model import Script
from tui.yamlfile.problem import Problem, in_order

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    *text.CHECKS,
    *conditions.CHECKS,
    *flow.CHECKS,
    *speech.CHECKS,
    *practice.CHECKS,
    *answers.CHECKS,
)
"""Every check; one may report several codes."""


def check_script(
    loaded: Loaded,
    options: Options | None = None,
    original: Script | None = None,
    known_scripts: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Everything to say about one script, in the order of its lines. Never raises.

    `known_scripts`: ids it may name as its original; without any, that is not looked at.
    """
    chosen = options or Options()
    found = list(loaded.problems)
    if loaded.script is not None:
        subject = Subject(loaded, chosen, original, known_scripts)
        found += [problem for examine in CHECKS for problem in examine(subject)]
    kept = (p for p in found if not (_may_be_silenced(p) and _silenced(p, loaded, chosen.ignore)))
    return in_order(kept)


def check_library(library: Library, options: Options | None = None) -> list[Problem]:
    """Everything to say about all scripts of a folder, shared parts and its own word lists included."""
    by_id, known = {script.id: script for script in library.scripts()}, frozenset(library.ids())
    found: list[Problem] = list(team_words(library.folder).problems) if library.folder else []
    for loaded in library.loaded():
        original = by_id.get(loaded.script.translation_of) if loaded.script else None
        found += check_script(loaded, options, original, known)
    return in_order(found)


def _may_be_silenced(problem: Problem) -> bool:
    """A rule of ours, or a warning: never an error that keeps the file from being read."""
    return problem.code in RULES or problem.severity != "error"


def _silenced(problem: Problem, loaded: Loaded, everywhere: frozenset[str]) -> bool:
    """By the settings, or by a comment in the file."""
    lines = loaded.lines.get(problem.file, [])
    return problem.code in everywhere or problem.code in silenced(lines, problem.line)
