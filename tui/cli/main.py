"""The command line: what can be asked, and which part does it (imported when it runs)."""

from __future__ import annotations

import argparse
import errno
import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from tui import __version__
from tui.cli.output import DONE, INTERRUPTED, REFUSED, STORE_OPEN, RefusedError, complain, inert_output
from tui.cli.scripts.arguments import Menu
from tui.system.ending import command_stopped_words, write_crash

Run = Callable[[argparse.Namespace], int]
AddCommand = Callable[[str, str, str], argparse.ArgumentParser]

_TAKES_NOTHING = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Errors of a disk that is full, or of a window that was closed: no fault of ours."""
_ABOUT = """\
A call cockpit for people who sell by phone. Without a command it opens the cockpit.

Where things are:   powerhour config
What may be missing: powerhour doctor
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 refused or bad input, 2 usage, 3 store open elsewhere."""
    with inert_output():
        return _main(argv)


def _main(argv: Sequence[str] | None) -> int:
    code = REFUSED
    try:
        args = _parser().parse_args(argv)
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`, a pager) has what it wanted.
        code = DONE
    except KeyboardInterrupt:
        complain("Stopped.")
        code = INTERRUPTED
    except OSError as error:  # the disk behind `> FILE` is full, or the window was closed
        code = REFUSED
        with suppress(OSError):
            complain(f"Not everything could be written: {error.strerror}.")
    _let_go()
    return code


def _let_go() -> None:
    """Nothing must be flushed into a closed pipe or window at the end: the exit code would be another."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(args: argparse.Namespace) -> int:
    from tui.storage.protocol import StoreError, StoreIsOpen

    try:
        code: int = args.run(args)
    except RefusedError as refused:
        complain(str(refused))
        return refused.code
    except StoreIsOpen as taken:
        complain(str(taken))
        return STORE_OPEN
    except StoreError as error:
        complain(str(error))
        return REFUSED
    except BrokenPipeError:
        raise
    except Exception as error:  # a fault of ours: one sentence, and the way through the program in a file
        if isinstance(error, OSError) and error.errno in _TAKES_NOTHING:
            raise
        folder = _data_folder(args)
        complain(command_stopped_words(write_crash(folder, error) if folder else None))
        return REFUSED
    return code


def _data_folder(args: argparse.Namespace) -> Path | None:
    """Where a crash is written down; None when that is what cannot be told."""
    try:
        from tui.settings.places import find

        return find(getattr(args, "workspace", None), getattr(args, "data", None), os.environ)[0].data
    except Exception:
        return None


@cache
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="powerhour",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_places(None)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"powerhour {__version__}")
    parser.set_defaults(run=_later("open_cockpit:run"), json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, about: str, run: str) -> argparse.ArgumentParser:
        # Without a default a folder named before the command is not forgotten behind it.
        one = commands.add_parser(
            name, help=about, description=about, parents=[_places(argparse.SUPPRESS)], allow_abbrev=False
        )
        one.set_defaults(run=_later(run))
        return one

    _add_contact_commands(command)
    _add_call_commands(command)
    _add_never_commands(command)
    _add_team_commands(command)
    return parser


def _places(default: str | None) -> argparse.ArgumentParser:
    places = argparse.ArgumentParser(add_help=False, argument_default=default)
    places.add_argument("--data", type=Path, metavar="DIR", help="folder of your contacts and calls")
    places.add_argument("--workspace", type=Path, metavar="DIR", help="team folder: config.yaml and scripts/")
    return places


def _later(path: str) -> Run:
    """The function `module:name` of this package, imported when it runs: `--help` stays quick."""

    def run(args: argparse.Namespace) -> int:
        module, name = path.split(":")
        command = getattr(importlib.import_module(f"tui.cli.{module}"), name)
        # What was read stays to the end: the collector never looks through it again.
        gc.freeze()
        gc.enable()
        code: int = command(args)
        return code

    return run


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_contact_commands(command: AddCommand) -> None:
    one = _json(command("import", "Import contacts from a file.", "import_contacts:run"))
    one.add_argument("file", type=Path, metavar="FILE", help="CSV as other programs export it")
    one.add_argument(
        "--map", action="append", default=[], metavar="NAME=COLUMN", help="phone=Mobile, or phone=3"
    )
    one.add_argument("--list", default="", metavar="NAME", help="name of the list; else the file's name")
    one.add_argument("--region", default="", metavar="IT", help="country of numbers written without one")
    one.add_argument("--dry-run", action="store_true", help="show what would be imported and write nothing")
    one.add_argument("--yes", action="store_true", help="do not ask")
    one = command("export", "Write contacts or calls to a file.", "contacts:export")
    one.add_argument("what", choices=("contacts", "calls"), nargs="?", default="contacts")
    one.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    one.add_argument("--out", type=Path, metavar="FILE", help="the file; else it goes to the screen")
    one.add_argument("--due", choices=("email", "text", "visit"), help="who is due by this channel today")
    one = _json(command("contacts", "Everybody you have, or those a text matches.", "contacts:contacts"))
    one.add_argument("text", nargs="?", default="", metavar="TEXT")
    one.add_argument("--list", default="", metavar="NAME", help="only one list")


def _add_call_commands(command: AddCommand) -> None:
    one = _json(command("queue", "Who to call now, later today, and what you owe.", "calls:queue"))
    one.add_argument("--list", default="", metavar="NAME", help="only one list")
    one.add_argument("--held", action="store_true", help="also who is not offered today, and why")
    one = _json(command("who", "Who is calling: by part of a number, a name or a company.", "calls:who"))
    one.add_argument("text", nargs="+", metavar="TEXT")
    one = _json(command("log", "Record a call you made elsewhere.", "calls:log"))
    one.add_argument("who", metavar="WHO", help="a name, a company, a number, or an id")
    one.add_argument(
        "outcome", metavar="OUTCOME", help="its name or its key, e.g. voicemail or v; or sent, cancelled"
    )
    one.add_argument("note", nargs="?", default="", metavar="NOTE")
    one.add_argument("--at", default="", metavar="TIME", help="your time: 14:05, or 2026-11-23 14:05")
    one.add_argument(
        "--channel", choices=("email", "text", "visit"), help="with OUTCOME sent: no call, a message"
    )
    one.add_argument("--when", default="", metavar="PHRASE", help="when to call again, their time: fri 3pm")
    _json(command("sessions", "Your sessions and what they brought.", "calls:sessions"))
    one = _json(
        command("report", "What your calls brought: outcomes first, every rate with its n.", "report:report")
    )
    one.add_argument(
        "--since", default="", metavar="WHEN", help="2026-09-01, 90d or all; else the last 30 days"
    )
    one = _json(command("explain", "Why somebody is in the queue, or why not.", "calls:explain"))
    one.add_argument("who", metavar="WHO", help="a name, a company, a number, or an id")


def _add_never_commands(command: AddCommand) -> None:
    one = _json(command("hand-over", "Give a person to a colleague, if they agree.", "contacts:run"))
    one.add_argument("who", metavar="WHO", help="a name, a company, a number, or an id")
    one.add_argument("--to", required=True, metavar="REP", help="the colleague's name, as in their me.name")
    one.add_argument("--note", default="", metavar="TEXT", help="what the colleague must know")
    one.add_argument("--agreed", action="store_true", help="the customer agreed to it")
    never = command("dnc", "The do-not-call list: who is never called.", "do_not_call:show")
    never.set_defaults(json=False)
    kinds = never.add_subparsers(metavar="COMMAND")

    def kind(name: str, about: str, run: str) -> argparse.ArgumentParser:
        one = _json(kinds.add_parser(name, help=about, description=about, allow_abbrev=False))
        one.set_defaults(run=_later(run))
        return one

    kind("list", "everybody on the list", "do_not_call:show")
    one = kind("add", "put a number, a person or a firm on it", "do_not_call:add")
    one.add_argument("what", metavar="WHO", help="a number, a person, or a firm with --company")
    one.add_argument("--company", action="store_true", help="WHO is a firm: everybody there")
    one.add_argument("--why", default="", metavar="TEXT", help="what they said")
    one = kind("lift", "take somebody off, with a reason on record", "do_not_call:lift")
    one.add_argument("what", metavar="WHO", help="a number, a person, or a firm with --company")
    one.add_argument("--company", action="store_true", help="WHO is a firm")
    one.add_argument("--reason", required=True, metavar="TEXT", help="why they may be called again")
    one = kind("import", "take a copy of a public register", "do_not_call:take")
    one.add_argument("file", type=Path, metavar="FILE", help="one number in a line, or a CSV")
    one.add_argument("--register", required=True, metavar="NAME", help="its name, e.g. TPS")
    one.add_argument("--date", required=True, metavar="DATE", help="the day the copy was drawn: 2026-11-02")
    one.add_argument("--country", default="", metavar="GB", help="country of the register")


def _add_team_commands(command: AddCommand) -> None:
    one = command("init", "Write a team folder to start from: config.yaml and scripts/.", "team:init")
    one.add_argument("dir", type=Path, metavar="DIR")
    _json(command("doctor", "What is missing on this machine, and how to get it.", "doctor:run"))
    one = _json(command("config", "Every setting, its value, and where it comes from.", "team:config"))
    one.add_argument("key", nargs="?", default="", metavar="KEY", help="only settings that begin so: cadence")
    scripts = command("scripts", "Look after the call scripts.", "scripts.check:check")
    scripts.set_defaults(file=[], format="full", fix=False, json=False)
    Menu(scripts.add_subparsers(metavar="COMMAND"), _later).add()
