"""The cockpit: what the rep is doing now. Screens, command line, tests and a simulation drive this one object.

Every action returns the new `View` and is delivered to all subscribers; the parts do the work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tui.cockpit import demo
from tui.cockpit.beside import CHANNELS, Beside
from tui.cockpit.bounds import stale_copies
from tui.cockpit.callers import Callers
from tui.cockpit.clock import Clock
from tui.cockpit.closing import Closing
from tui.cockpit.desk import Desk
from tui.cockpit.dossier import Dossier
from tui.cockpit.due import Touch, due_by
from tui.cockpit.flow import Flow
from tui.cockpit.importing import Cancelled, Importing, Preview, Progress, Report
from tui.cockpit.incoming import Incoming
from tui.cockpit.line import Line
from tui.cockpit.nevers import Nevers
from tui.cockpit.ownership import Ownership
from tui.cockpit.painting import Painter
from tui.cockpit.people import People
from tui.cockpit.reading import Reading
from tui.cockpit.report import USUAL_DAYS, make_report
from tui.cockpit.report import Report as Results
from tui.cockpit.report_words import page
from tui.cockpit.standing import Standing
from tui.cockpit.talk import Talk
from tui.cockpit.timing import Timing
from tui.cockpit.view import CallerRow, ContactView, Phase, RecapView, View
from tui.dialer.protocol import Dialer, DialError
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.ids import uuid7
from tui.domain.nextstep import NextStep
from tui.domain.outcome import Outcome
from tui.script.library import Library
from tui.settings.settings import Settings
from tui.storage.protocol import Change, Store

WARM_UP_AFTER_S = 0.5
"""The first screen comes first."""


class Cockpit:
    """One rep's cockpit over one store."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        library: Library,
        dialer: Dialer,
        clock: Clock,
        problems: tuple[str, ...] = (),
        suggestions: Path | None = None,
    ) -> None:
        """`problems`: what is wrong with the settings; `suggestions`: the folder that keeps reps' wordings."""
        self._desk = desk = Desk(store, settings, library, dialer, clock)
        desk.problems = problems
        self._reading = Reading(desk)
        self._flow = Flow(desk, self._reading)
        self._line = Line(desk, self._flow, self._reading)
        self._closing = Closing(desk, self._flow)
        self._timing = Timing(desk, self._flow, self._line, self._reading)
        self._talk = Talk(desk, self._flow, self._reading, suggestions)
        self._callers = Callers(desk, self._flow, self._reading)
        self._people = People(desk, self._flow, self._closing)
        self._importing = Importing(desk)
        self._dossier = Dossier(desk, self._line)
        self._beside = Beside(desk)
        self._ownership = Ownership(desk)
        self.never = Nevers(desk)
        """Keeping the do-not-call list."""
        self._incoming = Incoming(desk, self._flow, self._callers)
        self._painter = Painter(
            desk, self._closing, self._line, self._reading, self._incoming, Standing(desk)
        )
        self._watchers: list[Callable[[View], None]] = []
        self._listening: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self.view: View = View(Phase.QUEUE, desk.here)

    # -- life ------------------------------------------------------------------------------------------

    async def open(self) -> View:
        """Read the queue, bring back what a killed program left, and give the first View."""
        desk = self._desk
        desk.rep = dict(desk.store.state("rep")) or {"id": uuid7(desk.now)}
        desk.ranking.skips = dict(desk.rep.get("skips", {}))
        await desk.off_thread(desk.ranking.load, desk.now)
        if not len(desk.ranking):
            await self._seed_demo()
        self._flow.restore()
        await self._people.show_list(str(desk.rep.get("list", "")))
        before_the_crash = {working.line for working in desk.stack if working.line}
        self._listening = asyncio.create_task(self._listen(before_the_crash))
        self._warming = asyncio.create_task(self._warm_up())
        for note in desk.store.notes:
            desk.say(note, "warn")
        for note in stale_copies(desk.ranking.bounds.never, desk.here.date()):
            desk.say(note, "warn")
        return self._paint()

    async def _warm_up(self) -> None:
        """What the first call and the first caller need, read beside the screen once it is painted."""
        await asyncio.sleep(WARM_UP_AFTER_S)
        await asyncio.to_thread(self._desk.library.scripts)
        self._desk.script_problems = self._reading.problems()
        await asyncio.to_thread(self._callers.build)

    async def _seed_demo(self) -> None:
        desk = self._desk
        people, calls = demo.demo_people(desk.now)
        if await desk.commit(Change(contacts=people, calls=calls, state={"rep": desk.rep})):
            await desk.off_thread(desk.ranking.load, desk.now)

    async def close(self) -> None:
        """Save where we are, let go of the line, and fold the store together."""
        for task in (self._listening, self._warming):
            if task:
                task.cancel()
        await self._flow.keep()
        await self._desk.dialer.stop()
        await self._desk.off_thread(self._desk.store.close)
        self._desk.close()

    def subscribe(self, watcher: Callable[[View], None]) -> Callable[[], None]:
        """Call `watcher` with each new View; the result ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _paint(self) -> View:
        self.view = self._painter.view()
        for watcher in tuple(self._watchers):
            watcher(self.view)
        return self.view

    async def _do(self, action: Awaitable[Any]) -> View:
        self._desk.can_advance = True
        self._desk.notice = None
        await action
        return self._paint()

    async def _in_call(self, action: Callable[..., Awaitable[Any]], *args: Any) -> View:
        """An action of the call in hand; without one nothing happens."""
        if self._desk.working is None or self._desk.place in (Phase.QUEUE, Phase.RECAP):
            return self.view
        return await self._do(action(*args))

    async def tick(self) -> View:
        """Once a second."""
        await self._timing.tick()
        return self._paint()

    async def _listen(self, before_the_crash: set[str]) -> None:
        """Get the phone ready beside the first screen, then take up what it says."""
        try:
            await self._desk.dialer.start()
        except DialError as error:
            self._desk.say(str(error), "error")
        await self._line.adopt(before_the_crash)
        self._paint()
        async for event in self._desk.dialer.events():
            if not await self._incoming.heard(event):
                await self._line.heard(event)
            self._paint()

    # -- queue -----------------------------------------------------------------------------------------

    async def select(self, contact_id: str) -> View:
        """Put the cursor on a person."""
        self._desk.ranking.selected = contact_id
        return self._paint()

    async def ring_selected(self, minutes: int | None = None) -> View:
        """Ring the selected person; starts a session when none runs."""
        length = minutes or self.view.queue.minutes or self._desk.settings.minutes[0]
        return await self._do(self._timing.ring_selected(minutes, self._painter.goal(length)))

    async def set_length(
        self, minutes: int, conversations: int | None = None, next_steps: int | None = None
    ) -> View:
        """Minutes and goal of the next session; 1 to 480 minutes."""
        self._desk.rep["minutes"] = min(max(minutes, 1), 480)
        self._desk.rep["goal"] = None if conversations is None else [conversations, next_steps or 0]
        return await self._do(self._flow.keep())

    async def filter(self, text: str) -> View:
        """Show only people whose name, company, tags or fields hold the text; empty shows all."""
        self._desk.ranking.filter(text)
        return self._paint()

    async def clear_filter(self) -> View:
        """Everybody in the list again."""
        return await self.filter("")

    async def show_list(self, name: str) -> View:
        """Show a list or a saved filter; empty: everybody."""
        return await self._do(self._people.show_list(name))

    async def save_filter(self, name: str) -> View:
        """Keep the filter in view under a name."""
        return await self._do(self._people.save_filter(name))

    def lists(self) -> tuple[tuple[str, int], ...]:
        """Lists and saved filters with their sizes (-1: a filter)."""
        return self._people.lists()

    async def skip(self, contact_id: str | None = None) -> View:
        """Ask why somebody is put off; the selected person, or the one on the card."""
        working = self._desk.working
        on_card = (
            working.contact.id
            if working and self._desk.place is not Phase.QUEUE
            else self._desk.ranking.selected
        )
        self._people.ask_skip(contact_id or on_card)
        return self._paint()

    async def tick_owed(self, call_id: str) -> View:
        """What I owed is done."""
        return await self._do(self._people.tick_owed(call_id))

    async def add_person(self, values: Mapping[str, str]) -> View:
        """Write down a person: name, company, number, email, note."""
        contact_id = await self._people.add(values)
        self._know(contact_id)
        return self._paint()

    async def edit_person(self, contact_id: str, values: Mapping[str, str]) -> View:
        """Change a person's details."""
        await self._people.edit(contact_id, values)
        self._know(contact_id)
        return self._paint()

    def _know(self, contact_id: str) -> None:
        if contact := self._desk.store.contact(contact_id):
            self._callers.know(contact)

    def contact_view(self, contact_id: str) -> ContactView | None:
        """Everything known of one person."""
        return self._dossier.view(contact_id)

    def explain(self, contact_id: str) -> tuple[str, ...]:
        """Why now or why not, when, and what each outcome would do: sentences."""
        return self._dossier.explain(contact_id)

    def report(self, since: datetime | None = None) -> Results:
        """What all calls brought since a moment (UTC); slow for long histories."""
        return make_report(self._desk, since)

    def report_page(self) -> RecapView | None:
        """The report of the last 30 days as a page; None while there is nothing to report."""
        found = self.report(self._desk.now - timedelta(days=USUAL_DAYS))
        return None if found.is_empty else page(found, self._desk.settings.zone)

    def next_step_of(self, contact_id: str) -> NextStep:
        """What the rules propose for one person."""
        return self._desk.ranking.step(contact_id)

    def due_by(self, channel: str) -> list[Touch]:
        """Messages and visits due by the end of today, the earliest first."""
        return due_by(self._desk, channel)

    async def ask_sent(self, contact_id: str) -> View:
        """Ask by which channel somebody got something."""
        self._beside.ask_sent(contact_id)
        return self._paint()

    async def record_sent(self, contact_id: str, channel: str, note: str, at: datetime) -> Call | None:
        """Record a message or a visit made elsewhere."""
        return await self._beside.sent(contact_id, channel, note, at)

    async def cancel_win(self, contact_id: str) -> View:
        """The last meeting or sale fell through; once more takes it back."""
        return await self._do(self._beside.cancel_win(contact_id))

    async def record_cancelled(self, contact_id: str) -> Call | None:
        """The same for the command line: the call it was noted on; None when there is none."""
        call = await self._beside.cancel_win(contact_id)
        self._paint()
        return call

    async def hand_over(self, contact_id: str, to: str, note: str, agreed: bool) -> Contact | None:
        """Give a person to another rep. Raises `ownership.NotHandedOver` without note or agreement."""
        return await self._ownership.hand_over(contact_id, to, note, agreed)

    async def set_reason(self, text: str) -> View:
        """A reason of the rep's own for this call."""
        self._desk.notice = None
        if self._desk.working and self._desk.working.phase in (Phase.READY, Phase.NEXT_IN):
            self._reading.own_reason(self._desk.working, text)
        await self._flow.keep()
        return self._paint()

    async def log_elsewhere(self, contact_id: str) -> View:
        """Outcomes of a call made with another phone."""
        return await self._do(self._closing.log_elsewhere(contact_id))

    async def log(
        self, contact: Contact, outcome: Outcome, note: str, at: datetime, fields: Mapping[str, str]
    ) -> Call | None:
        """Record a call made elsewhere in one go. Raises `forms.NotYet` when the outcome needs more."""
        return await self._closing.log(contact, outcome, note, at, fields)

    async def undo(self) -> View:
        """Take back the last skip or outcome with everything it caused."""
        return await self._do(self._closing.undo())

    async def to_queue(self) -> View:
        """To the queue; the session runs on."""
        return await self._do(self._timing.to_queue())

    # -- import ----------------------------------------------------------------------------------------

    def import_preview(
        self, path: Path, overrides: Iterable[str] = (), list_name: str = "", region: str = ""
    ) -> Preview:
        """What a file would become; slow for large files. Raises `ImportRefused` with a sentence."""
        return self._importing.look(path, overrides, list_name, region)

    async def import_now(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Report | None:
        """Import what was previewed, all or nothing. Raises `ImportRefused`; None when it was not saved."""
        report = await self._importing.run(seen, progress, cancelled)
        self._callers.forget()
        self._paint()
        return report

    # -- call ------------------------------------------------------------------------------------------

    async def dial(self) -> View:
        """Ring the person on the card."""
        ready = self._desk.working is not None and self._desk.working.phase in (Phase.READY, Phase.NEXT_IN)
        return await self._in_call(self._line.dial) if ready else self.view

    async def answered(self) -> View:
        """Somebody answered."""
        return await self._in_call(self._line.answered)

    async def hang_up(self) -> View:
        """End the line, when the dialer can."""
        return await self._in_call(self._line.hang_up)

    async def call_over(self) -> View:
        """Show all outcomes; nothing is hung up or logged yet."""
        return await self._in_call(self._line.over)

    async def back_to_call(self) -> View:
        """From the outcomes back to the call."""
        return await self._in_call(self._line.back)

    async def choose(self, outcome_id: str) -> View:
        """Press an outcome."""
        return await self._in_call(self._closing.choose, outcome_id)

    async def other_number(self, step: int = 1) -> View:
        """Another of the person's numbers."""
        return await self._in_call(self._line.other_number, step)

    async def ring_again(self) -> View:
        """Cut off: ring again."""
        return await self._in_call(self._line.ring_again)

    async def dial_by_hand(self, text: str) -> View:
        """Ring a number the rep typed."""
        return await self._in_call(self._line.by_hand, text)

    async def hold(self) -> View:
        """Hold the countdown."""
        self._timing.hold()
        return self._paint()

    async def pause(self) -> View:
        """Ask which pause."""
        self._timing.ask_pause()
        return self._paint()

    async def go_on(self) -> View:
        """End the pause."""
        return await self._do(self._timing.go_on())

    async def extend(self, minutes: int = 5) -> View:
        """More minutes."""
        return await self._do(self._timing.extend(minutes))

    async def type_note(self, text: str) -> View:
        """What stands in the note line now."""
        self._talk.type_note(text)
        return self.view

    async def keep_note(self) -> View:
        """Keep the note line."""
        return await self._do(self._talk.keep_note())

    async def answer(self, digit: str) -> View:
        """Answer the question on the screen; 0 is `did not ask`."""
        return await self._do(self._talk.answer(digit))

    async def step_on(self) -> View:
        """The next words."""
        return await self._do(self._talk.on())

    async def step_back(self) -> View:
        """One step back."""
        return await self._do(self._talk.back())

    async def signal(self, sign: str) -> View:
        """A buying (`+`) or no-buy (`-`) signal."""
        return await self._do(self._talk.signal(sign))

    async def suggest(self, text: str) -> View:
        """Propose other words for the line on the screen; the trainer sees them beside it."""
        return await self._in_call(self._talk.suggest, text)

    def search(self, text: str) -> tuple[tuple[str, str], ...]:
        """Objections, situations and sections that fit what they said: (target, label)."""
        return self._reading.search(self._desk.working, text) if self._desk.working else ()

    async def jump(self, target: str) -> View:
        """Go to a target of `search`."""
        return await self._do(self._talk.jump(target))

    # -- form ------------------------------------------------------------------------------------------

    async def set_field(self, name: str, value: str) -> View:
        """What is typed into a field; the View shows what we understood."""
        if self._desk.working:
            self._closing.set_field(name, value)
        return self._paint()

    async def next_choice(self, name: str) -> View:
        """Turn a choice field on."""
        if self._desk.working:
            self._closing.next_choice(name)
        return self._paint()

    async def focus_field(self, name: str) -> View:
        """Remember where the cursor is, for a restart."""
        if self._desk.working and self._desk.working.form:
            self._desk.working.form.focus = name
            self._desk.dirty = True
        return self.view

    async def save_form(self) -> View:
        """Save the form."""
        return await self._in_call(self._closing.save_form)

    async def leave_form(self) -> View:
        """Back to the outcomes."""
        return await self._in_call(self._closing.leave_form)

    # -- one-key questions -----------------------------------------------------------------------------

    async def choose_option(self, key: str) -> View:
        """Answer the one-key question on the screen; another key changes nothing."""
        ask = self._desk.ask
        if ask is not None and ask.text:
            return await self.give_reason(key)
        if ask is None or key not in dict(ask.choices):
            return self.view
        self._desk.ask = None
        about, _, target = ask.id.partition(":")
        actions: dict[str, Callable[[], Awaitable[Any]]] = {
            "skip": lambda: self._people.skip(target, key),
            "decide": lambda: self._people.decide(target, key),
            "sent": lambda: self._beside.sent(target, CHANNELS[key]),
            "stop": lambda: self._people.stop(target, key),
            "pause": lambda: self._timing.pause(key),
            "dial": lambda: self._line.dial(target, sure=True),
        }
        return await self._do(actions[about]())

    async def give_reason(self, text: str) -> View:
        """Answer the question for a typed reason; without one nobody is rung, and that is said."""
        ask = self._desk.ask
        if ask is None or not ask.text:
            return self.view
        self._desk.ask = None
        return await self._do(self._line.override(ask.id.partition(":")[2], text))

    async def leave_ask(self) -> View:
        """Esc: the question goes, nothing happens."""
        self._desk.ask = None
        return self._paint()

    # -- they ring -------------------------------------------------------------------------------------

    async def pause_for_caller(self) -> View:
        """Somebody rings: the clock stands still; whoever went on ringing on the line is shown again."""
        waiting = self._incoming.ringing is not None
        return await self._do(self._incoming.back() if waiting else self._callers.wait())

    def look_up(self, text: str) -> tuple[CallerRow, ...]:
        """Who it may be."""
        return self._callers.look_up(text)

    async def take_caller(self, contact_id: str | None, typed: str = "") -> View:
        """Open the caller's card; None: we do not know them yet."""
        return await self._do(self._callers.take(contact_id, typed))

    async def caller_gone(self) -> View:
        """It was nobody; back."""
        return await self._do(self._callers.gone())

    async def take_ringing(self, contact_id: str | None) -> View:
        """Answer the call that is coming in; None: we do not know them."""
        return await self._do(self._incoming.take(contact_id))

    async def put_off_ringing(self) -> View:
        """Finish this one first; it goes on ringing."""
        return await self._do(self._incoming.later())

    async def decline_ringing(self) -> View:
        """Decline; the caller comes to the top of the queue."""
        return await self._do(self._incoming.decline())

    # -- recap -----------------------------------------------------------------------------------------

    async def show_recap(self) -> View:
        """What it brought so far."""
        return await self._do(self._timing.show_recap())

    async def leave_recap(self) -> View:
        """Back; the session runs on."""
        return await self._do(self._timing.leave_recap())

    async def end_session(self) -> View:
        """End the session and go to the queue."""
        return await self._do(self._timing.end())
