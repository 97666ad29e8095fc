"""One stream of keys: each key and each paste is done, with all it brings, before the next one is looked at.

What is dropped as a repeat is decided here too; which keys count in which phase, in `cockpit/places`.

Nothing else hands a key to a screen or to a part of one. So what was typed is acted upon in the order it was typed, on
the screen and the line it finds then, however long the program was held up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic
from typing import Any

from textual import events

from tui.cockpit.cockpit import Cockpit
from tui.cockpit.places import GUARD_S, PLACE_OF
from tui.cockpit.view import Phase, View
from tui.commands.keys import shown_key
from tui.locale.spoken import translated
from tui.screens.base import CockpitScreen
from tui.widgets.words import say


def begins_a_note(view: View, typed: str) -> str:
    """What to tell of a sign that began a note and may have been meant for an answer; empty: nothing."""
    answers = view.script.answers
    if lettered := [answer.digit for answer in answers if typed and answer.letter == typed]:
        return say("letters_begin", key=lettered[0])
    from tui.screens.keys.keyboards import AZERTY

    digit = AZERTY.get(typed)
    if digit is None or all(answer.digit != digit for answer in answers):
        return ""
    return say("digit_needs_shift", sign=typed, digit=digit)


CHANGES_MEANING = ("enter", "escape")
"""Keys that do something else in every phase: after a change nobody pressed a key for, they wait for a second press."""


class KeyGuard:
    """Knows which key brought the phase that is on the screen, and when."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds that only grow."""
        self._clock = clock
        self._in_hand = ""
        """The key that is doing its work."""
        self._known: tuple[str, str] | None = None
        """Where keys mean what they mean now (ringing and dialling are one place), and who calls over it."""
        self._cause = ""
        """The key that brought the phase; empty: the line or the clock did."""
        self._since = float("-inf")
        self._caller = ""
        self._came_by_itself = False
        """A caller's card is shown that no key brought, and no key has rested long enough since."""
        self._changed_by_key = False
        """The key that is doing its work has brought another phase."""
        self._moved = 0
        self._moved_at = float("-inf")

    def begins(self, key: str) -> None:
        """A key starts its work: changes of phase are its doing until `ends`.

        After another key the one that brought the phase is no repeat any more: it is meant.
        """
        if self._cause and key != self._cause:
            self._since = float("-inf")
        self._in_hand = key

    def ends(self) -> None:
        """The key has done its work; a second press that waited for it is counted from here, however long it took."""
        if self._changed_by_key:
            self._since = self._clock()
        self._in_hand, self._changed_by_key = "", False

    def saw(self, phase: Phase, ringing: str = "", moved: int = 0, caller: str = "") -> None:
        """A view with this phase is on the screen now; `ringing`: id of a question that Enter answers; `caller`: id of
        the call whose card stands over it.

        `moved`: how often the cursor of the queue has gone to another person by itself.
        """
        if moved != self._moved:
            self._moved, self._moved_at = moved, self._clock()
        known = PLACE_OF.get(phase, str(phase)), ringing or caller
        if caller != self._caller:
            self._caller, self._came_by_itself = caller, bool(caller) and not self._in_hand
        if self._known is not None and known != self._known:
            self._cause, self._since = self._in_hand, self._clock()
            self._changed_by_key = bool(self._in_hand)
        self._known = known

    def refuses(self, key: str) -> str:
        """Why a key is not taken now, as a sentence for the rep; empty when it is."""
        if key == "enter" and self._clock() - self._moved_at < GUARD_S:
            return translated("The list has just changed: read whom Enter calls now, then press it again.")
        if self._clock() - self._since >= GUARD_S:
            self._came_by_itself = False
            return ""
        if self._came_by_itself:
            # Still typing: what is on its way was meant for something else, however long it goes on.
            self._since = self._clock()
            return say("key_not_taken", key=shown_key(key))
        if key == self._cause:
            # Still held down, however long: only a key that has rested counts as pressed again.
            self._since = self._clock()
            return say("key_once", key=shown_key(key))
        if not self._cause and key in CHANGES_MEANING:
            self._since = self._clock()
            return say("key_moved_on", key=shown_key(key))
        return ""


def says_something(event: events.Key) -> bool:
    """Whether a key is one a rep means something by: a sign, a control or a function key; no cursor key at an end."""
    return event.is_printable or event.key.startswith("ctrl+") or event.key[1:].isdigit()


SCREEN_MADE_S = 10.0
"""So long a key waits for a screen that is being made; one that never is must not keep the program from its end."""
NO_LINE = "There is no line here to paste on: nothing was taken."

Seen = Callable[[], CockpitScreen[Any] | None]
"""The screen that is seen now; None when it takes no keys."""
Press = Callable[[CockpitScreen[Any], events.Key], Awaitable[None]]
"""Do what a key means on a screen."""


class KeyStream:
    """Hands keys and pastes on, one after another."""

    def __init__(
        self,
        cockpit: Cockpit,
        guard: KeyGuard,
        seen: Seen,
        press: Press,
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        """`settle` does what a screen that was left has asked for."""
        self._cockpit, self._guard = cockpit, guard
        self._seen, self._press, self._settle = seen, press, settle

    async def take(self, event: events.Key | events.Paste) -> None:
        """Do all that a key or a paste means; it is over when the screen it brings can take the next."""
        for one in _keys(event):
            screen = self._seen()
            if screen is None or not await _is_made(screen):
                return
            if isinstance(one, events.Paste):
                await self._paste(screen, one.text)
            else:
                await self._take_key(screen, one)
            await screen.follow_line()
            await self._settle()

    async def _paste(self, screen: CockpitScreen[Any], text: str) -> None:
        self._guard.begins("paste")
        try:
            if not screen.paste(text):
                await self._cockpit.tell(translated(NO_LINE))
        finally:
            self._guard.ends()

    async def _take_key(self, screen: CockpitScreen[Any], event: events.Key) -> None:
        if refused := self._guard.refuses(event.key):
            await self._cockpit.tell(refused)
            return
        self._guard.begins(event.key)
        try:
            await self._press(screen, event)
        finally:
            self._guard.ends()


def _keys(event: events.Key | events.Paste) -> Iterator[events.Key | events.Paste]:
    """A terminal cannot tell Alt+n from Esc and n typed quickly: it is both keys."""
    if isinstance(event, events.Key) and event.key.startswith("alt+") and len(event.key) == len("alt+") + 1:
        yield events.Key("escape", None)
        yield events.Key(event.key[-1], event.key[-1])
    else:
        yield event


async def _is_made(screen: CockpitScreen[Any]) -> bool:
    try:
        async with asyncio.timeout(SCREEN_MADE_S):
            await screen.made()
    except TimeoutError:
        return False
    return True
