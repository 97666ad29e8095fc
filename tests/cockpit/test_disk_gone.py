"""A data folder on a network drive that goes while the cockpit is open: keys go on, and so does leaving."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tui.cockpit.actions import do_not_call
from tui.cockpit.state import state

SILENT = "Not saved: the disk with your data does not answer. Is a network drive gone?"


@pytest.fixture
def drive(bench, monkeypatch):
    """A drive that can be unplugged: while it is, whoever writes to it, or looks into the inbox, waits."""
    here, commit, news = threading.Event(), bench.store.commit, bench.store.inbox.news
    here.set()

    def waiting(work):
        return lambda *args: (here.wait(), work(*args))[1]

    monkeypatch.setattr(bench.store, "commit", waiting(commit))
    monkeypatch.setattr(bench.store.inbox, "news", waiting(news))
    monkeypatch.setattr(state, "WRITE_S", 0.05)
    monkeypatch.setattr(do_not_call, "LOOK_S", 0.05)
    yield here
    here.set()


async def talking(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await cockpit.ring_selected(15)
    bench.clock.step(3)
    await cockpit.answered()
    return cockpit


async def test_keys_go_on_and_what_was_typed_is_saved_when_the_drive_is_back(bench, drive):
    cockpit = await talking(bench)
    drive.clear()
    async with asyncio.timeout(60):
        await cockpit.type_note("two vans")
        await cockpit.keep_note()
        for _ in range(5):
            bench.clock.step(2)
            view = await cockpit.tick()
        assert view.unsaved == SILENT
        assert not view.draft_saved
        assert "two vans" in str(view.notes)
        drive.set()
        while not view.draft_saved:
            bench.clock.step(2)
            view = await cockpit.tick()
            await asyncio.sleep(0.01)
    assert view.unsaved == ""
    assert bench.store.state("running")["stack"][-1]["notes"][-1][1] == "two vans"


async def test_leaving_writes_the_open_call_elsewhere_and_waits_for_no_drive(bench, drive, tmp_path):
    cockpit = await talking(bench)
    await cockpit.type_note("two vans")
    drive.clear()
    cockpit.rescue_to = (tmp_path,)
    async with asyncio.timeout(60):
        said = await cockpit.close()
    assert said.startswith(SILENT)
    (page,) = tmp_path.glob("powerhour-not-saved-*.txt")
    assert "two vans" in page.read_text("utf-8")


async def test_a_drive_that_goes_between_two_keys_holds_up_no_tick(bench, drive):
    cockpit = await talking(bench)
    drive.clear()
    async with asyncio.timeout(60):
        for _ in range(3):
            bench.clock.step(1)
            await cockpit.tick()


async def test_a_look_behind_a_long_write_is_no_fault_of_the_disk(bench, monkeypatch):
    monkeypatch.setattr(state, "WRITE_S", 60.0)
    monkeypatch.setattr(do_not_call, "LOOK_S", 0.05)
    cockpit = await talking(bench)
    long_write, commit = threading.Event(), bench.store.commit
    monkeypatch.setattr(bench.store, "commit", lambda *change: (long_write.wait(), commit(*change))[1])
    saving = asyncio.create_task(cockpit.save())
    await asyncio.sleep(0)
    await cockpit.never.take_up()
    assert cockpit.view.unsaved == ""
    long_write.set()
    assert (await saving).unsaved == ""
    await cockpit.type_note("two vans")
    assert (await cockpit.save()).draft_saved
