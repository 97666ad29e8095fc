"""`powerhour scripts`: see, compare, write and rehearse call scripts."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import fill

from msgspec.structs import asdict

from tui.cli.output import DONE, REFUSED, USAGE, RefusedError, complain, print_json, print_rows, put, say
from tui.cli.wiring import Parts, assemble
from tui.domain.day_words import on_record
from tui.script.author.compare import differences, told, way_changes
from tui.script.author.drawings import WIDTH, mermaid_of, tree_of
from tui.script.author.html_page import page_of
from tui.script.author.new_script import DIALOGUE, Answers, file_name, script_text
from tui.script.author.paths import ENTRY_WORDS, Pace, Way, entries_of, ways_of
from tui.script.author.schema import schema as script_schema
from tui.script.files.edit import resolved_text
from tui.script.files.extends import Folder
from tui.script.files.load import Loaded, load
from tui.script.language.model import Script
from tui.system import git
from tui.yamlfile.problem import did_you_mean, render

_SHOWN_WAYS = 20
_DIALOGUE_WIDTH = 78
_ENDS = {"end": "the outcome", "loose": "nothing: the branch runs out", "again": "a line passed before"}


def tree(args: argparse.Namespace) -> int:
    """Print the shape of a script."""
    parts, loaded, script = _asked(args)
    width = shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH
    say(f"{script.title} ({loaded.file})")
    for line in tree_of(script, (args.entry,) if args.entry else (), _pace(parts, script), max(width, 40)):
        say(line)
    return DONE


def graph(args: argparse.Namespace) -> int:
    """Print one way into the call as a Mermaid chart."""
    *_, script = _asked(args)
    say(mermaid_of(script, args.entry).rstrip())
    return DONE


def paths(args: argparse.Namespace) -> int:
    """Print every way through a script with its talking time."""
    parts, _, script = _asked(args)
    entries = (args.entry,) if args.entry else entries_of(script)
    all_ways = [ways_of(script, entry, _pace(parts, script)) for entry in entries]
    if args.json:
        rows = [{"entry": ways.entry, **_way_row(way)} for ways in all_ways for way in ways.ways]
        print_rows(rows, {}, True, "")
        return DONE
    for ways in all_ways:
        say(f"{ENTRY_WORDS[ways.entry]}: {ways.summary} of talking")
        shown = ways.ways if args.all else ways.ways[:_SHOWN_WAYS]
        for way in shown:
            answers = " > ".join(way.answers) or "straight on"
            say(f"  {way.seconds:4.0f} s  {answers}  → {_ENDS.get(way.end, way.end)}")
        if len(shown) < len(ways.ways):
            say(f"  ... {len(ways.ways) - len(shown)} more, with --all")
    return DONE


def _way_row(way: Way) -> dict[str, object]:
    lines = [place.path for place, hop in way.hops if not hop.skipped]
    return {"seconds": round(way.seconds, 1), "end": way.end, "answers": list(way.answers), "lines": lines}


def diff(args: argparse.Namespace) -> int:
    """Print what changed between two versions of a script. Exit 0 also when nothing did."""
    parts = assemble(args)
    with _versions(args, parts) as (old, new):
        found, pace = differences(old, new), _pace(parts, new)
        ways = way_changes(old, new, pace)
    if args.json:
        print_json({"rows": [asdict(one) for one in found], "ways": ways})
        return DONE
    for one in found:
        say(told(one, pace))
    for sentence in ways:
        say(f"  {sentence}")
    if not found and not ways:
        say("Nothing changed for the rep.")
    return DONE


@contextmanager
def _versions(args: argparse.Namespace, parts: Parts) -> Iterator[tuple[Script, Script]]:
    """The two scripts to compare; with one file alone, the one before comes from git."""
    if args.new:
        yield _usable(_found(parts, args.old))[1], _usable(_found(parts, args.new))[1]
        return
    path = _found(parts, args.old)
    with tempfile.TemporaryDirectory() as folder:
        yield _usable(_from_git(path, args.since, Path(folder)))[1], _usable(path)[1]


def _from_git(path: Path, revision: str, folder: Path) -> Path:
    """The script and the files beside it as they were, written into a folder. Raises `RefusedError`."""
    beside = path.absolute().parent
    try:
        files = git.files_at(beside, revision)
        for file in files:
            if Path(file.name).suffix in (".yaml", ".yml"):
                (folder / Path(file.name).name).write_bytes(git.content(beside, file))
    except git.GitError as error:
        raise RefusedError(f"git: {error}. Give two files: scripts diff OLD NEW") from error
    if path.name not in {file.name for file in files}:
        raise RefusedError(f"{path} is not in git at {revision}. Give two files: scripts diff OLD NEW")
    return folder / path.name


def show(args: argparse.Namespace) -> int:
    """Print a script with everything it takes from other files."""
    path = _found(assemble(args), args.file)
    text, problems = resolved_text(path, Folder(path.parent, lambda file: file.name), origins=args.resolved)
    for problem in problems:
        complain(render(problem))
    say(text.rstrip())
    return REFUSED if any(problem.severity == "error" for problem in problems) else DONE


def print_page(args: argparse.Namespace) -> int:
    """Write a script as one HTML page."""
    parts, loaded, script = _asked(args)
    put(
        page_of(
            script, _pace(parts, script), f"{Path(loaded.file).name}, {on_record(parts.here)}, {script.hash}"
        ),
        args.out,
    )
    return DONE


def schema(args: argparse.Namespace) -> int:
    """Write the JSON Schema of a script, with the team's outcomes in it."""
    outcomes = [outcome.id for outcome in assemble(args).settings.outcomes]
    put(json.dumps(script_schema(outcomes), ensure_ascii=False, indent=1) + "\n", args.out)
    if args.out is not None:
        say("Put this at the top of a script; the path is seen from the script:")
        say(f"# yaml-language-server: $schema=../{args.out.name}")
    return DONE


def new(args: argparse.Namespace) -> int:
    """Write a first script from flags or from a dialogue. Raises `RefusedError` when it would overwrite a file."""
    parts = assemble(args)
    folder = parts.settings.scripts_folder
    said = {question.field: getattr(args, question.field) for question in DIALOGUE}
    if not args.title:
        said = _dialogue(said)
    language = args.language or parts.settings.language
    house = "_house.yaml" if language[:2] == "en" else f"_house_{language[:2]}.yaml"
    extends = house if not args.no_house and (folder / house).is_file() else ""
    path: Path = args.out or folder / file_name(said["title"])
    text = script_text(Answers(**said, language=language, extends=extends))
    with suppress(OSError):  # what is wrong with the folder is said of the file
        path.parent.mkdir(parents=True, exist_ok=True)
    put(text, path, "x")
    shown = path if args.out else path.stem
    say(f"Walk through it:   powerhour scripts preview {shown}")
    return DONE


def _dialogue(said: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """What the person answers; Enter alone takes the example."""
    if not sys.stdin.isatty():
        raise RefusedError('There is nobody to ask. Give at least --title "Spring call".', USAGE)
    say("Enter alone takes the example.")
    for question in DIALOGUE:
        example = fill(
            question.example, _DIALOGUE_WIDTH, initial_indent="  e.g. ", subsequent_indent="       "
        )
        say(f"\n{question.ask}\n{example}")
        try:
            answers = [input("> ")]
            while question.several and answers[-1].strip():
                answers.append(input("> "))
        except EOFError:
            raise RefusedError("Stopped; nothing was written.") from None
        said[question.field] = [a for a in answers if a.strip()] if question.several else answers[0]
    if not str(said["title"]).strip():
        said["title"] = DIALOGUE[0].example
    return said


def preview(args: argparse.Namespace) -> int:
    """Walk through a script until the trainer leaves. Exit 1 after a crash."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError(
            "The preview needs a terminal to show itself in. For scripts: powerhour scripts tree FILE"
        )
    from tui.cli.scripts.check import options_of
    from tui.screens.preview import preview as run
    from tui.script.author.preview import Rehearsal
    from tui.script.check.check import check_script
    from tui.system.terminal import plain_glyphs

    parts = assemble(args)
    settings, options = parts.settings, options_of(parts)
    rehearsal = Rehearsal(
        _found(parts, args.file),
        lambda loaded: check_script(loaded, options),
        settings.defaults_for,
        settings.speech.words_per_minute,
        parts.here.date(),
    )
    plain = plain_glyphs(settings.glyphs)
    return run(rehearsal, settings.editor, settings.theme, plain_glyphs=plain)


def _asked(args: argparse.Namespace) -> tuple[Parts, Loaded, Script]:
    """The parts, and the script that the command names. Raises `RefusedError`."""
    parts = assemble(args)
    return parts, *_usable(_found(parts, args.file))


def _usable(path: Path) -> tuple[Loaded, Script]:
    """The script in a file. Raises `RefusedError` with what is wrong in it."""
    loaded = load(path, Folder(path.parent, lambda file: str(path.parent / file.name)))
    if loaded.script is None:
        errors = [problem for problem in loaded.problems if problem.severity == "error"]
        raise RefusedError("\n\n".join(render(p, loaded.lines.get(p.file, [])) for p in errors[:5]))
    return loaded, loaded.script


def _found(parts: Parts, name: str) -> Path:
    """The file of a script: as it is named, else in the team folder. Raises `RefusedError`."""
    folder = parts.settings.scripts_folder
    for path in (Path(name), folder / name, folder / f"{name}.yaml", folder / f"{name}.yml"):
        if path.is_file():
            return path
    there = sorted(path.stem for path in folder.glob("*.yaml")) if folder.is_dir() else []
    advice = did_you_mean(Path(name).stem, there) or f"in {folder} there are: {', '.join(there) or 'none'}"
    raise RefusedError(f"There is no script {name}; {advice}")


def _pace(parts: Parts, script: Script) -> Pace:
    return Pace(script.language, parts.settings.speech.words_per_minute)
