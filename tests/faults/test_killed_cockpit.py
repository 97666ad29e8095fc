"""kill -9 of the real cockpit while a robot plays calls: what the screen had acknowledged is there.

POWERHOUR_KILLS sets the number of kills for a long run.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW, PROGRAM
from tests.faults.robot import Known, Played, Robot, Seen
from tests.terminal import CALLED, Terminal
from tui.storage.tiny import TinyStore

KILLS = int(os.environ.get("POWERHOUR_KILLS", "6"))
PEOPLE = 800
IN_A_CALL = f"READY|NEXT IN|{CALLED}|TALKING|CALL OVER|PAUSED"


@pytest.fixture
def start(environment, home, data, powerhour, begin) -> Callable[[], Terminal]:
    """Starts the program on a list of people; its clock goes on from life to life."""
    rows = (f"X{i},Per{i:04d} Son{i:04d},Firm,+44 20 7946 {i % 1000:04d}" for i in range(PEOPLE))
    (home / "people.csv").write_text("\n".join(("id,name,company,phone", *rows)))
    assert powerhour("import", str(home / "people.csv"), "--yes", "--region", "GB").returncode == 0
    began = time.monotonic()

    def run() -> Terminal:
        now = datetime.fromisoformat(NOW) + timedelta(seconds=time.monotonic() - began)
        argv = [*PROGRAM, "--data", str(data)]
        return Terminal(argv, environment | {"POWERHOUR_NOW": now.isoformat()}, home, begin=begin)

    return run


def on_record(store: TinyStore) -> Counter[Played]:
    """Every call the store holds."""
    people = {one.id: one.name.split()[0] for one in store.contacts()}
    return Counter(
        Played(
            people[call.contact_id],
            call.outcome,
            tuple(note.text for note in call.notes),
            call.voided_at is not None,
        )
        for call in store.calls()
    )


def check(data: Path, robot: Robot, where: str) -> None:
    """What was acknowledged is in the store; what was under way is there whole or not at all."""
    store, known, pending = TinyStore.open(data, read_only=True), robot.known, robot.pending
    assert store.notes == [], where
    found = on_record(store)
    if pending and pending.call and found != known.calls:
        robot.landed(pending.call) if pending.kind == "call" else robot.taken_back(pending.call)
    assert found == known.calls, (where, found - known.calls, known.calls - found)
    companies = {one.name.split()[0]: one.company for one in store.contacts()}
    if pending and pending.kind == "edit" and companies[pending.value[0]] == pending.value[1]:
        known.companies[pending.value[0]] = pending.value[1]
    assert all(companies[who] == company for who, company in known.companies.items()), where
    refused = store.do_not_call()
    refusals = sum(n for call, n in known.calls.items() if call.outcome == "do_not_call" and not call.is_void)
    assert sum(entry.voided_at is None for entry in refused) == refusals, where
    assert all(seconds >= 0 for one in store.sessions() for seconds in one.spent.values()), where
    running = store.state("running")
    in_hand = running["stack"][-1] if running and running["stack"] else {"notes": [], "draft": ""}
    kept = [text for _, text in in_hand["notes"]]
    if pending is None and known.kept:
        assert kept == known.kept, where
    elif pending and pending.kind == "note" and kept == [*known.kept, pending.value[1]]:
        known.kept = kept
    if known.draft:
        assert in_hand["draft"] == known.draft, where


def back_where_it_was(screen: Terminal, known: Known) -> None:
    """The start after a kill opens at the same place, with the same notes."""
    if known.place is None:
        screen.wait_for(f"Ready now|All are called|{IN_A_CALL}")
        return
    phase, who = known.place

    def is_back(_: str) -> bool:
        seen = Seen.on(screen)
        words = [*known.kept[-3:], known.draft] if phase == "TALKING" else []
        return (seen.phase, seen.who) == (phase, who) and all(word in seen.text for word in words)

    screen.wait_until(is_back, f"{known.place}, {known.kept}, {known.draft!r}")


def test_no_kill_loses_what_the_screen_had_acknowledged(start, data):
    dice, known, moments = random.Random(KILLS), Known(), Counter()
    began, life = time.monotonic(), 0
    # The robot plays for so long: on a machine that stands still most of the time it may do nothing in that.
    while life < KILLS or sum(known.acknowledged.values()) <= KILLS / 4:
        assert life < 10 * KILLS, known.acknowledged
        screen = start()
        robot = Robot(screen, known, dice, life)
        if dice.random() < 0.12:
            time.sleep(dice.uniform(0.02, 1.0))
            moment = "in the start"
        else:
            back_where_it_was(screen, known)
            moment = robot.play(dice.choice((0.1, 0.4, 0.8, 1.6)))
            if dice.random() < 0.06:
                screen.press("ctrl+q", "y")
                moment = "in the goodbye"
        before = screen.exit_code
        screen.kill()
        screen.wait_exit()
        assert before in (None, 0), (life, before, screen.output[-2000:])
        if moment != "in the start":
            robot.look()  # what had reached the screen
        screen.close()
        moments[moment] += 1
        check(data, robot, f"kill {life} {moment}")
        life += 1
        if life % 100 == 0:
            print(f"{life} kills, {dict(known.acknowledged)}", flush=True)
    print(f"\n{life} kills in {time.monotonic() - began:.0f} s: {dict(moments)}")
    print(f"acknowledged, and found afterwards: {dict(known.acknowledged)}")
