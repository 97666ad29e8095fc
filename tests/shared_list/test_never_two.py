"""Reps call at random, without a line at times, killed at times: nobody is called by two of them within the gap."""

from __future__ import annotations

import os
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.shared_list.list_bench import PEOPLE, Desk, Team
from tui.cockpit.actions.team import list_line, list_people
from tui.cockpit.view import BEFORE_A_DIAL, Phase

SEEDS = range(int(os.environ.get("POWERHOUR_EXAMPLES", 2)))
STEPS = 150
REPS = ("Ann", "Kim", "Sam")


class Log:
    """Who called whom, and when."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.calls: list[tuple[datetime, str, str]] = []

    def note(self, desk: Desk) -> None:
        numbers = {one.numbers[0].e164: one.id for one in PEOPLE}
        fresh = desk.dialer.dialled[desk.noted :]
        desk.noted = len(desk.dialer.dialled)
        self.calls += [(self.team.clock.now(), desk.name, numbers[number]) for number in fresh]

    def doubles(self) -> list[tuple[object, ...]]:
        found = []
        for at, rep, person in self.calls:
            for other_at, other, same in self.calls:
                near = timedelta(0) <= other_at - at < self.team.list.gap
                if same == person and other != rep and near:
                    found.append((person, rep, at, other, other_at))
        return found


async def one_step(team: Team, desk: Desk, dice: random.Random, log: Log) -> None:
    cockpit = desk.cockpit
    match dice.choice(
        ("call", "call", "call", "outcome", "skip", "end", "tick", "kill", "line", "time", "take")
    ):
        case "call" if desk.view.phase in (Phase.QUEUE, *BEFORE_A_DIAL, Phase.RECAP):
            await cockpit.session.to_queue()
            view = await cockpit.queue.call_person(dice.choice(PEOPLE).id, 60)
            if view.ask and view.ask.id.startswith("dial:"):
                await cockpit.question.answer("y")  # of our own rules none forbids it
        case "outcome":
            await desk.ticks(5)
            await cockpit.outcome.choose("no_answer")
        case "skip" if desk.view.phase is Phase.READY:
            await cockpit.people.skip()
            await cockpit.question.answer("1")
        case "end":
            await cockpit.session.end()
        case "tick":
            await desk.ticks(dice.randrange(1, 8))
        case "kill":
            await desk.killed()
        case "line":
            team.list.is_down = not team.list.is_down
        case "time":
            team.step(minutes=dice.choice((1, 20, 95, 300)))
        case "take":
            await cockpit.people.take(dice.choice(PEOPLE).id)
    log.note(desk)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_b60_nobody_is_called_by_two_within_the_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(list_people, "DIAL_S", 30.0)
    monkeypatch.setattr(list_people, "AHEAD", 1)  # few people, and each wants some
    monkeypatch.setattr(list_line, "SILENT_S", 1e6)
    team, dice = Team(tmp_path), random.Random(seed)
    log = Log(team)
    first, *others = REPS
    desks = [await team.joins(first, *PEOPLE)]
    await desks[0].all_sent()
    for name in others:
        desks.append(await team.joins(name))
        await desks[-1].until(lambda: len(desks[-1].view.queue.ready) == len(PEOPLE))
        await desks[-1].all_sent()
    for _ in range(STEPS):
        desk = dice.choice(desks)
        await one_step(team, desk, dice, log)
        await desk.ticks(dice.randrange(0, 4))
        log.note(desk)
    await team.close()
    assert log.calls
    assert log.doubles() == []
