"""A cockpit over a store in memory, with a clock that stands still and a phone that only remembers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.memory_store import MemoryStore
from bench.stepped_clock import SteppedClock
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.queue_view import QueueRow
from tui.cockpit.state.active_call import LEADS_TO, Working
from tui.cockpit.view import Phase, View
from tui.dialer.protocol import CallEvent, Dialled
from tui.dialer.unwatched import Unwatched
from tui.domain.contact import Contact, Number
from tui.domain.ids import uuid7
from tui.domain.next_step import NextStep
from tui.script.files.library import Library
from tui.settings.settings import Me, Settings
from tui.storage.protocol import Change

MONDAY = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
SCRIPTS = Path(__file__).parents[1] / "scripts"

_enter = Working.enter


def _enter_what_may_follow(working: Working, phase: Phase, now: datetime) -> None:
    """In every test a call goes through its phases only as the table says."""
    assert phase in LEADS_TO[working.phase], f"{working.phase} does not lead to {phase}"
    _enter(working, phase, now)


Working.enter = _enter_what_may_follow  # type: ignore[assignment,method-assign]

IN_LONDON = Settings(
    company="Northgate",
    zone="Europe/London",
    allowed_countries=("GB", "US"),
    me=Me("Sam", "+442079460955"),
)
"""The settings of a rep in London."""


class RememberingDialer(Unwatched):
    """Rings nobody and remembers every number."""

    name = "manual"

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []
        self.hung_up: list[str] = []

    async def dial(self, e164: str, shown: str) -> Dialled:
        self.dialled.append(e164)
        return Dialled(f"line-{len(self.dialled)}")

    async def hang_up(self, call_id: str) -> None:
        self.hung_up.append(call_id)

    async def events(self) -> AsyncIterator[CallEvent]:
        return
        yield


def names(rows: Iterable[QueueRow | CallerRow]) -> list[str]:
    """Who stands in these rows."""
    return [row.name for row in rows]


async def call_selected(cockpit: Cockpit, minutes: int | None = None) -> View:
    """Press Enter on the queue, for a session of so many minutes."""
    key = cockpit.view.queue.enter
    return await (
        cockpit.queue.call_person(key.contact_id, minutes) if key.contact_id else cockpit.queue.enter(key)
    )


def next_step_of(cockpit: Cockpit, contact_id: str) -> NextStep:
    """What the rules propose for one person."""
    return cockpit._state.ranking.step(contact_id)


class Bench:
    """A cockpit and everything round it, for a test to hold."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.clock = SteppedClock(MONDAY)
        self.store = MemoryStore()
        self.dialer = RememberingDialer()
        self.settings = settings or IN_LONDON
        self.library = Library(SCRIPTS)
        self.cockpit = self._cockpit()

    def _cockpit(self) -> Cockpit:
        return Cockpit(self.store, self.settings, lambda: self.library, self.dialer, self.clock)

    def people(self, *names: str, **more: Any) -> list[Contact]:
        made = []
        for place, name in enumerate(names):
            given, _, family = name.partition(" ")
            number = f"+4420794601{len(list(self.store.contact_ids())) + place:02}"
            made.append(
                Contact(
                    id=uuid7(self.clock.now() + timedelta(milliseconds=place)),
                    created_at=MONDAY - timedelta(days=3),
                    name=name,
                    given=given,
                    family=family,
                    company=f"{family} Ltd",
                    lists=("autumn",),
                    numbers=(Number(number, number, "office"),),
                    zone="Europe/London",
                    **more,
                )
            )
        self.store.commit(Change(contacts=tuple(made), origin="file"), self.clock.now())
        return made

    def contact(self, name: str) -> Contact:
        return next(c for c in self.store.contacts() if c.name == name)

    def killed_and_started_again(self) -> Cockpit:
        """What a kill -9 leaves is the store; everything else is made again."""
        self.cockpit = self._cockpit()
        return self.cockpit


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def make_bench() -> type[Bench]:
    return Bench


@pytest.fixture
def warms_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first call needs is read beside the first screen, and at once: `await cockpit._warming`."""
    for name in ("tui.app.WARM_UP_AFTER_S", "tui.cockpit.cockpit.WARM_UP_AFTER_S"):
        monkeypatch.setattr(name, 0)


@pytest.fixture
def in_london() -> Settings:
    return IN_LONDON
