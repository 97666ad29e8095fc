"""Weeks of a rep, played in seconds: the rules in force forget nobody and pester nobody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bench.simulation import MONDAY, Plan, Population, Simulation
from tui.domain.cadence import Policy
from tui.domain.outcome import Category
from tui.settings.settings import Me, Settings

SCRIPTS = Path(__file__).parents[2] / "scripts"
WEEKS = 3
ONE_HOUR_A_DAY = ((9, 45), (14, 45))


async def played(people=40, sessions=ONE_HOUR_A_DAY, fresh_share=0.25, **rules):
    settings = Settings(
        zone="Europe/London",
        allowed_countries=("GB",),
        me=Me("Sam"),
        policy=Policy(zone="Europe/London", **rules),
        fresh_share=fresh_share,
    )
    plan = Plan(weeks=WEEKS, sessions=sessions, seed=7)
    return await Simulation(plan, Population(people=people), settings, SCRIPTS).play()


@pytest.mark.slow
@pytest.mark.parametrize(
    "rules",
    [
        pytest.param({}, id="as shipped"),
        pytest.param({"attempts": 3}, id="three attempts", marks=pytest.mark.slow),
        pytest.param(
            {"gaps": (timedelta(days=2),), "per_7_days": 2},
            id="every other day, twice a week",
            marks=pytest.mark.slow,
        ),
    ],
)
async def test_a_change_of_the_rules_loses_nobody(rules):
    weeks = await played(**rules)
    tried = {call.contact_id for call in weeks.calls}
    assert tried == {contact.id for contact in weeks.contacts}
    open_ends = {one: step for one, step in weeks.steps.items() if step.due is None}
    ended = {Category.NOT_A_FIT, Category.DO_NOT_CALL}
    refused = {call.contact_id for call in weeks.calls if call.is_ in ended}
    without_a_date = {one for one in open_ends if one not in refused and open_ends[one].action != "rethink"}
    assert without_a_date == set()
    assert weeks.report.waiting.left_waiting == 0


@pytest.mark.slow
async def test_b27_what_the_rules_propose_is_never_called_too_often_and_promises_are_kept():
    weeks = await played(sessions=Plan().sessions)
    report = weeks.report
    assert report.attempts > 100
    assert report.too_many == ()
    assert report.total.conversations > 0
    decided = next(figure for figure in report.figures if figure.name == "kept")
    assert decided.total > 5
    assert decided.hits == decided.total


@pytest.mark.slow
async def test_b27_ringing_only_those_never_called_leaves_people_waiting_and_says_the_way_out():
    weeks = await played(people=100, sessions=((9, 5),), fresh_share=1.0)
    assert weeks.report.waiting.left_waiting > 0
    said = " ".join(weeks.lines())
    assert "this list needs" in said
    assert "shorten the list" in said


@pytest.mark.slow
async def test_the_same_seed_gives_the_same_weeks():
    first, second = await played(people=10), await played(people=10)
    assert first.lines() == second.lines()
    assert min(call.at for call in first.calls) >= MONDAY


@pytest.mark.slow
async def test_the_play_is_the_same_whether_or_not_the_words_of_a_screen_are_made():
    settings = Settings(zone="Europe/London", allowed_countries=("GB",), me=Me("Sam"))

    async def calls(painted):
        plan = Plan(weeks=1, sessions=((9, 45),), seed=7)
        weeks = await Simulation(plan, Population(people=25), settings, SCRIPTS, painted=painted).play()
        names = {contact.id: contact.name for contact in weeks.contacts}
        return [(names[call.contact_id], call.at, call.outcome) for call in weeks.calls]

    painted = await calls(painted=True)
    assert len(painted) > 20
    assert await calls(painted=False) == painted
