"""Did you mean: the nearest word among those allowed."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, allowed: Iterable[str], cutoff: float = 0.6) -> str:
    """The allowed word most like `word`, or an empty string when none is near (cutoff 0 to 1)."""
    from difflib import get_close_matches  # only a mistake pays for this import

    by_folded = {a.casefold(): a for a in allowed}
    found = get_close_matches(word.casefold()[:60], by_folded, 1, cutoff)
    return by_folded[found[0]] if found else ""


def did_you_mean(word: str, allowed: Iterable[str], cutoff: float = 0.6) -> str:
    """A help sentence naming the nearest allowed word, or an empty string."""
    near = nearest(word, allowed, cutoff)
    return f"did you mean `{near}`?" if near else ""
