"""From the start of the process to the first contact on the screen, in one terminal.

Beside it stand a bare Textual app and two programs that others made with Textual, in rounds of one start each.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench import Row, beside, not_measured
from bench.peers import PEERS, NotMeasured, Peer
from bench.people import NOW, ROOT, copy_of, environment, first_name, folder_with
from bench.terminal import Start, Terminal, start

_SMALL, _LARGE = 5_000, 100_000
_BESIDE_BARE, _BESIDE_PEER = 2.0, 0.55
"""The most of a bare Textual app's seconds, and of a peer's."""


def rows(quick: bool = False) -> list[Row]:
    """Seconds to the first contact and the most memory, for a small and, unless in a hurry, a large store."""
    folders = [folder_with(size) for size in ((_SMALL,) if quick else (_SMALL, _LARGE))]
    names = [first_name(folder) for folder in folders]
    peers, missing = _peers()
    bare: list[Start] = []
    ours: list[list[Start]] = [[] for _ in folders]
    theirs: list[list[Start]] = [[] for _ in peers]
    for _ in range(3 if quick else 5):
        bare.append(_start(["-m", "bench.bare", names[0]], names[0], folders[0]))
        for folder, name, starts in zip(folders, names, ours, strict=True):
            starts.append(_start(_ours(folder), name, folder))
        for peer, starts in zip(peers, theirs, strict=True):
            starts.append(peer.start())
    alone, small, *large = (_middle(starts) for starts in (bare, *ours))
    said = f"start to first contact, {_both(_SMALL)}"
    found = [
        beside(said, small[0], "s", "bare Textual app", alone[0], _BESIDE_BARE),
        beside("the same, processor time", small[1], "s", "bare Textual app", alone[1]),
    ]
    for peer, starts in zip(peers, theirs, strict=True):
        found += _beside_peer(said, small, peer, _middle(starts))
    found += [not_measured(f"{said}, beside {name}", why, _BESIDE_PEER) for name, why in missing.items()]
    found.append(Row(f"most memory, {_both(_SMALL)}", round(_memory(folders[0])), "MB", limit=70))
    return found + (_large(folders[1], small, large[0]) if large else [])


def _peers() -> tuple[list[Peer], dict[str, str]]:
    """The peers that can be measured, and why the others cannot, by name."""
    there: list[Peer] = []
    missing: dict[str, str] = {}
    for peer in PEERS:
        try:
            peer.install()
            there.append(peer)
        except NotMeasured as error:
            missing[peer.name] = str(error)
    return there, missing


def _beside_peer(said: str, ours: Start, peer: Peer, theirs: Start) -> list[Row]:
    name = f"{peer.name} {peer.version}"
    return [
        beside(said, ours[0], "s", name, theirs[0], _BESIDE_PEER),
        beside("the same, processor time", ours[1], "s", name, theirs[1]),
    ]


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
    return start([sys.executable, *arguments], environment(folder.parent), folder.parent, text)


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
