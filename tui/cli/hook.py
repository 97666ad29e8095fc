"""A git hook in a team folder, which checks settings and scripts before each commit. Git itself is not needed."""

from __future__ import annotations

import os
from pathlib import Path

from tui.system import readfile

_LINES = "powerhour config check . && powerhour --workspace . scripts check --format concise"
HOOK = f"""\
#!/bin/sh
# What would break the team's calls is not committed.  git commit --no-verify  goes round it.
if ! command -v powerhour >/dev/null 2>&1; then
  echo "powerhour is not installed here: settings and scripts were not checked." >&2
  exit 0
fi
{_LINES}
"""
_MOST = 64 * 1024
"""Characters of a hook or of git's settings that are looked at."""


def add_hook(folder: Path) -> str:
    """Write the hook where none is, also before `git init`; say what was done. Nothing that is there is changed."""
    repository, hook = folder / ".git", folder / ".git" / "hooks" / "pre-commit"
    if elsewhere := _elsewhere(folder, repository):
        return f"{elsewhere} For a check before each commit add this line to its pre-commit hook:\n  {_LINES}"
    if os.path.lexists(hook):
        if _text(hook) == HOOK:
            return f"The hook {hook} is there already."
        return f"{hook} is there already and was left as it is. Add this line to it:\n  {_LINES}"
    try:
        hook.parent.mkdir(parents=True, exist_ok=True)
        hook.write_text(HOOK, "utf-8", newline="\n")
        hook.chmod(0o755)
    except OSError as error:
        return f"No hook was written: {error.filename or hook}: {error.strerror or error}."
    return f"Written: {hook}. With it git checks settings and scripts before each commit."


def _elsewhere(folder: Path, repository: Path) -> str:
    """Why the hook would not lie in this folder's own repository, or git would not look for it there."""
    places = (repository, repository / "hooks")
    if any(os.path.lexists(one) and (one.is_symlink() or not one.is_dir()) for one in places):
        return f"{repository} leads elsewhere, so no hook was written."
    if "hookspath" in _text(repository / "config").casefold():
        return f"{repository / 'config'} names another folder for hooks, so none was written."
    above = next((one for one in folder.absolute().parents if os.path.lexists(one / ".git")), None)
    if above is not None and not os.path.lexists(repository):
        return f"{folder} lies in the repository {above}, whose hooks were left alone."
    return ""


def _text(path: Path) -> str:
    try:
        return readfile.read(path, _MOST).decode("utf-8", "replace")
    except OSError:
        return ""
