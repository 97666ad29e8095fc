"""Keys: how they are written on the screen, and the keymaps a rep may choose with `keymap:`."""

from __future__ import annotations

from collections.abc import Mapping

from tui.locale.spoken import translated

SHOWN_KEYS = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "backspace": "Backspace", "tab": "Tab",
    "shift+tab": "Shift+Tab", "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home",
    "end": "End", "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del", "insert": "Ins",
    "question_mark": "?", "slash": "/", "backslash": "\\", "plus": "+", "minus": "-", "comma": ",",
    "full_stop": ".", "colon": ":", "semicolon": ";", "less_than_sign": "<", "greater_than_sign": ">",
    "equals_sign": "=", "exclamation_mark": "!", "number_sign": "#", "asterisk": "*", "underscore": "_",
    "at": "@", "apostrophe": "'",
}  # fmt: skip
"""How keys are written on the screen; others are shown by their own name."""


def shown_key(key: str) -> str:
    """A key as people know it: `Enter`, `^Q`, `F2`, `?`."""
    if key in SHOWN_KEYS:
        return translated(SHOWN_KEYS[key], "key")
    if key.startswith("ctrl+"):
        return "^" + shown_key(key.removeprefix("ctrl+")).upper()
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return key


def key_written(shown: str) -> str:
    """The key that is written so on the screen: `ctrl+q` for `^Q`; empty when none is."""
    for name in SHOWN_KEYS:
        if shown_key(name) == shown:
            return name
    if len(shown) > 1 and shown[0] == "^":
        rest = key_written(shown[1:].lower())
        return f"ctrl+{rest}" if rest else ""
    if len(shown) > 1 and shown[0] == "F" and shown[1:].isdigit():
        return shown.lower()
    return shown if len(shown) == 1 and shown.isalnum() else ""


def sign_of(key: str) -> str | None:
    """What a key types; None for one that types nothing."""
    typed = " " if key == "space" else SHOWN_KEYS.get(key, key)
    return typed if len(typed) == 1 else None


USUAL = "usual"
"""The keys of the table of commands as they are."""
VIM: Mapping[str, str] = {
    "queue.top": "home,g",
    "queue.page_down": "pagedown,ctrl+d",
    "queue.page_up": "pageup,ctrl+u",
    "ringing.again": "K",
    "call_over.again": "K",
    "call_over.up": "up,k",
    "list.page_down": "pagedown,ctrl+d",
    "list.page_up": "pageup,ctrl+u",
    "app.more": "pagedown,ctrl+d",
    "app.less": "pageup,ctrl+u",
    "contact.back": "escape,left,q",
    "text.back": "escape,enter,q",
    "recap.back": "escape,q",
    "rehearse.back": "escape,q",
}
"""Beside `j`, `k`, `G` and `i`, which the table has: `g`, half a page with `Ctrl+d` and `Ctrl+u`, `q` leaves a page.
`k` goes up where it redials elsewhere; redial is `K`. `g` is an outcome during a call, so there it moves nothing."""
KEYMAPS: Mapping[str, Mapping[str, str]] = {USUAL: {}, "vim": VIM}
