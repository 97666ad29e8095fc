"""What every screen is given: the cockpit, the keys, and what the command line has prepared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tui.cockpit.cockpit import Cockpit
from tui.cockpit.view import View
from tui.commands import BY_ID, Keys
from tui.locale.spoken import translated
from tui.system.programs import own_folder
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line

if TYPE_CHECKING:
    from tui.cockpit.call_view import RecapView


class ScreenContext(Struct, frozen=True):
    """What every screen is given."""

    cockpit: Cockpit
    keys: Keys = field(default_factory=Keys)
    report: Callable[[], RecapView | None] = lambda: None
    """What the report shows, counted when it is asked for (slow for long histories); None: nothing to report yet."""
    import_from: Path = field(default_factory=own_folder)
    """Where the file picker of the import starts."""

    def shown(self, command_id: str) -> str:
        """The key of a command as it is written on the screen."""
        return self.keys.shown(command_id)


ENTER_LABELS = {"call": "call", "open": "open", "back": "open call", "keep": "keep"}
"""The short word for what Enter does on the queue, by `EnterKey.does`; it is not named where it does nothing."""


def command_hint(keys: Keys, command_id: str, words: str = "", gap: int = 2) -> Line:
    """Key and label of a command; other words instead of the label when given."""
    return hint(keys.shown(command_id), words or translated(BY_ID[command_id].label), gap)


def hints(keys: Keys, *command_ids: str, gap: int = 2) -> tuple[Line, ...]:
    """Key and label of several commands."""
    return tuple(command_hint(keys, command_id, gap=gap) for command_id in command_ids)


def queue_rows(view: View, keys: Keys, facts: tuple[Line, ...] = ()) -> tuple[Row, ...]:
    """Keys of the first screen, for the row the cursor is on and the list that is shown.

    `facts` are those of the facts while they stand in the place of the list.
    """
    choose = hint(
        f"{keys.shown('queue.up')}/{keys.shown('queue.down')}", translated(BY_ID["queue.down"].label), 1
    )
    label = translated(ENTER_LABELS.get(view.queue.enter.does, ""))
    enter = (command_hint(keys, "queue.ring", label, 1),) if label else ()
    if view.queue.shows == "held":
        back = command_hint(keys, "queue.held", translated("back to the queue"), 1)
        others = hints(keys, "app.why", "queue.find", "app.caller", "app.keys", gap=1)
        return (KeyFlow((choose, back, *enter, *others)),)
    somebody = bool(view.queue.selected)
    first = enter if facts or not somebody else (*enter, *hints(keys, "app.facts", gap=1))
    if view.queue.selected_call:
        first = (*first, *hints(keys, "queue.open", "queue.done", gap=1))
    if view.queue.typing:  # letters go into the search
        return (KeyFlow((choose, *enter, *hints(keys, "queue.clear", "app.caller", "app.quit", gap=1))),)
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
        more = hints(keys, "queue.clear", "queue.keep_filter", "queue.many", gap=1)
    elif view.queue.running:
        more = hints(keys, "queue.recap", gap=1)
    if view.team_news:
        more = (*hints(keys, "queue.team", gap=1), *more)
    if view.phone.loose:
        more = (*hints(keys, "queue.hang_up", gap=1), *more)
    if more:
        ids = ["queue.find", "queue.skip", "queue.add", "app.caller", "queue.list"]
    if not somebody:
        ids.remove("queue.skip")
    queue = view.queue
    rows = somebody or any(map(len, (queue.ready, queue.later, queue.owed, queue.for_manager)))
    before = facts or ((choose,) if rows else ())
    return (KeyFlow((*before, *first, *more, *hints(keys, *ids, "app.quit", "app.keys", gap=1))),)
