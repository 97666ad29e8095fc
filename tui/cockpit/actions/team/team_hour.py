"""The team's power hour: it is offered, one key joins and the same key leaves. It says what the team brings together.

Who is on the line now is only told and never kept; nobody is counted alone, and dials are not counted at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.cockpit.actions.action import action
from tui.cockpit.call_view import TeamHourView
from tui.cockpit.state.state import State
from tui.cockpit.wording.notices import notice
from tui.domain.metrics import summary
from tui.domain.window import local
from tui.locale.spoken import time_of_day

if TYPE_CHECKING:
    from tui.cockpit.actions.team.list_team import ListTeam

COUNT_S = 5.0
"""Seconds between two counts of what the team brought."""
_OVER = {
    (False, False): "team_hour_over",
    (True, False): "team_hour_over_talked",
    (False, True): "team_hour_over_agreed",
    (True, True): "team_hour_over_both",
}
"""What is said at its end, by whether there were talks and next steps: no sentence says nought."""
JOINED = "team_hour"
"""In `state['rep']`: when the hour began that the rep joined or left, and which of both."""


class TeamHourActions:
    """The rep's part in it; without a shared list, and for who is alone in it, there is none."""

    def __init__(self, state: State, team: ListTeam | None) -> None:
        self._state, self._team = state, team
        self._counted_mono = -COUNT_S
        self._counts = (0, 0)

    async def tick(self) -> None:
        """Once a second: what is on the screen of it."""
        state, before = self._state, self._state.team_hour
        state.team_hour = self._view()
        if before is not None and before.joined and self._running() is None:
            self._count(self._began())
            talks, agreed = self._counts
            state.say(notice(_OVER[bool(talks), bool(agreed)], talks=talks, agreed=agreed))
        if self._team is not None:
            self._team.is_in_team_hour = state.team_hour is not None and state.team_hour.joined

    @action
    async def switch(self) -> None:
        """Join the hour that is on, or leave it."""
        state = self._state
        running = self._running()
        if running is None or not self._colleagues:
            state.say(notice("team_hour_not_on"))
            return
        joins = not (state.team_hour and state.team_hour.joined)
        state.rep[JOINED] = {"began": running[0].isoformat(), "joined": joins}
        await self.tick()
        until, key = time_of_day(running[1]), state.key("app.team_hour")
        state.say(notice("team_hour_joined", until=until, leave=key) if joins else notice("team_hour_left"))

    @property
    def _colleagues(self) -> tuple[tuple[str, str], ...]:
        return self._team.colleagues if self._team else ()

    def _running(self) -> tuple[datetime, datetime] | None:
        settings = self._state.settings
        return (
            settings.team_hour.running(local(self._state.now, settings.zone)) if settings.team_hour else None
        )

    def _began(self) -> datetime | None:
        said = self._state.rep.get(JOINED)
        try:
            return datetime.fromisoformat(said["began"]) if isinstance(said, dict) else None
        except (KeyError, TypeError, ValueError):
            return None

    def _view(self) -> TeamHourView | None:
        state, running = self._state, self._running()
        colleagues = self._colleagues if running else ()
        if running is None or not colleagues:
            return None
        starts, ends = running
        left_s = (ends - local(state.now, state.settings.zone)).total_seconds()
        said = state.rep.get(JOINED, {}) if self._began() == starts else {}
        if not said:
            offer = notice("team_hour_offer", until=time_of_day(ends), join=state.key("app.team_hour"))
            return TeamHourView(left_s=left_s, offer=offer)
        if not said.get("joined"):
            return None
        if state.clock.monotonic() - self._counted_mono >= COUNT_S:
            self._count(starts)
        # Without the list nobody knows what a colleague is doing now.
        heard = state.leases is None or state.leases.online
        return TeamHourView(True, left_s, "", *self._counts, colleagues if heard else ())

    def _count(self, since: datetime | None) -> None:
        """Talks and agreed next steps of everybody since it began."""
        if since is None:
            return
        self._counted_mono = self._state.clock.monotonic()
        calls = [call for call in self._state.store.calls(since=since) if call.voided_at is None]
        total = summary(calls, self._state.settings.conversation_seconds)
        self._counts = total.conversations + total.conversations_in, total.agreed
