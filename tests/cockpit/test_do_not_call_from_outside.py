"""A do-not-call that a command leaves beside the open cockpit: obeyed before the next call, and kept once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tui.cockpit.actions.do_not_call import SAVE_AGAIN_S
from tui.cockpit.view import Phase
from tui.domain.do_not_call import Entry
from tui.storage.inbox import FILE, Inbox
from tui.storage.protocol import Change, NotSaved

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture
def outside(bench, tmp_path):
    """`outside(contact)` leaves an addition as a command does; the bench's store has the same folder."""
    bench.store.inbox = Inbox(tmp_path)

    def add(contact, **more):
        entry = Entry(f"a-{contact.name}", AT, AT.date(), why="a letter", name=contact.name)
        entry = replace(entry, **(more or {"contact_id": contact.id}))
        Inbox(tmp_path).add(entry)
        return entry

    return add


async def with_ann_in_hand(bench):
    """Ann's card waits for the key; she would be called next."""
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.tick()
    return ann, bo


def ids(bench):
    return [entry.id for entry in bench.store.do_not_call()]


@pytest.mark.parametrize("names", ["the person", "the number", "the firm"])
async def test_it_binds_the_very_next_call_without_a_tick_in_between(bench, outside, names):
    ann, _ = await with_ann_in_hand(bench)
    more = {
        "the person": {"contact_id": ann.id},
        "the number": {"numbers": (ann.numbers[0].e164,)},
        "the firm": {"firm": "rossi ltd"},
    }[names]
    entry = outside(ann, **more)
    view = await bench.cockpit.queue.call_person(ann.id, 15)
    assert bench.dialer.dialled == []
    assert view.notice.text.startswith("Do not call")
    assert ids(bench) == [entry.id]


async def test_the_countdown_never_calls_them_and_redial_does_not_either(bench, outside):
    ann, bo = await with_ann_in_hand(bench)
    await bench.cockpit.queue.call_person(ann.id, 15)
    assert len(bench.dialer.dialled) == 1
    outside(ann)
    await bench.cockpit.call.call_again()
    assert len(bench.dialer.dialled) == 1
    await bench.cockpit.outcome.choose("no_answer")
    outside(bo)
    for _ in range(30):
        bench.clock.step(1)
        await bench.cockpit.tick()
    assert len(bench.dialer.dialled) == 1


async def test_a_tick_says_it_and_they_leave_the_queue(bench, outside, tmp_path):
    ann, _ = await with_ann_in_hand(bench)
    outside(ann)
    view = await bench.cockpit.tick()
    assert view.notice.text == "Now on the do-not-call list, added from outside: Ann Rossi."
    assert [row.name for row in view.queue.ready] == ["Bo Lund"]
    assert (tmp_path / FILE).read_bytes() == b""


@pytest.mark.parametrize("crash", ["before it is saved", "before the inbox is emptied"])
async def test_a_crash_on_the_way_loses_none_and_doubles_none(bench, outside, monkeypatch, crash):
    ann, _ = await with_ann_in_hand(bench)
    entry = outside(ann)

    class Killed(BaseException):
        pass

    def kill(*_):
        raise Killed

    with monkeypatch.context() as patched:
        where = bench.store if crash == "before it is saved" else bench.store.inbox
        patched.setattr(where, "commit" if where is bench.store else "taken", kill)
        with pytest.raises(Killed):
            await bench.cockpit.tick()
    view = await bench.killed_and_started_again().open()
    assert ids(bench) == [entry.id]
    assert [row.name for row in view.queue.ready] == ["Bo Lund"]
    assert not bench.store.inbox.holds_something


async def test_one_that_was_lifted_meanwhile_is_not_put_on_again_by_the_line_that_lies_there_still(
    bench, outside, monkeypatch
):
    ann, _ = await with_ann_in_hand(bench)
    outside(ann)
    with monkeypatch.context() as patched:
        patched.setattr(bench.store.inbox, "taken", lambda letters: None)
        await bench.cockpit.tick()
        await bench.cockpit.do_not_call.lift_person(ann, "asked us to call")
    stored = bench.store.do_not_call()
    await bench.cockpit.tick()
    await bench.killed_and_started_again().open()
    assert bench.store.do_not_call() == stored
    assert not bench.cockpit.do_not_call.entries.of_person(ann.id)


async def test_what_became_of_it_in_the_store_is_never_overwritten_by_its_line(bench, outside, monkeypatch):
    ann, _ = await with_ann_in_hand(bench)
    entry = outside(ann)
    monkeypatch.setattr(bench.store.inbox, "taken", lambda letters: None)
    await bench.cockpit.tick()
    bench.store.commit(Change(do_not_call=(replace(entry, rev=1, voided_at=AT),)), bench.clock.now())
    stored = bench.store.do_not_call()
    assert stored[0].voided_at == AT
    view = await bench.killed_and_started_again().open()
    assert bench.store.do_not_call() == stored
    assert view.notice is None


async def test_while_it_cannot_be_saved_it_is_obeyed_and_stays_in_the_inbox(bench, outside, monkeypatch):
    ann, _ = await with_ann_in_hand(bench)
    entry = outside(ann)

    def full(change: Change, now: datetime) -> None:
        raise NotSaved("Not saved: the disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(bench.store, "commit", full)
        await bench.cockpit.tick()
        await bench.cockpit.queue.call_person(ann.id, 15)
        assert (bench.dialer.dialled, ids(bench)) == ([], [])
        assert bench.store.inbox.holds_something
    bench.clock.step(SAVE_AGAIN_S + 1)
    await bench.cockpit.tick()
    assert ids(bench) == [entry.id]
    assert not bench.store.inbox.holds_something


async def test_a_damaged_line_is_said_and_kept_and_the_others_are_obeyed(bench, outside, tmp_path):
    ann, _ = await with_ann_in_hand(bench)
    outside(ann)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b"0badc0de Bo Lund wrote to us\n")
    view = await bench.cockpit.tick()
    assert view.notice.text == (
        "1 do-not-call added from outside could not be read: see memory, and add whom you find there."
    )
    (page,) = bench.store.pages
    assert "Bo Lund wrote to us" in page
    assert ids(bench) == ["a-Ann Rossi"]
    await bench.cockpit.tick()
    assert len(bench.store.pages) == 1


async def test_a_damaged_line_that_cannot_be_kept_stays_where_it_is(bench, tmp_path, outside, monkeypatch):
    await with_ann_in_hand(bench)
    (tmp_path / FILE).write_bytes(b"0badc0de Bo Lund wrote to us\n")

    def full(page: str, now: datetime) -> str:
        raise NotSaved("Not saved: the disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(bench.store, "put_aside", full)
        view = await bench.cockpit.tick()
    assert view.notice.text == "Not saved: the disk is full."
    assert (tmp_path / FILE).read_bytes() == b"0badc0de Bo Lund wrote to us\n"


async def test_what_lay_there_at_the_start_is_obeyed_from_the_first_screen(bench, outside):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    outside(ann)
    view = await bench.cockpit.open()
    assert [row.name for row in view.queue.ready] == ["Bo Lund"]
    assert view.phase is Phase.QUEUE
