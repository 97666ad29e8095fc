"""No file name, key or value makes a command send a terminal anything it would obey."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from datetime import UTC, datetime

import pytest

from tests.cli.conftest import keep_scripts
from tui.cli.main import parser
from tui.cli.output import inert_output, progress
from tui.domain.call import Call, Note, ScriptRef
from tui.domain.contact import Contact, Number
from tui.domain.outcome import Category
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
EVIL = "Eve\x1b]52;c;ZXZpbA==\x07\x9b31m\u202e\u2066x\x7f\u2028\x85\b"
"""Writes the clipboard, turns red, turns round, deletes."""
OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)"
)
EVIL_FILE = EVIL.replace("/", "")


@pytest.fixture
def hostile(run, home, data):
    """A team folder, a list and a file, all of whose names and values are hostile; runs a command in them."""
    team = home / f"team {EVIL_FILE}"
    assert run("init", str(team)).code == 0
    keep_scripts(team, "enquiry", "enquiry_it")
    script = f'title: "T\\e]0;{EVIL_FILE}"\nopener: "{{{{x\\e[31m}}}} {EVIL}"\n{EVIL}: 1\n'
    (team / "scripts" / f"{EVIL_FILE}.yaml").write_text(script, "utf-8")
    good = (
        'title: "Good \\e[31m \\x9b1m \\u202e"\nopener: "Hi \\e]0;x\\a {{first_name}}"\nstop: "Bye \\u202e"\n'
    )
    (team / "scripts" / "good.yaml").write_text(good, "utf-8")
    config = team / "config.yaml"
    config.write_text(
        config.read_text("utf-8") + f'\n{EVIL}: 1\n"x\\e[31m": "\\u202e"\nregion: "{EVIL}"\n', "utf-8"
    )
    (home / f"{EVIL_FILE}.csv").write_text(
        f"Name,Phone,{EVIL}\n{EVIL},+44 20 7946 0100,{EVIL}\n,,x{EVIL}\n", "utf-8"
    )
    (home / "dnc.txt").write_text(f"{EVIL}\n+44 20 7946 0101\n", "utf-8")
    store = TinyStore.open(data)
    number = Number(EVIL, "+442079460100", EVIL)
    ann = Contact(
        id="ann", created_at=NOW, name=EVIL, company=EVIL, role=EVIL, numbers=(number,), lists=(EVIL,)
    )
    said = {"notes": (Note(NOW, EVIL),), "answers": {EVIL: EVIL}, "script": ScriptRef("good", EVIL, EVIL)}
    call = Call("c1", "ann", NOW, "voicemail", Category.VOICEMAIL, rep=EVIL, **said)
    store.commit(Change(contacts=(ann,), calls=(call,)), NOW)
    store.close()
    suggestion = {"script": "good", "path": "opener", "old": EVIL, "new": EVIL, "rep": EVIL, "at": EVIL}
    (data / "suggestions.jsonl").write_text(json.dumps(suggestion) + "\n", "utf-8")

    def command(*words: str):
        named = ["--workspace", str(team)] if words[0] != "init" else []
        return run(*named, *words)

    command.team, command.home = team, home
    return command


def _every_command(parser: argparse.ArgumentParser, above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    kinds = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    found = {above} if not kinds or above in (("scripts",), ("dnc",), ("people",), ("team",)) else set()
    for kind in kinds:
        for name, child in kind.choices.items():
            found |= _every_command(child, (*above, name))
    return found


F = f"{EVIL_FILE}.csv"
COMMANDS: dict[tuple[str, ...], list[tuple[str, ...]]] = {
    ("import",): [
        (F, "--dry-run"),
        (F, "--yes", "--list", EVIL),
        (EVIL,),
        (F, "--map", EVIL),
        (F, "--yes", "--json"),
    ],
    ("split",): [
        (F, "--reps", f"{EVIL},Bo"),
        (F, "--reps", "Ann", "--into", f"no/{EVIL}"),
        (F, "--reps", "Ann", "--map", EVIL),
        (EVIL, "--reps", EVIL, "--json"),
    ],
    ("export",): [
        ("contacts",),
        ("calls",),
        ("--format", "jsonl"),
        ("--due", "email"),
        ("--out", f"no/{EVIL}"),
    ],
    ("contacts",): [(), (EVIL,), ("--list", EVIL), ("--json",)],
    ("queue",): [("--held",), ("--json", "--held"), ("--list", EVIL)],
    ("who",): [("Eve",), (EVIL,), ("Eve", "--json")],
    ("log",): [
        ("Eve", EVIL),
        (EVIL, "voicemail", EVIL),
        ("Eve", "voicemail", EVIL, "--at", EVIL),
        ("Eve", "busy", EVIL),
    ],
    ("sessions",): [(), ("--json",)],
    ("report",): [("--since", "all"), ("--since", EVIL), ("--json",)],
    ("explain",): [("Eve",), (EVIL,), ("Eve", "--json")],
    ("hand-over",): [("Eve", "--to", EVIL, "--note", EVIL), (EVIL, "--to", "Bo", "--agreed")],
    ("forget",): [("Eve", "--yes"), (EVIL,), ("Eve",), ("Eve", "--yes", "--json")],
    ("export-person",): [("Eve",), ("Eve", "--format", "json"), (EVIL,), ("Eve", "--out", f"no/{EVIL}")],
    ("retention",): [(), ("--json",), ("--now",), ("--keep", "Eve"), ("--keep", EVIL)],
    ("dnc",): [()],
    ("dnc", "list"): [(), ("--json",)],
    ("dnc", "add"): [("Eve", "--why", EVIL), (EVIL,), (EVIL, "--company", "--why", EVIL)],
    ("dnc", "export"): [(), ("--out", "evil.jsonl")],
    ("dnc", "answer"): [("Eve", "no"), (EVIL, "yes")],
    ("dnc", "lift"): [
        ("Eve", "--reason", EVIL),
        (EVIL, "--reason", EVIL),
        (EVIL, "--company", "--reason", EVIL),
    ],
    ("dnc", "import"): [
        ("dnc.txt", "--register", EVIL, "--date", EVIL),
        ("dnc.txt", "--register", EVIL, "--date", "2026-11-02", "--country", EVIL),
        (EVIL, "--register", "TPS", "--date", "2026-11-02", "--country", "GB"),
    ],
    ("init",): [(EVIL,), ("dnc.txt",)],
    ("merge",): [(EVIL,), (F,), ("evil.jsonl", "--json"), ("none.jsonl", EVIL)],
    ("team",): [()],
    ("team", "init"): [(), ("--print",)],
    ("team", "join"): [(), ("--json",)],
    ("team", "status"): [(), ("--json",)],
    ("team", "members"): [(), ("--add", EVIL, "--manager"), ("--remove", EVIL), ("--json",)],
    ("team", "leave"): [(), ("--anyway", "--json")],
    ("people",): [()],
    ("people", "doubtful"): [(), ("--json",)],
    ("people", "joined"): [(), ("--json",)],
    ("people", "same"): [("Eve", EVIL), (EVIL, "Eve", "--json")],
    ("people", "apart"): [("Eve", EVIL), (EVIL, "Eve", "--json")],
    ("completion",): [("bash",), ("zsh",), ("fish",), (EVIL,)],
    ("doctor",): [(), ("--json",)],
    ("config",): [(), (EVIL,), ("--json",)],
    ("scripts",): [()],
    ("scripts", "check"): [
        (),
        (EVIL,),
        ("--format", "concise"),
        ("--format", "github"),
        ("--json",),
        ("--fix",),
    ],
    ("scripts", "lint"): [()],
    ("scripts", "explain"): [(EVIL,)],
    **{
        ("scripts", one): [("good",), (EVIL,), (EVIL_FILE,)]
        for one in ("tree", "graph", "paths", "show", "print", "preview")
    },
    ("scripts", "diff"): [
        ("good",),
        ("good", EVIL_FILE),
        ("good", "enquiry"),
        ("good", "--since", EVIL),
        (EVIL,),
    ],
    ("scripts", "new"): [("--title", EVIL, "--opener", EVIL), ("--title", "x", "--out", f"no/{EVIL}")],
    ("scripts", "schema"): [(), ("--out", f"{EVIL}.json")],
    ("scripts", "stats"): [(), (EVIL,), ("--json",)],
    ("scripts", "suggestions"): [(), (EVIL,), ("--from", EVIL), ("--take", "1"), ("--json",)],
}


def test_every_command_is_driven_here():
    assert set(COMMANDS) == _every_command(parser())


@pytest.mark.parametrize(
    ("command", "ways"),
    [
        *(pytest.param(one, ways[:1], id=" ".join(one)) for one, ways in COMMANDS.items()),
        *(
            pytest.param(one, ways[1:], id=f"{' '.join(one)}, more", marks=pytest.mark.slow)
            for one, ways in COMMANDS.items()
            if ways[1:]
        ),
    ],
)
def test_nothing_a_terminal_obeys_is_printed(hostile, command, ways):
    for words in ways:
        done = hostile(*command, *words)
        for text in (done.out, done.err):
            found = OBEYED.search(text)
            assert found is None, (
                f"{command} {words}: {text[max(0, found.start() - 40) : found.end() + 20]!r}"
            )


@pytest.mark.parametrize(
    "words",
    [
        ("--no\x1b[31m",),
        ("no\x1b[31m\u202e",),
        ("queue", "--since\x9b1m"),
        ("--workspace", "no\x1b[31m", "config"),
        ("--data", "no\x1b[31m", "doctor"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said_back_harmlessly(run, words):
    done = run(*words)
    assert done.out + done.err
    assert not OBEYED.search(done.out + done.err)


def test_json_keeps_every_value_and_sends_none_raw(capsys):
    from tui.cli.output import print_json

    found = {EVIL: [EVIL, "caffè\U000e0041"]}
    with inert_output():
        print_json(found)
    printed = capsys.readouterr().out
    assert found.items() <= json.loads(printed).items()
    assert not OBEYED.search(printed)
    assert "caffè" in printed


def test_the_streams_are_ours_again_afterwards_and_progress_is_for_a_terminal_only(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with inert_output():
        progress("1,000 rows \x1b[31m")
    progress("never")
    assert sys.stderr is terminal
    assert terminal.getvalue() == "\r1,000 rows \ufffd[31m"
