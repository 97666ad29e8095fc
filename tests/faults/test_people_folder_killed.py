"""Killed between any two writes: what was saved here reaches the colleague, and nothing stands there by halves."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.storage.test_shared_folder import NOON, Desk, deliver

WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.storage.test_shared_folder import NOON, Desk
desk = Desk.__new__(Desk)
desk.begin(Path(sys.argv[1]), "sam")
for number in range(int(sys.argv[2]), 10_000_000):
    now = NOON + timedelta(seconds=number)
    desk.act("call", number, "ann", now)
    print(number, flush=True)
    desk.visit(now)
"""
KILLS = 5


def test_no_saved_call_is_lost_and_no_half_line_stops_the_others(tmp_path: Path) -> None:
    sam, kim = Desk(tmp_path / "sam", "sam"), Desk(tmp_path / "kim", "kim")
    sam.store.close()
    saved, choose = [0], random.Random(14)
    for _ in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "sam"), str(saved[-1] + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as writer:
            assert writer.stdout is not None
            saved.append(int(writer.stdout.readline()))  # it is at work
            time.sleep(choose.uniform(0, 0.3))
            writer.kill()
            saved += map(int, writer.stdout.read().splitlines())
    sam.open()
    now = NOON + timedelta(days=1)
    for _ in range(2):
        sam.visit(now)
        deliver(sam.folder.path, kim.folder.path, 1)
        kim.visit(now)
    assert {f"sam-{number}" for number in saved[1:]} <= {call.id for call in kim.store.calls()}
    assert {call.id for call in kim.store.calls()} == {call.id for call in sam.store.calls()}
    for desk in (sam, kim):
        desk.store.close()
