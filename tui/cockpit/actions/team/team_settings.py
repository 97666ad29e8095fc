"""The team's settings while the cockpit is open: what changed in them, and what cannot be read, is said."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from tui.cockpit.state.say_too import say_too
from tui.cockpit.state.state import State
from tui.cockpit.view import Phase
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.scripts import Today, version
from tui.cockpit.wording.team_settings import change_words
from tui.settings.changes import Change
from tui.settings.settings import Settings
from tui.system.readfile import aside

LOOK_S = 0.25
"""Seconds a tick waits for the team folder; a look that takes longer goes on by itself."""


class TeamNews(Struct, frozen=True):
    """What there is to say of the team's settings."""

    changes: tuple[Change, ...] = ()
    """What differs from the version that was seen before, or that is in force."""
    seen_at: datetime | None = None
    """When the version before was first read here; None: what is in force, while we work."""
    problems: tuple[str, ...] = ()
    """What is wrong with the settings, a sentence each; first which version is in force because of that."""
    settings: Settings | None = None
    """To work with from now on, because rules became stricter while we work, or are no longer; None: as before."""


class TeamFile(Protocol):
    """The team's file and its versions on this computer. Each method reads the disk and may take long."""

    def since_last_start(self) -> TeamNews:
        """What changed since the rep was told last."""

    def look(self) -> TeamNews | None:
        """What is said of the file now; None while it is as it was at the last look, or is being written."""

    def keep(self) -> None:
        """Keep a copy of what is in force: the rep was told."""


class TeamSettings:
    """Says what changed. A stricter rule counts at once, all else from the next start."""

    def __init__(self, state: State, file: TeamFile | None) -> None:
        self._state, self._file = state, file
        self._under_way: asyncio.Task[TeamNews | None] | None = None
        self._told = self._at_start = TeamNews()

    async def begin(self) -> None:
        """Say what changed since the last start; then the versions in force are those the rep was told of."""
        if self._file is None:
            return
        self._at_start = news = await aside(self._file.since_last_start)
        if news.changes:
            say_too(self._state, self._changed(news))
        self._show(news)
        await aside(self._file.keep)

    async def look(self) -> None:
        """Say what changed in the file since the last look, only between calls."""
        if self._file is None or self._state.on_a_call:
            return
        if self._under_way is None:
            self._under_way = asyncio.create_task(aside(self._file.look))
            await asyncio.wait((self._under_way,), timeout=LOOK_S)
        if not self._under_way.done():
            return
        news, self._under_way = self._under_way.result(), None
        if news is not None:
            self._tell(news)
            self._obey(news)

    def _obey(self, news: TeamNews) -> None:
        state = self._state
        if news.settings is not None and news.settings != state.settings:
            state.settings = news.settings
            state.ranking.go_by(news.settings, state.now)

    def _tell(self, news: TeamNews) -> None:
        state, before, wrong = self._state, self._told, self._state.problems
        state.problems, self._told = news.problems, news
        added = [one for one in news.problems if one not in wrong][:1]
        if added == [*news.problems[:1]] and state.page is Phase.QUEUE:
            added = []  # it stands on the queue itself
        changed = [self._changed(news)] if news.changes and news.changes != before.changes else []
        mended = not (news.changes or news.problems) and bool(before.changes or wrong)
        if told := (*added, *changed, *([notice("team_as_before")] if mended else [])):
            state.say(" ".join(told), "warn" if added else "info")
        self._show(news if news.changes else self._at_start)

    def _changed(self, news: TeamNews) -> str:
        state = self._state
        lines, look = len(news.changes), state.key("queue.team")
        if news.seen_at is None:
            code = "team_changed_now" if any(map(_counts_now, news.changes)) else "team_changed"
            return notice(code, lines=lines, look=look)
        seen = version(news.seen_at, Today(state.now, state.settings.zone))
        return notice("team_changed_since", lines=lines, seen=seen, look=look)

    def _show(self, news: TeamNews) -> None:
        told = tuple(map(change_words, news.changes))
        now = [_counts_now(one) for one in news.changes]
        code = "team_now" if all(now) else "team_partly_now" if any(now) else "team_not_yet"
        when = [notice(code)] if told and news.seen_at is None else []
        self._state.team_news = (*told, *when)


def _counts_now(change: Change) -> bool:
    return change.how in ("stricter", "locked")
