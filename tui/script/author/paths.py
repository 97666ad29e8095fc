"""Every way a call can go: the lines on it, the answers that lead there, and how long the rep talks.

A circle is walked once: a way ends where it would come to a line it has passed already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec import Struct, field

from tui.script.language.facts import Timing
from tui.script.language.graph import END, ENTRIES, LOOSE, Entry, Graph, Place, graph_of
from tui.script.language.languages import seconds_to_say
from tui.script.language.model import Script

MOST_WAYS = 5_000
"""Ways counted one by one; a script with more is too much for anybody to learn."""
_MOST_WORK = 400_000
"""Lines looked at in all: a script of thousands of lines must not keep anybody waiting."""
AGAIN = "again"
"""A way ends here: the next line has been passed already."""
ENTRY_WORDS: Mapping[str, str] = {
    "call": "first call",
    "follow_up": "follow-up",
    "gatekeeper": "gatekeeper",
    "they_ring_back": "they call back",
    "stop": "no more calls",
    "voicemail": "voicemail",
}
"""The ways into a call in a trainer's words."""


class Hop(Struct, frozen=True):
    """One step from a line to the next: by which answer, and the words said on it."""

    label: str
    """The answer; empty when there is only one way on."""
    target: str
    said: str = ""
    """Words said after the answer."""
    skipped: bool = False
    """The line was left out, because its `when:` did not hold."""


class Way(Struct, frozen=True):
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


class Ways(Struct, frozen=True):
    """All ways of one way into a call."""

    entry: Entry
    ways: tuple[Way, ...]
    more: bool = False
    """There are more than `MOST_WAYS`."""

    @property
    def summary(self) -> str:
        """How many ways, and the shortest and longest talking time: `41 ways, 30 to 46 seconds`."""
        count = len(self.ways)
        number = f"more than {count}" if self.more else str(count)
        seconds = [way.seconds for way in self.ways]
        low, high = round(min(seconds)), round(max(seconds))
        span = f"{low} to {high}" if low != high else str(low)
        return f"{number} {'way' if count == 1 else 'ways'}, {span} seconds"


class Pace(Struct, frozen=True):
    """How long the lines of a script take to say."""

    language: str = "en"
    rates: Mapping[str, int] = field(default_factory=dict)
    """Words per minute by language."""

    def of(self, text: str) -> float:
        """Seconds the text takes."""
        return seconds_to_say(text, self.language, self.rates)

    def of_place(self, place: Place) -> float:
        """Seconds a line takes: as the script says, else estimated; 0 for what is not spoken."""
        if place.kind not in ("say", "ask"):
            return 0.0
        return float(place.step.seconds or self.of(place.text))


def hops_from(place: Place, timing: str = "on_time") -> list[Hop]:
    """Every step onward from a line, for a call that stands so to its promise."""
    if place.timing and place.timing != timing:
        return [Hop("", place.next)]
    if place.kind == "end":
        return []
    given = place.edges if place.step.type != "multi" else ()
    hops = [Hop(edge.label, edge.target, edge.answer.say) for edge in given] or [Hop("", place.after)]
    return [*hops, Hop("", place.next, skipped=True)] if place.step.when else hops


def ways_of(
    script: Script, entry: Entry = "call", pace: Pace | None = None, timing: Timing = "on_time"
) -> Ways:
    """Every way through a script from one entry, at most `MOST_WAYS` of them, in the order of the file."""
    walker = _Walker(graph_of(script, entry), pace or Pace(script.language), timing)
    ways = list(islice(walker, MOST_WAYS + 1))
    return Ways(entry, tuple(ways[:MOST_WAYS]), more=len(ways) > MOST_WAYS or walker.stopped)


def entries_of(script: Script) -> tuple[Entry, ...]:
    """The ways into a call this script has words for; a follow-up counts when it has words of its own."""
    return tuple(
        entry
        for entry in ENTRIES
        if script.can(entry) and (entry != "follow_up" or script.followup is not None)
    )


_Via = tuple[Place, Hop]


class _Walker:
    """Goes every way of a graph, depth first, without recursion: a script may be long."""

    def __init__(self, graph: Graph, pace: Pace, timing: Timing) -> None:
        self.graph, self.pace, self.timing = graph, pace, timing
        self.stopped = False
        """There were more lines to look at than anybody would wait for."""
        self.trail: list[_Via] = []
        self.times = [0.0]
        self.passed: set[str] = set()

    def __iter__(self) -> Iterator[Way]:
        """The ways one after another."""
        todo: list[tuple[int, str, _Via | None]] = [(0, self.graph.start, None)]
        work = 0
        while todo:
            depth, path, via = todo.pop()
            self.back_to(depth, via)
            place = self.graph.places.get(path)
            work += 1 if place is not None else len(self.trail) + 1
            if work > _MOST_WORK:
                self.stopped = True
                return
            if place is not None and path not in self.passed and place.kind != "end":
                onward = [(depth + 1, hop.target, (place, hop)) for hop in hops_from(place, self.timing)]
                todo += reversed(onward)
            else:
                yield self.ended(path, place)

    def back_to(self, depth: int, via: _Via | None) -> None:
        """Undoes the steps beyond a depth, then takes this one."""
        while len(self.trail) >= max(depth, 1):
            self.passed.discard(self.trail.pop()[0].path)
            self.times.pop()
        if via is not None:
            self.trail.append(via)
            self.passed.add(via[0].path)
            self.times.append(self.times[-1] + self.spoken(*via))

    def ended(self, path: str, place: Place | None) -> Way:
        """The way that ends here."""
        if place is None:
            return Way(tuple(self.trail), self.times[-1], LOOSE if path == LOOSE else END)
        if path in self.passed:
            return Way(tuple(self.trail), self.times[-1], AGAIN)
        return Way((*self.trail, (place, Hop("", END))), self.times[-1], place.step.end)

    def spoken(self, place: Place, hop: Hop) -> float:
        """Seconds of talking on one step."""
        if hop.skipped or (place.timing and place.timing != self.timing):
            return 0.0
        return self.pace.of_place(place) + (self.pace.of(hop.said) if hop.said else 0.0)
