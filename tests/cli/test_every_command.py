"""No command prints a traceback or ends with a fault of ours, whatever lies in the data folder."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.cli.main import parser
from tui.cli.script_arguments import _ENTRIES
from tui.script.language.graph import ENTRIES

SCRIPT = "warm"
COMMANDS = {
    "": [],
    "import": ["customers.csv", "--yes", "--region", "GB"],
    "export": ["calls"],
    "merge": ["account.jsonl"],
    "people": [],
    "people doubtful": [],
    "people joined": [],
    "people same": ["Ann Rossi", "Bo Lund"],
    "people apart": ["Ann Rossi", "Bo Lund"],
    "split": ["customers.csv", "--reps", "Ann,Bo", "--region", "GB"],
    "contacts": [],
    "queue": ["--held"],
    "who": ["rossi"],
    "log": ["rossi", "no_answer", "a note"],
    "sessions": [],
    "report": ["--since", "all"],
    "explain": ["rossi"],
    "hand-over": ["rossi", "--to", "Kim", "--note", "n", "--agreed"],
    "dnc": [],
    "dnc list": [],
    "dnc add": ["+44 20 7946 0111", "--why", "asked"],
    "dnc answer": ["Ann Rossi", "no"],
    "dnc export": [],
    "dnc lift": ["+44 20 7946 0111", "--reason", "asked again"],
    "dnc import": ["register.txt", "--register", "TPS", "--date", "2026-11-02"],
    "init": ["team"],
    **dict.fromkeys(("team", "team init", "team join", "team status", "team members", "team leave"), ()),
    "forget": ["rossi", "--yes"],
    "export-person": ["rossi", "--format", "json"],
    "retention": ["--now"],
    "completion": ["bash"],
    "doctor": [],
    "config": [],
    "scripts": [],
    "scripts check": [],
    "scripts lint": [],
    "scripts explain": [],
    "scripts suggestions": [],
    "scripts stats": [],
}
"""Arguments by command. A command that is not here gets the name of a script."""


def test_the_ways_into_a_call_are_those_of_a_script():
    """They stand on the command line once more, because no start reads the rooms of scripts for them."""
    assert _ENTRIES == ENTRIES


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command of the parser, those inside others too."""
    yield before
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inside in action.choices.items():
                yield from commands(inside, f"{before} {name}".strip())


ALL = sorted(set(commands(parser())))


def arguments(command):
    return [*command.split(), *COMMANDS.get(command, [SCRIPT])]


def spoil_state(data):
    """Everything a later release might have written otherwise."""
    file = data / "sessions.json"
    raw = json.loads(file.read_text())
    rows = raw.setdefault("state", {})
    running = {"saved_at": "2026-11-23T15:00:00+00:00", "session": "s", "clock": {"planned": []}}
    running["stack"] = [{"id": 5, "contact_id": "nobody", "phase": "listening", "notes": [[]], "draft": None}]
    spoiled = {
        "running": running,
        "drafts": {"x": 7},
        "left_open": [1],
        "owed": {"open": 3},
        "rep": {"id": []},
    }
    for key, value in enumerate(spoiled.items(), 100):
        rows[str(key)] = {"key": value[0], "value": value[1]}
    rows["99"] = {"key": "keep_notes", "value": "zz"}
    file.write_text(json.dumps(raw))


@pytest.fixture
def files(home):
    (home / "register.txt").write_text("+442079460112\n")
    return home


@pytest.mark.parametrize("command", ALL)
def test_a_state_that_cannot_be_restored_stops_no_command(imported, data, files, command):
    spoil_state(data)
    done = imported(*arguments(command))
    assert "stopped" not in done.err
    assert "Traceback" not in done.err + done.out
    assert done.code in ((1, 2) if command not in COMMANDS or command in ("", "dnc lift") else (0, 1)), (
        done.err
    )


DAMAGE = {
    "sessions.json": [
        b"",
        b"\xff\xfe\x00",
        b'{"contacts": {"1": 5}}',
        b"[1]",
        b'{"state":{"1":{"key":[],"value":1}}}',
    ],
    "sessions.json.journal": [b"\xfc\n", b"zz\n" * 3],
    "suggestions.jsonl": [b"\xfc\n{}\n[]\n5\n"],
    "starting": [b"\xff"],
    "crash.log": [b"\xff"],
}
DAMAGES = [(name, content) for name, contents in DAMAGE.items() for content in contents]
QUICK = {command: place % len(DAMAGES) for place, command in enumerate(ALL)}
"""The one damage that the inner loop tries with each command; the others are slow."""


@pytest.mark.parametrize(
    ("command", "damages"),
    [
        *(pytest.param(one, [DAMAGES[QUICK[one]]], id=one) for one in ALL),
        *(
            pytest.param(
                one,
                [damage for place, damage in enumerate(DAMAGES) if place != QUICK[one]],
                id=f"{one}, the others",
                marks=pytest.mark.slow,
            )
            for one in ALL
        ),
    ],
)
def test_no_damaged_file_of_the_data_folder_stops_a_command_with_a_traceback(
    imported, data, files, command, damages
):
    whole = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    for name, content in damages:
        for path in data.iterdir():
            if path.is_file():
                path.unlink()
        for one, kept in whole.items():
            if not one.endswith(".bak"):
                (data / one).write_bytes(kept)
        (data / name).write_bytes(content)
        done = imported(*arguments(command))
        assert "stopped" not in done.err, (name, content)
        assert "Traceback" not in done.err + done.out


def test_a_command_that_writes_puts_the_state_aside_and_the_doctor_names_the_page(imported, data, files):
    spoil_state(data)
    assert imported("queue").code == 0
    assert not list(data.glob("put-aside-*"))
    done = imported("log", "rossi", "no_answer")
    (page,) = data.glob("put-aside-*.txt")
    assert str(page) in done.err
    assert page.stat().st_mode & 0o777 == 0o600
    assert str(page) in imported("doctor").out
    assert imported("log", "rossi", "no_answer").err == ""
    assert len(list(data.glob("put-aside-*.txt"))) == 1


def test_a_fault_of_ours_is_one_sentence_and_a_log_without_customer_data(imported, data, monkeypatch):
    said = "Ann Rossi wants " + "vans"

    def fault(*_):
        raise KeyError(said)

    monkeypatch.setattr("tui.cli.calls.assemble", fault)
    done = imported("queue")
    assert (done.code, done.out) == (1, "")
    log = data / "crash.log"
    assert (
        done.err == f"Power Hour stopped: this is a fault in the program. Please report it. Details: {log}\n"
    )
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.read_text().startswith("KeyError\n")
    assert "wants vans" not in log.read_text()


def test_the_doctor_names_the_latest_page_of_what_could_not_be_saved(imported, home):
    page = home / "powerhour-not-saved-20261123-150100.txt"
    page.write_text("two vans")
    older = Path(tempfile.gettempdir()) / "powerhour-not-saved-20261122-150100.txt"
    older.write_text("one van")
    assert f"2 pages of what could not be saved when you left, the latest: {page}" in imported("doctor").out
