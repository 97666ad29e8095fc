"""The figures of docs/figures.md, measured beside their peers in the same run: `python -m bench`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. The limit binds the ratio to the peer, or the value itself where there is no peer."""

    name: str
    value: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    limit: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the figure holds; one without a limit always does."""
        return self.limit is None or (self.value if self.ratio is None else self.ratio) <= self.limit


def beside(
    name: str, value: float, unit: str, peer: str, peers_value: float, limit: float | None = None
) -> Row:
    """A figure with its ratio to what a peer needs for the same; the value keeps four digits."""
    return Row(name, float(f"{value:.4g}"), unit, peer, round(value / peers_value, 2), limit)
