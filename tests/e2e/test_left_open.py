"""A program that was killed in a call, or whose window was closed, asks for that call on the next morning."""

from __future__ import annotations

import json

import pytest

from tests.terminal import CALLED

pytestmark = pytest.mark.e2e
AFTERNOON = {"POWERHOUR_NOW": "2026-11-25T13:05:00+00:00"}
MORNING = {"POWERHOUR_NOW": "2026-11-26T09:30:00+00:00"}


@pytest.mark.parametrize("end", ["killed", "closed"])
def test_the_call_is_asked_for_first_and_counts_for_its_own_day(terminal, powerhour, home, end):
    file = home / "people.csv"
    file.write_text("Name,Phone\nBob Testing,+44 20 7946 0301\n", "utf-8")
    assert powerhour("import", str(file), "--yes", "--region", "GB", env=AFTERNOON).returncode == 0
    screen = terminal(env=AFTERNOON)
    screen.wait_for("Bob Testing")
    screen.press("enter")
    screen.wait_for(CALLED + r"  \d:(?!00)")  # the key that brought us here is dropped for a moment
    screen.press_until("enter", r"TALKING  \d:(?!00)")
    screen.press("wants the Friday delivery", "enter")
    screen.wait_for(r"\d\d:\d\d  wants the Friday delivery")
    if end == "killed":
        screen.kill()
        screen.wait_exit()
    else:
        screen.hang_up()
        assert screen.ended_within(60)

    screen = terminal(env=MORNING)
    shown = screen.wait_for("LEFT OPEN")
    assert 'yesterday 13:05, your note "wants the Friday delivery": how did it go?' in " ".join(shown.split())
    screen.press("n")
    screen.wait_for("Ready now")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
    lines = powerhour("export", "calls", "--format", "jsonl", env=MORNING).stdout.splitlines()
    (call,) = (one for one in map(json.loads, lines) if one["kind"] == "call")
    assert (call["outcome"], call["at"][:16]) == ("no_answer", "2026-11-25T13:05")
