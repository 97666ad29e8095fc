"""Keys of other keyboards: where a letter means nothing, the Latin key in the same place is meant.

A terminal tells which letter was typed, never which key was pressed or whether Caps Lock is on. So the letter itself
goes first, then its place on the keyboard, then the small letter. What is typed on a line is text and stays as it is.

A capital that is a command of its own, as `T`, is therefore taken at its word where nothing has shown that Caps Lock is
on: to ask about each would make whoever holds Shift press it twice, every time. Once a capital stood for a small letter
it is asked about. Each of them is harmless: what it opens closes with Esc, what it joins it leaves again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct
from textual import events

from tui.commands.keys import SHOWN_KEYS, shown_key
from tui.screens.base import CockpitScreen
from tui.widgets.words import say

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_PLACES = {
    **dict(zip("йцукенгшщзхъфывапролджэячсмитьбю", _LATIN, strict=True)),
    **dict(zip("іїєўё", "s]'o`", strict=True)),
    **dict(zip("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm", strict=True)),
}
"""Russian, Ukrainian and Belarusian letters, and Greek ones, with the Latin key in their place."""
AZERTY = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))
"""The row of digits on a French keyboard, as it types without Shift."""
_NAMES = {sign: name for name, sign in SHOWN_KEYS.items() if len(sign) == 1}
ENOUGH = 2
"""So many capitals in a row that each meant their small letter: Caps Lock is on."""

Press = Callable[[CockpitScreen[Any], events.Key], Awaitable[None]]
"""Do what a key means on a screen."""
Knows = Callable[[events.Key], bool]
"""Whether a key means something where the rep is."""


def twin(event: events.Key) -> events.Key | None:
    """The Latin key in the place of a letter, or the digit of a French one; capital for capital. None: no other."""
    modifiers, _, letter = event.key.rpartition("+") if event.character is None else ("", "", event.character)
    there = _PLACES.get(letter.lower()) or AZERTY.get(letter)
    if there is None:
        return None
    if letter.isupper():
        there = there.upper()
    name = _NAMES.get(there, there)
    return events.Key(f"{modifiers}+{name}", None) if modifiers else events.Key(name, there)


class Meant(Struct, frozen=True):
    """What a key was meant for."""

    key: events.Key | None
    """None: nothing is done before it is pressed again."""
    told: str = ""
    """A sentence for the rep; empty: there is nothing to say."""


class Keyboard:
    """Finds what a key is meant for, and suspects Caps Lock."""

    def __init__(self) -> None:
        self._taken_small = 0
        """Capitals in a row that meant their small letter."""
        self._refused = ""

    async def press(self, screen: CockpitScreen[Any], event: events.Key, do: Press) -> None:
        """Do what a key is meant for on a screen; what is typed on a line is text and stays as it is."""
        meant = Meant(event) if screen.is_text(event) else self.meant(event, screen.knows)
        if meant.key is not None:
            await do(screen, meant.key)
        if meant.told:
            await screen.cockpit.tell(meant.told)

    def meant(self, event: events.Key, knows: Knows) -> Meant:
        """The key as it is meant: itself where it means something, else its place, else its small letter."""
        letter = event.character or ""
        if letter.isalpha() and letter == letter.lower():
            self._taken_small = 0
        other = twin(event)
        own = next((key for key in (event, other) if key is not None and knows(key)), None)
        if letter == letter.lower() or len(letter) != 1:
            return Meant(own or event)
        if own is not None:
            return self._capital(own)
        small = [_small(key) for key in (event, other) if key is not None]
        if (meant := next((key for key in small if knows(key)), None)) is None:
            return Meant(event)
        self._taken_small += 1
        return Meant(meant, say("caps_lock") if self._taken_small == ENOUGH else "")

    def _capital(self, own: events.Key) -> Meant:
        """A capital that is a command of its own; with Caps Lock on its small letter may be meant: press it again."""
        if self._taken_small and self._refused != own.key:
            self._refused = own.key
            return Meant(None, say("caps_lock_own", key=shown_key(own.key)))
        self._refused = ""
        return Meant(own)


def _small(key: events.Key) -> events.Key:
    return events.Key(key.key.lower(), (key.character or "").lower())
