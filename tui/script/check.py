"""Checks call scripts: problems of the file, then every rule. A comment `# ph: ignore PH403` silences one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.script import (
    rules_answers,
    rules_conditions,
    rules_flow,
    rules_practice,
    rules_promises,
    rules_speech,
    rules_text,
)
from tui.script.library import Library
from tui.script.load import Loaded
from tui.script.model import Script
from tui.script.phrases import team_words
from tui.script.rulebook import RULES
from tui.script.silence import silenced
from tui.script.subject import Options, Subject
from tui.yamlfile.problem import Problem, in_order

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    *rules_text.CHECKS,
    *rules_conditions.CHECKS,
    *rules_flow.CHECKS,
    *rules_speech.CHECKS,
    *rules_practice.CHECKS,
    *rules_promises.CHECKS,
    *rules_answers.CHECKS,
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
