"""The phone beside the cards: what it says is passed on, and line 1 tells how it is.

Signed in or not and since when, no sound, a call that is up on no card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tui.cockpit.state.state import State
from tui.cockpit.view import Phase, PhoneView
from tui.cockpit.wording.notices import notice
from tui.dialer.protocol import CallEvent, CallState, Cap, DialError, Health
from tui.locale.spoken import time_of_day
from tui.phone import shown

if TYPE_CHECKING:
    from tui.cockpit.actions.dialing import CallActions
    from tui.cockpit.actions.incoming_call import IncomingCalls
    from tui.cockpit.state.active_call import Working

HAS_HANG_UP = frozenset(Phase) - {Phase.RECAP, Phase.FORM, Phase.PAUSED}
"""Phases in which the key to hang up ends a call on no card, when the card has no line of its own."""


def is_watched(state: State, working: Working) -> bool:
    """Whether the phone tells what becomes of this call's line."""
    return Cap.STATES in state.dialer.caps and not working.contact.is_demo


def line_ended_at(state: State, working: Working) -> datetime | None:
    """When the phone told that the line of a call went down; None while it is up, or where no phone sees it."""
    return working.dials[-1].ended_at if working.dials and is_watched(state, working) else None


async def end_line(state: State, line: str) -> bool:
    """Hang up; False, and the rep is told why, when the phone did not. The action that wanted it goes on."""
    try:
        await state.dialer.hang_up(line)
    except DialError as error:
        state.say(str(error), "error")
        return False
    return True


class PhoneLine:
    """The phone as line 1 of every screen shows it."""

    def __init__(
        self, state: State, call: Callable[[], CallActions], incoming: Callable[[], IncomingCalls]
    ) -> None:
        """`call` and `incoming` are asked for when the phone says something: no first screen waits for them."""
        self._state = state
        self._call, self._incoming = call, incoming
        self._health = Health()
        self._since: datetime | None = None
        self.look()

    async def listen(self, before_the_crash: Mapping[str, float], paint: Callable[[], object]) -> None:
        """Get the phone ready beside the first screen, then take up what it says, for as long as it does.

        `before_the_crash`: ids of the calls on the line that a killed program knew of, with the seconds since.
        """
        dialer = self._state.dialer
        try:
            await dialer.start()
        except DialError as error:
            self._state.say(str(error), "error")
            paint()
        if Cap.STATES in dialer.caps:
            await self._call().adopt(before_the_crash)
            paint()
        if self._state.ringing:
            await self._incoming().after_a_crash()
            paint()
        async for event in dialer.events():
            if event.state is CallState.INCOMING:
                self._incoming().rings(event)
                paint()  # who it is does not wait for the disk
            elif not await self._incoming().heard(event):
                await self._call().heard(event)
            await self._state.save()
            paint()

    def look(self) -> None:
        """Note how the phone is, and since when; once a second."""
        health = self._state.dialer.health()
        if self._since is None or health.signed_in is not self._health.signed_in:
            self._since = self._state.here
        self._health = health

    def loose(self) -> tuple[CallEvent, ...]:
        """Calls that are up and belong to no card: a message that still plays, one nobody here dialled.

        On the queue no card is seen, so every call is such a one.
        """
        if Cap.HANG_UP not in self._state.dialer.caps:
            return ()
        on_queue = self._state.page is Phase.QUEUE
        ours = set() if on_queue else {working.line for working in self._state.stack}
        up = self._state.dialer.open_calls()
        return tuple(e for e in up if e.state is not CallState.INCOMING and e.call_id not in ours)

    def view(self) -> PhoneView:
        """The words for line 1; the call that costs money comes first, then what cannot be heard."""
        if loose := self.loose():
            return self._loose_words(loose)
        held = {working.line for working in self._state.stack if working.held}
        talks = (e for e in self._state.dialer.open_calls() if e.state is CallState.CONNECTED)
        quiet = max((e.quiet_s for e in talks if e.call_id not in held), default=0.0)
        if quiet:
            words = notice("silent_so_long", seconds=round(quiet))
            return PhoneView(words, words, notice("silent"), is_trouble=True)
        health = self._health
        if health.no_sound:
            return PhoneView(health.no_sound, health.no_sound, health.no_sound, is_trouble=True)
        if health.signed_in is None:
            return PhoneView()
        if health.signed_in or not health.why:
            words = notice("signed_in" if health.signed_in else "signing_in")
            return PhoneView(words, words, words)
        since = time_of_day(self._since) if self._since else ""
        full = notice("not_signed_in_why", since=since, why=health.why)
        short = notice("not_signed_in_since", since=since)
        return PhoneView(full, short, notice("not_signed_in"), is_trouble=True)

    def _loose_words(self, loose: tuple[CallEvent, ...]) -> PhoneView:
        first, number = loose[0], loose[0].number
        who = shown(number) if number.startswith("+") else number or notice("withheld")
        if len(loose) > 1:
            words = notice("calls_up", count=len(loose))
        else:
            words = notice("call_to_up" if first.outgoing else "call_from_up", who=who)
        short = notice("call_up")
        if self._key_ends_it:
            key = self._state.key("ready.hang_up")
            words, short = (notice("hang_up_key", what=what, key=key) for what in (words, short))
        return PhoneView(words, short, short, is_trouble=True, loose=True)

    @property
    def _key_ends_it(self) -> bool:
        state = self._state
        own = state.working is not None and state.working.line and state.page is not Phase.QUEUE
        return state.phase in HAS_HANG_UP and not own
