"""The command line, and one command from start to exit code, whatever happens on the way."""

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
from typing import Any

from tui import __version__
from tui.cli.arguments import COMMANDS
from tui.cli.command import Command
from tui.cli.output import (
    COMMAND,
    DONE,
    INTERRUPTED,
    REFUSED,
    STORE_OPEN,
    RefusedError,
    complain,
    inert_output,
)
from tui.system.ending import command_stopped_words, write_crash

_ABOUT = """\
A call cockpit for people who sell by phone. Without a command it opens the cockpit.

Where things are:   powerhour config
What may be missing: powerhour doctor
"""
_TAKES_NOTHING = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Errors of a disk that is full, or of a window that was closed: no fault of ours."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 refused or bad input, 2 usage, 3 store open elsewhere."""
    with inert_output():
        return _main(argv)


def _main(argv: Sequence[str] | None) -> int:
    code = DONE
    try:
        code = _run(parser().parse_args(argv))
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # The reader (`head`, a pager) has what it wanted; what was refused stays so.
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

    COMMAND.set(getattr(args, "named", "powerhour"))
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
def parser() -> argparse.ArgumentParser:
    """The whole command line. What it reads has `run`: the command, which gives its exit code."""
    whole = argparse.ArgumentParser(
        prog="powerhour",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_places(None)],
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"powerhour {__version__}")
    whole.add_argument("--plain", action="store_true", help="the cockpit in lines, without a screen")
    whole.set_defaults(run=_later("open_cockpit:run"), json=False)
    # Without a default a folder named before the command is not forgotten behind it.
    menu = whole.add_subparsers(title="commands", metavar="COMMAND", parser_class=_WhenNamed)
    _add(COMMANDS, menu, _places(argparse.SUPPRESS))
    return whole


class _WhenNamed(argparse.ArgumentParser):
    """The command line of one command, which is made when somebody looks: a start names none of them."""

    def __init__(self, *, command: Command, places: argparse.ArgumentParser, **options: Any) -> None:
        self._waiting = command, places, options

    def __getattr__(self, name: str) -> Any:
        if "_waiting" not in self.__dict__:
            raise AttributeError(name)
        command, places, options = self.__dict__.pop("_waiting")
        super().__init__(description=command.about, parents=[places], allow_abbrev=False, **options)
        self.set_defaults(run=_later(command.run), named=options["prog"], **command.alone)
        for names, taken in command.takes:
            self.add_argument(*names, **taken)
        if command.under:
            _add(command.under, self.add_subparsers(metavar="COMMAND"), places)
        return getattr(self, name)


def _add(
    commands: tuple[Command, ...],
    menu: argparse._SubParsersAction[_WhenNamed],
    places: argparse.ArgumentParser,
) -> None:
    for command in commands:
        aliases, about = command.aliases, command.about
        menu.add_parser(command.name, help=about, aliases=aliases, command=command, places=places)


def _places(default: str | None) -> argparse.ArgumentParser:
    places = argparse.ArgumentParser(add_help=False, argument_default=default)
    places.add_argument("--data", type=Path, metavar="DIR", help="folder of your contacts and calls")
    places.add_argument("--workspace", type=Path, metavar="DIR", help="team folder: config.yaml and scripts/")
    return places


def _later(path: str) -> Callable[[argparse.Namespace], int]:
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
