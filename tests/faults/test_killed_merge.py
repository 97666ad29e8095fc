"""kill -9 in the middle of a merge, and the merge simply run again: as if nobody had killed it."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import PROGRAM
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Rep, Source
from tui.domain.outcome import Category
from tui.domain.shared.merge import Record, shared
from tui.storage.protocol import Change
from tui.storage.tiny import FILE, TinyStore

pytestmark = pytest.mark.slow

KILLS = 3
PEOPLE = 800
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def worked_by(folder: Path, rep: str, hour: int) -> None:
    """A rep who imported the team's list at an hour and called some of it."""
    dice, made, store = random.Random(rep), NOON + timedelta(hours=hour), TinyStore.open(folder)
    team = tuple(
        Contact(
            f"{rep}-{number:05}",
            name=f"Jo{number} Lee{number}",
            numbers=(Number(f"+442079{number:06}"),),
            source=Source("autumn", str(number)),
        )
        for number in range(PEOPLE)
    )
    store.commit(Change(reps=(Rep(rep, rep),), state={"rep": {"id": rep}}), made)
    store.commit(Change(contacts=team, origin="file"), made)
    for number, who in enumerate(dice.sample(team, PEOPLE // 10)):
        at = made + timedelta(minutes=number)
        call = Call(f"{rep}-k{number}", who.id, at, "talked", Category.CONVERSATION, rep=rep)
        store.commit(Change(contacts=(replace(who, role=rep),), calls=(call,)), at)
    store.close()


def truth(folder: Path) -> dict[tuple[str, str], Record]:
    store = TinyStore.open(folder, read_only=True)
    assert store.notes == []
    found = {(type(one).__name__, one.id): shared(one) for one in store.accounts()}
    store.close()
    return found


def length(path: Path) -> int:
    """Bytes of a file; none while it is not there, as when it was folded into another."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@pytest.fixture
def merging(home: Path, environment: dict[str, str]) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a command of the real program on a folder."""

    def start(folder: Path, *args: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*PROGRAM, "--data", str(folder), *args], env=environment, cwd=home)

    return start


def test_b57_a_merge_that_was_killed_and_run_again_is_the_whole_merge(
    home: Path, merging: Callable[..., subprocess.Popen[bytes]]
) -> None:
    one, other, twin = home / "one", home / "other", home / "twin"
    worked_by(one, "ann", 0)
    worked_by(twin, "ann", 0)
    worked_by(other, "bob", 1)
    assert merging(other, "export", "--all", "--out", "theirs.jsonl").wait() == 0
    dice, size = random.Random(7), (home / "theirs.jsonl").stat().st_size
    journal, cut = one / f"{FILE}.journal", 0
    for _ in range(KILLS):
        begun = merging(one, "merge", "theirs.jsonl")
        written, enough = length(journal), dice.randrange(size // 3)
        while begun.poll() is None and length(journal) - written < enough:
            time.sleep(0.001)
        begun.send_signal(signal.SIGKILL)
        cut += begun.wait() == -signal.SIGKILL
    assert cut
    for folder in (one, twin):
        assert merging(folder, "merge", "theirs.jsonl").wait() == 0
    found = truth(twin)
    assert len(found) > 2 * PEOPLE
    assert truth(one) == found
