"""Prints docs/keys.md from the table of commands: `python -m docs.make_keys > docs/keys.md`."""

from __future__ import annotations

import sys

from tui.commands import COMMANDS, Command
from tui.domain.outcome import DEFAULT_OUTCOMES

PLACES = {
    "everywhere": "Everywhere",
    "queue": "Queue: the first screen",
    "ready": "READY, NEXT IN: the next person is on the screen",
    "ready_line": "READY, NEXT IN, with a phone that can record",
    "ringing": "DIALLING, RINGING",
    "talking": "TALKING: what you type is a note",
    "talking_empty": "TALKING, on an empty note line: a letter begins a note, the digits give the script's answers",
    "talking_line": "TALKING, with a phone that can do it",
    "call_over": "CALL OVER: choose the outcome",
    "form": "The form behind an outcome",
    "paused": "PAUSED",
    "caller": "Somebody is ringing you",
    "contact": "Everything about one person",
    "recap": "Recap",
}
SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "backspace": "Backspace",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "Page up",
    "pagedown": "Page down",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "comma": ",",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "exclamation_mark": "!",
}
INTRO = """\
# Keys

Press `?` in the cockpit for the keys that work where you are. To change one, put its name into `keys:` of
your settings, for example `keys: {queue.skip: z}`.
"""
TABLE = "| key | does | what it is for | name |\n|---|---|---|---|\n"
OUTCOMES = """\
## Outcomes

These letters work once a line has been dialling for a second. A team may rename, re-key, add or remove
outcomes in config.yaml. Letters the cockpit keeps for itself: a h i j k o p r s u.

| key | outcome | name in config.yaml |
|---|---|---|
"""


def key(name: str) -> str:
    """A key as a person reads it."""
    shown = SHOWN.get(name) or (name.upper() if name[0] == "f" and name[1:].isdigit() else name)
    return f"`{shown.replace('ctrl+', 'Ctrl+')}`"


def row(command: Command) -> str:
    """One line of a table."""
    keys = " ".join(key(name) for name in command.key.split(","))
    return f"| {keys} | {command.label} | {command.help} | `{command.id}` |\n"


def page() -> str:
    """The whole page."""
    parts = [INTRO]
    known = list(PLACES) + sorted({c.where for c in COMMANDS} - set(PLACES))
    for where in known:
        rows = [row(c) for c in COMMANDS if c.where == where]
        if rows:
            parts.append(f"\n## {PLACES.get(where, where)}\n\n{TABLE}" + "".join(rows))
    outcomes = "".join(f"| `{o.key}` | {o.label} | `{o.id}` |\n" for o in DEFAULT_OUTCOMES)
    return "".join(parts) + "\n" + OUTCOMES + outcomes


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
