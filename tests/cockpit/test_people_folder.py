"""Two reps with a cockpit each and one people folder: what one writes the other knows, and a refusal at once."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bench.stepped_clock import SteppedClock
from tests.cockpit_bench import IN_LONDON, MONDAY, SCRIPTS, RememberingDialer, names
from tui.cockpit.actions.old_notes import OldNotes
from tui.cockpit.actions.team import sharing
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import Phase, View
from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number
from tui.domain.outcome import Category
from tui.domain.shared.same_person import decided
from tui.script.files.library import Library
from tui.settings.settings import Me
from tui.storage.protocol import Change
from tui.storage.sharing import folder as disk_folder
from tui.storage.sharing.notes import NOTES
from tui.storage.tiny import TinyStore

ANN, BO = (
    Contact(
        f"c{place}",
        created_at=MONDAY,
        name=name,
        company=f"{name} Ltd",
        lists=("autumn",),
        zone="Europe/London",
        numbers=(Number(f"+44207946010{place}", label="office"),),
    )
    for place, name in enumerate(("Ann Rossi", "Bo Lund"))
)


class Desk:
    """A rep with a store, a phone and a cockpit."""

    def __init__(self, where: Path, name: str, folder: Path | None, clock: SteppedClock) -> None:
        self.clock, self.dialer, self.is_closed = clock, RememberingDialer(), False
        self.store = TinyStore.open(where / name)
        if name != "Eva":  # who begins today
            self.store.commit(Change(contacts=(ANN, BO), origin="file"), clock.now())
        settings = replace(IN_LONDON, me=Me(name), people_folder=folder)
        self.cockpit = Cockpit(self.store, settings, lambda: Library(SCRIPTS), self.dialer, clock)

    @property
    def view(self) -> View:
        return self.cockpit.view

    async def until(self, holds: Callable[[], object]) -> None:
        """Tick until something holds; the drive takes its time."""
        async with asyncio.timeout(60):
            while not holds():
                self.clock.step(0.5)
                await self.cockpit.tick()
                await asyncio.sleep(0.005)

    async def all_sent(self) -> None:
        """Tick until everything this rep wrote stands in the folder."""
        await self.until(lambda: self.view.team_list.words and not self.store.states(NOTES))

    async def refuses(self, contact: Contact) -> None:
        never = self.cockpit.do_not_call
        assert await never.add(never.of_person(contact, "a letter"))

    async def calls(self, contact: Contact, outcome: str) -> None:
        await self.cockpit.queue.call_person(contact.id, 15)
        self.clock.step(20)
        await self.cockpit.outcome.choose(outcome)

    async def close(self) -> str:
        """Leave, once."""
        if self.is_closed:
            return ""
        self.is_closed = True
        return await self.cockpit.close()


@pytest.fixture
async def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Desk, Desk]]:
    """Sam and Kim, who have the same list."""
    monkeypatch.setattr(sharing, "DIAL_S", 30.0)  # a slow machine is no drive that is gone
    clock = SteppedClock(MONDAY)
    two = tuple(Desk(tmp_path, name, tmp_path / "people", clock) for name in ("Sam", "Kim"))
    for desk in two:
        await desk.cockpit.open()
        await desk.all_sent()
    yield two
    for desk in two:
        await desk.close()


async def test_b58_a_refusal_elsewhere_is_obeyed_before_the_next_dial_without_a_tick(
    desks: tuple[Desk, Desk],
) -> None:
    sam, kim = desks
    await kim.refuses(ANN)
    await kim.all_sent()
    view = await sam.cockpit.queue.call_person(ANN.id, 15)
    assert sam.dialer.dialled == []
    assert view.notice is not None
    assert view.notice.text == "Do not call Ann Rossi: a letter (23 November 2026)"
    assert [entry.why for entry in sam.store.do_not_call()] == ["a letter"]


async def test_a_refusal_that_was_lifted_elsewhere_binds_no_more(desks: tuple[Desk, Desk]) -> None:
    sam, kim = desks
    await kim.refuses(ANN)
    await kim.all_sent()
    await sam.until(lambda: names(sam.view.queue.ready) == ["Bo Lund"])
    await kim.cockpit.do_not_call.lift_person(ANN, "asked us to call")
    await kim.all_sent()
    await sam.until(lambda: len(sam.view.queue.ready) == 2)
    await sam.cockpit.queue.call_person(ANN.id, 15)
    assert sam.dialer.dialled == [ANN.numbers[0].e164]


async def test_a_refusal_of_one_who_was_found_to_be_the_same_person_binds_too(
    desks: tuple[Desk, Desk],
) -> None:
    sam, kim = desks
    joined = decided(ANN.id, BO.id, same=True, at=MONDAY, rep="sam")
    sam.store.commit(Change(same_person=(joined,)), MONDAY)
    await kim.refuses(BO)  # who does not know that yet
    await kim.all_sent()
    await sam.cockpit.queue.call_person(ANN.id, 15)
    assert sam.dialer.dialled == []


async def test_calls_of_a_colleague_come_in_when_no_card_is_in_hand(desks: tuple[Desk, Desk]) -> None:
    sam, kim = desks
    await sam.cockpit.queue.call_person(BO.id, 15)
    await kim.calls(ANN, "no_answer")
    await kim.cockpit.session.to_queue()
    await kim.all_sent()
    for _ in range(20):
        sam.clock.step(1)
        await sam.cockpit.tick()
    assert sam.view.phase is not Phase.QUEUE
    assert sam.store.calls() == ()
    await sam.cockpit.session.to_queue()
    await sam.until(sam.store.calls)
    assert [call.contact_id for call in sam.store.calls()] == [ANN.id]
    assert names(sam.view.queue.ready) == ["Bo Lund"]  # she was called a moment ago


async def test_a_few_calls_of_colleagues_come_in_between_two_calls_too(desks: tuple[Desk, Desk]) -> None:
    sam, kim = desks
    await sam.calls(BO, "no_answer")
    assert (sam.view.phase, sam.view.card.name) == (Phase.READY, "Ann Rossi")
    await kim.calls(ANN, "no_answer")
    await kim.all_sent()
    await sam.until(lambda: len(sam.store.calls()) == 2)
    assert (sam.view.phase, sam.view.card.name) == (Phase.READY, "Ann Rossi")
    assert any("Follow-up 2 of 6" in said for said in sam.view.card.warnings)


async def test_line_1_says_when_the_list_was_read_and_since_when_it_cannot_be(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    sam, kim = desks
    assert sam.view.team_list.words == f"team list read {sam.view.now:%H:%M}"
    shutil.move(tmp_path / "people", tmp_path / "unplugged")
    sam.clock.step(minutes=9)
    await sam.until(lambda: sam.view.team_list.is_trouble)
    since = f"{sam.view.now:%H:%M}"
    sam.clock.step(minutes=9)
    await sam.cockpit.tick()
    assert sam.view.team_list.words == f"offline since {since}: your own people only"
    assert not (tmp_path / "people").exists()
    await sam.calls(ANN, "no_answer")
    assert sam.dialer.dialled == [ANN.numbers[0].e164]
    shutil.move(tmp_path / "unplugged", tmp_path / "people")
    await sam.all_sent()
    await kim.until(kim.store.calls)
    assert not sam.view.team_list.is_trouble


async def test_a_drive_that_hangs_holds_no_key_and_no_leaving(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    sam, _ = desks
    hangs, real = threading.Event(), disk_folder.PeopleFolder.news
    monkeypatch.setattr(
        disk_folder.PeopleFolder, "news", lambda *args, **more: (hangs.wait(), real(*args, **more))[1]
    )
    monkeypatch.setattr(sharing, "DIAL_S", 0.05)
    monkeypatch.setattr(sharing, "LOOK_S", 0.01)
    monkeypatch.setattr(sharing, "LEAVE_S", 0.01)
    async with asyncio.timeout(60):
        await sam.cockpit.queue.call_person(ANN.id, 15)
        assert sam.dialer.dialled == [ANN.numbers[0].e164]
        assert sam.view.team_list.is_trouble
        await sam.cockpit.outcome.choose("no_answer")
        for _ in range(3):
            sam.clock.step(2)
            await sam.cockpit.tick()
        assert await sam.close() == ""
    hangs.set()


async def test_notes_older_than_the_team_keeps_leave_our_file(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    sam, _ = desks
    then = MONDAY - timedelta(days=60)
    call = Call("k", ANN.id, then, "talked", Category.CONVERSATION, notes=(Note(then, "two vans"),))
    announced = {"keep_notes": {"announced": "2026-11-01", "days": 30}}
    sam.store.commit(Change(calls=(call,), state=announced), MONDAY)
    await sam.all_sent()
    state = sam.cockpit._state
    state.settings = replace(state.settings, keep_notes=timedelta(days=30))
    await OldNotes(state).look()
    await sam.all_sent()
    assert not any(b"two vans" in file.read_bytes() for file in (tmp_path / "people").iterdir())


async def test_what_was_written_last_goes_out_before_leaving(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    sam, kim = desks
    await sam.calls(ANN, "no_answer")
    await sam.close()
    await kim.until(kim.store.calls)
    again = TinyStore.open(tmp_path / "Sam", read_only=True)
    assert again.states(NOTES) == {}


async def test_without_the_setting_nothing_is_noted_any_more(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    sam, _ = desks
    await sam.close()
    alone = Desk(tmp_path, "Sam", None, sam.clock)
    await alone.cockpit.open()
    await alone.cockpit.tick()
    await alone.calls(ANN, "no_answer")
    assert alone.store.states(NOTES) == {}
    assert alone.view.team_list.words == ""
    await alone.close()


async def test_the_teams_people_take_the_place_of_the_fictional_ones(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    sam, _ = desks
    eva = Desk(tmp_path, "Eva", tmp_path / "people", sam.clock)
    assert (await eva.cockpit.open()).queue.demo
    await eva.until(lambda: not eva.view.queue.demo)
    assert sorted(names(eva.view.queue.ready)) == ["Ann Rossi", "Bo Lund"]
    await eva.close()
