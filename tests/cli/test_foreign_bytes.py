"""A byte that is no UTF-8, in an argument, a name, a file or a variable, is shown and survived by every command."""

from __future__ import annotations

import os

import pytest

from tests.cli.conftest import keep_scripts
from tests.cli.test_every_command import ALL, COMMANDS, arguments

LATIN = "M\udcfcller"
"""As Python hands on the bytes `M\\xfcller`."""
VARIABLES = (
    *("TZ", "LANG", "TERM", "COLORTERM", "NO_COLOR", "USER", "EDITOR", "DISPLAY", "SSH_TTY"),
    *("POWERHOUR_CONFIG", "POWERHOUR_WORKSPACE", "POWERHOUR_NOW", "XDG_CONFIG_HOME"),
)


def sound(done):
    """The command spoke, in one way or another, and every word of it can be written to a terminal."""
    assert "stopped" not in done.err
    assert "Traceback" not in done.err + done.out
    assert done.code in (0, 1, 2)
    (done.out + done.err).encode("utf-8", "replace")


@pytest.mark.parametrize("command", [command for command in ALL if command != "doctor"])
def test_an_argument_in_latin_1_is_an_argument_like_any_other(imported, command):
    words = arguments(command)
    places = [place for place, word in enumerate(words) if place >= len(command.split())]
    for place in [place for place in places if not words[place].startswith("--")] or [len(words)]:
        sound(imported(*words[:place], LATIN, *words[place + 1 :]))


def test_what_was_typed_in_latin_1_is_seen_with_a_mark_in_its_place(imported):
    assert imported("log", "rossi", "no_answer", f"{LATIN} rang").code == 0
    assert "M\ufffdller rang" in imported("export", "calls", "--format", "jsonl").out


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize(
    "commands",
    [("queue", "config"), pytest.param(("doctor", "log", "scripts check"), marks=pytest.mark.slow)],
    ids=" ".join,
)
def test_a_variable_in_latin_1_stops_no_command(imported, monkeypatch, name, commands):
    monkeypatch.setitem(os.environ, name, LATIN)
    for command in commands:
        sound(imported(*arguments(command)))


@pytest.mark.parametrize(
    "where", ["config.yaml", "scripts/warm.yaml", "own", "customers.csv", "register.txt"]
)
def test_a_file_in_latin_1_stops_no_command(imported, home, monkeypatch, where):
    imported("init", "team")
    keep_scripts(home / "team", "warm", "first_call")
    path = {"own": home / "own.yaml", "customers.csv": home / where, "register.txt": home / where}.get(
        where, home / "team" / where
    )
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes(
        b"# M\xfcller\ncompany: M\xfcller\n" + before.replace(b"Rossi", b"R\xfcssi") + b"\n+44 20 7946 \xfc\n"
    )
    monkeypatch.setenv("POWERHOUR_CONFIG", str(home / "own.yaml"))
    monkeypatch.setenv("POWERHOUR_WORKSPACE", str(home / "team"))
    for command in ("queue", "doctor", "config", "scripts check", "import", "dnc import", "scripts tree"):
        sound(imported(*arguments(command)))


@pytest.mark.skipif(os.name == "nt", reason="names are characters there")
def test_a_folder_and_a_file_with_a_name_in_latin_1(run, home, contact_file, monkeypatch):
    folder, file = home / f"data {LATIN}", home / f"{LATIN}.csv"
    file.write_bytes(contact_file.read_bytes())
    sound(run("--data", str(folder), "import", str(file), "--yes", "--region", "GB"))
    for command in ALL:
        if command in COMMANDS:
            sound(run("--data", str(folder), *arguments(command)))
    assert "M\ufffdller" in run("--data", str(folder), "contacts", "--json").out
