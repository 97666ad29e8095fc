"""`powerhour scripts check` and `explain`: what is wrong in the call scripts, where, and what a code means."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import asdict

from tui.cli.output import DONE, REFUSED, RefusedError, complain, print_json, print_rows, say
from tui.cli.wiring import Parts, assemble, reading
from tui.script.check.check import Report, as_seen_from_here, check_files, check_library
from tui.script.check.check_context import Options
from tui.script.check.fix import fix_file
from tui.script.check.rulebook import codes
from tui.script.check.rulebook import explain as explained
from tui.script.files.choose import assign_problems
from tui.script.files.library import Library
from tui.storage.protocol import StoreError
from tui.system import readfile
from tui.yamlfile.problem import Problem


def check(args: argparse.Namespace) -> int:
    """Show what is wrong in the scripts, with the place. Exit 1 for an error, or as `check.fail_on` says."""
    parts = assemble(args)
    form = "json" if args.json else args.format
    folder = parts.settings.scripts_folder
    files = _there(args.file) or ([folder] if readfile.is_folder(folder) else [])
    if args.fix:
        _repair(files, tell=complain if form in ("json", "github") else say)
    report = check_files(files, options_of(parts), parts.settings.check.fail_on)
    if not args.file:
        report = report.with_more(assigned(parts), parts.loaded.lines)
    if form == "json":
        print_problems(report.problems)
    elif text := report.text(form):
        say(text)
    if form in ("full", "concise"):
        say(_verdict(report, args.file, parts))
    return REFUSED if report.failed else DONE


def print_problems(problems: Iterable[Problem]) -> None:
    """What is wrong in files that people edit, as JSON."""
    print_json({"rows": [asdict(problem) for problem in problems]})


def explain(args: argparse.Namespace) -> int:
    """Tell what codes mean; without one, list them all. Exit 1 for a code that is not ours."""
    if not args.code:
        rules = [rule for code in codes() if (rule := explained(code))]
        rows = [{"code": rule.code, "severity": rule.severity, "name": rule.name} for rule in rules]
        print_rows(rows, {"code": "Code", "severity": "How serious", "name": "Name"}, False, "")
        say("\nMore about one of them: powerhour scripts explain PH507")
        return DONE
    for i, code in enumerate(args.code):
        rule = explained(code)
        if rule is None:
            raise RefusedError(f"There is no code {code}. All of them: powerhour scripts explain")
        say(("\n\n" if i else "") + rule.for_terminal())
    return DONE


def checked(parts: Parts) -> tuple[Library, list[Problem]]:
    """The team's scripts and everything to say about them. Files are named as seen from the present folder."""
    library = Library(parts.settings.scripts_folder, as_seen_from_here)
    return library, check_library(library, options_of(parts))


def assigned(parts: Parts) -> list[Problem]:
    """What `scripts.assign` names that is not there: scripts, and lists and tags of the people on this machine."""
    leaf = parts.loaded.stack.leaf("scripts", "assign")
    if leaf is None or not leaf.node.parts:
        return []
    lists, tags = _of_people(parts)
    return list(assign_problems(leaf.node, Library(parts.settings.scripts_folder).ids(), lists, tags))


def _of_people(parts: Parts) -> tuple[set[str], set[str]]:
    lists: set[str] = set()
    tags: set[str] = set()
    try:
        with reading(parts) as store:
            for contact in store.contacts():
                lists |= {*contact.lists}
                tags |= {*contact.tags}
    except StoreError:  # doctor says what is wrong with it
        pass
    return lists, tags


def options_of(parts: Parts) -> Options:
    """The house's limits and names, for the checker."""
    settings = parts.settings
    return Options(
        outcomes={outcome.id: outcome.is_ for outcome in settings.outcomes},
        team_names={language: frozenset(names) for language, names in settings.defaults.items()},
        ignore=settings.check.ignore,
        today=parts.here.date(),
        rates=settings.speech.words_per_minute,
        opener_seconds=settings.speech.opener_seconds,
        voicemail_seconds=settings.speech.voicemail_seconds,
        monologue_seconds=settings.speech.monologue_seconds,
    )


def _there(files: Sequence[Path]) -> list[Path]:
    for file in files:
        if not (readfile.is_file(file) or readfile.is_folder(file)):
            raise RefusedError(f"There is no file {file}.")
    return list(files)


def _repair(files: Sequence[Path], tell: Callable[[str], None]) -> None:
    """Mend what is safe to mend, and say what was done."""
    every = (_own_files(file) if readfile.is_folder(file) else [file] for file in files)
    # All is mended before anything is told: whoever reads it (`| head -1`) may be gone.
    for file, fixed in [(one, fix_file(one)) for some in every for one in some]:
        name = as_seen_from_here(file)
        for repair in fixed.repairs:
            tell(f"{name}:{repair.line}: {repair.did}" if repair.line else f"{name}: {repair.did}")
        if fixed.refused:
            complain(f"{name} was left as it is: {fixed.refused}")


def _own_files(folder: Path) -> list[Path]:
    """The YAML files of a folder; a link that leads elsewhere is not one of them."""
    files = sorted(folder.glob("*.y*ml"))
    return [file for file in files if not readfile.leads_out(file, folder)]


def _verdict(report: Report, files: Sequence[Path], parts: Parts) -> str:
    if report.problems:
        worst = next((p for p in report.problems if p.severity == "error"), report.problems[0])
        return f"\n{report.verdict}. What a code means: powerhour scripts explain {worst.code}"
    folder = parts.settings.scripts_folder
    if not files and not readfile.is_folder(folder):
        return f"There is no folder {folder}; the built-in script is used."
    return f"Nothing is wrong in {', '.join(map(str, files)) or folder}."
