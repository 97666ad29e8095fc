"""Commands of the table that read another way in lines: what they do here, or what is typed instead, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.commands import BY_ID, Command, commands_for
from tui.locale.spoken import translated
from tui.plain.typed import AGAIN, spoken
from tui.plain.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.plain.typed import TypedKeys

HERE: Mapping[str, str] = {
    "app.facts": "does_facts",
    "app.keys": "does_keys",
    "call_over.take": "does_take",
    "import.back": "does_import_back",
    "queue.done": "does_done",
    "queue.page_down": "does_page_down",
    "queue.page_up": "does_page_up",
    "queue.ring": "does_ring",
    "rehearse.top": "to_the_top",
    "talking.earlier": "does_earlier",
}
"""Code of what a command does in lines, where the help of the full screen speaks of a screen."""

_NUMBER = (
    *("queue.down", "queue.up", "queue.top", "queue.bottom", "list.down", "list.up"),
    *("caller.down", "caller.up", "ringing_in.down", "ringing_in.up"),
)
_READ_OUT = (
    *("app.more", "app.less", "contact.down", "contact.up", "facts.down", "facts.up", "facts.back"),
    *("text.down", "text.up", "text.back"),
)
INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("app.help", "app.palette"), "instead_keys"),
    "app.theme": "instead_theme",
    **dict.fromkeys(_NUMBER, "instead_number"),
    **dict.fromkeys(_READ_OUT, "instead_read_out"),
    **dict.fromkeys(("call_over.down", "call_over.up"), "instead_letter"),
    "form.next_choice": "instead_choice",
    "talking.keep": "instead_kept",
    "talking.later": "instead_later",
}
"""Code of why a command of the full screen is not there in lines, and what is typed in its place."""


def instead(command_id: str, keys: TypedKeys) -> str:
    """What is typed in lines instead of a command, and why; empty for one that lines have."""
    code = INSTEAD.get(command_id)
    if code is None:
        return ""
    return say(
        code,
        keys=keys.shown("app.keys"),
        settings=keys.shown("queue.settings"),
        notes=keys.shown("talking.earlier"),
        again=spoken(AGAIN),
    )


def meant(keys: TypedKeys, said: str, places: Sequence[str], able: Iterable[str]) -> Command | None:
    """The command a line means: one that lines have, else one for which something else is typed."""
    return keys.meant(said, places, able) or keys.meant(said, (*places, "reading"), INSTEAD)


def what_it_does(command_id: str) -> str:
    """What a command does, as it is said in lines."""
    code = HERE.get(command_id)
    return say(code) if code else translated(BY_ID[command_id].help)


def key_lines(
    keys: TypedKeys, places: Iterable[str], able: Iterable[str], why_not: Callable[[str], str] = lambda _: ""
) -> Iterator[str]:
    """A line for each command that works in these places and is possible now: what is typed, and what it does."""
    works = frozenset(able)
    for place in places:
        for command in commands_for(place):
            if command.id in works and not why_not(command.id):
                yield say("labelled", label=keys.shown(command.id), words=what_it_does(command.id))
    yield say("labelled", label=spoken(AGAIN), words=say("read_again"))
