"""Checks call scripts: problems of the file, then every rule. A comment `# ph: ignore PH403` silences one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tui.script import rules_answers, rules_flow, rules_practice, rules_promises, rules_speech, rules_text
from tui.script.library import Library
from tui.script.load import Loaded
from tui.script.model import Script
from tui.script.phrases import team_words
from tui.script.rulebook import RULES
from tui.script.subject import Options, Subject
from tui.yamlfile.problem import Problem, in_order

_IGNORE = re.compile(r"#\s*ph:\s*ignore(-file)?\b((?:[\s,]+PH\d{3})+)", re.IGNORECASE)
_CODE = re.compile(r"PH\d{3}", re.IGNORECASE)

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    *rules_text.CHECKS,
    *rules_flow.CHECKS,
    *rules_speech.CHECKS,
    *rules_practice.CHECKS,
    *rules_promises.CHECKS,
    *rules_answers.CHECKS,
)
"""Every check; one may report several codes."""


def check_script(
    loaded: Loaded, options: Options | None = None, original: Script | None = None
) -> list[Problem]:
    """Everything to say about one script, in the order of its lines. Never raises."""
    chosen = options or Options()
    found = list(loaded.problems)
    if loaded.script is not None:
        subject = Subject(loaded, chosen, original)
        found += [problem for examine in CHECKS for problem in examine(subject)]
    kept = (p for p in found if not (_may_be_silenced(p) and _silenced(p, loaded, chosen.ignore)))
    return in_order(kept)


def check_library(library: Library, options: Options | None = None) -> list[Problem]:
    """Everything to say about all scripts of a folder, shared parts and its own word lists included."""
    by_id = {script.id: script for script in library.scripts()}
    found: list[Problem] = list(team_words(library.folder).problems) if library.folder else []
    for loaded in library.loaded():
        original = by_id.get(loaded.script.translation_of) if loaded.script else None
        found += check_script(loaded, options, original)
    return in_order(found)


def _may_be_silenced(problem: Problem) -> bool:
    """A rule of ours, or a warning: never an error that keeps the file from being read."""
    return problem.code in RULES or problem.severity != "error"


def _silenced(problem: Problem, loaded: Loaded, everywhere: frozenset[str]) -> bool:
    """By the settings, by `ignore-file` anywhere in the file, or by `ignore` on its line or just above it."""
    lines = loaded.lines.get(problem.file, [])
    if problem.code in everywhere or problem.code in _codes(lines, whole_file=True):
        return True
    first = problem.line - 1
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return problem.code in _codes(lines[first : problem.line], whole_file=False)


def _codes(lines: Iterable[str], whole_file: bool) -> set[str]:
    comments = (found for line in lines if (found := _IGNORE.search(line)))
    wanted = (found.group(2) for found in comments if bool(found.group(1)) is whole_file)
    return {code.upper() for codes in wanted for code in _CODE.findall(codes)}
