"""The people folder while we work: our records go there, and the team's come from there.

Nothing ever waits for the drive: each visit is made on a thread of its own, a tick looks whether it is over, and a dial
waits a moment and no longer. What must be obeyed is obeyed at once; all the rest is taken in while nobody is called.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cockpit.actions.team.from_colleagues import FromColleagues
from tui.cockpit.state.state import State
from tui.cockpit.view import PhoneView
from tui.cockpit.wording.notices import notice
from tui.domain.history import kept_from
from tui.domain.shared.merge import united
from tui.locale.spoken import time_of_day
from tui.storage.protocol import Change, StoreError
from tui.storage.sharing.notes import FOLDER, NOTES, everything

if TYPE_CHECKING:
    from tui.cockpit.actions.team.list_team import ListTeam
    from tui.storage.sharing.folder import News, Place
    from tui.storage.sharing.visit import Errand
    from tui.system.readfile import OneAtATime

LOOK_S = 0.25
"""Seconds a tick waits for a visit; one that takes longer goes on by itself."""
DIAL_S = 1.0
"""Seconds a dial waits to hear of refusals."""
LEAVE_S = 3.0
"""Seconds leaving waits until our last records are written."""
SILENT_S = 2.0
"""After so many seconds without an answer the drive is gone."""
EVERY_S = 5.0
"""Seconds between two visits."""
SETTLE_S = 2.0
"""Seconds the disk has to note what stands in the folder."""


class Sharing:
    """The rep's part in the people folder; without the setting it does nothing."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._visits: _Visits | None = None
        self._told_of_rights = False
        self._came = FromColleagues(state)
        self.team: ListTeam | None = None
        """What a folder carries is too late to tell what somebody is doing now."""
        self._places: dict[str, Place] = {}
        """How far the files were read for what is being taken in."""

    async def tick(self) -> None:
        """Once a second: what waits goes to the folder, and what came from there is obeyed and taken in."""
        visits = await self._opened()
        if visits is None:
            return
        if not visits.are_going:
            await self._take(await visits.over())
            if visits.are_due:
                visits.begin(reads=self._came.may_take_in())
                await visits.wait(LOOK_S)
                await self._take(await visits.over())
        self._show(visits)

    async def before_a_dial(self) -> None:
        """Obey what was refused elsewhere, as far as the drive tells in a moment."""
        visits = await self._opened()
        if visits is None:
            return
        for _ in range(2):  # one that is under way may have looked too early
            late = visits.are_going
            if not late:
                await self._take(await visits.over())
                visits.begin(writes=False)
            await visits.wait(DIAL_S)
            await self._take(await visits.over())
            if visits.are_going or not late:
                break
        self._show(visits)

    async def leave(self) -> None:
        """The last records go to the folder, if the drive answers; others go at the next start."""
        visits = self._visits
        while visits is not None:
            await visits.wait(LEAVE_S)
            if visits.are_going or (await visits.over() is None and visits.offline_since is not None):
                return
            if not self._state.store.states(NOTES):
                await self._state.commit(Change(state=visits.kept()))
                return
            visits.begin()

    # -- the folder ------------------------------------------------------------------------------------

    async def _opened(self) -> _Visits | None:
        state = self._state
        path = state.settings.people_folder
        if self._visits is None and path is not None:
            if state.rep_is_unsaved:
                await state.save(always=True)
            if state.store.state(FOLDER).get("path") != str(path) and not await self._begin_with(path):
                return None
            self._visits = _Visits(state, path)
        elif path is None and state.store.state(FOLDER):
            await state.commit(Change(state=self._nothing()))
        return self._visits

    async def _begin_with(self, path: Path) -> bool:
        """From now on what is written here is noted, and all there is goes into the folder."""
        before = self._state.store.state(FOLDER)
        known = {"path": str(path), "since": self._state.now.isoformat()} | (
            {"generation": before["generation"]} if isinstance(before.get("generation"), int) else {}
        )
        return await self._state.commit(Change(state={**self._nothing(), FOLDER: known, **everything({})}))

    def _nothing(self) -> dict[str, None]:
        from tui.storage.sharing.folder import READ

        store, state = self._state.store, dict[str, None]({FOLDER: None})
        for place in (NOTES, READ):
            state |= {f"{place}.{name}": None for name in store.states(place)}
        return state

    # -- what came -------------------------------------------------------------------------------------

    async def _take(self, errand: Errand | None) -> None:
        if errand is None or self._visits is None:
            return
        if not errand.keeps_rights and not self._told_of_rights:
            self._told_of_rights = True
            self._state.say(notice("folder_without_rights"), "warn")
        await self._came.obey(errand.urgent.records)
        rest = errand.rest
        if rest.places and self._came.may_take_in(len(rest.records)):
            await self._take_in(rest, self._visits)

    async def _take_in(self, news: News, visits: _Visits) -> None:
        """Make one of what came and what is here.

        Much comes in several parts. How far it was read is kept with the last: whoever was stopped reads it again.
        """
        from tui.cockpit.state.taking_in import AT_ONCE
        from tui.storage.sharing.folder import place_to_document

        records = united(news.records)
        parts = (records[start : start + AT_ONCE] for start in range(0, len(records), AT_ONCE))
        works = (lambda taking, part=part: taking.take(part) for part in parts)
        if not await self._came.take_in(works, is_all=not news.more):
            self._places = {}
            visits.read_again()
            return
        self._places |= news.places
        if not news.more:
            places = {place.key: place_to_document(place) for place in self._places.values()}
            await self._state.commit(Change(state={**places, **visits.kept()}))
            self._places = {}
        visits.have_read(news)

    # -- line 1 ----------------------------------------------------------------------------------------

    def _show(self, visits: _Visits) -> None:
        zone = self._state.here.tzinfo
        if visits.offline_since is not None:
            since = time_of_day(visits.offline_since.astimezone(zone))
            words, short = notice("team_offline", since=since), notice("team_offline_short", since=since)
            self._state.team_list = PhoneView(words, short, short, is_trouble=True)
        elif visits.read_at is not None:
            at = time_of_day(visits.read_at.astimezone(zone))
            words, short = notice("team_read", at=at), notice("team_read_short", at=at)
            self._state.team_list = PhoneView(words, short, short)


class _Visits:
    """The visits to the folder, one after the other."""

    def __init__(self, state: State, path: Path) -> None:
        from tui.storage.sharing.folder import OwnFile, PeopleFolder
        from tui.system.readfile import OneAtATime

        self._state = state
        self._folder = PeopleFolder(path, str(state.rep.get("id", "")))
        self._thread: OneAtATime = OneAtATime()
        kept = state.store.state(FOLDER)
        numbers = (kept.get(name) for name in ("generation", "size"))
        self._own = OwnFile(*(one if isinstance(one, int) else 0 for one in numbers))
        self._read: dict[str, Place] = {}
        self.read_again()
        self._heard = dict(self._read)
        self._going: asyncio.Future[Errand] | None = None
        self._errand: Errand | None = None
        self._moved = 0
        self._moved_mono = 0.0
        self.is_silent = False
        """Whether the one under way does not come back."""
        self._due_mono = 0.0
        self.read_at: datetime | None = None
        """When the folder answered last."""
        self.offline_since: datetime | None = None
        """Since when it does not; None while it does."""

    @property
    def are_going(self) -> bool:
        """Whether one is under way. Also notes when nothing came from the drive for too long."""
        going, errand, mono = self._going, self._errand, self._state.clock.monotonic()
        if going is None or errand is None or going.done():
            return False
        if errand.moved != self._moved:
            self._moved, self._moved_mono = errand.moved, mono
        elif mono - self._moved_mono >= SILENT_S:
            self._gives_no_answer()
        return True

    @property
    def are_due(self) -> bool:
        """Whether it is time for the next one."""
        return self._state.clock.monotonic() >= self._due_mono or bool(self._state.store.states(NOTES))

    def begin(self, *, reads: bool = False, writes: bool = True) -> None:
        """Set out."""
        from tui.storage.sharing.visit import Errand, visit

        state = self._state
        since = kept_from(state.now, state.settings.keep_notes)
        self._errand = Errand(self._own, self._heard, self._read if reads else None, writes, since)
        self._moved, self._moved_mono = 0, state.clock.monotonic()
        self._going = self._thread.begin(visit, self._folder, state.store, self._errand, state.now)

    async def wait(self, seconds: float) -> None:
        """Until it is over, or so many seconds. Not at all while the drive is silent."""
        if self._going is not None and not self.is_silent:
            await asyncio.wait((self._going,), timeout=seconds)
            if not self._going.done() and seconds >= DIAL_S and self._errand and not self._errand.moved:
                self._gives_no_answer()

    async def over(self) -> Errand | None:
        """What came of the last one, told once; None when it is under way or failed."""
        going = self._going
        if going is None or not going.done():
            return None
        self._going, self.is_silent, state = None, False, self._state
        try:
            errand = going.result()
        except OSError:
            self._due_mono = state.clock.monotonic() + EVERY_S
            self._is_gone()
            return None
        self.read_at, self.offline_since = state.now, None
        self._own = errand.own
        self._heard = {**self._heard, **errand.urgent.places}
        self._due_mono = state.clock.monotonic() + (0.0 if errand.rest.more else EVERY_S)
        if errand.sent or errand.is_gone:
            with suppress(StoreError):  # the notes stay, and what they tell of is written once more
                await state.disk.ask(SETTLE_S, self._settle, errand, state.now)
        return errand

    def read_again(self) -> None:
        """Go by what the store says of how far each file was read."""
        from tui.storage.sharing.folder import READ, place_of_document

        found = map(place_of_document, self._state.store.states(READ).values())
        self._read = {place.name: place for place in found if place is not None}

    def have_read(self, news: News) -> None:
        """What these files held is in the store."""
        self._read = {**self._read, **news.places}

    def _settle(self, errand: Errand, now: datetime) -> None:
        """Forget the notes about what stands in our file; on the store's thread, so that no commit comes between."""
        from tui.storage.sharing.outbox import done, rewrite_all

        store = self._state.store
        notes: dict[str, Any] = done(store, errand.sent) if errand.sent else {}
        if errand.is_gone:
            notes |= rewrite_all(store)
        store.commit(Change(state={**self.kept(), **notes}), now)

    def kept(self) -> dict[str, dict[str, Any]]:
        """The piece of state that says how our file was left, and when the folder was read."""
        own, read_at = self._own, self.read_at
        now = {"generation": own.generation, "size": own.size}
        when = {"read_at": read_at.isoformat()} if read_at else {}
        return {FOLDER: {**self._state.store.state(FOLDER), **now, **when}}

    def _gives_no_answer(self) -> None:
        self.is_silent = True
        self._is_gone()

    def _is_gone(self) -> None:
        if self.offline_since is None:
            self.offline_since = self._state.now
