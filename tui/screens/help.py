"""`?`, ctrl+p, F1 and W: which keys work here, what can be done here, what this part is for, why this person."""

from __future__ import annotations

from collections.abc import Sequence

from tui.commands import Keys, commands_for
from tui.screens.base import CockpitScreen
from tui.screens.kit import Kit
from tui.screens.pick import PickScreen
from tui.widgets.pick_list import PickRow
from tui.widgets.reading import Block

KEY_WIDTHS = (14, 62)


def key_rows(keys: Keys, places: Sequence[str]) -> list[PickRow]:
    """Key and sentence of every command that works in these places; found by its label, too."""
    return [
        PickRow(command.id, (keys.all_shown(command.id), command.help), command.label)
        for place in places
        for command in commands_for(place)
    ]


def keys_screen(kit: Kit, screen: CockpitScreen[object]) -> PickScreen:
    """The list of keys that work on a screen; Enter runs one."""
    rows = key_rows(kit.keys, (*screen.places(), "everywhere"))
    return PickScreen(kit, "Keys that work here", lambda _: rows, widths=KEY_WIDTHS)


def palette_screen(kit: Kit, screen: CockpitScreen[object]) -> PickScreen:
    """Everything that can be done on a screen now; Enter does it."""
    rows = [PickRow(extra_id, (key, words)) for extra_id, key, words in screen.extra_commands()]
    rows += key_rows(kit.keys, (*screen.places(), "everywhere"))
    return PickScreen(kit, "What can be done here", lambda _: rows, widths=KEY_WIDTHS)


def help_blocks(keys: Keys, places: Sequence[str]) -> list[Block]:
    """What a part of the screen is for, and its keys."""
    blocks: list[Block] = []
    for place in places:
        pairs = tuple((keys.all_shown(command.id), command.help) for command in commands_for(place))
        blocks.append(Block("What this is for" if not blocks else "", (keys.about(place),), pairs, indent=18))
    return blocks
