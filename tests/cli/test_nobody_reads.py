"""A command that writes has written when it prints: a reader that is gone, as behind `| head -1`, loses nothing."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import CONTACTS
from tui.cli.main import main


class Gone(io.StringIO):
    """A pipe whose other end is closed."""

    def write(self, text: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


@pytest.fixture
def unread(run, data, monkeypatch):
    """Runs a command that nobody reads, neither what it says nor what it complains of."""

    def command(*args: str) -> int:
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", Gone())
            patch.setattr("sys.stderr", Gone())
            return main(["--data", str(data), *args])

    return command


@pytest.mark.parametrize("flags", [("--yes",), ("--yes", "--json"), ("--yes", "--list", "autumn")])
def test_an_import_is_done_though_nobody_reads(run, unread, tmp_path, flags):
    path = tmp_path / "people.csv"
    path.write_text(CONTACTS)
    assert unread("import", str(path), "--region", "GB", *flags) == 0
    assert {row["name"] for row in run("contacts", "--json").rows} == {
        "Ann Rossi",
        "Bo Lund",
        "Eva Brandt",
        "Fay Osei",
    }


def test_who_is_asked_and_does_not_read_has_imported_nothing(run, unread, tmp_path, monkeypatch):
    path = tmp_path / "people.csv"
    path.write_text(CONTACTS)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert unread("import", str(path), "--region", "GB") == 1
    assert run("contacts", "--json").rows == []


@pytest.mark.parametrize(
    ("command", "seen_by", "what"),
    [
        (("dnc", "add", "rossi"), ("dnc", "list", "--json"), "Ann Rossi"),
        (("dnc", "add", "+44 20 7946 0199"), ("dnc", "list", "--json"), "+442079460199"),
        (("dnc", "lift", "brandt", "--reason", "asked us"), ("dnc", "list", "--json"), "lifted"),
        (("log", "rossi", "no_answer", "rang out"), ("export", "calls"), "rang out"),
        (("hand-over", "rossi", "--to", "Kim", "--note", "n", "--agreed"), ("contacts", "--json"), "Kim"),
    ],
)
def test_every_command_that_writes_has_written(imported, unread, command, seen_by, what):
    assert what not in imported(*seen_by).out
    assert unread(*command) == 0
    assert what in imported(*seen_by).out


def test_an_export_to_a_file_and_a_register_are_whole(imported, unread, tmp_path):
    out, register = tmp_path / "out.csv", tmp_path / "tps.txt"
    register.write_text("020 7946 0200\nnot a number 99999\n")
    assert unread("export", "contacts", "--out", str(out)) == 0
    assert len(list(csv.reader(out.open(encoding="utf-8-sig")))) == 5
    taken = ("dnc", "import", str(register), "--register", "TPS", "--date", "2026-11-02", "--country", "GB")
    assert unread(*taken) == 0
    assert "+442079460200" in imported("dnc", "list", "--json").out
