"""Two cockpits over a real server: what the list in memory promises holds there too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.shared_list.conftest import GAP, LASTS, ServerHouse
from tests.shared_list.list_bench import ANN, BO, PEOPLE, Desk, Team
from tui.cockpit.actions.team import list_line, list_people
from tui.shared_list.server import ServerList

pytestmark = pytest.mark.slow


class OnServer(Team):
    """The same reps, whose list is on a server."""

    def __init__(self, where: Path, house: ServerHouse) -> None:
        super().__init__(where)
        self.house = house

    def reaches(self, desk: Desk) -> Any:
        address = self.house.server.address(self.house.database, self.house.login(desk.name.casefold()))
        rep = str(desk.store.state("rep")["id"])
        one = ServerList(address, rep, desk.name, GAP, self.clock.elapsed, lasts=LASTS)
        self.house.lists.append(one)
        one.join()
        return one


@pytest.fixture
async def team(
    tmp_path: Path, house: ServerHouse, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OnServer]:
    monkeypatch.setattr(list_people, "DIAL_S", 30.0)
    monkeypatch.setattr(list_line, "SILENT_S", 1e6)
    made = OnServer(tmp_path, house)
    yield made
    await made.close()


async def test_two_reps_share_people_calls_refusals_and_whom_they_have(team: OnServer) -> None:
    sam = await team.joins("Sam", *PEOPLE)
    await sam.all_sent()
    kim = await team.joins("Kim")
    await kim.until(lambda: len(kim.view.queue.ready) == len(PEOPLE) and not kim.view.queue.demo)

    await sam.cockpit.queue.call_person(BO.id, 15)
    assert len(sam.dialer.dialled) == 1
    await kim.cockpit.queue.call_person(BO.id, 15)
    assert kim.dialer.dialled == []
    assert kim.view.notice.text == "Sam has them now."

    await sam.ticks(5)
    await sam.cockpit.outcome.choose("no_answer")
    await sam.cockpit.session.to_queue()
    await sam.all_sent()
    await kim.until(kim.store.calls)
    assert [call.contact_id for call in kim.store.calls()] == [BO.id]

    await kim.refuses(ANN)
    await kim.all_sent()
    await sam.cockpit.queue.call_person(ANN.id, 15)
    assert len(sam.dialer.dialled) == 1


async def test_a_server_put_back_from_a_copy_gets_everything_again(team: OnServer) -> None:
    sam = await team.joins("Sam", *PEOPLE)
    await sam.all_sent()
    await sam.ticks(8)  # what it sent itself was heard
    team.house.restored()
    await sam.until(lambda: _count(team) == 0)
    await sam.until(lambda: _count(team) >= len(PEOPLE))
    await sam.all_sent()


def _count(team: OnServer) -> int:
    return int(team.house.sql("select count(*) from powerhour.record")[0][0])
