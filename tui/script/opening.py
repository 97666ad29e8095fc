"""The first words of a call, shown while it rings: from the opener to the first question."""

from __future__ import annotations

from collections.abc import Mapping

from tui.script.line import Line
from tui.script.walk import Walk

_MOST_LINES = 8


def opening_lines(walk: Walk, values: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """Lines from the beginning of this call to its first question, that question included.

    On a follow-up: the opener, then the line that acknowledges the promise (B33); the next reason fills
    `{{reason}}` in both.
    """
    here = Walk.begin(walk.script, walk.entry, walk.facts)
    lines: list[Line] = []
    while here.place is not None and len(lines) < _MOST_LINES:
        begins = not lines or here.place.section == lines[0].section or here.place.timing
        if not begins:
            break
        lines.append(here.line(values))
        if here.place.kind == "ask" and not here.place.timing:
            break
        here = here.on()
    return tuple(lines)
