"""The length and the goal of the next session, as lines to fill in."""

from __future__ import annotations

from collections.abc import Mapping

from tui.cockpit.call_view import FormField
from tui.cockpit.view import View

MOST_MINUTES = 480


def length_fields(view: View) -> tuple[FormField, ...]:
    """Minutes and the goal, holding what is set now; the first digit typed replaces it."""
    queue = view.queue
    return (
        FormField("minutes", "Minutes", str(queue.minutes), proposed=True, hint="5, 15, 60 or any number"),
        FormField(
            "conversations", "Talks", str(queue.conversations or ""), proposed=True, hint="goal, may be empty"
        ),
        FormField(
            "next_steps", "Next steps", str(queue.next_steps or ""), proposed=True, hint="goal, may be empty"
        ),
    )


def read_length(values: Mapping[str, str], view: View | None) -> tuple[int, int, int]:
    """Minutes (1 to 480), talks and next steps; what is no number stays as it was (minutes) or becomes 0."""
    before = view.queue.minutes if view else 15
    minutes = _number(values.get("minutes", "")) or before
    talks, steps = _number(values.get("conversations", "")), _number(values.get("next_steps", ""))
    return min(minutes, MOST_MINUTES), talks, steps


def _number(text: str) -> int:
    words = text.split()
    first = words[0] if words else ""
    return int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 0
