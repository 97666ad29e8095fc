"""The whole cockpit in a terminal with a real softphone: it rings sipp, sipp answers, the words open."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.e2e.sip.lab import free_port, who_answers, who_rings

pytestmark = pytest.mark.e2e
PEOPLE = """\
First Name,Last Name,Company,Mobile Phone
Ann,Rossi,Acme Tools,020 7946 0100
Bo,Lund,Nordkap,020 7946 0101
"""


@pytest.fixture
def own_file(home: Path, silence: Path) -> tuple[Path, int, int]:
    """A rep's own settings with a softphone on loopback; their port and the rep's."""
    theirs, mine = free_port(), free_port()
    softphone = {
        "account": f"sip:rep@127.0.0.1:{theirs}",
        "register": "no",
        "transport": "udp",
        "encryption": "off",
        "microphone": f"aufile,{silence}",
        "speaker": "aubridge,play",
        "listen": f"127.0.0.1:{mine}",
        "interface": "127.0.0.1",
    }
    file = home / "own.yaml"
    lines = ["dialer: softphone", "softphone:", *(f"  {k}: {json.dumps(v)}" for k, v in softphone.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (home / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return file, theirs, mine


async def see(screen, text: str, timeout: float = 30.0) -> str:
    return await asyncio.to_thread(screen.wait_for, text, timeout)


async def test_enter_rings_them_the_words_open_and_the_next_person_is_rung(
    terminal, powerhour, home, data, own_file, runtime, tmp_path
):
    file, theirs, _ = own_file
    env = {"POWERHOUR_CONFIG": str(file), "XDG_RUNTIME_DIR": str(runtime)}
    done = powerhour("import", str(home / "people.csv"), "--yes", "--region", "GB")
    assert done.returncode == 0, done.stderr
    screen = terminal(env=env)
    await see(screen, "Ready now")

    async with who_answers(tmp_path, "answers", theirs) as ann:
        screen.press("enter")
        await see(screen, "TALKING")
        await asyncio.to_thread(screen.read, 1.0)
        screen.press("wants two vans", "enter", "escape")
        await see(screen, "CALL OVER")
        screen.press("l")
        await see(screen, "Not now")
        screen.press("enter")
        await see(screen, "READY")
        assert await ann.verdict() == 0

    async with who_answers(tmp_path, "busy", theirs) as bo:
        await asyncio.to_thread(screen.read, 2.5)
        screen.press("enter")
        await see(screen, "CALL OVER")
        assert await bo.verdict() == 0
    await asyncio.to_thread(screen.read, 0.6)
    screen.press("enter")
    await asyncio.to_thread(screen.read, 1.0)
    screen.press("ctrl+q")
    assert await asyncio.to_thread(screen.wait_exit) == 0
    calls = TinyDB(data / "sessions.json").table("calls").all()
    assert [call["is"] for call in calls] == ["nurture", "no_answer"]
    assert calls[0]["dials"][0]["disposition"] == "answered"


async def test_somebody_rings_and_their_card_stands_over_the_queue(
    terminal, powerhour, home, data, own_file, runtime, tmp_path
):
    file, _, mine = own_file
    env = {"POWERHOUR_CONFIG": str(file), "XDG_RUNTIME_DIR": str(runtime)}
    assert powerhour("import", str(home / "people.csv"), "--yes", "--region", "GB").returncode == 0
    screen = terminal(env=env)
    await see(screen, "Ready now")
    await asyncio.to_thread(screen.read, 2.0)
    async with who_rings(tmp_path, "talks_and_hangs_up", mine, "+442079460101", "Bo") as bo:
        await see(screen, "Ringing now")
        assert "Bo Lund" in screen.screen()
        screen.press("enter")
        await see(screen, "TALKING|CALL OVER")
        assert "BO LUND" in screen.screen()
        assert await bo.verdict() == 0
    screen.press("ctrl+q")
    await asyncio.to_thread(screen.read, 0.5)
