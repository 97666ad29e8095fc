"""A command that writes has written when it prints: a reader that is gone, as behind `| head -1`, loses nothing."""

from __future__ import annotations

import io
import os
import subprocess
from datetime import UTC, datetime

import pytest

from tests.cli.conftest import CONTACTS
from tests.cli.test_every_command import ALL
from tests.conftest import PROGRAM
from tui.cli.main import main
from tui.domain.contact import Contact
from tui.script.files.suggestions import Suggestion, append
from tui.storage.sharing.account_file import header_line, record_line
from tui.storage.tiny import TinyStore


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


READS = frozenset(
    {"", "contacts", "queue", "who", "sessions", "report", "explain", "dnc", "dnc list", "doctor", "config"}
    | {"people", "people doubtful", "people joined", "completion"}
    | {
        "scripts",
        *(f"scripts {one}" for one in ("explain", "tree", "graph", "paths", "diff", "show", "preview")),
    }
    | {"scripts stats", "scripts lint"}
)
"""Commands that write nothing. `scripts lint` is another name of `scripts check`."""
AT_A_LIST = frozenset({"team", *(f"team {one}" for one in ("init", "join", "status", "members", "leave"))})
"""They ask and write a database: tests/cli/test_team_list.py."""
HAND = ("hand-over", "rossi", "--to", "Kim", "--note", "n", "--agreed")
REGISTER = ("--register", "TPS", "--date", "2026-11-02", "--country", "GB")
WRITES: list[tuple[str, tuple[str, ...], str]] = [
    # The words of the command, and what stands in the store (or in the file of that name) afterwards.
    ("import", ("more.csv", "--yes"), "Gus Hill"),
    ("import", ("more.csv", "--yes", "--json"), "Gus Hill"),
    ("export", ("contacts", "--out", "out.csv"), "out.csv: Fay"),
    ("export", ("calls", "--out", "out.csv"), "out.csv: direction"),
    ("export", ("contacts", "--format", "jsonl", "--out", "out.jsonl"), "out.jsonl: Fay"),
    ("export", ("--due", "email", "--out", "due.csv"), "due.csv: contact id"),
    ("export", ("--all", "--out", "all.jsonl"), "all.jsonl: Fay"),
    ("merge", ("theirs.jsonl",), "Zoe Ito"),
    ("merge", ("theirs.jsonl", "--json"), "Zoe Ito"),
    ("people same", ("rossi", "lund"), "same=True"),
    ("people apart", ("rossi", "lund"), "same=False"),
    ("split", ("more.csv", "--reps", "Ann,Bo"), "more-bo.csv: Hal Ito"),
    ("split", ("more.csv", "--reps", "Ann,Bo", "--json"), "more-bo.csv: Hal Ito"),
    ("log", ("rossi", "no_answer", "rang out"), "rang out"),
    ("log", ("rossi", "sent", "a brochure", "--channel", "email"), "a brochure"),
    ("log", ("rossi", "no_answer", "rang out", "--json"), "rang out"),
    ("hand-over", HAND[1:], "Kim"),
    ("hand-over", (*HAND[1:], "--json"), "Kim"),
    ("forget", ("rossi", "--yes"), "data/sessions.json: forgotten"),
    ("export-person", ("rossi", "--out", "ann.txt"), "ann.txt: Rossi"),
    ("retention", ("--keep", "rossi"), "kept_at=datetime"),
    ("dnc add", ("rossi", "--why", "by letter"), "by letter"),
    ("dnc add", ("+44 20 7946 0199", "--json"), "+442079460199"),
    ("dnc lift", ("brandt", "--reason", "asked us"), "asked us"),
    ("dnc answer", ("+44 20 7946 0166", "no"), "other_person"),
    ("dnc export", ("--out", "list.jsonl"), "list.jsonl: addition"),
    ("dnc import", ("tps.txt", *REGISTER), "+442079460200"),
    ("init", ("fresh",), "fresh/config.yaml: config"),
    ("scripts check", ("--fix", "broken"), "broken/b.yaml: Caf\u00e9 b"),
    ("scripts new", ("--title", "New words", "--no-house"), "team/scripts/new_words.yaml: New words"),
    ("scripts print", ("enquiry", "--out", "page.html"), "page.html: html"),
    ("scripts schema", ("--out", "schema.json"), "schema.json: required"),
    ("scripts suggestions", ("--take", "1"), "team/scripts/friendly_call.yaml: When then?"),
]


def test_every_command_that_writes_is_tried_here() -> None:
    assert set(ALL) == READS | AT_A_LIST | {command for command, *_ in WRITES}
    assert not READS & {command for command, *_ in WRITES}


@pytest.fixture
def written(imported, home, data, team):
    """What stands in the store, or in a file: `written("out.csv: Fay")`."""
    more = "Name,Phone\nGus Hill,+44 20 7946 0120\nHal Ito,+44 20 7946 0121\n"
    (home / "more.csv").write_text(more)
    lines = (
        header_line("r", datetime(2026, 11, 23, tzinfo=UTC), 1),
        record_line(Contact("z", name="Zoe Ito")),
    )
    (home / "theirs.jsonl").write_bytes(b"".join(lines))
    (home / "tps.txt").write_text("020 7946 0200\nnot a number 99999\n")
    (home / "broken").mkdir()
    for name in "ab":
        (home / f"broken/{name}.yaml").write_bytes(f"title: Caf\u00e9 {name}\n".encode("cp1252"))

    def there(what: str) -> bool:
        file, is_file, words = what.partition(": ")
        if is_file:
            return (home / file).exists() and words in (home / file).read_text("utf-8", "replace")
        store = TinyStore.open(data, read_only=True)
        try:
            kept = (*store.contacts(), *store.calls(), *store.do_not_call(), *store.same_person())
            return any(what in repr(one) for one in kept)
        finally:
            store.close()

    return there


@pytest.mark.parametrize(
    ("command", "words", "what"), WRITES, ids=[" ".join((one, *words)) for one, words, _ in WRITES]
)
def test_every_command_that_writes_has_written(imported, unread, written, home, data, command, words, what):
    if command == "dnc answer":
        (home / "like.csv").write_text("Name,Company,Phone\nDr Eva Brandt,Brandt & Sohn,+44 20 7946 0166\n")
        assert imported("import", "like.csv", "--yes").code == 0
    if command == "scripts suggestions":
        append(
            data,
            Suggestion("friendly_call", "when", "When shall I call you about it?", "When then?", "today"),
        )
    assert not written(what)
    assert unread("--workspace", "team", *command.split(), *words) == 0
    assert written(what)


def test_into_a_real_pipe_that_is_closed_an_import_loses_nothing(run, home, data, contact_file):
    reader, writer = os.pipe()
    os.close(reader)
    words = ("--data", str(data), "import", str(contact_file), "--yes", "--region", "GB")
    with os.fdopen(writer, "w") as closed:
        done = subprocess.run(
            [*PROGRAM, *words], cwd=home, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(run("contacts", "--json").rows) == 4
