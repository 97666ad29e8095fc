"""Two reps import one list of a stranger's and call for weeks: what becomes of its people, alone and as a team.

`POWERHOUR_WEEKS` is the number of weeks; unset, they call for three days, a run of every day.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from bench.simulation import Population
from tests.practice.two_reps import Doubles, Rep, doubles, people, play
from tui.cockpit.actions.team import sharing

WEEKS = int(os.environ.get("POWERHOUR_WEEKS", "0"))
DAYS = [day for day in range(7 * WEEKS or 3) if day % 7 < 5]
PEOPLE = (
    Population(people=25 + 25 * WEEKS, refuses=0.15)
    if WEEKS
    else Population(people=40, answers=0.3, agrees_time=0.45, refuses=0.15)
)
"""In few days they talk more, so that as much can go wrong."""
pytestmark = pytest.mark.slow


@pytest.fixture
def list_(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(people(PEOPLE.people), "utf-8")
    return file


@pytest.fixture
def team(tmp_path, powerhour):
    """Gives two reps who have imported a file each, with a people folder or without."""

    def made(*files, folder=None):
        reps = [Rep(name, tmp_path / name, powerhour, folder) for name in ("Ann", "Bo")]
        for seed, (rep, file) in enumerate(zip(reps, files, strict=True), 1):
            rep.types("import", str(file), "--region", "GB", "--list", "autumn", "--yes")
            rep.sits_down(PEOPLE, seed)
        return reps

    return made


def exchange(reps):
    """Each gives the other a file, as they would in the evening."""
    files = [rep.home / "account.jsonl" for rep in reps]
    for rep, file in zip(reps, files, strict=True):
        file.unlink(missing_ok=True)
        rep.types("export", "--all", "--out", str(file))
    for rep, file in zip(reps, reversed(files), strict=True):
        rep.types("merge", str(file))


async def test_each_for_themselves_they_call_the_same_people_and_the_report_sees_it_once_they_merge(
    team, list_
):
    reps = team(list_, list_)
    await play(reps, DAYS)
    found = doubles(reps)
    print(f"each for themselves: {found}")
    assert min(found.same_day, found.after_refusal, found.after_promise) > 0
    alone = [await rep.too_often() for rep in reps]
    exchange(reps)
    both = [await rep.too_often() for rep in reps]
    assert both[0] == both[1] > sum(alone)


async def test_what_was_heard_is_known_to_the_other_from_the_next_morning(team, list_):
    reps = team(list_, list_)
    await play(reps, DAYS, lambda: exchange(reps))
    found = doubles(reps, told_at_night=True)
    print(f"merged each evening: {doubles(reps)}, by the next morning {found}")
    assert found.calls > PEOPLE.people
    assert found.after_refusal == found.after_promise == 0


async def test_a_refusal_that_reached_the_people_folder_stops_the_other_before_the_next_dial(
    team, list_, tmp_path, monkeypatch
):
    for patience in (
        "LOOK_S",
        "DIAL_S",
    ):  # a slow machine is no drive that is silent while the robot's clock goes on
        monkeypatch.setattr(sharing, patience, 60.0)
    reps = team(list_, list_, folder=tmp_path / "folder")
    await play(reps, DAYS)
    found = doubles(reps)
    print(f"people folder: {found}")
    assert found.after_refusal == 0


async def test_once_the_list_is_dealt_out_nobody_is_called_by_both(team, list_, tmp_path, powerhour):
    done = powerhour("split", str(list_), "--reps", "Ann,Bo", "--into", str(tmp_path))
    assert done.returncode == 0, done.stderr
    reps = team(tmp_path / "list-ann.csv", tmp_path / "list-bo.csv", folder=tmp_path / "folder")
    await play(reps, DAYS)
    found = doubles(reps)
    print(f"dealt out, with a people folder: {found}")
    assert found == replace(Doubles(), calls=found.calls)
    assert found.calls > PEOPLE.people
