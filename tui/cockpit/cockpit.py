"""The cockpit: what the rep is doing now. Screens, command line, tests and a simulation drive this one object.

Every action returns the new `View` and is delivered to all subscribers; the parts do the work.
"""

from __future__ import annotations

import asyncio
import importlib

from tui.cockpit.call_actions import CallActions
from tui.cockpit.queue.restrictions import stale_copies
from tui.cockpit.queue_actions import QueueActions
from tui.cockpit.state.rescue import rescue
from tui.cockpit.state.stored import BROUGHT_BACK, FAILED_TWICE, page, sentence
from tui.cockpit.view import Phase, View
from tui.dialer.protocol import CallState, Cap, DialError
from tui.storage.protocol import Change, StoreError
from tui.system.readfile import aside

WARM_UP_AFTER_S = 0.5
"""The first screen comes first."""


class NotOpened(StoreError):  # noqa: N818
    """The cockpit could not be opened, and nothing was changed; shown to the rep as it stands."""


class Cockpit(QueueActions, CallActions):
    """One rep's cockpit over one store."""

    # -- life ------------------------------------------------------------------------------------------

    async def open(self, *, distrust: bool = False) -> View:
        """Read the queue, bring back what a killed program left, and give the first View.

        `distrust`: the last starts failed, so nothing comes back onto the desk. Raises `NotOpened` when something has
        to be put aside and cannot be written down: then nothing was changed, and closing changes nothing either.
        """
        try:
            await self._open(distrust=distrust)
        except StoreError as error:
            raise NotOpened(str(error)) from error
        return self.view

    async def _open(self, *, distrust: bool) -> None:
        desk = self._desk
        desk.load_rep()
        desk.ranking.skips.load(desk.stored.skips)
        await desk.off_thread(desk.ranking.load, desk.now)
        desk.owed.load(desk.stored.owed)
        before_the_crash = await self._bring_back(distrust=distrust)
        if not len(desk.ranking):
            await self._seed_demo()
        if desk.store.inbox.holds_something:
            self.put_aside = " ".join(filter(None, (self.put_aside, await self._parts.never.take_up())))
        if name := str(desk.rep.get("list", "")):
            desk.show_list(name)
        for note in desk.store.notes:
            desk.say(note, "warn")
        if note := desk.ranking.bounds.holidays_note:
            desk.say(note, "warn")
        for note in stale_copies(desk.ranking.bounds.never, desk.here.date()):
            desk.say(note, "warn")
        if self.put_aside:
            desk.say(self.put_aside, "warn")
        self._paint()
        # Last, because from Python 3.12 on a task starts at once: what the phone says stands over older notes.
        self._listening = asyncio.create_task(self._listen(before_the_crash))
        self._warming = asyncio.create_task(self._warm_up())
        self._opened = True

    async def _bring_back(self, *, distrust: bool) -> set[str]:
        """What lay on disk is on the desk, or put aside, before anything is written; the lines that were up."""
        desk, stored = self._desk, self._desk.stored
        if not (stored.running or stored.left_open or stored.aside):
            return set()
        coming_back = self._parts.coming_back
        if distrust:
            coming_back.give_up(FAILED_TWICE)
        try:
            coming_back.restore()
            lines = {working.line for working in desk.stack if working.line}
            self._whole_view()
        except Exception as error:  # whatever a value does that no look at it foresaw
            coming_back.give_up(type(error).__name__)
            lines = set()
        if stored.aside:
            where = desk.store.put_aside(page(BROUGHT_BACK, stored.aside, desk.store, desk.now), desk.now)
            coming_back.end_session()
            if where:
                self.put_aside = sentence(stored.aside, desk.store, where)
        await self._parts.flow.keep()
        return lines

    async def _warm_up(self) -> None:
        """What the first call and the first caller need, read beside the screen once it is painted."""
        await asyncio.sleep(WARM_UP_AFTER_S)
        await asyncio.to_thread(importlib.import_module, "tui.cockpit.parts")
        reading = self._parts.reading
        await aside(reading.library.scripts)
        self._desk.script_problems = await aside(reading.problems)
        await aside(reading.library.keep_copies)
        await aside(self._keep_good)
        await asyncio.to_thread(self._parts.callers.build)

    async def _keep_house(self) -> None:
        """What a rep is told, and done, once a start: not by a command, whose notices nobody sees."""
        from tui.cockpit.actions.old_notes import OldNotes

        await OldNotes(self._desk).look()
        self._paint_unasked()

    async def _seed_demo(self) -> None:
        from tui.cockpit.demo import demo_people  # once in a life

        desk = self._desk
        people, calls = demo_people(desk.now)
        if await desk.commit(Change(contacts=people, calls=calls, state={"rep": desk.rep})):
            await desk.off_thread(desk.ranking.load, desk.now)

    async def save(self) -> View:
        """Save where we are, because the rep wants to leave; the View says why that failed."""
        if self._made:
            await self._made.flow.keep()
        return self._paint()

    async def close(self, *, crashed: bool = False) -> str:
        """Save where we are, let go of the line, and fold the store together.

        What could not be saved, and where it stands now, is said in the sentence that comes back; empty when
        everything is on the disk.
        After a crash a call that is up goes on, and the next start finds it again; otherwise it ends.
        """
        for task in (self._listening, self._warming, self.housekeeping):
            if task:
                task.cancel()
        unsaved = ""
        if self._made and self._opened and not await self._made.flow.keep():
            unsaved = rescue(self._desk, self._made.flow.state_now()["running"], self.rescue_to)
        # After a start that failed nothing is written.
        dialer = self._desk.dialer
        # A softphone without a call is ended also after a crash: else it would let callers ring for nobody.
        await (dialer.leave() if crashed and dialer.open_calls() else dialer.stop())
        if self._desk.disk_answers:  # else leaving would wait for ever
            await self._desk.off_thread(self._desk.store.close)
        self._desk.close()
        return unsaved

    @property
    def opening(self) -> str:
        """What takes so long while the cockpit opens, and how far it is."""
        done, of = self._desk.ranking.progress
        if not of:
            return "Reading your contacts."
        return f"Updating your queue: {done:,} of {of:,}"

    @property
    def hears_callers(self) -> bool:
        """Whether the phone tells when somebody rings us."""
        return Cap.INBOUND in self._desk.dialer.caps

    async def tick(self) -> View:
        """Once a second. Raises what stopped the phone or the reading beside the screen: never deaf in silence."""
        if self.housekeeping is None:
            self.housekeeping = asyncio.create_task(self._keep_house())
        for task in (self._listening, self._warming, self.housekeeping):
            if task and task.done() and not task.cancelled() and (error := task.exception()):
                raise error
        self._phone_line.look()
        await self._parts.timing.tick()
        return self._paint_unasked()

    def _paint_unasked(self) -> View:
        """Paint although the rep pressed nothing. Counts when the queue's cursor goes elsewhere by that."""
        if self._desk.selection.settle() and self._desk.place is Phase.QUEUE:
            self._desk.selection.moved += 1
        return self._paint()

    async def _listen(self, before_the_crash: set[str]) -> None:
        """Get the phone ready beside the first screen, then take up what it says."""
        try:
            await self._desk.dialer.start()
        except DialError as error:
            self._desk.say(str(error), "error")
            self._paint_unasked()
        if Cap.STATES in self._desk.dialer.caps:
            await self._parts.line.adopt(before_the_crash)
            self._paint_unasked()
        async for event in self._desk.dialer.events():
            if event.state is CallState.INCOMING:
                self._parts.incoming.rings(event)
                self._paint_unasked()  # who it is does not wait for the disk
                await self._parts.flow.keep()
                continue
            if not await self._parts.incoming.heard(event):
                await self._parts.line.heard(event)
            self._paint_unasked()
