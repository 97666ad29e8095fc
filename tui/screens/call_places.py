"""Which keys count in which phase of a call."""

from __future__ import annotations

from tui.cockpit.view import Phase, View

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


def answer_of(view: View | None, key: str) -> str | None:
    """The digit of the answer a key gives to the question on the screen; None when it gives none."""
    answers = view.script.answers if view else ()
    return next((answer.digit for answer in answers if key in (answer.digit, answer.key)), None)
