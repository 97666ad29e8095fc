"""The cockpit: what the rep is doing now. Screens, command line, tests and a simulation drive this one object.

What can be done stands in its faces (`faces.py`): `cockpit.call.answered()`, `cockpit.session.extend()`.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.cockpit.clock import Clock
from tui.cockpit.faces import Faces
from tui.cockpit.pages.queue_rows import Painter
from tui.cockpit.state.state import State
from tui.cockpit.state.stored import rescue
from tui.cockpit.state.unit import where_we_are
from tui.cockpit.view import Notice, Phase, View
from tui.cockpit.wording.notices import notice
from tui.commands import Keys
from tui.dialer.protocol import Cap, Dialer
from tui.locale.spoken import number
from tui.settings.settings import Settings
from tui.storage.protocol import Change, Store, StoreError
from tui.system.readfile import aside

if TYPE_CHECKING:
    from tui.cockpit.actions.own.own_settings import OwnSettings
    from tui.cockpit.actions.team.list_line import ListAt
    from tui.cockpit.actions.team.team_settings import TeamFile
    from tui.cockpit.call_view import RecapView
    from tui.cockpit.pages.beside import BesidePage
    from tui.cockpit.pages.painter import CallPainter
    from tui.cockpit.pages.report import Report
    from tui.script.files.library import Library

WARM_UP_AFTER_S = 0.5
"""The first screen comes first."""
NEEDED_BY_A_CALL = (
    "tui.cockpit.pages.painter",
    "tui.cockpit.pages.beside",
    "tui.cockpit.actions.question",
    "tui.cockpit.actions.undo",
)
"""Modules that import half of the program: no start reads them."""


class NotOpened(StoreError):  # noqa: N818
    """The cockpit could not be opened, and nothing was changed; shown to the rep as it stands."""


class Cockpit(Faces):
    """One rep's cockpit over one store: its faces, what is painted, and its life from opening to closing."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        library: Callable[[], Library],
        dialer: Dialer,
        clock: Clock,
        problems: tuple[str, ...] = (),
        suggestions: Path | None = None,
        glance: Callable[[State], View] | None = None,
        team_file: Callable[[], TeamFile] | None = None,
        shared_list: ListAt | None = None,
        own_settings: Callable[[], OwnSettings] | None = None,
        keys: Keys | None = None,
    ) -> None:
        """`library`: asked for the scripts when the first call is near; `problems`: what is wrong with the
        settings; `suggestions`: the folder that keeps reps' wordings; `glance` makes a View that says
        less, where no screen looks; `team_file`: the team's settings, looked at beside the screen;
        `shared_list`: the team's list on a server; `own_settings`: the rep's own settings file; `keys`: how
        sentences name a key, where it is not pressed as on the screens.
        """
        state = State(store, settings, dialer, clock)
        state.keys = keys or state.keys
        super().__init__(state, library, suggestions, team_file, shared_list, own_settings)
        state.problems, state.paint, state.obeyed = problems, self._paint, self._obeyed
        self._glance = glance
        self._painter = Painter(state, self._phone_line)
        self._watchers: list[Callable[[View], None]] = []
        self._listening: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._opened = False
        self._looks_beside = self._warm = False
        """Whether the screen has room, or was asked, for what stands beside the list or the call; whether all that it
        needs was read.
        """
        self._told: Notice | None = None
        self.rescue_to: Sequence[Path] = ()
        """Folders for a page of what could not be saved, the first that takes it."""
        self.put_aside = ""
        """What opening put aside because it could not be brought back, as a sentence; empty when nothing."""
        self.housekeeping: asyncio.Task[None] | None = None
        """Begun with the first second of the cockpit's clock."""

    # -- painting --------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """What was painted last."""
        return self._state.view

    def subscribe(self, watcher: Callable[[View], None]) -> Callable[[], None]:
        """Call `watcher` with each new View; the result ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    @cached_property
    def _call_painter(self) -> CallPainter:
        from tui.cockpit.pages.painter import CallPainter

        return CallPainter(self._state, self._flow, self.outcome, self.call, self._reading, self.incoming)

    def _paint(self) -> View:
        self._state.selection.settle()
        self._state.view = self._glance(self._state) if self._glance else self._whole_view()
        for watcher in tuple(self._watchers):
            watcher(self.view)
        return self.view

    def _whole_view(self) -> View:
        view, beside = self._painter.view(), self._looks_beside and self._warm
        view = self._call_painter.view(view, beside=beside) if self._calls_begun else view
        return replace(view, beside=self._beside.now()) if beside else view

    @cached_property
    def _beside(self) -> BesidePage:
        from tui.cockpit.pages.beside import BesidePage

        return BesidePage(self._state, self._facts, self._call_painter, self._reading)

    async def look_beside(self, seen: bool) -> View:
        """Say whether anybody sees what stands beside the list or the call; it is made only then, and all of it."""
        news, self._looks_beside = seen and not self._looks_beside, seen
        if news and self._warm:
            self._beside.seen_again()
        beside = self.view.beside
        passed = seen and beside is not None and not beside.whole
        return self._paint() if (news or passed) and self._opened else self.view

    @property
    def _calls_begun(self) -> bool:
        """Whether the parts of a call were read."""
        return "_flow" in vars(self)

    async def tell(self, text: str) -> View:
        """Say one sentence to the rep, such as why a key does nothing here: until the next key (`hush`)."""
        before = self._state.notice
        self._state.say(text)
        self._told = None if self._state.notice is before else self._state.notice
        return self._paint()

    async def hush(self) -> View:
        """The rep goes on: what `tell` said of the key before goes, if nothing else was said meanwhile."""
        told, self._told = self._told, None
        if told is not None and self._state.notice is told:
            self._state.notice = None
            return self._paint()
        return self.view

    def report(self, since: datetime | None = None, *, team: bool = False) -> Report:
        """What the rep's calls, or all of the team, brought since a moment (UTC); slow for long histories."""
        from tui.cockpit.pages.report import make_report  # not before the first screen

        return make_report(self._state, since, team=team)

    def report_page(self) -> RecapView | None:
        """The report of the last 30 days as a page; None while there is nothing to report."""
        from tui.cockpit.pages.report_page import usual_page  # not before the first screen

        return usual_page(self._state)

    # -- life ------------------------------------------------------------------------------------------

    async def open(self, *, distrust: bool = False) -> View:
        """Read the queue, bring back what a killed program left, and give the first View.

        `distrust`: the last starts failed, so nothing comes back. Raises `NotOpened` when something has
        to be put aside and cannot be written down: then nothing was changed, and closing changes nothing either.
        """
        try:
            await self._open(distrust=distrust)
        except StoreError as error:
            raise NotOpened(str(error)) from error
        return self.view

    async def _open(self, *, distrust: bool) -> None:
        state = self._state
        state.load_rep()
        state.ranking.skips.load(state.stored.skips)
        state.pauses.load(state.stored.pauses)
        await state.disk.run(state.ranking.load, state.now)
        state.owed.load(state.stored.owed)
        before_the_crash: dict[str, float] = {}
        if state.stored.holds_something:
            before_the_crash, self.put_aside = self._restart.bring_back(self._whole_view, distrust=distrust)
            await state.save(always=True)
        if not len(state.ranking):
            await self._add_demo_people()
        if state.store.inbox.holds_something:
            self.put_aside = " ".join(filter(None, (self.put_aside, await self.do_not_call.take_up())))
        if name := str(state.rep.get("list", "")):
            state.show_list(name)
        for note in (*state.store.notes, *state.ranking.bounds.warnings(state.here.date())):
            state.say(note, "warn")
        if self.put_aside:
            state.say(self.put_aside, "warn")
        self._paint()
        # Last, because from Python 3.12 on a task starts at once: what the phone says stands over older notes.
        self._listening = asyncio.create_task(self._phone_line.listen(before_the_crash, self._paint_unasked))
        self._warming = asyncio.create_task(self._warm_up())
        self._opened = True

    async def _warm_up(self) -> None:
        """What the first call and the first caller need, read beside the screen once it is painted."""
        await asyncio.sleep(WARM_UP_AFTER_S)
        for module in NEEDED_BY_A_CALL:
            await asyncio.to_thread(importlib.import_module, module)
        reading = self._reading
        await aside(reading.library.scripts)
        self._state.script_problems = await aside(reading.problems)
        await aside(reading.library.keep_copies)
        await self.team_settings.begin()
        self._paint_unasked()
        await asyncio.to_thread(self.callers.build)
        self._warm = True
        if self._looks_beside:
            self._paint_unasked()

    async def _add_demo_people(self) -> None:
        from tui.cockpit.demo import demo_people  # once in a life

        state = self._state
        people, calls = demo_people(state.now)
        if await state.commit(Change(people, calls, state={"rep": state.rep}, origin="file")):
            await state.disk.run(state.ranking.load, state.now)

    async def save(self) -> View:
        """Save where we are, because the rep wants to leave; the View says why that failed."""
        await self._state.save(always=True)
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
        unsaved, state = "", self._state
        # After a start that failed nothing is written, nor by who only read.
        something = self._opened and (self._calls_begun or state.refuses_writes)
        if something and not await state.save(always=True):
            running = where_we_are(state)["running"]
            unsaved = rescue(state.refuses_writes, running, self.rescue_to, state.store, state.now)
        if self._opened and self._calls_begun:
            await self.do_not_call.sharing.leave()
        dialer = state.dialer
        # A softphone without a call is ended also after a crash: else it would let callers ring for nobody.
        await (dialer.leave() if crashed and dialer.open_calls() else dialer.stop())
        if state.disk.answers:  # else leaving would wait for ever
            await state.disk.run(state.store.close)
        state.disk.close()
        return unsaved

    @property
    def opening(self) -> str:
        """What takes so long while the cockpit opens, and how far it is."""
        done, of = self._state.ranking.progress
        if not of:
            return notice("opening")
        return notice("opening_queue", done=number(done), of=number(of))

    @property
    def hears_callers(self) -> bool:
        """Whether the phone tells when somebody calls us."""
        return Cap.INBOUND in self._state.dialer.caps

    async def tick(self) -> View:
        """Once a second. Raises what stopped the phone or the reading beside the screen: so no failure is swallowed."""
        if self.housekeeping is None:
            from tui.cockpit.actions.retention import keep_house  # once a start, and not by a command

            self.housekeeping = asyncio.create_task(keep_house(self._state, lambda: self.callers.forget()))
        for task in (self._listening, self._warming, self.housekeeping):
            if task and task.done() and not task.cancelled() and (error := task.exception()):
                raise error
        self._phone_line.look()
        await self.session.tick()
        self._state.ranking.works_as_manager(self.manager.is_one)
        if self._state.settings.team_hour is not None:
            await self.team_hour.tick()
        if self._warming and self._warming.done():
            await self.team_settings.look()
        return self._paint_unasked()

    def _obeyed(self) -> None:
        """A refusal came from elsewhere: nobody is counted down to who is not called."""
        if self._calls_begun:
            self.call.stop_countdown_if_refused()
        self._paint_unasked()

    def _paint_unasked(self) -> View:
        """Paint although the rep pressed nothing. Counts when the queue's cursor goes elsewhere by that."""
        if self._state.selection.settle() and self._state.page is Phase.QUEUE:
            self._state.selection.moved += 1
        return self._paint()
