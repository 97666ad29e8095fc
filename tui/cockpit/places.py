"""Where a key works in each phase of a call, and which letters and digits count there: for whoever takes keys."""

from __future__ import annotations

from tui.cockpit.view import LINE_OPEN, Phase, View

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
GUARD_S = 0.4
"""So long after a change that nobody pressed a key for, a key that means something else now is not taken."""


def answer_of(view: View | None, key: str) -> str | None:
    """The digit of the answer a key gives to the question on the screen; None when it gives none."""
    answers = view.script.answers if view else ()
    return next((answer.digit for answer in answers if key in (answer.digit, answer.key)), None)


def outcome_of(view: View, sign: str) -> str:
    """Id of the outcome a sign stands for in this phase; empty when it stands for none."""
    if view.phase not in LETTERS_COUNT:
        return ""
    return ({row.key: row.id for row in view.outcomes} | dict(view.outcome_keys)).get(sign, "")


def outlives_us(view: View | None) -> bool:
    """Whether a call is up that goes on when the program stops."""
    return view is not None and view.can_hang_up and view.phase in LINE_OPEN
