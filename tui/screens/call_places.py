"""Which keys count in which phase of a call."""

from __future__ import annotations

from tui.cockpit.view import Phase

PLACE_OF = {
    Phase.READY: "ready",
    Phase.NEXT_IN: "ready",
    Phase.DIALLING: "ringing",
    Phase.RINGING: "ringing",
    Phase.TALKING: "talking",
    Phase.CALL_OVER: "call_over",
    Phase.FORM: "form",
    Phase.PAUSED: "paused",
}
"""Where each phase is listed in the command table."""
LINE_PLACES = {
    Phase.READY: ("ready_line",),
    Phase.NEXT_IN: ("ready_line",),
    Phase.TALKING: ("talking_line",),
}
"""What is listed besides where the dialer can do something with the line."""
LETTERS_COUNT = frozenset(
    {Phase.READY, Phase.NEXT_IN, Phase.DIALLING, Phase.RINGING, Phase.CALL_OVER, Phase.PAUSED}
)
"""Phases in which an outcome letter goes to the cockpit, which takes it or says why not."""
