"""How each command of the table is typed on a line: by its key where that is one sign, else by a sign or its label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.commands import BY_ID, Command, Keys, commands_for
from tui.commands.keys import shown_key
from tui.locale.spoken import translated

BACK, ONWARD, BEFORE, AGAIN, EMPTIES = ".", ">", "<", ":", "-"
"""The signs for keys that no line can hold: Esc, the next line or page, the one before; say it all again; empty it."""

_SIGN_OF = {
    "enter": "",
    "escape": BACK,
    "tab": ONWARD,
    "pagedown": ONWARD,
    "shift+tab": BEFORE,
    "pageup": BEFORE,
    "backspace": BEFORE,
}
_OWN: Mapping[str, tuple[str, ...]] = {
    "app.caller": ("f", "f2"),
    "app.quit": ("q",),
    "ringing.answered": ("a", ""),
    "queue.keep_filter": (),
    "talking.on": ("",),
    "app.facts": (";",),
    "talking.fact": ("=",),
    "talking.unfit": ("#",),
    "talking.earlier": ("*",),
}
"""Where another sign is easier to type than what the rule would give; one that has none is called by its label."""


class TypedKeys(Keys):
    """The rep's keys as they are typed on a line; sentences name them so, too."""

    def __init__(self, changes: Mapping[str, str] | None = None, taken: Iterable[str] = ()) -> None:
        """`taken`: letters that are outcomes of the team; no command of ours takes one of them from it."""
        super().__init__(changes)
        self._taken = frozenset(taken)

    def typed(self, command_id: str) -> tuple[str, ...]:
        """What may be typed for a command, the first being what it is called by; an empty text is Enter alone."""
        if (own := _OWN.get(command_id)) is not None:
            signs = [sign for sign in own if sign not in self._taken]
        else:
            signs = [one for key in self._keys[command_id] if (one := _sign(key)) is not None]
        return (*signs, translated(BY_ID[command_id].label).casefold())

    def shown(self, command_id: str) -> str:
        """What is typed for a command, as it is said."""
        return spoken(self.typed(command_id)[0])

    def all_shown(self, command_id: str) -> str:
        """The same: one way is enough to know."""
        return self.shown(command_id)

    def meant(
        self, text: str, places: Iterable[str], known: Iterable[str], *, labels: bool = True
    ) -> Command | None:
        """The command a line means in these places, the first place first; of those alone that are `known`.

        `labels`: a command may also be called by its label, or by the name of its key on the full screen.
        """
        said, able = text.strip(), frozenset(known)
        here = [one for place in places for one in commands_for(place) if one.id in able]
        named = said.casefold() if labels else None
        for command in here:
            *signs, label = self.typed(command.id)
            if said in signs or named in {label, *(spoken(sign) for sign in signs if sign in NAMES)}:
                return command
        return next((one for one in here if named in self._key_names(one.id)), None)

    def _key_names(self, command_id: str) -> set[str]:
        """The names of its keys, such as `f8`, as the page of the keys writes them."""
        return {shown.casefold() for key in self._keys[command_id] if len(shown := shown_key(key)) > 1}


def enter() -> str:
    """An empty line, as it is said."""
    return shown_key("enter")


NAMES = {
    ".": "dot", "/": "slash", "?": "question mark", "!": "exclamation mark", "+": "plus", "-": "minus",
    "*": "star", "=": "equals", ",": "comma", ":": "colon", ";": "semicolon", ">": "greater", "<": "less",
    "\\": "backslash", "#": "number sign", "_": "underscore", "@": "at", "'": "apostrophe", '"': "quote",
}  # fmt: skip
"""Signs that a voice leaves out when it reads a sentence, by the names it knows them by."""


def spoken(sign: str) -> str:
    """What is typed, as it is said: a letter or word as it stands, a sign by its name."""
    return translated(NAMES[sign]) if sign in NAMES else sign or enter()


def _sign(key: str) -> str | None:
    """What a key is on a line; None for one that no line holds."""
    if key in _SIGN_OF:
        return _SIGN_OF[key]
    shown = shown_key(key)
    return shown if len(shown) == 1 else None
