"""Weeks of a rep in seconds: made-up people who answer, ring back, agree or refuse, through the one cockpit.

`python -m tui.cockpit.simulation` prints what the rules of the shipped settings bring. A change of the rules that
forgets people or rings them too often shows here first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tui.cockpit.clock import SteppedClock
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.report import Report
from tui.cockpit.report_words import page
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallEvent, Cap, Dialled
from tui.domain.contact import Contact, Number
from tui.domain.ids import uuid7
from tui.domain.window import DAY
from tui.script.library import Library
from tui.settings.settings import Me, Settings
from tui.storage.memory import MemoryStore
from tui.storage.protocol import Change

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RING_S, TALK_S, WRAP_S = 20.0, 150.0, 15.0
BREAK_MINUTES = 15
PEOPLE_A_PREFIX = 1000


@dataclass(frozen=True, slots=True)
class Population:
    """How people behave, each a share from 0 to 1."""

    people: int = 120
    answers: float = 0.18
    """Of the calls, the person answers."""
    receptionist: float = 0.07
    takes_voicemail: float = 0.5
    """Of the unanswered calls the rep leaves a message."""
    rings_back: float = 0.05
    """Of those left a message, within the day."""
    agrees_time: float = 0.3
    """Of the talks: ring me then."""
    buys: float = 0.12
    not_now: float = 0.2
    no_fit: float = 0.1
    refuses: float = 0.03


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played: working days and sessions a day."""

    weeks: int = 4
    sessions: tuple[tuple[int, int], ...] = ((9, 60), (11, 60), (14, 60), (16, 60))
    """(hour, minutes), from Monday to Friday."""
    seed: int = 1


@dataclass(slots=True)
class Played:
    """What came of it."""

    report: Report
    store: MemoryStore
    cockpit_steps: dict[str, str] = field(default_factory=dict)
    """Contact id to the action proposed at the end."""
    policy_zone: str = "UTC"

    def lines(self) -> tuple[str, ...]:
        """The report's page as lines."""
        seen = page(self.report, self.policy_zone)
        return tuple(line for heading, lines in seen.sections for line in (heading, *(f"  {one}" for one in lines)))


class _NoPhone:
    """Rings nobody."""

    name = "manual"
    caps = Cap.NONE

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def dial(self, e164: str, shown: str) -> Dialled:
        return Dialled("")

    async def hang_up(self, call_id: str) -> None:
        pass

    async def events(self) -> AsyncIterator[CallEvent]:
        return
        yield


class Simulation:
    """One rep, one list, some weeks."""

    def __init__(
        self, plan: Plan, population: Population, settings: Settings | None = None, scripts: Path | None = None
    ) -> None:
        self.plan, self.population = plan, population
        self.settings = settings or Settings(zone="Europe/London", allowed_countries=("GB",), me=Me("Sam"))
        self.clock, self.store = SteppedClock(MONDAY), MemoryStore()
        self.chance = Random(plan.seed)
        self.cockpit = Cockpit(
            self.store, self.settings, Library(scripts or self.settings.scripts_folder), _NoPhone(), self.clock
        )
        self._calling_back: list[str] = []

    async def play(self) -> Played:
        """Play every session of every working day; the report at the end."""
        self.store.commit(Change(contacts=self._people()), self.clock.now())
        await self.cockpit.open()
        for day in range(self.plan.weeks * 7):
            if day % 7 < 5:
                for hour, minutes in self.plan.sessions:
                    await self._session(MONDAY + DAY * day + timedelta(hours=hour - MONDAY.hour), minutes)
        report = self.cockpit.report()
        steps = {one: self.cockpit.step_of(one).action for one in self.store.contact_ids()}
        await self.cockpit.close()
        return Played(report, self.store, dict(steps), self.settings.zone)

    def _people(self) -> tuple[Contact, ...]:
        """People of one list, with numbers from a range kept for stories."""
        return tuple(
            Contact(
                id=uuid7(MONDAY - DAY + timedelta(milliseconds=place)),
                created_at=MONDAY - DAY,
                name=f"Person {place}",
                company=f"Firm {place}",
                lists=("simulated",),
                numbers=(Number(f"+447700900{place % PEOPLE_A_PREFIX:03}"),),
                emails=(f"person{place}@example.com",),
                zone="Europe/London",
            )
            for place in range(self.population.people)
        )

    async def _session(self, start: datetime, minutes: int) -> None:
        self.clock.step((start - self.clock.now()).total_seconds())
        await self.cockpit.tick()
        await self._answer_those_who_ring()
        await self._send_what_is_due()
        end = start + timedelta(minutes=minutes)
        view = self.cockpit.view
        while len(view.queue.ready) and self.clock.now() < end:
            view = await self.cockpit.select(view.queue.ready[0])if False else view
            await self._one_call(minutes)
            view = await self.cockpit.tick()
        await self.cockpit.end_session()
