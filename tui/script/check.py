"""Checks call scripts: problems of the file, then every rule. A comment `# ph: ignore PH403` silences one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tui.script import rules_answers, rules_flow, rules_practice, rules_speech, rules_text
from tui.script.library import Library
from tui.script.load import Loaded
from tui.script.model import Script
from tui.script.rulebook import RULES, RuleInfo
from tui.script.subject import Options, Subject
from tui.yamlfile.problem import Problem, in_order

_IGNORE = re.compile(r"#\s*ph:\s*ignore(-file)?\b((?:[\s,]+PH\d{3})+)")
_CODE = re.compile(r"PH\d{3}")

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    *rules_text.CHECKS,
    *rules_flow.CHECKS,
    *rules_speech.CHECKS,
    *rules_practice.CHECKS,
    *rules_answers.CHECKS,
)
"""Every check; one may report several codes."""


def check_script(
    loaded: Loaded, options: Options | None = None, original: Script | None = None
) -> list[Problem]:
    """Everything to say about one script, in the order of its lines. Never raises."""
    chosen = options or Options()
    if loaded.script is None:
        return list(loaded.problems)
    subject = Subject(loaded, chosen, original)
    found = [problem for examine in CHECKS for problem in examine(subject)]
    kept = (p for p in found if p.code not in chosen.ignore and not _silenced(p, loaded))
    return in_order([*loaded.problems, *kept])


def check_library(library: Library, options: Options | None = None) -> list[Problem]:
    """Everything to say about all scripts of a folder, shared parts included."""
    by_id = {script.id: script for script in library.scripts()}
    found: list[Problem] = []
    for loaded in library.loaded():
        original = by_id.get(loaded.script.translation_of) if loaded.script else None
        found += check_script(loaded, options, original)
    return in_order(found)


def explain(code: str) -> RuleInfo | None:
    """The rule behind a code, or None."""
    return RULES.get(code.upper())


def _silenced(problem: Problem, loaded: Loaded) -> bool:
    lines = loaded.lines.get(problem.file, [])
    whole_file = (found for line in lines if (found := _IGNORE.search(line)) and found.group(1))
    near = lines[max(0, problem.line - 2) : problem.line]
    beside = (found for line in near if (found := _IGNORE.search(line)) and not found.group(1))
    return problem.code in _codes(whole_file) or problem.code in _codes(beside)


def _codes(comments: Iterable[re.Match[str]]) -> set[str]:
    return {code for comment in comments for code in _CODE.findall(comment.group(2))}
