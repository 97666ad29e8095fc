"""What the program costs while nothing happens: a session on the clock, beside a bare app that shows a clock."""

from __future__ import annotations

from pathlib import Path

from bench import Row, beside
from bench.people import ROOT, copy_of, environment, folder_with
from bench.terminal import Terminal


def rows(quick: bool = False) -> list[Row]:
    """Percent of one processor, the three side by side over the same seconds."""
    size, seconds = (5_000, 6) if quick else (100_000, 15)
    folder = folder_with(size)
    bare = _terminal(["-m", "bench.bare", "--clock"], folder)
    queue = _terminal(_ours(copy_of(folder, "idle-queue")), folder)
    ringing = _terminal(_ours(copy_of(folder, "idle-ringing")), folder)
    try:
        _ring(queue)
        queue.press("\x1b")
        _ring(ringing)
        for one in (bare, queue, ringing):
            one.settle()
        peer, on_queue, on_call = _percent([bare, queue, ringing], seconds)
    finally:
        for one in (bare, queue, ringing):
            one.close()
    return [
        _row(f"processor in a session, on the queue of {size:,}", on_queue, peer),
        _row("processor in a session, while it rings", on_call, peer),
        beside("the same", on_call, "%", "bare Textual app with a clock", max(peer, 0.01)),
    ]


def _row(name: str, percent: float, peer: float) -> Row:
    return Row(name, round(percent, 2), "%", f"bare Textual app with a clock {peer:.2f}", limit=1)


def _ours(folder: Path) -> list[str]:
    return ["-m", "tui", "--data", str(folder), "--workspace", str(ROOT)]


def _terminal(arguments: list[str], folder: Path) -> Terminal:
    return Terminal(arguments, environment(folder.parent), folder.parent)


def _ring(terminal: Terminal) -> None:
    terminal.wait_for("and start")
    terminal.read(1.0)
    terminal.press("\r")
    if terminal.wait_for_any("Somebody answered", "all the same") == "all the same":
        terminal.press("y")  # a number abroad is asked about first
        terminal.wait_for("Somebody answered")
    terminal.read(1.0)


def _percent(terminals: list[Terminal], seconds: float) -> list[float]:
    before = [one.processor_s for one in terminals]
    share = seconds / len(terminals) / 10
    for _ in range(10):
        for one in terminals:
            one.read(share)
    return [100 * (one.processor_s - was) / seconds for one, was in zip(terminals, before, strict=True)]
