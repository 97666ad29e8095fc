"""What every screen is given: the cockpit, the keys, and what the command line has prepared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cockpit.cockpit import Cockpit
from tui.commands import Keys
from tui.system.programs import own_folder

if TYPE_CHECKING:
    from tui.cockpit.call_view import RecapView


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: its name, its value, and where that comes from."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True)
class Kit:
    """What every screen is given."""

    cockpit: Cockpit
    keys: Keys = field(default_factory=Keys)
    settings: Callable[[], Sequence[SettingRow]] = tuple
    """Rows of the settings screen; asked for when it opens."""
    report: Callable[[], RecapView | None] = lambda: None
    """What the report shows, counted when it is asked for (slow for long histories); None: nothing to report yet."""
    import_from: Path = field(default_factory=own_folder)
    """Where the file picker of the import starts."""
    cursor_blink: bool = False

    def shown(self, command_id: str) -> str:
        """The key of a command as it is written on the screen."""
        return self.keys.shown(command_id)
