"""Every way a call can go: the lines on it, the answers that lead there, and how long the rep talks.

A circle is walked once: a way ends where it would come to a line it has passed already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tui.script.facts import Timing
from tui.script.flow import END, ENTRIES, LOOSE, Entry, Graph, Place, graph_of
from tui.script.model import Script
from tui.script.speech import seconds

MOST_WAYS = 5_000
"""Ways counted one by one; a script with more is too much for anybody to learn."""
AGAIN = "again"
"""A way ends here: the next line has been passed already."""
ENTRY_WORDS: Mapping[str, str] = {
    "call": "first call",
    "follow_up": "follow-up",
    "gatekeeper": "receptionist",
    "they_ring_back": "they ring back",
    "stop": "no more calls",
    "voicemail": "voicemail",
}
"""The ways into a call in a trainer's words."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step from a line to the next: by which answer, and the words said on it."""

    label: str
    """The answer; empty when there is only one way on."""
    target: str
    said: str = ""
    """Words said after the answer."""
    skipped: bool = False
    """The line was left out, because its `when:` did not hold."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way through a script."""

    hops: tuple[tuple[Place, Hop], ...]
    seconds: float
    """Talking time of the rep."""
    end: str
    """An outcome id, `end`, `loose` (a branch runs out) or `again` (in a circle)."""

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that make this way."""
        return tuple(hop.label for place, hop in self.hops if hop.label and not hop.skipped)


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways of one way into a call."""

    entry: Entry
    ways: tuple[Way, ...]
    more: bool = False
    """There are more than `MOST_WAYS`."""

    @property
    def shortest(self) -> Way:
        """The way with the least talking; there is always one."""
        return min(self.ways, key=lambda way: way.seconds)

    @property
    def longest(self) -> Way:
        """The way with the most talking."""
        return max(self.ways, key=lambda way: way.seconds)

    @property
    def summary(self) -> str:
        """How many ways, and the shortest and longest talking time: `41 ways, 30 to 46 seconds`."""
        count = len(self.ways)
        number = f"more than {count}" if self.more else str(count)
        low, high = round(self.shortest.seconds), round(self.longest.seconds)
        span = f"{low} to {high}" if low != high else str(low)
        return f"{number} {'way' if count == 1 else 'ways'}, {span} seconds"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the lines of a script take to say."""

    language: str = "en"
    rates: Mapping[str, int] = field(default_factory=dict)
    """Words per minute by language."""

    def of(self, text: str) -> float:
        """Seconds the text takes."""
        return seconds(text, self.language, self.rates)

    def of_place(self, place: Place) -> float:
        """Seconds a line takes: as the script says, else estimated; 0 for what is not spoken."""
        if place.kind not in ("say", "ask"):
            return 0.0
        if place.step is not None and place.step.seconds:
            return float(place.step.seconds)
        return self.of(place.text)


def hops_from(place: Place, timing: str = "on_time") -> list[Hop]:
    """Every step onward from a line, for a call that stands so to its promise."""
    if place.timing and place.timing != timing:
        return [Hop("", place.next)]
    if place.kind == "end":
        return []
    hops = [Hop(edge.label, edge.target, edge.answer.say if edge.answer else "") for edge in place.edges]
    if place.step is not None and place.step.type == "multi":
        hops = [Hop("", place.after)]
    hops = hops or [Hop("", place.after)]
    if place.step is not None and place.step.when:
        hops.append(Hop("", place.next, skipped=True))
    return hops


def ways_of(
    script: Script, entry: Entry = "call", pace: Pace | None = None, timing: Timing = "on_time"
) -> Ways:
    """Every way through a script from one entry, at most `MOST_WAYS` of them, in the order of the file."""
    graph = graph_of(script, entry)
    walker = _walk(graph, pace or Pace(script.language), timing)
    ways: list[Way] = []
    for way in walker:
        if len(ways) == MOST_WAYS:
            return Ways(entry, tuple(ways), more=True)
        ways.append(way)
    return Ways(entry, tuple(ways))


def entries_of(script: Script) -> tuple[Entry, ...]:
    """The ways into a call this script has words for; a follow-up counts when it has words of its own."""
    return tuple(
        entry
        for entry in ENTRIES
        if script.can(entry) and (entry != "follow_up" or script.followup is not None)
    )


_Todo = tuple[str, tuple[tuple[Place, Hop], ...], frozenset[str], float]
"""The next line, the steps up to it, the lines passed, and the seconds so far."""


def _walk(graph: Graph, pace: Pace, timing: Timing) -> Iterator[Way]:
    """The ways one after another, depth first, without recursion: a script may be long."""
    todo: list[_Todo] = [(graph.start, (), frozenset(), 0.0)]
    while todo:
        path, hops, seen, so_far = todo.pop()
        place = graph.places.get(path)
        if place is None:
            yield Way(hops, so_far, LOOSE if path == LOOSE else END)
        elif path in seen:
            yield Way(hops, so_far, AGAIN)
        elif place.kind == "end":
            outcome = place.step.end if place.step is not None else END
            yield Way((*hops, (place, Hop("", END))), so_far, outcome)
        else:
            for hop in reversed(hops_from(place, timing)):
                left_out = hop.skipped or (place.timing and place.timing != timing)
                spoken = 0.0 if left_out else pace.of_place(place) + (pace.of(hop.said) if hop.said else 0.0)
                todo.append((hop.target, (*hops, (place, hop)), seen | {path}, so_far + spoken))
