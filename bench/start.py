"""From the start of the process to the first contact on the screen, beside a bare Textual app, in one terminal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import Row, beside
from bench.people import NOW, ROOT, copy_of, environment, first_name, folder_with
from bench.terminal import Terminal

_SMALL = 5_000


def rows(quick: bool = False) -> list[Row]:
    """Seconds to the first contact and the most memory, for a small and a large store."""
    large, rounds = (10_000, 3) if quick else (100_000, 5)
    small_folder, large_folder = folder_with(_SMALL), folder_with(large)
    name, name_of_large = first_name(small_folder), first_name(large_folder)
    bare, small, big = [], [], []
    for _ in range(rounds):
        bare.append(_start(["-m", "bench.bare", name], name, small_folder))
        small.append(_start(_ours(small_folder), name, small_folder))
        big.append(_start(_ours(large_folder), name_of_large, large_folder))
    alone, little, much = (_middle(some) for some in (bare, small, big))
    return [
        beside(f"start to first contact, {_both(_SMALL)}", little[0], "s", "bare Textual app", alone[0], 1.5),
        beside("the same, processor time", little[1], "s", "bare Textual app", alone[1]),
        Row(f"start: {_both(large)} take longer by", round(much[0] - little[0], 3), "s", limit=1.5),
        Row("the same, processor time", round(much[1] - little[1], 3), "s"),
        Row(f"start on the next morning, {_both(large)}", round(_next_morning(large_folder), 2), "s"),
        Row(f"most memory, {_both(_SMALL)}", round(_memory(small_folder)), "MB", limit=70),
        Row(f"most memory, {_both(large)}", round(_memory(large_folder)), "MB", limit=450),
    ]


def _ours(folder: Path) -> list[str]:
    return ["-m", "tui", "--data", str(folder), "--workspace", str(ROOT)]


def _start(arguments: list[str], text: str, folder: Path) -> tuple[float, float]:
    """Seconds, and seconds of processor, until the text is on the screen."""
    terminal = Terminal(arguments, environment(folder.parent), folder.parent)
    try:
        return terminal.wait_for(text), terminal.processor_s
    finally:
        terminal.close()


def _middle(some: list[tuple[float, float]]) -> tuple[float, float]:
    return median(seconds for seconds, _ in some), median(processor for _, processor in some)


def _next_morning(folder: Path) -> float:
    """Overnight many next steps have lapsed; they are worked out before the first contact is shown."""
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
