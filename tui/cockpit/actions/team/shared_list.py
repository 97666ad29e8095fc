"""The shared list while we work: our records go there, the team's come from there, and it says who may call whom.

Nothing waits for it: rounds are made beside the screen, and a dial waits a moment for its last look and no longer.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from tui.cockpit.actions.team.list_line import ListAt, ListLine
from tui.cockpit.actions.team.list_people import ListPeople
from tui.cockpit.actions.team.list_records import ListRecords, NotTaken
from tui.cockpit.actions.team.list_team import ListTeam
from tui.cockpit.state import free_now
from tui.cockpit.state.state import State
from tui.cockpit.view import PhoneView
from tui.cockpit.wording.notices import notice
from tui.locale.spoken import time_of_day
from tui.shared_list.port import Heard, NoLine
from tui.storage.protocol import StoreError
from tui.storage.sharing.notes import UNSENT

LOOK_S = 0.25
"""Seconds a tick waits for a round; one that takes longer goes on by itself."""
LEAVE_S = 3.0
"""Seconds leaving waits until our last records are sent and our people given back."""
EVERY_S = 5.0
"""Seconds between two rounds when nothing happens."""
NEWS_S = 0.5
"""Seconds between the beginnings of two rounds, however much happens."""


class TeamList:
    """The rep's part in the shared list."""

    def __init__(self, state: State, at: ListAt) -> None:
        self._state = state
        self._line = ListLine(at.connect, state.clock)
        self._records = ListRecords(state, self._line, at.address)
        self._people = ListPeople(state, self._line, self._records)
        self.team = ListTeam(state, self._line)
        self._leases = state.leases = self._people.leases
        state.selection.passed_over = lambda: self._leases.with_colleagues
        state.selection.best_free = lambda: free_now.best(state)
        self._round: asyncio.Task[None] | None = None
        self._due_mono = self._began_mono = 0.0
        self._told = ""
        """The last sentence of a list that does not want us."""

    # -- what the cockpit asks -------------------------------------------------------------------------

    async def tick(self) -> None:
        """Once a second: begin a round when one is due, and say how it stands. Raises what stopped the last one."""
        if self._round is not None and self._round.done():
            ended, self._round = self._round, None
            ended.result()
        self._people.look_who_was_not_called()
        if self._round is None and self._is_due():
            self._begin_round()
        if self._round is not None and not self._line.is_silent:
            await asyncio.wait((self._round,), timeout=LOOK_S)
        self._show()

    async def before_a_dial(self) -> None:
        """Hold whoever is on the card, and hear a last time whether they may be called, if that comes in a moment."""
        working = self._state.working
        if working is None or working.contact.is_demo:
            return
        if not self._line.is_silent:
            with suppress(NoLine):  # then our own list and our lease decide
                await self._people.look_at(working.contact, working.number)
        self._leases.online = self._line.offline_since is None and self._line.answered_at is not None
        self._people.called(working.contact.id)
        self._due_mono = 0.0
        self._show()

    async def send_all(self) -> int:
        """Make rounds until the list has everything that is here, or takes no more; how many records still wait."""
        names, left = self._state.store.names, -1
        while left:
            before = left
            await self._make_round()
            left = len(names(UNSENT))
            if left == before:
                break
        return left

    async def leave(self) -> None:
        """The last records go out and our people are given back, if the list answers; others go at the next start."""
        # Kept, so that news that come meanwhile begin no other round: it would claim people who are given back here.
        task = self._round = self._round or asyncio.create_task(self._make_round())
        await asyncio.wait((task,), timeout=LEAVE_S)
        if task.done() and not task.cancelled() and task.exception() is None:
            task = self._round = asyncio.create_task(self._last_round())
            await asyncio.wait((task,), timeout=LEAVE_S)
        task.cancel()
        self._line.close()

    # -- a round ---------------------------------------------------------------------------------------

    def _begin_round(self) -> None:
        self._began_mono = self._state.clock.monotonic()
        self._due_mono = self._began_mono + EVERY_S
        self._round = asyncio.create_task(self._make_round())

    def _is_due(self) -> bool:
        if self._state.clock.monotonic() >= self._due_mono:
            return True
        if self._line.offline_since is not None:
            return False
        return self.team.has_to_tell or self._records.wait or self._people.are_lacking

    async def _make_round(self) -> None:
        try:
            await self._records.begin()
            await self._records.pull()
            await self._records.push()
            await self._people.hold()
            self._leases.online, self._leases.is_away = True, False
            await self._people.keep()
            await self.team.tell()
            if not self._line.listens:
                await self._line.listen(self._heard)
                self._due_mono = 0.0  # nobody tells us of what was written between the pull and now
        except NoLine:
            self._leases.online = False
        except NotTaken:
            self._records.read_again()
        except StoreError as error:
            self._state.say(str(error), "error")
            self._records.read_again()

    async def _last_round(self) -> None:
        try:
            await self._records.push()
            await self._people.give_back(list(self._leases.held))
        except (NoLine, NotTaken):
            return  # a refusal may still wait here: a colleague gets them once the lease and the gap are over
        await self._people.keep()

    def _heard(self, heard: Heard) -> None:
        """The list says that something happened: a round begins at once, but not round upon round."""
        self.team.heard(heard.said)
        if heard.is_news:
            self._due_mono = 0.0
            if self._round is None and self._state.clock.monotonic() - self._began_mono >= NEWS_S:
                self._begin_round()

    # -- line 1 ----------------------------------------------------------------------------------------

    def _show(self) -> None:
        state, line, zone = self._state, self._line, self._state.here.tzinfo
        if line.why_not_welcome and line.why_not_welcome != self._told:
            state.say(line.why_not_welcome, "warn")
        self._told = line.why_not_welcome
        if line.offline_since is not None:
            self._leases.online, self._leases.is_away = False, True
            since = time_of_day(line.offline_since.astimezone(zone))
            words, short = notice("team_offline", since=since), notice("team_offline_short", since=since)
            state.team_list = PhoneView(words, short, short, is_trouble=True)
        elif line.answered_at is not None:
            at = time_of_day(line.answered_at.astimezone(zone))
            words, short = notice("list_read", at=at), notice("list_read_short", at=at)
            state.team_list = PhoneView(words, short, short)
