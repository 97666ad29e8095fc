"""From the start of the process to the first contact on the screen, beside a bare Textual app, in one terminal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import Row, beside
from bench.people import NOW, ROOT, copy_of, environment, first_name, folder_with
from bench.terminal import Terminal

_SMALL, _LARGE = 5_000, 100_000
Start = tuple[float, float]
"""Seconds, and seconds of processor, until the first contact is on the screen."""


def rows(quick: bool = False) -> list[Row]:
    """Seconds to the first contact and the most memory, for a small and, unless in a hurry, a large store."""
    folders = [folder_with(size) for size in ((_SMALL,) if quick else (_SMALL, _LARGE))]
    names = [first_name(folder) for folder in folders]
    bare: list[Start] = []
    ours: list[list[Start]] = [[] for _ in folders]
    for _ in range(3 if quick else 5):
        bare.append(_start(["-m", "bench.bare", names[0]], names[0], folders[0]))
        for folder, name, starts in zip(folders, names, ours, strict=True):
            starts.append(_start(_ours(folder), name, folder))
    alone, small, *large = (_middle(starts) for starts in (bare, *ours))
    found = [
        beside(f"start to first contact, {_both(_SMALL)}", small[0], "s", "bare Textual app", alone[0], 1.5),
        beside("the same, processor time", small[1], "s", "bare Textual app", alone[1]),
        Row(f"most memory, {_both(_SMALL)}", round(_memory(folders[0])), "MB", limit=70),
    ]
    return found + (_large(folders[1], small, large[0]) if large else [])


def _large(folder: Path, small: Start, large: Start) -> list[Row]:
    return [
        Row(f"start: {_both(_LARGE)} take longer by", round(large[0] - small[0], 3), "s", limit=1.5),
        Row("the same, processor time", round(large[1] - small[1], 3), "s"),
        beside(
            "start on the next morning", _next_morning(folder), "s", "start on the same day", large[0], 1.5
        ),
        Row(f"most memory, {_both(_LARGE)}", round(_memory(folder)), "MB", limit=450),
    ]


def _ours(folder: Path) -> list[str]:
    return ["-m", "tui", "--data", str(folder), "--workspace", str(ROOT)]


def _start(arguments: list[str], text: str, folder: Path) -> Start:
    terminal = Terminal(arguments, environment(folder.parent), folder.parent)
    try:
        return terminal.wait_for(text), terminal.processor_s
    finally:
        terminal.close()


def _middle(some: list[Start]) -> Start:
    return median(seconds for seconds, _ in some), median(processor for _, processor in some)


def _next_morning(folder: Path) -> float:
    """Overnight next steps have lapsed and everybody's hours have begun again: nobody waits for that.

    The middle of three, as of the starts beside which it is told; each on a copy that was closed the day before.
    """
    return median(_one_morning(folder) for _ in range(3))


def _one_morning(folder: Path) -> float:
    morning = (NOW + timedelta(hours=18)).isoformat()
    data = copy_of(folder, "morning")
    terminal = Terminal(_ours(data), environment(data.parent) | {"POWERHOUR_NOW": morning}, data.parent)
    try:
        return terminal.wait_for("and start")
    finally:
        terminal.close()


def _memory(folder: Path) -> float:
    """The most memory once everything has been read beside the first screen, and after some keys."""
    terminal = Terminal(_ours(folder), environment(folder.parent), folder.parent)
    try:
        terminal.wait_for("and start")
        terminal.settle()
        terminal.press("jjjkkk")
        terminal.settle()
        return terminal.most_memory_mb
    finally:
        terminal.close()


def _both(count: int) -> str:
    return f"{count:,} contacts + {count:,} calls"
