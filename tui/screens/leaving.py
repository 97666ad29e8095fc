"""What is asked before the rep leaves."""

from __future__ import annotations

from tui.cockpit.view import Ask, View

OPEN = "A call is open. Leave all the same? It is saved, and the next start brings it back."
UNSAVED = "Not everything could be saved. Leave all the same? What is open is written to your home folder."


def leaving(view: View) -> Ask:
    """The question about an open call, or about what could not be saved; the View is from after saving was tried."""
    return Ask("quit", UNSAVED if view.unsaved else OPEN, (("y", "leave"),))
