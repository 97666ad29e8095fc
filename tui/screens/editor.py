"""The person's own editor: which program, and how it is told the line."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.system import programs

_WITH_PLUS = frozenset(
    {"vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "kak", "joe", "jed", "ne", "mg"}
)
"""Editors that read `+12 FILE`."""
_WITH_COLON = frozenset({"hx", "helix", "micro", "subl", "zed"})
"""Editors that read `FILE:12`."""
_WITH_GOTO = frozenset({"code", "codium", "vscodium", "code-insiders", "cursor"})
"""Editors that read `--goto FILE:12`."""
_WAITING = {"subl": ("--wait",), "zed": ("--wait",)}
_USUAL = ("nano", "vim", "vi", "notepad")


def editor_command(
    chosen: Sequence[str], environ: Mapping[str, str], path: Path, line: int
) -> list[str] | None:
    """The command that opens a file at a line; None when there is no editor.

    The person's own setting comes first, then VISUAL, EDITOR, and the usual programs. Program and file are absolute.
    """
    program = _program(chosen, environ)
    if not program:
        return None
    name = Path(program[0]).stem.casefold()
    file = str(path.absolute())
    if name in _WITH_PLUS:
        return [*program, f"+{line}", file]
    if name in _WITH_COLON:
        return [*program, *_WAITING.get(name, ()), f"{file}:{line}"]
    if name in _WITH_GOTO:
        return [*program, "--wait", "--goto", f"{file}:{line}"]
    return [*program, file]


def _program(chosen: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    candidates = [list(chosen)]
    for name in ("VISUAL", "EDITOR"):
        try:
            candidates.append(shlex.split(environ.get(name, "")))
        except ValueError:  # an odd number of quotes: no command can be meant
            continue
    candidates += [[name] for name in _USUAL]
    for one in candidates:
        if one and (program := programs.find(one[0])):
            return [program, *one[1:]]
    return []


def edit(command: Sequence[str]) -> None:
    """Run an editor in the terminal until it ends. Raises OSError when it cannot start."""
    subprocess.run(  # noqa: S603 - the editor that the own settings or the environment name, as a list of words
        command, check=False, env=programs.environment(), cwd=programs.own_folder()
    )
