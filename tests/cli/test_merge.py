"""`export --all` and `merge`: what colleagues may have travels in a file, and comes in whole or not at all."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tui.domain.shared.merge import Record, shared
from tui.storage.sharing.account_inbox import AccountInbox
from tui.storage.tiny import TinyStore

Run = Callable[..., Done]


@pytest.fixture
def other(home: Path) -> tuple[str, str]:
    """The data folder of a colleague."""
    return "--data", str(home / "colleague")


@pytest.fixture
def both(imported: Run, other: tuple[str, str], contact_file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run`, where two reps imported the same list and each worked it."""
    run = imported
    monkeypatch.setenv("POWERHOUR_NOW", "2026-11-23T14:30")
    done = run(*other, "import", str(contact_file), "--yes", "--region", "GB", "--list", "North")
    assert done.code == 0, done.err
    monkeypatch.setenv("POWERHOUR_NOW", "2026-11-23T15:01")
    for command in (
        ("log", "Bo Lund", "voicemail"),
        (*other, "log", "Bo Lund", "no_answer"),
        (*other, "log", "Ann Rossi", "do_not_call"),
    ):
        assert run(*command).code == 0
    return run


def truth(folder: Path | str) -> dict[tuple[str, str], Record]:
    store = TinyStore.open(Path(folder), read_only=True)
    found = {(type(one).__name__, one.id): shared(one) for one in store.accounts()}
    store.close()
    return found


def test_b57_two_reps_merge_each_other_and_have_the_same(
    both: Run, other: tuple[str, str], data: Path
) -> None:
    run = both
    assert run("export", "--all", "--out", "mine.jsonl").code == 0
    assert run(*other, "export", "--all", "--out", "theirs.jsonl").code == 0
    done = run("merge", "theirs.jsonl")
    assert (done.code, done.err) == (0, "")
    assert "1 person asked a colleague never to be called." in done.out
    assert "4 people were here already." in done.out
    assert run(*other, "merge", "mine.jsonl").code == 0
    assert truth(data) == truth(other[1])
    assert len(run("contacts", "--json").rows) == 4
    before = truth(data)
    again = run("merge", "theirs.jsonl", "mine.jsonl")
    assert again.out.splitlines()[1:] == ["Nothing new: all of it was here already."]
    assert truth(data) == before


def test_the_queue_knows_what_a_colleague_did(both: Run, other: tuple[str, str]) -> None:
    run = both
    run(*other, "export", "--all", "--out", "theirs.jsonl")
    waiting = {row["name"] for row in run("queue", "--json").rows}
    assert "Ann Rossi" in waiting
    assert run("merge", "theirs.jsonl").code == 0
    assert "Ann Rossi" not in {row["name"] for row in run("queue", "--json").rows}


def test_a_folder_and_a_pipe_are_taken(both: Run, other: tuple[str, str], home: Path, data: Path) -> None:
    run, folder = both, home / "accounts"
    folder.mkdir()
    (folder / "theirs.jsonl").write_text(run(*other, "export", "--all").out, "ascii")
    done = run("merge", str(folder), "--json")
    assert done.code == 0, done.err
    assert done.rows[0]["people_joined"] == 4
    assert sum(done.rows[0]["calls"].values()) == 2


def test_the_file_is_the_reps_alone_and_holds_nothing_of_the_first_start(run: Run, home: Path) -> None:
    assert run("log", "nobody", "voicemail").code == 0  # opens a cockpit, which brings the fictional people
    done = run("export", "--all", "--out", "Kim's own.jsonl")
    assert """powerhour merge 'Kim'"'"'s own.jsonl'""" in done.err
    done = run("export", "--all", "--out", "mine.jsonl")
    assert done.code == 0
    assert stat.S_IMODE((home / "mine.jsonl").stat().st_mode) == 0o600
    lines = [json.loads(line) for line in (home / "mine.jsonl").read_text("ascii").splitlines()]
    assert [line for line in lines if line.get("table") in ("contacts", "calls")] == []
    assert lines[0]["count"] == len(lines) - 1
    assert run("export", "--all", "--out", "mine.jsonl").code == 1


def test_people_never_go_into_the_team_folder(imported: Run, home: Path) -> None:
    team = home / "team"
    assert imported("init", str(team)).code == 0
    for path in (team / "all.jsonl", team / "scripts" / "all.jsonl"):
        done = imported("--workspace", str(team), "export", "--all", "--out", str(path))
        assert done.code == 1
        assert "in the team folder, which git shares" in done.err
        assert not path.exists()


@pytest.mark.parametrize(("what", "said"), [("half", "is cut short"), ("csv", "was not written by")])
def test_one_bad_file_among_several_and_nothing_is_written(
    both: Run, other: tuple[str, str], home: Path, data: Path, what: str, said: str
) -> None:
    run = both
    whole = run(*other, "export", "--all").out
    (home / "good.jsonl").write_text(whole, "ascii")
    (home / "bad.jsonl").write_text(whole[:-99] if what == "half" else "Name,Phone\n", "ascii")
    before = truth(data)
    done = run("merge", "good.jsonl", "bad.jsonl")
    assert done.code == 1
    assert said in done.err
    assert done.out == ""
    assert truth(data) == before


def test_beside_an_open_cockpit_the_file_waits_for_it(
    both: Run, other: tuple[str, str], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = both
    monkeypatch.setattr("tui.cli.wiring.TURN_S", 0.0)
    run(*other, "export", "--all", "--out", "theirs.jsonl")
    store = TinyStore.open(data)
    try:
        done = run("merge", "theirs.jsonl")
    finally:
        store.close()
    assert done.code == 0
    assert done.out == "1 file left for the open Power Hour, which takes them in at the queue.\n"
    (waiting,) = AccountInbox(data).waiting()
    assert stat.S_IMODE(waiting.stat().st_mode) == 0o600
    assert stat.S_IMODE(waiting.parent.stat().st_mode) == 0o700
    taken = run("merge", "theirs.jsonl")
    assert "4 people were here already." in taken.out
    assert AccountInbox(data).waiting() == ()


def test_who_is_one_person_is_decided_by_command(both: Run, other: tuple[str, str], home: Path) -> None:
    run = both
    (home / "more.csv").write_text("Name,Company,Phone\nAnn M Rossi,Acme Tools,020 7946 0100\n", "utf-8")
    assert run(*other, "import", "more.csv", "--yes", "--region", "GB").code == 0
    run(*other, "export", "--all", "--out", "theirs.jsonl")
    assert "1 pair may be one person: powerhour people asks." in run("merge", "theirs.jsonl").out
    (pair,) = run("people", "doubtful", "--json").rows
    one, two = pair["one"], pair["other"]
    assert len(run("contacts", "--json").rows) == 5
    assert run("people", "same", one, two).code == 0
    assert len(run("contacts", "--json").rows) == 4
    assert run("people", "doubtful", "--json").rows == []
    assert run("people", "same", one, two).code == 1
    assert {row["id"] for row in run("people", "joined", "--json").rows} >= {one, two}
    assert run("people", "apart", one, two).code == 0
    assert len(run("contacts", "--json").rows) == 5
    assert run("people").out == "Nobody seems to be here twice.\n"
    assert run("people", "apart", one, one).code == 1


def test_an_import_says_of_such_a_file_which_command_takes_it(imported: Run) -> None:
    assert imported("export", "--all", "--out", "mine.jsonl").code == 0
    done = imported("import", "mine.jsonl", "--yes")
    assert done.code == 1
    assert "Take it in with `powerhour merge mine.jsonl`." in done.err
