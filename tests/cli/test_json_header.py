"""Everything that is written as JSON says first what it is, of which version, when it was made and by which program."""

from __future__ import annotations

import argparse
import json

import pytest

from tests.cli.test_every_command import ALL, arguments
from tui import __version__
from tui.cli.main import parser
from tui.domain.ids import SCHEMA


def _takes_json(command: str) -> bool:
    at: argparse.ArgumentParser = parser()
    for word in command.split():
        menu = next(one for one in at._actions if isinstance(one, argparse._SubParsersAction))
        at = menu.choices[word]
    return any("--json" in one.option_strings for one in at._actions)


NOT_HERE = ("dnc answer", "team join", "team leave", "team members", "team status")
"""Nobody here looks like somebody who refused; and the others ask a database: tests/cli/test_team_list.py."""
WITH_JSON = [command for command in ALL if _takes_json(command) and command not in NOT_HERE]
HEADER = {"version": 1, "program": f"powerhour {__version__}"}
ARGUMENTS = {"scripts diff": ["scripts", "diff", "enquiry", "enquiry"]}


def assert_headed(found: dict[str, object], what: str, **more: object) -> None:
    assert str(found.pop("made_at")).startswith("2026-11-23T15:01:")
    assert found == {"format": f"powerhour {what}", **HEADER, **more}


def test_most_commands_are_asked() -> None:
    assert len(WITH_JSON) > 20


@pytest.mark.parametrize("command", WITH_JSON)
def test_the_json_of_every_command_begins_with_its_header(imported, team, home, data, command):
    (home / "register.txt").write_text("+442079460112\n")
    if command == "merge":
        assert imported("export", "--all", "--out", "account.jsonl").code == 0
    if command == "dnc lift":
        imported("dnc", "add", "+44 20 7946 0111")
    asked = ARGUMENTS.get(command) or arguments(command)
    words = [word if word != "warm" else "enquiry" for word in asked]
    done = imported("--workspace", str(team), *words, "--json")
    found = json.loads(done.out)
    assert next(iter(found)) == "header"
    assert_headed(found["header"], "scripts check" if command == "scripts lint" else command)


@pytest.mark.parametrize("what", ["contacts", "calls", "do_not_call"])
def test_the_first_line_of_json_lines_is_their_header(imported, what):
    words = ("dnc", "export") if what == "do_not_call" else ("export", what, "--format", "jsonl")
    first = json.loads(imported(*words).out.splitlines()[0])
    assert_headed(first, f"export {what}", kind="export", schema=SCHEMA, holds=what, version=SCHEMA)
