"""A phone server that does not know numbers as they are written: 404 for all of them, until they are written so."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.e2e.sip.conftest import running, see
from tests.e2e.sip.lab import ANN, who_answers
from tui.cli.open_cockpit import _from_here
from tui.cockpit.places import GUARD_S
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import CallState, Cause
from tui.dialer.softphone.account import Account

CY = """\
First Name,Last Name,Company,Mobile Phone
Cy,Dow,Dow Ltd,020 7946 0102
"""


async def test_a_server_that_knows_only_national_numbers_gets_them_so(
    account: Account, runtime: Path, tmp_path: Path
) -> None:
    async with running(account, runtime, tmp_path) as rep:
        rep.phone._line = OutsideLine("", lambda e164: _from_here(e164, "GB"), "national")
        async with rep.somebody("knows_only_national_numbers") as server:
            await rep.rings(ANN)
            ended = await rep.ear.until(CallState.ENDED)
            assert ended.cause is Cause.BUSY
            assert await server.verdict() == 0


@pytest.mark.e2e
async def test_404_for_all_is_told_as_a_matter_of_writing_and_condemns_no_number(
    own_file, terminal, powerhour, home, data, tmp_path
):
    own = own_file()
    (home / "cy.csv").write_text(CY, encoding="utf-8")
    done = await asyncio.to_thread(powerhour, "import", str(home / "cy.csv"), "--yes", "--region", "GB")
    assert done.returncode == 0, done.stderr
    screen = terminal(env=own.environ)
    await see(screen, "Ready now")
    for number in range(3):
        async with who_answers(tmp_path, "not_found", own.theirs) as server:
            await asyncio.to_thread(screen.read, GUARD_S + 0.1)  # an Enter right behind a change is not taken
            screen.press("enter")
            await see(screen, "CALL OVER")
            assert await server.verdict() == 0
        told = await see(screen, r"softphone\.numbers" if number == 2 else r"That\s+can\s+pass")
        assert ("softphone.numbers" in told) == (number == 2), told
        screen.press("n")
        await see(screen, "READY|Ready now|All are called", 10)
    screen.press("ctrl+q")
    assert await asyncio.to_thread(screen.wait_exit) == 0
    tables = TinyDB(data / "sessions.json")
    assert [call["is"] for call in tables.table("calls").all()] == ["no_answer"] * 3
    numbers = [number for contact in tables.table("contacts").all() for number in contact["numbers"]]
    assert not any(number.get("bad") for number in numbers)
