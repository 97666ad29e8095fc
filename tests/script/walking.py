"""Walks through a script, move by move."""

from tui.script.call.walk import Walk


def paths(walk: Walk, *moves: int | str) -> list[str]:
    """The paths met on the way: `on`, a digit, or words as an answer."""
    met = [walk.at]
    for move in moves:
        walk = (
            walk.on()
            if move == "on"
            else walk.answer(move)
            if isinstance(move, int)
            else walk.answer_text(move)
        )
        met.append(walk.at)
    return met
