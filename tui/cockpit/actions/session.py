"""The session and its clock: starting costs one key, time up never cuts a call off, and a pause says why."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from tui.cockpit.actions.action import action, look
from tui.cockpit.actions.dialing import CallActions
from tui.cockpit.actions.do_not_call import DoNotCall
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.queue import goal_of, minutes_of
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.actions.team.colleagues import Colleagues
from tui.cockpit.clock import TICK_S
from tui.cockpit.state.state import Run, State
from tui.cockpit.view import Ask, Phase, View
from tui.cockpit.wording import card, queue_reasons
from tui.cockpit.wording.answers import PAUSE_WORDS
from tui.cockpit.wording.notices import notice
from tui.domain.ids import uuid7
from tui.domain.session import MOST_MINUTES, Goal, Session, SessionClock, calls_that_fit
from tui.locale.spoken import translated
from tui.system.readfile import aside

PAUSES = (("b", "break"), ("t", "task"), ("c", "tech"), ("i", "incoming"))
FRAMES_A_TICK = 20
"""When an hour strikes for many, so many frames of them move each second; a key goes in between."""
BETWEEN_FRAMES_S = 0.02
HEARTBEAT_S = 10.0
"""The running clock is saved at least so often, so that a crash knows how long it lasted."""


class SessionActions:
    """Starts, pauses, extends and ends sessions, and ticks."""

    def __init__(
        self, state: State, flow: CallOrder, line: CallActions, reading: ScriptReading, never: DoNotCall
    ) -> None:
        self._state = state
        self._flow = flow
        self._line = line
        self._reading = reading
        self._never = never
        self._team = TeamFolder()
        self._colleagues = Colleagues(state)
        self._saved_mono = 0.0
        self._from_queue = False
        """The recap was opened from the queue."""
        self._typed_mono: float | None = None
        """When a tick first found something typed that is not on disk."""

    async def call_person(self, contact_id: str, minutes: int, goal: tuple[int, int]) -> None:
        """Call somebody: goes on with the session, or starts one of so many minutes. An open call comes first."""
        state = self._state
        contact = state.store.contact(contact_id)
        if contact is None:
            state.say(notice("not_in_list"))
            return
        state.selection.typing = state.selection.showing_held = False
        state.selection.put_on(
            contact_id, state.selection.call_id if state.selection.contact_id == contact_id else ""
        )
        if state.working and state.working.has_work:
            state.page = None
            if state.working.contact.id != contact.id:
                state.say(notice("still_open", name=card.name_of(state.working.contact)))
            return
        if state.run is None:
            self._start(minutes, goal)
        elif state.run.clock.state in ("paused", "ended"):
            self._wake()
        self._flow.put_by(state.stack)
        state.stack.clear()
        state.stack.append(self._flow.take(contact))
        state.page = None
        await self._line.call_number()

    def _start(self, minutes: int, goal: tuple[int, int]) -> None:
        state, now = self._state, self._state.now
        session = Session(uuid7(now), now, minutes * 60.0, rep=str(state.rep.get("id", "")), goal=Goal(*goal))
        clock = SessionClock(minutes * 60.0, calls_that_fit(minutes))
        clock.tick(*state.session_time)
        state.run = Run(session, clock)
        state.rep["minutes"] = minutes
        state.ranking.session_until(now, minutes)

    def _wake(self) -> None:
        state = self._state
        assert state.run
        if state.run.clock.state == "ended":
            state.run.clock.do("extend", *state.session_time, 300)
        else:
            state.run.clock.do("resume", *state.session_time)

    @action
    async def to_queue(self) -> None:
        """To the queue; the session runs on."""
        self._state.page = Phase.QUEUE
        self._state.countdown_to = None
        working = self._state.working
        if working and working.phase is Phase.NEXT_IN:
            working.enter(Phase.READY, self._state.now)

    @look
    async def hold(self) -> None:
        """Stop the countdown; the card stays."""
        working = self._state.working
        if working and working.phase is Phase.NEXT_IN:
            self._line.show_ready(working)
        else:
            self._state.say(notice("nothing_counts_down"))

    @action
    async def set_length(
        self, minutes: int, conversations: int | None = None, next_steps: int | None = None
    ) -> None:
        """Minutes and goal of the next session; 1 to `MOST_MINUTES` minutes."""
        self._state.rep["minutes"] = min(max(minutes, 1), MOST_MINUTES)
        self._state.rep["goal"] = None if conversations is None else [conversations, next_steps or 0]

    async def type_length(self, typed: Mapping[str, str]) -> View:
        """The same as it is typed: minutes that are no number stay as they were, a goal that is none is no goal."""
        minutes = _number(typed["minutes"]) or minutes_of(self._state)
        return await self.set_length(minutes, _number(typed["conversations"]), _number(typed["next_steps"]))

    # -- pauses ----------------------------------------------------------------------------------------

    @look
    async def ask_pause(self) -> None:
        """Which pause? One key."""
        if self._state.run:
            words = tuple((key, translated(PAUSE_WORDS[why])) for key, why in PAUSES)
            self._state.ask = Ask("pause", notice("ask_pause"), words)
        else:
            self._state.say(notice("no_session"))

    async def pause(self, key: str) -> None:
        """The clock stands still; the card stays as it is."""
        state, working, why = self._state, self._state.working, dict(PAUSES)[key]
        if state.run is None or not state.run.clock.do("pause", *state.session_time, why):
            return
        if working:
            working.before_pause = working.phase
            working.enter(Phase.PAUSED, state.now)
            state.page = None

    @action
    async def go_on(self) -> None:
        """The clock runs again, at the same place."""
        state, working = self._state, self._state.working
        if state.run:
            state.run.clock.do("resume", *state.session_time)
        if working and working.phase is Phase.PAUSED:
            working.enter(working.before_pause or Phase.READY, state.now)
            working.before_pause = None
            state.page = None

    # -- the end ---------------------------------------------------------------------------------------

    @action
    async def extend(self, minutes: int = 5) -> None:
        """More minutes, offered and never demanded."""
        state = self._state
        if state.run is None:
            return
        run = state.run
        run.clock.do("extend", *state.session_time, minutes * 60)
        run.session = replace(run.session, planned_s=run.clock.planned)
        if state.page is Phase.RECAP:
            if state.working is None:
                self._flow.show_next()
            else:
                state.page = None

    @action
    async def show_recap(self) -> None:
        """What it brought so far."""
        self._from_queue = self._state.page is Phase.QUEUE
        self._state.page = Phase.RECAP

    @action
    async def leave_recap(self) -> None:
        """Back to where it was opened, the card or the queue; the session runs on."""
        state = self._state
        goes_on = state.working and state.run and state.run.clock.state != "ended"
        state.page = None if goes_on and not self._from_queue else Phase.QUEUE

    @action
    async def once_more(self) -> None:
        """The session is over and another of the usual length begins, with the next person on the card."""
        state = self._state
        await self._end()
        if state.run is None and self._flow.next_contact():
            minutes = minutes_of(state)
            self._start(minutes, goal_of(state, minutes))
            self._flow.show_next()

    @action
    async def end(self) -> None:
        """The session is over; calls in hand with something on them wait on their cards."""
        await self._end()

    async def _end(self) -> None:
        state, run = self._state, self._state.run
        if run is None:
            state.page = Phase.QUEUE
            return
        if run.clock.state == "paused":
            run.clock.do("resume", *state.session_time)
        run.clock.do("stop", *state.session_time)
        spent, pauses = dict(run.clock.spent), tuple(run.clock.pauses)
        ended = replace(run.session, ended_at=state.now, state="ended", spent=spent, pauses=pauses)
        async with state.change() as change:
            change.put_session(ended)
            self._flow.put_by(state.stack)
            state.stack, state.page, state.run = [], Phase.QUEUE, None

    # -- time ------------------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Once a second: the clock, the queue, the countdown, and what is typed but not on disk yet."""
        state = self._state
        state.catch_up()
        mono = state.clock.monotonic()
        for _ in range(FRAMES_A_TICK):
            if not state.ranking.tick(state.now):
                break
            await asyncio.sleep(BETWEEN_FRAMES_S)
        await self._never.take_up()
        await self._colleagues.look()
        await self._never.sharing.tick()
        self._line.stop_countdown_if_refused()
        self._announce()
        if await self._team.answers(self._reading.library.folder) and self._reading.reload():
            await state.disk.run(self._reading.library.keep_copies)
        if state.run:
            was = state.run.clock.state
            if state.run.clock.tick(*state.session_time):
                self._stood_still()
            if state.run.clock.state == "ended" and was != "ended":
                self._time_is_up()
                await state.save()
        if state.countdown_to is not None and mono >= state.countdown_to:
            await self._line.dial_by_itself()
            await state.save()
        if self._must_save(mono) or (state.run and mono - self._saved_mono >= HEARTBEAT_S):
            self._saved_mono = mono
            await state.save(always=True)

    def _stood_still(self) -> None:
        """The lid was closed: who comes back to the desk decides who is called."""
        state, working = self._state, self._state.working
        if working and working.phase is Phase.NEXT_IN:
            self._line.show_ready(working)
            state.say(notice("stood_still"))

    def _must_save(self, mono: float) -> bool:
        """Whether something typed could lie as long as `sessions.autosave` if it waited for the next tick."""
        if not self._state.dirty:
            self._typed_mono = None
            return False
        if self._typed_mono is None:
            self._typed_mono = mono - TICK_S  # typed at some time since the tick before
        return mono + TICK_S - self._typed_mono >= self._state.settings.autosave

    def _announce(self) -> None:
        """The minute of a promise: said once, with a bell; the card in hand stays."""
        state = self._state
        in_hand = {working.contact.id for working in state.stack}
        struck = [one for one in state.ranking.struck(state.now) if one not in in_hand]
        if struck and state.settings.alarm:
            name, action = state.ranking.name(struck[0]), state.ranking.step(struck[0]).action
            state.say(queue_reasons.due_now(name, action, len(struck) - 1), bell=True)

    def _time_is_up(self) -> None:
        state = self._state
        state.countdown_to = None
        state.page = Phase.RECAP
        state.say(notice("time_is_up", extend=state.key("recap.extend")))


def _number(text: str) -> int:
    first = text.partition(" ")[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 0


LOOK_S = 0.25
"""Seconds a tick waits for the folder; a look that takes longer goes on by itself."""


class TeamFolder:
    """The folder of scripts, looked at from a thread of its own before anybody reads in it."""

    def __init__(self) -> None:
        self._look: asyncio.Task[None] | None = None

    async def answers(self, folder: Path | None) -> bool:
        """Whether the folder could be looked at just now. False while an earlier look has not come back."""
        if folder is None:
            return True
        look = self._look
        if look is None:
            self._look = look = asyncio.create_task(aside(_look_at, folder))
            await asyncio.wait((look,), timeout=LOOK_S)
        if not look.done():
            return False
        if self._look is look:  # two who ask at once share one look
            self._look = None
        return True


def _look_at(folder: Path) -> None:
    """Ask the disk for what a reload asks for; the answers themselves are of no interest."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            with contextlib.suppress(OSError):
                path.stat()
