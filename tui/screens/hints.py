"""Keys in the last lines, in which words, and those of the queue. Keys and words come from the command table."""

from __future__ import annotations

from tui.cockpit.view import View
from tui.commands import BY_ID, Keys
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line


def command_hint(keys: Keys, command_id: str, words: str = "", gap: int = 2) -> Line:
    """Key and label of a command; other words instead of the label when given."""
    return hint(keys.shown(command_id), words or BY_ID[command_id].label, gap)


def hints(keys: Keys, *command_ids: str, gap: int = 2) -> tuple[Line, ...]:
    """Key and label of several commands."""
    return tuple(command_hint(keys, command_id, gap=gap) for command_id in command_ids)


def queue_rows(view: View, keys: Keys, owed: bool, held: bool) -> tuple[Row, ...]:
    """Keys of the first screen; `owed`: the cursor is on something the rep owes; `held`: the other list is shown."""
    choose = hint(f"{keys.shown('queue.up')}/{keys.shown('queue.down')}", BY_ID["queue.down"].label, 1)
    if held:
        back = command_hint(keys, "queue.held", "back to the queue", 1)
        others = hints(keys, "queue.ring", "app.why", "queue.find", "app.caller", "app.keys", gap=1)
        return (KeyFlow((choose, back, *others)),)
    first = hints(keys, "queue.ring", *(("queue.open", "queue.done") if owed else ()), gap=1)
    more: tuple[Line, ...] = ()
    ids = [
        "queue.find",
        "queue.skip",
        "queue.add",
        "queue.import",
        "app.caller",
        "queue.list",
        "queue.report",
    ]
    if view.queue.filter:
        more = hints(keys, "queue.clear", "queue.keep_filter", gap=1)
    elif view.queue.running:
        more = hints(keys, "queue.recap", gap=1)
    if more:
        ids = ["queue.find", "queue.skip", "queue.add", "app.caller", "queue.list"]
    return (KeyFlow((choose, *first, *more, *hints(keys, *ids, "app.quit", "app.keys", gap=1))),)
