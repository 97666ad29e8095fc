"""The settings: what is in force and why, what is wrong in a team folder, and a schema for editors."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import asdict, replace

from tui.cli.output import DONE, REFUSED, USAGE, RefusedError, print_json, print_rows, put, say
from tui.cli.scripts.check import assigned, options_of, print_problems
from tui.cli.wiring import Parts, assemble, known, of_team_alone, warn_of_problems
from tui.domain.day_words import number_of
from tui.plaintext import shortened
from tui.script.check.check import as_seen_from_here, check_files
from tui.script.check.rulebook import codes
from tui.settings.explain import explain
from tui.settings.layers import Source
from tui.settings.places import CONFIG
from tui.settings.schema import schema
from tui.settings.scope import lockable
from tui.system.readfile import is_folder
from tui.yamlfile.problem import Problem, advised, has_errors, in_order, nearest, problem_at


def config(args: argparse.Namespace) -> int:
    """Show settings, or do what the word says that stands in place of one: `check`, `schema`."""
    if args.key == "check":
        return _check(args)
    if args.dir is not None:
        raise RefusedError(f"Only  powerhour config check  takes a folder, not {args.key!r}.", USAGE)
    if args.key == "schema":
        put(
            json.dumps(schema(known().themes, known().commands), ensure_ascii=False, indent=1) + "\n",
            args.out,
        )
        return DONE
    return _show(args)


def _show(args: argparse.Namespace) -> int:
    """Value, where it comes from, what it hides. Exit 1 when a file has an error, 2 for no setting."""
    parts = assemble(args)
    parts = replace(parts, problems=(*parts.problems, *assigned(parts)))
    rows = [asdict(row) for row in explain(parts.loaded, args.key)]
    if args.key and not rows:
        raise RefusedError(_no_such(args.key, parts), USAGE)
    if args.json:
        print_json({"places": _places(parts), "rows": rows})
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
    return REFUSED if has_errors(parts.problems) else DONE


def _no_such(key: str, parts: Parts) -> str:
    names = {*lockable(), *(".".join(path) for path in parts.loaded.stack.leaves)}
    near = nearest(key, names)
    meant = f" Did you mean {near}?" if near else ""
    return f"There is no setting {shortened(key, 60)!r}.{meant} All of them: powerhour config"


def _check(args: argparse.Namespace) -> int:
    """Name everything wrong in a team folder, settings and scripts, with its place. Exit 1 when there is anything.

    A warning about config.yaml fails too: where the cockpit goes on with a typo, a change of the file does not.
    """
    parts = of_team_alone(args)
    folder, scripts = parts.places.team, parts.settings.scripts_folder
    report = check_files(
        [scripts] if is_folder(scripts) else [], options_of(parts), parts.settings.check.fail_on
    )
    name = as_seen_from_here(parts.places.config)
    own = (*parts.problems, *assigned(parts), *_named_and_missing(parts))
    wrong = [
        *_translations(folder),
        *(replace(one, file=name, severity="error") for one in own),
        *(one for one in report.problems if report.fails(one)),
    ]
    if args.json:
        print_problems(wrong)
    elif wrong:
        say("\n".join(map(advised, in_order(wrong))))
    else:
        count = len(list(scripts.glob("*.y*ml"))) if is_folder(scripts) else 0
        say(f"Nothing is wrong in {as_seen_from_here(folder)}: {CONFIG} and {number_of(count, 'script')}.")
    return REFUSED if wrong else DONE


def _translations(folder: Path) -> Iterator[Problem]:
    """What cannot be used in the team's translations of the screens."""
    from tui.locale.choose import team_catalogues

    for po in team_catalogues(folder):
        from tui.locale.team_catalogue import contents, read

        try:
            wrong = read(contents(po), po.stem)[1]
        except OSError as error:
            yield Problem(as_seen_from_here(po), 1, 1, "PH950", "error", error.strerror or str(error))
            continue
        for one in wrong:
            yield Problem(as_seen_from_here(po), one.line, one.column, "PH950", "error", one.message)


def _named_and_missing(parts: Parts) -> Iterator[Problem]:
    """What the settings name that is not there: the folder of scripts, and codes that are not reported."""
    stack = parts.loaded.stack
    folder = stack.leaf("scripts", "folder")
    if folder is not None and folder.source is Source.TEAM and not is_folder(parts.settings.scripts_folder):
        message = f"there is no folder `{folder.value}` beside config.yaml"
        yield problem_at(folder.node, "PH905", "error", message, "make it, or delete the line")
    ignored = stack.leaf("check", "ignore")
    for node in ignored.node.parts if ignored is not None else ():
        if node.text not in codes():
            yield problem_at(
                node, "PH106", "error", f"there is no code `{node.text}`", "powerhour scripts explain"
            )


def _places(parts: Parts) -> dict[str, str]:
    places = parts.places
    return {
        "Team folder": f"{places.team} ({places.why})",
        "Your settings": str(places.own),
        "Your data": str(places.data),
    }
