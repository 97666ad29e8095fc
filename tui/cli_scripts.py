"""`powerhour scripts`: what is wrong in the call scripts, and where."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tui.cli_output import DONE, REFUSED, RefusedError, print_rows, say
from tui.cli_parts import Parts, assemble
from tui.script.check import check_library
from tui.script.library import Library
from tui.script.subject import Options
from tui.yamlfile.problem import Problem, render


def check(args: argparse.Namespace) -> int:
    """Show what is wrong in the scripts, with the place. Exit 1 for an error, or as `check.fail_on` says."""
    parts = assemble(args)
    library, problems = checked(parts)
    found = _only(args.file, problems)
    if args.json:
        print_rows([asdict(problem) for problem in found], {}, True, "")
    else:
        for problem in found:
            say(render(problem, library.lines(problem.file)) + "\n")
        say(_verdict(found, parts))
    fatal = ("error", "warning") if parts.settings.check.fail_on == "warning" else ("error",)
    return REFUSED if any(problem.severity in fatal for problem in found) else DONE


def checked(parts: Parts) -> tuple[Library, list[Problem]]:
    """The team's scripts and everything to say about them. Files are named as seen from the present folder."""
    folder, here = parts.settings.scripts_folder, Path.cwd()
    files = folder.glob("*.y*ml") if folder.is_dir() else ()
    shown = {file: str(file.relative_to(here)) for file in files if file.is_relative_to(here)}
    library = Library(folder, shown)
    return library, check_library(library, options_of(parts))


def options_of(parts: Parts) -> Options:
    """The house's limits and names, for the checker."""
    settings = parts.settings
    return Options(
        outcomes=frozenset(outcome.id for outcome in settings.outcomes),
        team_names={language: frozenset(names) for language, names in settings.defaults.items()},
        ignore=settings.check.ignore,
        today=parts.here.date(),
        rates=settings.speech.words_per_minute,
        opener_seconds=settings.speech.opener_seconds,
        voicemail_seconds=settings.speech.voicemail_seconds,
        monologue_seconds=settings.speech.monologue_seconds,
    )


def _only(files: Sequence[Path], problems: Sequence[Problem]) -> list[Problem]:
    """Problems of these files, or all of them when none is named."""
    for file in files:
        if not file.is_file():
            raise RefusedError(f"There is no file {file}.")
    wanted = {file.resolve() for file in files}
    return [problem for problem in problems if not wanted or Path(problem.file).resolve() in wanted]


def _verdict(problems: Sequence[Problem], parts: Parts) -> str:
    if not problems:
        return f"Nothing is wrong in {parts.settings.scripts_folder}."
    counts: Counter[str] = Counter(problem.severity for problem in problems)
    kinds = ("error", "warning", "hint")
    return ", ".join(f"{counts[kind]} {kind}{'s' * (counts[kind] > 1)}" for kind in kinds if counts[kind])
