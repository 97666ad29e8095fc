"""Weeks of a rep in seconds: made-up people who answer, call back, agree or refuse, through the one cockpit.

`python -m tui.cockpit.simulation` prints what the rules of the shipped settings bring. A change of the rules that
forgets people or calls them too often shows here first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from msgspec import Struct

from bench.memory_store import MemoryStore
from bench.stepped_clock import SteppedClock
from tui.cockpit.call_view import FormView
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.pages.report import Report
from tui.cockpit.pages.report_page import page
from tui.cockpit.queue_view import QueueRow, QueueView, Rows
from tui.cockpit.state.state import State
from tui.cockpit.view import LINE_OPEN, Card, Phase, View
from tui.dialer.protocol import Dialled
from tui.dialer.unwatched import Unwatched
from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.domain.ids import uuid7
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.policy import next_step
from tui.domain.window import DAY
from tui.script.files.library import Library
from tui.settings.settings import Me, Settings
from tui.storage.protocol import Change, Store

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RING_S, TALK_S, WRAP_S = 20.0, 150.0, 15.0
NUMBERS = 1000
"""Of the range kept for stories; beyond that people share one."""


class Population(Struct, frozen=True):
    """How people behave, each a share from 0 to 1."""

    people: int = 120
    answers: float = 0.18
    """Of the calls, the person answers."""
    gatekeeper: float = 0.07
    takes_voicemail: float = 0.5
    """Of the unanswered calls the rep leaves a message."""
    rings_back: float = 0.05
    """Of those left a message, within the day."""
    agrees_time: float = 0.3
    """Of the talks: call me then."""
    buys: float = 0.12
    not_now: float = 0.2
    no_fit: float = 0.1
    refuses: float = 0.03


class Plan(Struct, frozen=True):
    """What is played: working days and sessions a day."""

    weeks: int = 4
    sessions: tuple[tuple[int, int], ...] = ((9, 60), (11, 60), (14, 60), (16, 60))
    """(hour, minutes), from Monday to Friday."""
    seed: int = 1


class Played(Struct, frozen=True):
    """What came of it."""

    report: Report
    contacts: tuple[Contact, ...]
    calls: tuple[Call, ...]
    steps: Mapping[str, NextStep]
    """What the rules propose for each contact at the end."""
    zone: str

    def lines(self) -> tuple[str, ...]:
        """The report's page as lines."""
        seen = page(self.report, self.zone)
        return tuple(
            line for heading, lines in seen.sections for line in (heading, *(f"  {one}" for one in lines))
        )


class _NoPhone(Unwatched):
    """Calls nobody."""

    name = "manual"

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Nothing is said."""
        return Dialled(self._next_id())


def glance(state: State) -> View:
    """What the play goes by: no words are made, because nobody reads them."""
    working, names = state.working, state.ranking.name
    if working is None or state.page:
        ready = Rows(state.ranking.ready, lambda one: QueueRow(one, names(one)))
        return View(state.phase, state.here, queue=QueueView(ready=ready), ask=state.ask)
    outcome = working.form.outcome if working.form else None
    form = FormView(outcome.id, outcome.key, outcome.label, ()) if outcome else None
    return View(
        working.phase,
        state.here,
        card=Card(working.contact.id, working.contact.shown_name),
        form=form,
        ask=state.ask,
    )


class Simulation:
    """One rep, one list, some weeks."""

    def __init__(
        self,
        plan: Plan,
        population: Population,
        settings: Settings | None = None,
        scripts: Path | None = None,
        painted: bool = False,
        store: Store | None = None,
    ) -> None:
        """`painted`: with all the words a screen would show, which takes twice as long. `store`: who has people."""
        self.plan, self.population = plan, population
        self.settings = settings or Settings(zone="Europe/London", allowed_countries=("GB",), me=Me("Sam"))
        self.clock = SteppedClock(MONDAY)
        self.chance = Random(plan.seed)
        self._scripts, self._glance = scripts or self.settings.scripts_folder, None if painted else glance
        self._calling_back: list[str] = []
        self._end = MONDAY
        """Of the session under way."""
        self.start(store or MemoryStore())

    def start(self, store: Store) -> None:
        """Start the program again, over these records; whoever will call us back still does."""
        self.store = store
        self.cockpit = Cockpit(
            store,
            self.settings,
            lambda: Library(self._scripts),
            _NoPhone(),
            self.clock,
            glance=self._glance,
        )

    async def play(self) -> Played:
        """Play every session of every working day; the report at the end."""
        self.store.commit(Change(contacts=self._people(), origin="file"), self.clock.now())
        await self.cockpit.open()
        for day in range(self.plan.weeks * 7):
            if day % 7 < 5:
                for hour, minutes in self.plan.sessions:
                    await self._session(MONDAY + DAY * day + timedelta(hours=hour - MONDAY.hour), minutes)
        report, now, policy = self.cockpit.report(), self.clock.now(), self.settings.policy
        steps = {c.id: next_step(c, self.store.calls(c.id), policy, now) for c in self.store.contacts()}
        played = Played(
            report, tuple(self.store.contacts()), tuple(self.store.calls()), steps, self.settings.zone
        )
        await self.cockpit.close()
        return played

    def _people(self) -> tuple[Contact, ...]:
        """People of one list, with numbers from a range kept for stories."""
        return tuple(
            Contact(
                id=uuid7(MONDAY - DAY + timedelta(milliseconds=place)),
                created_at=MONDAY - DAY,
                name=f"Person {place}",
                company=f"Firm {place}",
                lists=("simulated",),
                numbers=(Number(f"+442079460{place % NUMBERS:03}"),),
                emails=(f"person{place}@example.com",),
                zone="Europe/London",
            )
            for place in range(self.population.people)
        )

    async def _session(self, start: datetime, minutes: int) -> None:
        """One session, to its end."""
        if await self.begin(start, minutes):
            while await self.go_on():
                pass

    async def begin(self, start: datetime, minutes: int) -> bool:
        """Begin a session: who calls first, then the first dial; whether there is anybody to call."""
        self.clock.step(max((start - self.clock.now()).total_seconds(), 0.0))
        await self.cockpit.tick()
        await self._serve_callers()
        await self._send_what_is_due()
        view = self.cockpit.view
        if not view.queue.ready:
            return False
        await self.cockpit.queue.call_person(view.queue.ready[0].contact_id, minutes)
        self._end = self.clock.now() + timedelta(minutes=minutes)
        return True

    async def go_on(self) -> bool:
        """Finish the call, or dial the next person; False when time is up or nobody is left, and the session over."""
        view = self.cockpit.view
        if view.phase in LINE_OPEN:
            view = await self._finish_call()
        elif view.phase is Phase.READY and self.clock.now() < self._end:
            view = await self._dial(view)
        if view.form is not None:
            raise RuntimeError(f"a form asks for what the robot does not know: {view.form.label}")
        if view.phase in LINE_OPEN or (view.phase is Phase.READY and self.clock.now() < self._end):
            return True
        await self.cockpit.session.end()
        return False

    async def _dial(self, view: View) -> View:
        """Dial, or put off whoever must not be dialled any more."""
        before = view.card
        view = await self.cockpit.call.dial()
        if view.phase is not Phase.READY or view.card != before:
            return view
        view = await self.cockpit.people.skip()
        if view.ask is None:
            raise RuntimeError(f"{before} can neither be called nor put off")
        return await self.cockpit.question.answer(view.ask.choices[0][0])

    async def _finish_call(self) -> View:
        """What happens on one call, from the ringing to the next card."""
        cockpit, people = self.cockpit, self.population
        self.clock.step(RING_S)
        luck = self.chance.random()
        if luck < people.answers:
            await cockpit.call.answered()
            return await self._talk()
        if luck < people.answers + people.gatekeeper:
            await self._choose(Category.GATEKEEPER)
            return await self._choose(Category.GATEKEEPER)
        if self.chance.random() >= people.takes_voicemail:
            return await self._choose(Category.NO_ANSWER)
        card = cockpit.view.card
        if card and self.chance.random() < people.rings_back:
            self._calling_back.append(card.contact_id)
        return await self._choose(Category.VOICEMAIL)

    async def _talk(self) -> View:
        """A talk and how it ends."""
        people = self.population
        self.clock.step(TALK_S * (0.5 + self.chance.random()))
        await self.cockpit.call.over()
        ends = (
            (people.buys, Category.WIN),
            (people.agrees_time, Category.PROMISE),
            (people.not_now, Category.NURTURE),
            (people.no_fit, Category.NOT_A_FIT),
            (people.refuses, Category.DO_NOT_CALL),
        )
        luck = self.chance.random()
        for share, category in ends:
            if luck < share:
                return await self._choose(category)
            luck -= share
        return await self._choose(Category.CONVERSATION)

    async def _choose(self, category: Category) -> View:
        """Press the team's outcome of a category, fill its form with what is proposed, and save."""
        outcome = next(o for o in self.settings.outcomes if o.is_ is category)
        view = await self.cockpit.outcome.choose(outcome.id)
        if view.form is None:
            return view
        self.clock.step(WRAP_S)
        if category is Category.PROMISE:
            await self.cockpit.outcome.set_field("when", self._when())
        return await self.cockpit.outcome.save_form()

    def _when(self) -> str:
        """When they want to be called: a working day, with or without an hour."""
        days, hour = self.chance.randint(1, 6), self.chance.choice(("", " 10:30", " 15:00"))
        day = self.clock.now() + DAY * days
        if day.weekday() > 4:
            day += DAY * (7 - day.weekday())
        return f"{day:%A %d %B}{hour}"

    async def _serve_callers(self) -> None:
        """People who were left a message call back."""
        for contact_id in self._calling_back:
            contact = self.store.contact(contact_id)
            if contact is None or self.cockpit.do_not_call.entries.refusal(contact):
                continue
            await self.cockpit.incoming.open_look_up()
            self.cockpit.callers.look_up(contact.name)
            self.clock.step(1)
            await self.cockpit.callers.choose(contact_id, contact.name)
            await self._talk()
        self._calling_back.clear()

    async def _send_what_is_due(self) -> None:
        """E-mails of the day, sent and noted."""
        for touch in self.cockpit.messages.due_by("email"):
            await self.cockpit.messages.sent(touch.contact.id, "email", "", self.clock.now())


def play(
    plan: Plan | None = None,
    population: Population | None = None,
    settings: Settings | None = None,
    scripts: Path | None = None,
) -> Played:
    """Play a plan with a population; the same seed gives the same weeks."""
    return asyncio.run(Simulation(plan or Plan(), population or Population(), settings, scripts).play())


if __name__ == "__main__":
    for line in play().lines():
        print(line)
