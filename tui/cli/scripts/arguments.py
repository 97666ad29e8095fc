"""What can be asked of `powerhour scripts`: check, see, rehearse, compare, write, measure."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Run = Callable[[argparse.Namespace], int]
ENTRIES = ("call", "follow_up", "gatekeeper", "they_ring_back", "stop", "voicemail")
FORMATS = ("full", "concise", "github", "json")
METRICS = ("conversation", "next_step", "win")
_FILE_HELP = "the script: its file, or its name in the team folder"


class Menu:
    """Adds the commands. `later` turns `module:function` into what runs when the command does."""

    def __init__(
        self, kinds: argparse._SubParsersAction[argparse.ArgumentParser], later: Callable[[str], Run]
    ) -> None:
        self._kinds = kinds
        self._later = later

    def add(self) -> None:
        """All commands."""
        self._checking()
        self._shapes()
        self._writing()
        self._measuring()

    def _command(self, name: str, about: str, run: str, *aliases: str) -> argparse.ArgumentParser:
        one = self._kinds.add_parser(name, help=about, description=about, aliases=aliases, allow_abbrev=False)
        one.set_defaults(run=self._later(run))
        return one

    def _checking(self) -> None:
        about = "What is wrong in the scripts, with the place and the cure."
        one = _json(self._command("check", about, "scripts.check:check", "lint"))
        only = "only these; else the team folder's"
        one.add_argument("file", nargs="*", type=Path, metavar="FILE", help=only)
        one.add_argument("--format", choices=FORMATS, default="full", help="how it is told")
        one.add_argument("--fix", action="store_true", help="first mend quotes, tabs, spaces and encoding")
        one = self._command("explain", "What a code such as PH507 means.", "scripts.check:explain")
        one.add_argument("code", nargs="*", metavar="CODE", help="else all codes are listed")

    def _shapes(self) -> None:
        one = _file(self._command("tree", "The shape of a script, line by line.", "scripts.authoring:tree"))
        _entry(one)
        one = _file(
            self._command("graph", "The script as a Mermaid chart, for a wiki.", "scripts.authoring:graph")
        )
        one.add_argument(
            "--from", dest="entry", choices=ENTRIES[:-1], default="call", help="the way into the call"
        )
        one = _json(
            _file(
                self._command(
                    "paths", "Every way a call can go, and its talking time.", "scripts.authoring:paths"
                )
            )
        )
        _entry(one)
        one.add_argument("--all", action="store_true", help="every way, not only the first 20 of each")
        one = _json(
            self._command(
                "diff", "What changed between two versions, in plain words.", "scripts.authoring:diff"
            )
        )
        one.add_argument(
            "old", metavar="OLD", help="the version before; alone: the script to compare with git"
        )
        one.add_argument("new", nargs="?", default="", metavar="NEW", help="the version now")
        one.add_argument(
            "--since", default="HEAD", metavar="REVISION", help="the version in git to compare with"
        )
        one = _file(
            self._command("show", "A script, with what it takes from other files.", "scripts.authoring:show")
        )
        one.add_argument(
            "--resolved", action="store_true", help="every line with the file and line it comes from"
        )
        one = _file(
            self._command(
                "print", "A script as one HTML page, to print or send.", "scripts.authoring:print_page"
            )
        )
        _out(one)

    def _writing(self) -> None:
        one = self._command("new", "Write a first script; asks a few questions.", "scripts.authoring:new")
        one.add_argument("--title", default="", help="its name; with it nothing is asked")
        for field, about in (
            ("goal", "what a good call ends with"),
            ("opener", "the first words"),
            ("pitch", "what you offer"),
            ("close", "how the next contact is agreed"),
            ("voicemail", "what a machine hears"),
            ("they-ring-back", "what is said when they call back"),
            ("stop", "what is said when they want no more calls"),
        ):
            one.add_argument(f"--{field}", default="", metavar="WORDS", help=about)
        one.add_argument(
            "--ask", action="append", default=[], metavar="WORDS", help="a question; may be repeated"
        )
        one.add_argument("--language", default="", metavar="en", help="its language; else the team's")
        one.add_argument("--no-house", action="store_true", help="take nothing from _house.yaml")
        _out(one)
        _file(
            self._command("preview", "Walk through a script while you write it.", "scripts.authoring:preview")
        )
        _out(
            self._command(
                "schema", "A JSON Schema, so that editors help with scripts.", "scripts.authoring:schema"
            )
        )

    def _measuring(self) -> None:
        about = "Which words work: rates, tests, lines never reached, where calls end."
        one = _json(self._command("stats", about, "scripts.results:stats"))
        one.add_argument("name", nargs="?", default="", metavar="SCRIPT", help="only this script, by its id")
        one.add_argument("--metric", choices=METRICS, help="what counts as success; else experiments.metric")
        about = "Wordings that reps proposed during calls, beside the line."
        one = _json(self._command("suggestions", about, "scripts.results:suggestions"))
        one.add_argument(
            "name", nargs="?", default="", metavar="SCRIPT", help="only for this script, by its id"
        )
        place = "a rep's suggestions.jsonl, or its folder; may be repeated; else your own"
        one.add_argument(
            "--from", dest="places", action="append", type=Path, default=[], metavar="PLACE", help=place
        )
        into = "put the words of this one into its script; the number is the one shown"
        one.add_argument("--take", type=int, metavar="NUMBER", help=into)


def _file(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    one.add_argument("file", metavar="SCRIPT", help=_FILE_HELP)
    return one


def _json(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    one.add_argument("--json", action="store_true", help="print one JSON object")
    return one


def _entry(one: argparse.ArgumentParser) -> None:
    one.add_argument("--from", dest="entry", choices=ENTRIES, help="only this way into the call")


def _out(one: argparse.ArgumentParser) -> None:
    one.add_argument("--out", type=Path, metavar="FILE", help="the file to write; else it goes to the screen")
