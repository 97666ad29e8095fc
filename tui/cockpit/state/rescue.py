"""Leaving while nothing can be saved: what is open goes onto a page in another folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.cockpit.state.state import Desk
from tui.cockpit.state.stored import PutAside, page
from tui.storage.disk import RESCUED, write_page

NOT_SAVED = "Power Hour could not save this"


def rescue(desk: Desk, running: Mapping[str, Any] | None, folders: Sequence[Path]) -> str:
    """What was not saved, and where it is now, as a sentence. `running`: the calls in hand; None: there are none."""
    why = desk.refuses_writes
    if not running or not running["stack"]:
        return f"{why} No call was open: only what you chose on the queue is lost."
    text = page(NOT_SAVED, [PutAside("running", why, running)], desk.store, desk.now)
    for folder in folders:
        try:
            where = write_page(folder, RESCUED, text, desk.now)
        except OSError:
            continue
        return f"{why} The open call, with its notes, is in {where}"
    return f"{why} The open call could not be written anywhere else either: its notes are lost."
