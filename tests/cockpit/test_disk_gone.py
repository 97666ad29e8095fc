"""A data folder on a network drive that goes while the cockpit is open: keys go on, and so does leaving."""

from __future__ import annotations

import asyncio
import threading

import pytest
from msgspec.structs import replace

from tests.at_rest import at_rest
from tests.cockpit_bench import call_selected, next_step_of
from tui.cockpit.actions import do_not_call
from tui.cockpit.state import state as state_module
from tui.cockpit.state.disk import Disk
from tui.cockpit.view import Phase
from tui.storage.protocol import Change, NotSaved

SILENT = "Not saved: the disk with your data does not answer. Is a network drive gone?"


class Drive(threading.Event):
    """It is there while it is set, and only while it is not a write is given up: a slow machine is not gone."""

    def set(self):
        state_module.WRITE_S = 60.0
        super().set()

    def clear(self):
        super().clear()
        state_module.WRITE_S = 0.05


@pytest.fixture
def drive(bench, monkeypatch):
    """A drive that can be unplugged: while it is, whoever writes to it, or looks into the inbox, waits."""
    monkeypatch.setattr(state_module, "WRITE_S", 60.0)  # put back at the end
    here, commit, unread = Drive(), bench.store.commit, bench.store.inbox.unread
    here.set()

    def waiting(work):
        return lambda *args: (here.wait(), work(*args))[1]

    monkeypatch.setattr(bench.store, "commit", waiting(commit))
    monkeypatch.setattr(bench.store.inbox, "unread", waiting(unread))
    monkeypatch.setattr(do_not_call, "LOOK_S", 0.05)
    yield here
    here.set()


async def talking(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    await cockpit.call.answered()
    return cockpit


async def test_keys_go_on_and_what_was_typed_is_saved_when_the_drive_is_back(bench, drive):
    cockpit = await talking(bench)
    drive.clear()
    async with asyncio.timeout(60):
        await cockpit.talk.type_note("two vans")
        await cockpit.talk.keep_note()
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
    await cockpit.talk.type_note("two vans")
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
    monkeypatch.setattr(state_module, "WRITE_S", 60.0)
    monkeypatch.setattr(do_not_call, "LOOK_S", 0.05)
    cockpit = await talking(bench)
    long_write, commit = threading.Event(), bench.store.commit
    monkeypatch.setattr(bench.store, "commit", lambda *change: (long_write.wait(), commit(*change))[1])
    saving = asyncio.create_task(cockpit.save())
    await asyncio.sleep(0)
    await cockpit.do_not_call.take_up()
    assert cockpit.view.unsaved == ""
    long_write.set()
    assert (await saving).unsaved == ""
    await cockpit.talk.type_note("two vans")
    assert (await cockpit.save()).draft_saved


async def test_a_disk_that_was_slow_to_look_still_gets_its_time_to_write(bench, drive, monkeypatch):
    """It spins up, or others keep it busy: what the rep says is written a moment later, and nothing else is told."""
    cockpit = await talking(bench)
    drive.clear()
    await cockpit.do_not_call.take_up()
    assert not cockpit._state.disk.answers
    monkeypatch.setattr(state_module, "WRITE_S", 60.0)
    await cockpit.talk.type_note("two vans")
    saving = asyncio.create_task(cockpit.save())
    await at_rest()
    assert not saving.done()
    drive.set()
    view = await saving
    assert (view.unsaved, view.draft_saved) == ("", True)


async def test_a_write_behind_a_look_that_is_never_answered_is_given_up_once_and_the_next_at_once(
    bench, drive
):
    cockpit = await talking(bench)
    drive.clear()
    await cockpit.do_not_call.take_up()
    async with asyncio.timeout(60):
        await cockpit.talk.type_note("two vans")
        assert (await cockpit.save()).unsaved == SILENT
    state = cockpit._state
    with pytest.raises(NotSaved):
        await state.disk.ask(60.0, int, write=Change())


async def refused_and_given_up(bench, drive):
    """A refusal that the rep saved while the drive was gone; its form is open again, and the write lands now."""
    cockpit = await talking(bench)
    ann, bo = bench.contact("Ann Rossi"), bench.contact("Bo Lund")
    shared = Change(contacts=(replace(bo, numbers=ann.numbers),))
    bench.store.commit(shared, bench.clock.now())
    await cockpit.call.over()
    await cockpit.outcome.choose("do_not_call")
    await cockpit.outcome.set_field("code", "this number")
    drive.clear()
    view = await cockpit.outcome.save_form()
    assert (view.phase, view.unsaved) == (Phase.FORM, SILENT)
    assert next_step_of(cockpit, bo.id).action == "call"
    drive.set()
    while not cockpit._state.disk.answers:
        await asyncio.sleep(0.001)
    return cockpit, ann, bo


@pytest.mark.parametrize("tick", [True, False])
async def test_a_refusal_that_was_given_up_and_lands_is_obeyed_and_stands_once(bench, drive, tick):
    cockpit, ann, bo = await refused_and_given_up(bench, drive)
    if tick:
        await cockpit.tick()
        assert cockpit.do_not_call.entries.refusal(bench.contact("Bo Lund"))
        assert next_step_of(cockpit, bo.id).action == "do_not_call"
    view = await cockpit.outcome.save_form()
    assert view.unsaved == ""
    (entry,) = bench.store.do_not_call()
    (call,) = bench.store.calls(ann.id)
    assert (entry.call_id, entry.voided_at) == (call.id, None)
    assert next_step_of(cockpit, bo.id).action == "do_not_call"


@pytest.mark.parametrize("tick", [True, False])
async def test_another_outcome_after_a_refusal_that_landed_leaves_nobody_refused(bench, drive, tick):
    cockpit, ann, bo = await refused_and_given_up(bench, drive)
    if tick:
        await cockpit.tick()
    await cockpit.outcome.leave_form()
    await cockpit.outcome.choose("no_answer")
    (call,) = bench.store.calls(ann.id)
    assert call.outcome == "no_answer"
    for _ in range(2):
        assert not cockpit.do_not_call.entries.refusal(bench.contact("Bo Lund"))
        assert next_step_of(cockpit, bo.id).action == "call"
        cockpit = bench.killed_and_started_again()
        await cockpit.open()


async def test_undo_of_an_outcome_that_landed_late_knows_the_person_from_before(bench, drive):
    cockpit = await talking(bench)
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    await cockpit.outcome.set_field("again", "every 2 weeks")
    drive.clear()
    await cockpit.outcome.save_form()
    drive.set()
    while not cockpit._state.disk.answers:
        await asyncio.sleep(0.001)
    await cockpit.outcome.set_field("again", "every 5 weeks")
    await cockpit.outcome.save_form()
    assert bench.contact("Ann Rossi").prefers.every == 35
    await cockpit.undo.last()
    assert bench.contact("Ann Rossi").prefers.every is None


async def test_a_write_may_take_longer_the_more_records_it_holds(bench, drive, monkeypatch):
    state = (await talking(bench))._state
    monkeypatch.setattr(state_module, "RECORD_S", 60.0)
    drive.clear()
    long_write = asyncio.create_task(state.commit(Change(contacts=(bench.contact("Bo Lund"),))))
    assert not (await asyncio.wait((long_write,), timeout=6 * state_module.WRITE_S))[0]
    drive.set()
    assert await long_write
    drive.clear()
    assert not await state.commit(Change(state={"none": None}))


@pytest.mark.parametrize("write", [None, Change()], ids=["read", "written"])
async def test_what_comes_after_the_end_is_refused_and_keeps_nobody_waiting(write):
    disk = Disk()
    disk.close()
    late = asyncio.create_task(disk.ask(60, int, write=write) if write else disk.run(int))
    await at_rest()
    assert late.done()
    with pytest.raises(NotSaved, match="Power Hour was ending"):
        await late
