"""`powerhour init`: a team folder to start from."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tui.cli.hook import add_hook
from tui.cli.output import DONE, RefusedError, say
from tui.settings.places import CONFIG, shipped
from tui.system.readfile import is_file

_SCRIPTS = "scripts"
_GITIGNORE = """\
# Only the team's rules and words go into git. People never do, whatever their file is called.
/*
!/.gitignore
!/README.md
!/config.yaml
!/scripts/
/scripts/*
!/scripts/*.yaml
!/scripts/*.yml
!/locale/
/locale/*
!/locale/*.po
"""
_README = """\
# Our calls

`config.yaml` holds our rules: outcomes, how often we follow up, calling hours. `scripts/` holds our words.
Both belong to the team and travel by git. Contacts, calls and your own name and number stay on your machine.

    powerhour --workspace .              # start here, with these words and rules
    powerhour config check .             # what is wrong in config.yaml and scripts/; also for CI
    powerhour --workspace . config       # every setting and where it comes from

git checks both before each commit, by a hook that does not travel with a clone: whoever clones writes it again with

    powerhour init --hook .

To start here each time, put this line into your own settings file (`powerhour config` says where it is):

    team_file: /path/to/this/folder/config.yaml
"""


def init(args: argparse.Namespace) -> int:
    """Write a team folder. Raises `RefusedError` when anything would be overwritten or cannot be written."""
    folder: Path = args.dir
    if args.hook:
        if not is_file(folder / CONFIG):
            raise RefusedError(
                f"There is no {folder / CONFIG}: this is no team folder, and no hook was written."
            )
        say(add_hook(folder))
        return DONE
    files = dict(_team_files())
    taken = next((name for name in files if _is_taken(folder, name)), None)
    if taken:
        raise RefusedError(f"{folder / taken} is there already. Nothing was written; choose another folder.")
    try:
        for name, source in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, Path):
                shutil.copyfile(source, target)
            else:
                target.write_text(source, "utf-8", newline="\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise RefusedError(f"{error.filename or folder}: {why}. Choose a folder you may write to.") from error
    say(
        f"Written: {folder / CONFIG} and {folder / _SCRIPTS}. By .gitignore nothing else goes into git but the README."
    )
    say(add_hook(folder))
    say("Put the folder into git and start with")
    say(f"  powerhour --workspace {folder}")
    return DONE


def _is_taken(folder: Path, name: str) -> bool:
    """Whether something is there already; a link counts, also one to nowhere: writing would follow it."""
    target = folder / name
    return os.path.lexists(target) or any(
        os.path.lexists(place) and place.is_symlink()
        for place in target.parents
        if place.is_relative_to(folder) and place != folder
    )


def _team_files() -> Iterator[tuple[str, Path | str]]:
    """Relative path and source (a shipped file, or a text) of every file of a team folder."""
    source = shipped()
    yield CONFIG, source / CONFIG
    for script in sorted((source / _SCRIPTS).glob("*.yaml")):
        yield f"{_SCRIPTS}/{script.name}", script
    yield ".gitignore", _GITIGNORE
    yield "README.md", _README
