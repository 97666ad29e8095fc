"""A cockpit with a phone that tells its states, and cockpits with one shared list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cockpit_bench import Bench
from tests.phone_bench import AblePhone, TellingPhone
from tests.shared_list.list_bench import PEOPLE, Desk, Team
from tui.cockpit.actions.team import list_line, list_people, shared_list


@pytest.fixture
def phone_bench(bench: Bench) -> Bench:
    """Its phone tells what the line does."""
    return with_phone(bench, TellingPhone())


@pytest.fixture
def able(bench: Bench) -> Bench:
    """Its phone can do everything to a line."""
    return with_phone(bench, AblePhone())


def with_phone(bench: Bench, phone: TellingPhone | AblePhone) -> Bench:
    bench.dialer = phone
    bench.cockpit = bench._cockpit()
    return bench


@pytest.fixture
async def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Team]:
    monkeypatch.setattr(shared_list, "LEAVE_S", 60.0)  # a loaded machine is no list without an answer
    monkeypatch.setattr(list_people, "DIAL_S", 30.0)  # a slow machine is no line that is gone
    monkeypatch.setattr(list_line, "SILENT_S", 1e6)
    made = Team(tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def desks(team: Team) -> tuple[Desk, Desk]:
    """Ann, who brought everybody, and Kim, who got them from the list."""
    ann = await team.joins("Ann", *PEOPLE)
    await ann.all_sent()
    kim = await team.joins("Kim")
    await kim.until(lambda: len(kim.view.queue.ready) == len(PEOPLE) and not kim.view.queue.demo)
    await kim.all_sent()
    return ann, kim
