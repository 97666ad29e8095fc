"""A team's power hour: offered to who is not alone, joined and left with one key, never a ranking, never dials."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.shared_list.list_bench import ANN, BO, PEOPLE, Desk, Team
from tui.cockpit.actions.team import list_line, list_people
from tui.domain.shared.team_hour import TeamHour

FROM_TWO = TeamHour(14 * 60, frozenset({0}), 60)
"""It is Monday, 14:01."""


@pytest.fixture
async def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Team]:
    monkeypatch.setattr(list_people, "DIAL_S", 30.0)
    monkeypatch.setattr(list_line, "SILENT_S", 1e6)
    made = Team(tmp_path)
    made.settings = replace(made.settings, team_hour=FROM_TWO)
    yield made
    await made.close()


@pytest.fixture
async def desks(team: Team) -> tuple[Desk, Desk]:
    ann = await team.joins("Ann Bell", *PEOPLE)
    await ann.all_sent()
    kim = await team.joins("Kim Dale")
    await kim.until(lambda: len(kim.view.queue.ready) == len(PEOPLE))
    for desk in (ann, kim):
        desk.cockpit.do_not_call.sharing.team.members_mono = 0.0  # who is there is asked again
        await desk.until(lambda desk=desk: desk.view.team_hour)
    return ann, kim


async def test_b61_it_is_offered_and_one_key_joins_and_leaves(desks: tuple[Desk, Desk]) -> None:
    ann, _ = desks
    assert ann.view.team_hour.offer == "Your team calls together until 15:00: T joins."
    assert not ann.view.team_hour.joined
    view = await ann.cockpit.team_hour.switch()
    assert view.team_hour.joined
    assert view.notice.text == "You are in the team's power hour until 15:00. T leaves it."
    view = await ann.cockpit.team_hour.switch()
    assert view.team_hour is None
    await ann.ticks(2)
    assert ann.view.team_hour is None  # it is not offered again


async def test_who_is_alone_is_offered_nothing(team: Team) -> None:
    ann = await team.joins("Ann Bell", *PEOPLE)
    await ann.all_sent()
    await ann.ticks(3)
    assert ann.view.team_hour is None
    view = await ann.cockpit.team_hour.switch()
    assert view.notice.text == "No power hour of a team is on now."


async def test_there_is_one_clock_and_the_next_session_lasts_until_its_end(desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    for desk in desks:
        await desk.cockpit.team_hour.switch()
    ann.team.step(minutes=19)
    await ann.ticks()
    assert ann.view.queue.enter.words.endswith("and start 40 minutes")
    await ann.cockpit.queue.call_person(BO.id, 15)
    await kim.cockpit.queue.call_person(ANN.id, 40)
    for desk in desks:
        await desk.ticks()
    assert abs(ann.view.clock.left_s - kim.view.clock.left_s) <= 2
    assert ann.view.clock.left_s == ann.view.team_hour.left_s


async def test_colleagues_see_who_is_in_talking_and_away(desks: tuple[Desk, Desk]) -> None:
    ann, kim = desks
    await ann.cockpit.team_hour.switch()
    await kim.cockpit.team_hour.switch()
    await kim.ticks(2)
    await ann.until(lambda: ann.view.team_hour.colleagues == (("Kim", "in"),))
    await kim.cockpit.queue.call_person(BO.id, 15)
    await kim.cockpit.call.answered()
    await kim.ticks(2)
    await ann.until(lambda: ann.view.team_hour.colleagues == (("Kim", "talking"),))
    ann.team.step(minutes=2)  # not a word from her
    await ann.ticks()
    assert ann.view.team_hour.colleagues == (("Kim", "away"),)
    assert not any("presence" in name or "doing" in name for name in ann.store.state("rep"))


async def test_without_the_list_nothing_is_said_of_colleagues(desks: tuple[Desk, Desk]) -> None:
    ann, _ = desks
    await ann.cockpit.team_hour.switch()
    await ann.until(lambda: ann.view.team_hour.colleagues)
    ann.team.list.is_down = True
    await ann.until(lambda: ann.view.team_list.is_trouble and not ann.view.team_hour.colleagues)
    assert ann.view.team_hour.joined


async def test_b61_it_counts_talks_and_next_steps_of_the_team_and_nothing_else(
    desks: tuple[Desk, Desk],
) -> None:
    ann, kim = desks
    await ann.cockpit.team_hour.switch()
    await kim.cockpit.queue.call_person(BO.id, 15)
    await kim.cockpit.call.answered()
    await kim.ticks(40)
    await kim.cockpit.call.over()
    await kim.cockpit.outcome.choose("talked")
    await kim.cockpit.outcome.save_form()
    await kim.all_sent()
    await ann.until(lambda: ann.view.team_hour.talked == 1)
    told = set(type(ann.view.team_hour).__slots__)
    assert told == {"joined", "left_s", "offer", "talked", "agreed", "colleagues"}


async def test_a_kill_in_it_leaves_the_rep_in_it_and_its_end_is_said(desks: tuple[Desk, Desk]) -> None:
    ann, _ = desks
    await ann.cockpit.team_hour.switch()
    await ann.killed()
    await ann.until(lambda: ann.view.team_hour and ann.view.team_hour.joined)
    ann.team.step(hours=1)
    await ann.ticks()
    assert ann.view.team_hour is None
    assert ann.view.notice.text == "The team's power hour is over."


@pytest.mark.parametrize(
    ("at", "is_on"),
    [
        ("2026-11-23T13:59", False),
        ("2026-11-23T14:00", True),
        ("2026-11-23T14:59", True),
        ("2026-11-23T15:00", False),
        ("2026-11-24T14:30", False),
    ],
)
def test_when_it_is_on(at: str, is_on: bool) -> None:
    assert bool(FROM_TWO.running(datetime.fromisoformat(at).replace(tzinfo=UTC))) is is_on
