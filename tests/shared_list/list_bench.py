"""Reps with a cockpit each over one shared list in memory, and one clock for all of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bench.stepped_clock import SteppedClock
from tests.cockpit_bench import IN_LONDON, MONDAY, SCRIPTS, RememberingDialer
from tests.shared_list.fake_list import FakeList, FakeTeam
from tui.cockpit.actions.team.list_line import ListAt
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import View
from tui.domain.contact import Contact, Number
from tui.script.files.library import Library
from tui.settings.settings import Me
from tui.storage.protocol import Change
from tui.storage.sharing.notes import UNSENT
from tui.storage.tiny import TinyStore

ADDRESS = "postgresql://list.example/power"
ANN, BO, EVA, KAI, LEA = PEOPLE = tuple(
    Contact(
        f"c{place}",
        created_at=MONDAY,
        name=name,
        company=f"{name} Ltd",
        lists=("autumn",),
        zone="Europe/London",
        numbers=(Number(f"+44207946010{place}", label="office"),),
    )
    for place, name in enumerate(("Ann Rossi", "Bo Lund", "Eva Brandt", "Kai Moor", "Lea Voss"))
)


class OneByOne:
    """A list in memory that several threads may ask; while it `hangs`, no question is answered."""

    def __init__(self, inner: FakeList, turn: threading.RLock, answers: threading.Event) -> None:
        self._inner, self._turn, self._answers = inner, turn, answers

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def ask(*args: Any, **more: Any) -> Any:
            self._answers.wait()
            with self._turn:
                return method(*args, **more)

        return ask


class Team:
    """The list, the time and who is there."""

    def __init__(self, where: Path) -> None:
        self.where, self.clock, self.turn = where, SteppedClock(MONDAY), threading.RLock()
        self.answers = threading.Event()
        self.answers.set()
        self.list = FakeTeam(at=MONDAY, steady=0.0)
        self.desks: list[Desk] = []
        self.settings = IN_LONDON

    def step(self, **time: float) -> None:
        self.clock.step(**time)
        with self.turn:
            self.list.passes(**time)

    async def joins(self, name: str, *people: Contact, **more: Any) -> Desk:
        """Somebody begins to work, with these people from a file of their own."""
        desk = Desk(self, name, people, **more)
        self.desks.append(desk)
        await desk.open()
        return desk

    def reaches(self, desk: Desk) -> Any:
        """The list, for one of them."""
        rep = str(desk.store.state("rep")["id"])
        mine = self.list.joins(desk.name, rep=rep, is_manager=desk.is_manager)
        return OneByOne(mine, self.turn, self.answers)

    async def close(self) -> None:
        self.answers.set()
        for desk in self.desks:
            await desk.close()


class Desk:
    """A rep with a store, a phone and a cockpit."""

    def __init__(
        self, team: Team, name: str, people: tuple[Contact, ...], *, is_manager: bool = False
    ) -> None:
        self.team, self.name, self.is_manager = team, name, is_manager
        self.dialer, self.is_closed, self.noted = RememberingDialer(), True, 0
        self.store = TinyStore.open(team.where / name)
        if people:
            self.store.commit(Change(contacts=people, origin="file"), MONDAY)
        self.settings = replace(team.settings, me=Me(name))

    async def open(self) -> None:
        """A start of the program."""
        self.cockpit = Cockpit(
            self.store,
            self.settings,
            lambda: Library(SCRIPTS),
            self.dialer,
            self.team.clock,
            shared_list=ListAt(ADDRESS, lambda: self.team.reaches(self)),
        )
        self.is_closed = False
        await self.cockpit.open()

    @property
    def view(self) -> View:
        return self.cockpit.view

    @property
    def state(self) -> Any:
        return self.cockpit._state

    async def ticks(self, seconds: int = 1) -> None:
        for _ in range(seconds):
            self.team.step(seconds=1)
            await self.cockpit.tick()
            await asyncio.sleep(0)

    async def until(self, holds: Callable[[], object]) -> None:
        """Tick until something holds; the list takes its time."""
        async with asyncio.timeout(60):
            while not holds():
                await self.ticks()
                await asyncio.sleep(0.002)

    async def all_sent(self) -> None:
        """Tick until the list has everything that was written here."""
        await self.until(lambda: self.view.team_list.words and not self.store.names(UNSENT))

    async def calls(self, contact: Contact, outcome: str) -> None:
        await self.cockpit.queue.call_person(contact.id, 15)
        await self.ticks(5)
        await self.cockpit.outcome.choose(outcome)

    async def refuses(self, contact: Contact) -> None:
        never = self.cockpit.do_not_call
        assert await never.add(never.of_person(contact, "a letter"))

    async def killed(self) -> None:
        """What a kill -9 leaves is the disk."""
        for task in (self.cockpit._listening, self.cockpit._warming, self.cockpit.housekeeping):
            if task:
                task.cancel()
        going = getattr(self.cockpit.do_not_call.sharing, "_round", None)
        if going is not None:
            going.cancel()
        await self.state.disk.run(self.store.db.storage.abandon)
        self.state.disk.close()
        self.store = TinyStore.open(self.team.where / self.name)
        await self.open()

    async def close(self) -> str:
        if self.is_closed:
            return ""
        self.is_closed = True
        return await self.cockpit.close()
