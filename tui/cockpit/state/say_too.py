"""A start may have several things to say: each stands beside what stands already, so that all are read."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from tui.cockpit.state.state import State

_TONES = ("info", "warn", "error")
"""The gravest last."""


def say_too(state: State, text: str, tone: Literal["info", "warn", "error"] = "info") -> None:
    """Show the rep a sentence after the one that stands, in the graver tone of the two."""
    stands = state.notice
    if stands is None or state.refuses_writes:  # that nothing can be saved stands alone
        state.say(text, tone)
    else:
        state.say(f"{stands.text} {text}", max(stands.tone, tone, key=_TONES.index))
    if state.notice is not None:
        state.notice = replace(state.notice, at_length=True)
