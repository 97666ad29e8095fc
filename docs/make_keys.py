"""Prints docs/keys.md from the table of commands: `python -m docs.make_keys > docs/keys.md`."""

from __future__ import annotations

import sys

from msgspec.structs import replace

from tui.commands import BY_ID, COMMANDS, Command
from tui.commands.keys import KEYMAPS, shown_key
from tui.domain.outcome import DEFAULT_OUTCOMES, RESERVED_KEYS

HEADINGS = {
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
    "form_choice": "The form, on a line with choices",
    "paused": "PAUSED",
    "ringing_in": "Somebody is calling you, on a phone of the cockpit's own",
    "caller": "Caller look-up",
    "contact": "Everything about one person",
    "rehearse": "Rehearsal of a call",
    "recap": "Recap",
    "list": "A list to choose from",
    "settings": "Settings",
    "fields": "Several lines to fill in",
    "text": "A page to read",
    "facts_key": "Where a person is on the screen: queue and call, but not the form",
    "facts": "Everything known about a person, over the queue or the call",
    "reading": "Where more stands than fits on the screen",
    "import_pick": "Import: choose a file",
    "import": "Import: what was understood",
}
"""What a place of the command table is called on the page, in the order of the page."""
INTRO = """\
# Keys

Press `?` in the cockpit for the keys that work where you are. To change one, put its name into `keys:` of
your settings, for example `keys: {queue.skip: z}`.
"""
TABLE = "| key | does | what it is for | name |\n|---|---|---|---|\n"
FREE = """
## Kept free

These do nothing yet. No other command of ours will take them.

| key | where | for |
|---|---|---|
"""
VIM_KEYS = """
## With `keymap: vim`

`keymap: vim` in your settings gives these commands other keys; all others keep theirs, such as `j`, `k`, `G` and `i`.
A key that is one of your team's outcomes is refused, as in `keys:`, and `keys:` goes before the keymap.

"""
OUTCOMES = """\
## Outcomes

These letters work once a line has been dialling for a second. A team may rename, re-key, add or remove
outcomes in config.yaml. Letters the cockpit keeps for itself: {reserved}.

| key | outcome | name in config.yaml |
|---|---|---|
"""
KEPT_FREE = (("ctrl+e", "talking", "transfer the call"),)
"""Keys that no command takes, because of what is planned: key, place, for what."""


def key(name: str) -> str:
    """A key as a person reads it."""
    shown = f"Ctrl+{name.removeprefix('ctrl+')}" if name.startswith("ctrl+") else shown_key(name)
    return f"`{shown}`"


def row(command: Command) -> str:
    """One line of a table."""
    keys = " ".join(key(name) for name in command.key.split(","))
    return f"| {keys} | {command.label} | {command.help} | `{command.id}` |\n"


def page() -> str:
    """The whole page."""
    parts = [INTRO]
    for where, heading in HEADINGS.items():
        rows = "".join(row(command) for command in COMMANDS if command.where == where)
        parts.append(f"\n## {heading}\n\n{TABLE}{rows}")
    parts.append("\n" + OUTCOMES.format(reserved=" ".join(sorted(RESERVED_KEYS))))
    parts += [f"| `{one.key}` | {one.label} | `{one.id}` |\n" for one in DEFAULT_OUTCOMES]
    parts.append(VIM_KEYS + TABLE)
    parts += [row(replace(BY_ID[name], key=keys)) for name, keys in KEYMAPS["vim"].items()]
    parts.append(FREE)
    parts += [f"| {key(name)} | {HEADINGS[where]} | {why} |\n" for name, where, why in KEPT_FREE]
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
