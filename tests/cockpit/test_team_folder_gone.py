"""A team folder on a network drive that is gone: the cockpit goes on, and takes scripts up again when it is back."""

from __future__ import annotations

import asyncio
import shutil
import threading
from pathlib import Path

import pytest

from tests.cockpit_bench import SCRIPTS
from tui.cockpit.actions import session
from tui.script.files.library import Library


@pytest.fixture
def drive(monkeypatch):
    """A drive that can be unplugged: while it is, whoever asks it for something waits."""
    here = threading.Event()
    here.set()
    real, asked, looked = session._look_at, [], []

    def look(folder: Path) -> None:
        asked.append(folder)
        here.wait()
        real(folder)
        looked.append(folder)

    monkeypatch.setattr(session, "_look_at", look)
    monkeypatch.setattr(session, "LOOK_S", 0.05)
    here.asked, here.looked = asked, looked
    yield here
    here.set()


async def test_ticks_go_on_while_the_drive_is_gone_and_scripts_are_taken_up_when_it_is_back(
    bench, tmp_path, drive
):
    shutil.copytree(SCRIPTS, tmp_path / "scripts")
    bench.library = Library(tmp_path / "scripts")
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.tick()
    async with asyncio.timeout(60):
        while len(drive.looked) < len(
            drive.asked
        ):  # on a loaded machine a tick goes on before its look is over
            await asyncio.sleep(0.01)
    drive.clear()
    (tmp_path / "scripts" / "spring.yaml").write_text("title: Spring\nopener: Hi\nstop: Bye\n", "utf-8")
    before = len(drive.asked)
    for _ in range(5):
        bench.clock.step(1)
        await bench.cockpit.tick()
    assert len(drive.asked) == before + 1  # one look waits; no second thread is sent after it
    assert "Scripts changed" not in str(bench.cockpit.view.notice)
    drive.set()
    async with asyncio.timeout(60):
        while "Scripts changed: spring" not in str(bench.cockpit.view.notice):
            await bench.cockpit.tick()
            await asyncio.sleep(0.01)
    await bench.cockpit.close()


async def test_leaving_waits_for_no_drive(bench, drive, tmp_path):
    bench.library = Library(SCRIPTS)
    await bench.cockpit.open()
    drive.clear()
    await bench.cockpit.tick()
    async with asyncio.timeout(60):
        await bench.cockpit.close()
