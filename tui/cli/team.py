"""Commands about the team folder: write one to start from, and show the settings in force."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from tui.cli.output import DONE, REFUSED, USAGE, RefusedError, print_json, print_rows, say
from tui.cli.scripts.check import assigned
from tui.cli.wiring import Parts, assemble, warn_of_problems
from tui.settings.explain import explain
from tui.settings.places import CONFIG, shipped

_SCRIPTS = "scripts"
_GITIGNORE = """\
# Customer data and a rep's own settings never go into git.
sessions*.json*
*.csv
*.vcf
*.log
config.local.yaml
"""
_README = """\
# Our calls

`config.yaml` holds our rules: outcomes, how often we follow up, calling hours. `scripts/` holds our words.
Both belong to the team and travel by git. Contacts, calls and your own name and number stay on your machine.

    powerhour --workspace .              # start here, with these words and rules
    powerhour --workspace . scripts check
    powerhour --workspace . config

To start here each time, put this line into your own settings file (`powerhour config` says where it is):

    team_file: /path/to/this/folder/config.yaml
"""


def init(args: argparse.Namespace) -> int:
    """Write a team folder. Raises `RefusedError` when anything would be overwritten or cannot be written."""
    folder: Path = args.dir
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
    say(f"Written: {folder / CONFIG} and {folder / _SCRIPTS}. Put the folder into git and start with")
    say(f"  powerhour --workspace {folder}")
    return DONE


def _is_taken(folder: Path, name: str) -> bool:
    """Whether something is there already; a link counts, also one to nowhere: writing would follow it."""
    target = folder / name
    return target.exists() or any(
        place.is_symlink()
        for place in (target, *target.parents)
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


def config(args: argparse.Namespace) -> int:
    """Show settings: value, where it comes from, what it hides. Exit 1 when a file has an error, 2 for no setting."""
    parts = assemble(args)
    parts = replace(parts, problems=(*parts.problems, *assigned(parts)))
    rows = [asdict(row) for row in explain(parts.loaded, args.key)]
    if args.key and not rows:
        raise RefusedError(f"There is no setting {args.key!r}. All of them: powerhour config", USAGE)
    if args.json:
        print_json({"schema": 1, "places": _places(parts), "rows": rows})
    else:
        for name, place in _places(parts).items():
            say(f"{name}: {place}")
        say("")
        columns = {"key": "setting", "value": "value", "origin": "from", "instead": "instead of"}
        below = (next((f"{value} ({origin})" for value, origin in row["hides"]), "") for row in rows)
        shown = [{**row, "instead": instead} for row, instead in zip(rows, below, strict=True)]
        print_rows(shown, columns, False, "")
        if args.key:
            say("\n" + "\n".join(f"{row['key']}: {row['help']}" for row in rows))
    warn_of_problems(parts)
    return REFUSED if any(problem.severity == "error" for problem in parts.problems) else DONE


def _places(parts: Parts) -> dict[str, str]:
    places = parts.places
    return {
        "Team folder": f"{places.team} ({places.why})",
        "Your settings": str(places.own),
        "Your data": str(places.data),
    }
