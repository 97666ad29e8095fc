"""Checks call scripts: problems of the file, then every rule. A comment `# ph: ignore PH403` silences one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tui.script.check.check_context import Options, Subject
from tui.script.check.rulebook import RULES
from tui.script.check.rules import answers, flow, practice, speech, text
from tui.script.files.extends import WORDS_FILE
from tui.script.files.library import Library
from tui.script.files.load import Loaded, silenced
from tui.script.files.phrases import team_words
from tui.script.language.model import Script
from tui.system.readfile import is_folder
from tui.yamlfile.problem import Problem, Severity, concise, in_order, render, visible

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    *text.CHECKS,
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
    return in_order(p for p in found if not _silenced(p, loaded, chosen.ignore))


def check_library(
    library: Library, options: Options | None = None, names: Collection[str] = ()
) -> list[Problem]:
    """Everything to say about the scripts of a folder, or those files of it, in the order of their lines.

    Without names shared parts and the folder's own word lists are included.
    """
    found: list[Problem] = []
    if library.folder is not None and (not names or WORDS_FILE in names):
        found += team_words(library.folder, library.shown(library.folder / WORDS_FILE)).problems
    scripts = [name for name in names if name != WORDS_FILE]
    for loaded in library.loaded(scripts) if scripts or not names else ():
        other = loaded.script.translation_of if loaded.script else ""
        original, known = (library.find(other), library.ids()) if other else (None, ())
        found += check_script(loaded, options, original, frozenset(known))
    return in_order(found)


def _silenced(problem: Problem, loaded: Loaded, everywhere: frozenset[str]) -> bool:
    """By the settings, or by a comment in the file; never an error that keeps the file from being read."""
    if problem.code not in RULES and problem.severity == "error":
        return False
    return problem.code in {*everywhere, *silenced(loaded.lines.get(problem.file, ()), problem.line)}


_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}


class Report(Struct, frozen=True):
    """The problems of some files, in the order of their lines."""

    problems: tuple[Problem, ...]
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The source lines of each file, for excerpts."""
    fail_on: str = "error"
    """`error`, or `warning` for errors and warnings: what counts as failed (`check.fail_on`)."""

    def with_more(self, problems: Iterable[Problem], lines: Mapping[str, Sequence[str]]) -> Report:
        """The report with problems of other files, e.g. of config.yaml, and their lines."""
        return replace(self, problems=(*self.problems, *problems), lines={**lines, **self.lines})

    @property
    def failed(self) -> bool:
        """Whether there is a problem of the kind that counts as failed."""
        return any(map(self.fails, self.problems))

    def fails(self, problem: Problem) -> bool:
        """Whether a problem is of the kind that counts as failed."""
        return problem.severity in (("error", "warning") if self.fail_on == "warning" else ("error",))

    @property
    def verdict(self) -> str:
        """`2 errors, 1 warning`; empty when nothing is wrong."""
        counts = Counter(problem.severity for problem in self.problems)
        told = (f"{counts[kind]} {kind}{'s' * (counts[kind] > 1)}" for kind in _SEVERITIES if counts[kind])
        return ", ".join(told)

    def text(self, form: str = "full") -> str:
        """The report as `full`, `concise` or `github`, without the verdict; empty when nothing is wrong."""
        if form == "github":
            return "\n".join(map(_annotation, self.problems))
        if form == "concise":
            return "\n".join(map(concise, self.problems))
        return "\n\n".join(render(problem, self.lines.get(problem.file, ())) for problem in self.problems)


def check_files(
    paths: Iterable[Path | str], options: Options | None = None, fail_on: str = "error"
) -> Report:
    """Everything to say about these scripts, and about all scripts of a folder among them. Never raises.

    Of a script named alone also what is wrong in the parts it takes from other files is told. Files are named
    as seen from the present folder.
    """
    found: list[Problem] = []
    lines: dict[str, Sequence[str]] = {}
    for folder, names in _by_folder(paths).items():
        library = Library(folder, as_seen_from_here)
        found += check_library(library, options, names)
        lines |= library.lines
    return Report(tuple(in_order(found)), lines, fail_on)


def as_seen_from_here(path: Path) -> str:
    """A path as a person in the present folder would write it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def _by_folder(paths: Iterable[Path | str]) -> dict[Path, list[str]]:
    """The folders with the names of the files wanted; none: all of them."""
    wanted: dict[Path, list[str]] = {}
    whole: set[Path] = set()
    for path in map(Path, paths):
        if is_folder(path):
            whole.add(path)
            wanted.setdefault(path, [])
        else:
            wanted.setdefault(path.parent, []).append(path.name)
    return {folder: [] if folder in whole else names for folder, names in wanted.items()}


def _annotation(problem: Problem) -> str:
    """A line that GitHub shows beside the line of the file."""
    rule = RULES.get(problem.code)
    place = {
        "file": problem.file,
        "line": str(problem.line),
        "col": str(problem.col),
        "endColumn": str(problem.col + max(1, problem.length)),
        "title": f"{problem.code} {rule.name}" if rule else problem.code,
    }
    told = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    words = f"{problem.message}. {problem.help}".rstrip(". ")
    return f"::{_LEVELS[problem.severity]} {told}::{_data(words)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
