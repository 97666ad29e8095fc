"""`powerhour completion`: the script with which a shell completes our commands, their options and what these take."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import shtab

from tui.cli.main import parser
from tui.cli.output import DONE, say
from tui.cli.wiring import Parts, assemble
from tui.script.check.rulebook import codes
from tui.script.files.library import Library
from tui.settings.explain import explain

_PLAIN = re.compile(r"\w[\w.-]*", re.ASCII)
"""A word in which no shell sees more than a word: what a team's files are called never runs."""


def completion(args: argparse.Namespace) -> int:
    """Print the script for a shell. Its words are of the command table, of the settings and of the team's scripts."""
    whole = parser.__wrapped__()  # one of our own: the words below would bind what other commands take
    words = _words(assemble(args))
    for action in _actions(whole):
        if action.choices is None and (known := words.get(str(action.metavar))):
            action.choices = known
        elif action.type is Path:
            action.complete = shtab.DIRECTORY if action.metavar == "DIR" else shtab.FILE  # type: ignore[attr-defined]
    say(shtab.complete(whole, args.shell))
    return DONE


def _actions(at: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What a command and the commands in it take."""
    for action in at._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inside in action.choices.values():
                yield from _actions(inside)


def _words(parts: Parts) -> Mapping[str, Sequence[str]]:
    """What may stand in the place of a placeholder, where the table cannot know it."""
    outcomes = (*(outcome.id for outcome in parts.settings.outcomes), "sent", "cancelled")
    settings = ("check", "schema", *(row.key for row in explain(parts.loaded)))
    found: dict[str, Sequence[str]] = {
        "OUTCOME": outcomes,
        "SCRIPT": tuple(Library(parts.settings.scripts_folder).ids()),
        "KEY": settings,
        "CODE": tuple(codes()),
    }
    return {name: [word for word in words if _PLAIN.fullmatch(word)] for name, words in found.items()}
