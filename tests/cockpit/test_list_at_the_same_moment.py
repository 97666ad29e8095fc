"""The shared list, where two things happen at the same moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.shared_list.list_bench import BO, PEOPLE, Desk, Team
from tui.cockpit.actions.team import list_line, list_people, shared_list
from tui.shared_list.port import Heard, Lease


@pytest.fixture
async def ann(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    for module, name in ((shared_list, "LEAVE_S"), (list_people, "DIAL_S"), (list_line, "SILENT_S")):
        monkeypatch.setattr(module, name, 60.0)  # a loaded machine is no list without an answer
    team = Team(tmp_path)
    desk = await team.joins("Ann", *PEOPLE)
    await desk.all_sent()
    yield desk
    await team.close()


async def test_of_two_claims_the_newer_is_kept(ann: Desk) -> None:
    leases = ann.state.leases
    older, newer = (Lease((BO.id,), (token,), 1e9) for token in (1, 2))
    leases.given([BO.id], [newer])  # a round's answer overtakes that of the dial
    leases.given([], [older])
    assert leases.held[BO.id] is newer


async def test_news_that_come_while_we_leave_begin_no_round_that_claims_people_again(
    ann: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing = ann.cockpit.do_not_call.sharing
    begun: list[bool] = []
    last_round = sharing._last_round

    async def hears_news() -> None:
        sharing._heard(Heard(is_news=True))
        await last_round()

    monkeypatch.setattr(sharing, "_last_round", hears_news)
    await ann.calls(BO, "no_answer")
    await ann.until(lambda: sharing._round is None or sharing._round.done())
    sharing._round = None  # as the next tick would find it
    monkeypatch.setattr(sharing, "_begin_round", lambda: begun.append(True))
    ann.team.step(seconds=1)
    await ann.close()
    assert begun == []


async def test_what_was_written_between_a_pull_and_the_first_listening_is_pulled_at_once(ann: Desk) -> None:
    sharing = ann.cockpit.do_not_call.sharing
    await ann.until(lambda: sharing._line.listens and sharing._round is None)
    sharing._line._ear, sharing._due_mono = None, 1e9  # the line broke
    await sharing._make_round()
    assert sharing._line.listens
    assert sharing._is_due()
