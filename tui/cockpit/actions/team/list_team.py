"""Who is on the shared list, and what everybody is doing: told to who listens, and kept nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tui.cockpit.actions.team.list_line import ListLine
from tui.cockpit.state.state import State
from tui.cockpit.view import Phase
from tui.domain.shared.team_hour import is_believed
from tui.shared_list.port import Member, Presence, Said

SAY_S, MEMBERS_S = 30.0, 300.0
"""Seconds after which we say again what the rep is doing, and ask again who is on the list."""


class ListTeam:
    """The rep among colleagues."""

    def __init__(self, state: State, line: ListLine) -> None:
        self._state, self._line = state, line
        self.is_manager = False
        """Whether the list knows the rep as one."""
        self.is_in_team_hour = False
        """Whether colleagues are told what the rep is doing."""
        self.members_mono = 0.0
        """When it is asked again who is there."""
        self._members: tuple[Member, ...] = ()
        self._doing: dict[str, tuple[Presence, float]] = {}
        """By rep, each with the second in which it was said."""
        self._said: tuple[Presence, float] = (Presence.AWAY, 0.0)
        """What we said last."""

    @property
    def has_to_tell(self) -> bool:
        """Whether the rep does something else than we said."""
        return self._presence() is not self._said[0]

    def heard(self, said: Iterable[Said]) -> None:
        """What colleagues say they are doing."""
        mono = self._state.clock.monotonic()
        self._doing |= {one.rep: (one.presence, mono) for one in said}

    @property
    def colleagues(self) -> tuple[tuple[str, str], ...]:
        """Everybody else on the list and what they are doing, in the order of their names."""
        me, mono = str(self._state.rep.get("id", "")), self._state.clock.monotonic()
        others = [one for one in self._members if one.rep != me and one.name]
        first = Counter(one.name.split()[0] for one in others)
        found = []
        for one in others:
            doing, said_at = self._doing.get(one.rep, (Presence.AWAY, mono))
            short = one.name.split()[0]
            name = short if first[short] == 1 else one.name
            found.append((name, str(doing if is_believed(said_at, mono) else Presence.AWAY)))
        return tuple(found)

    def _presence(self) -> Presence:
        state = self._state
        if not self.is_in_team_hour or (state.run and state.run.clock.state == "paused"):
            return Presence.AWAY
        return Presence.TALKING if state.phase is Phase.TALKING else Presence.IN

    async def tell(self) -> None:
        """Say what the rep is doing when that changed, and now and then; see who is on the list. Raises `NoLine`."""
        mono, presence = self._state.clock.monotonic(), self._presence()
        before, said_at = self._said
        if presence is not before or (presence is not Presence.AWAY and mono - said_at >= SAY_S):
            await self._line.ask(lambda one: one.say(presence))
            self._said = presence, mono
        if mono >= self.members_mono:
            self.members_mono = mono + MEMBERS_S
            self.is_manager = (await self._line.ask(lambda one: one.me())).is_manager
            self._members = await self._line.ask(lambda one: one.members())
