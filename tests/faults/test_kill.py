"""kill -9 at random moments: whatever was acknowledged is there, whole, and the file opens again.

POWERHOUR_KILLS sets the number of kills for a long run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tinydb import TinyDB

from tui.storage.tiny import TinyStore

KILLS = int(os.environ.get("POWERHOUR_KILLS", "60"))
HERE = Path(__file__).parent


def _number(store, contact_ids):
    """The number of the last commit, which every part of it must carry."""
    last = max(int(call.id[1:]) for call in store.calls())
    contact = store.contact(f"c{last % 7}")
    assert contact.remembered == {"last": str(last)}
    assert store.sessions()[0].spent == {"talking": float(last)}
    assert store.state("running") == {"number": last}
    assert store.next_steps("p1")[contact.id].tries == last
    assert len(contact_ids) == len(list(store.contacts()))
    return last


def _acknowledged(acks):
    """The numbers of the commits that were noted so far."""
    return {int(number) for number in acks.read_text().split("\n")[:-1]} if acks.exists() else set()


def test_no_acknowledged_commit_is_lost_or_halved(tmp_path):
    dice = random.Random(KILLS)
    folder, known = tmp_path / "data", set()
    in_flight = 0
    with subprocess.Popen(
        [sys.executable, HERE / "writer.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
    ) as writers:
        for kill in range(KILLS):
            acks = tmp_path / f"acks{kill}"
            writers.stdin.write(f"{folder} {acks} {kill}\n")
            pid = int(writers.stdout.readline())
            # One in six dies while it opens the file and replays the journal, the others behind so many commits.
            errors, enough = Path(f"{acks}.error"), 0 if dice.random() < 0.16 else dice.randrange(1, 12)
            while len(_acknowledged(acks)) < enough:
                assert not errors.exists(), errors.read_text()
                time.sleep(0.001)
            time.sleep(dice.uniform(0, 0.01))
            os.kill(pid, signal.SIGKILL)
            assert writers.stdout.readline() == "ended\n"
            assert not errors.exists(), errors.read_text()
            acknowledged = _acknowledged(acks)

            store = TinyStore.open(folder)
            assert store.notes == [], kill
            found = {int(call.id[1:]) for call in store.calls()}
            assert known | acknowledged <= found, kill
            unknown = found - known - acknowledged
            assert len(unknown) <= 1, kill
            assert all(number == max(acknowledged, default=100_000 * kill) + 1 for number in unknown)
            assert all(len(call.notes) == 1 for call in store.calls())
            if found:
                assert _number(store, {f"c{number % 7}" for number in found}) == max(found)
            in_flight += len(unknown)
            known = found
            if dice.random() < 0.3:
                store.close()
                with TinyDB(folder / "sessions.json") as plain:
                    assert {int(call["id"][1:]) for call in plain.table("calls")} == found
            else:
                store.db.storage.abandon()
        writers.stdin.close()
    assert len(known) > KILLS
