"""What a state and an urgency look like, in one table: a glyph, a word, a colour, in that order; each carries alone."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tui.cockpit.view import Phase, Placed
from tui.domain.next_step import Urgency


class Mark(Struct, frozen=True):
    """How one state or urgency is shown."""

    glyph: str
    """One cell wide."""
    look: str
    """One of `lines.LOOKS`, or several separated by a blank."""
    word: str = ""
    """Code of its word in `WORDS`; an urgency is told by the words beside it, which the view holds."""


STATES: Mapping[Phase, Mark] = {
    Phase.READY: Mark("○", "strong", "state_ready"),
    Phase.NEXT_IN: Mark("○", "strong", "state_next_in"),
    Phase.DIALLING: Mark("◌", "warn", "state_dialling"),
    Phase.RINGING: Mark("◍", "warn", "state_ringing"),
    Phase.TALKING: Mark("●", "live", "state_talking"),
    Phase.CALL_OVER: Mark("■", "primary strong", "state_over"),
    Phase.FORM: Mark("■", "primary strong", "state_over"),
    Phase.PAUSED: Mark("‖", "dim strong", "state_paused"),
}
"""The state line of the card, by phase."""
UNSEEN: Mapping[Placed, Mark] = {
    "asked": STATES[Phase.DIALLING],
    "by_hand": Mark("◌", "warn", "state_by_hand"),
}
"""Instead of RINGING, where nobody sees whether it rings."""
URGENCIES: Mapping[Urgency, Mark] = {
    "late": Mark("!", "stop"),
    "soon": Mark("~", "warn"),
    "called_us": Mark("<", "primary"),
}
"""What stands before why somebody is called now."""
PLAIN: Mapping[int, int] = str.maketrans("○◌◍●■‖▸▾‹›─│╭╮╰╯…·→↵", "ooo*#=>v<>-|++++~->|")
"""Each glyph of ours for a terminal that cannot show it, as wide as the glyph; letters in names stay as they are."""


def marked(why: str, urgency: Urgency) -> tuple[str, str]:
    """Why somebody is called now, with the glyph of what cannot wait, and its look."""
    mark = URGENCIES.get(urgency)
    return (f"{mark.glyph} {why}", mark.look) if mark else (why, "")
