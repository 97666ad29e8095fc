"""The figures of docs/figures.md, measured beside their peers in the same run: `python -m bench`."""

from __future__ import annotations

from msgspec import Struct


class Row(Struct, frozen=True):
    """One figure. The limit binds the ratio to the peer, or the value itself where there is no peer."""

    name: str
    value: float | None
    """None: it was not measured."""
    unit: str
    peer: str = ""
    ratio: float | None = None
    limit: float | None = None
    why_not: str = ""
    """Why it was not measured."""

    @property
    def ok(self) -> bool:
        """Whether the figure holds; one without a limit always does, and one that was not measured is not judged."""
        judged = self.value if self.ratio is None else self.ratio
        return self.limit is None or judged is None or judged <= self.limit

    @property
    def verdict(self) -> str:
        """Whether the limit holds, in a word or two; empty where there is none."""
        if self.limit is None:
            return ""
        if self.value is None:
            return "not measured"
        return "yes" if self.ok else "no"


def beside(
    name: str, value: float, unit: str, peer: str, peers_value: float, limit: float | None = None
) -> Row:
    """A figure with its ratio to what a peer needs for the same; the value keeps four digits."""
    return Row(name, float(f"{value:.4g}"), unit, peer, round(value / peers_value, 2), limit)


def not_measured(name: str, why: str, limit: float) -> Row:
    """A figure that nothing could be measured for, and why."""
    return Row(name, None, "", limit=limit, why_not=why)
