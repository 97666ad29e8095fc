"""Ways to rehearse a script: with a fictional customer or with nothing known, by every way into the call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tui.script.author.paths import ENTRY_WORDS, entries_of
from tui.script.call.answers import MOVING
from tui.script.call.walk import Walk
from tui.script.call.wording import voicemail_for
from tui.script.check.check import check_script
from tui.script.files.edit import EditError, Part, Target, change, origin_of, parts_of, same_lines, target_at
from tui.script.files.extends import Folder, Stamp, stamp_of
from tui.script.files.load import Loaded, load
from tui.script.language.dates import at_time, full_day, part_of_day, past_day, promised_day, weekday
from tui.script.language.facts import Facts, Timing
from tui.script.language.graph import Entry, Place, graph_of
from tui.script.language.line import Line
from tui.script.language.model import Script
from tui.yamlfile.problem import Problem

_ANN: Mapping[str, str] = {
    **{"first_name": "Ann", "last_name": "Rossi", "name": "Ann Rossi", "company": "Acme Tools"},
    **{"role": "Buyer", "city": "Leeds", "segment": "workshop", "phone": "020 7946 0100"},
    **{"topic": "the price list"},
}
"""A fictional customer; the number is from a range kept for fiction."""
_SAM: Mapping[str, str] = {
    **{"my_name": "Sam", "my_company": "Northgate", "my_number": "020 7946 0955", "my_title": "sales"},
}
"""A fictional rep."""
_MONDAY = date(2026, 11, 23)


def sample_values(language: str, known: bool = True, spoken: bool = False) -> dict[str, str]:
    """What is known on a rehearsal, on a Monday afternoon; not `known`: nothing but the rep and the day.

    `spoken`: they talked to us before, as with everybody to whom something was promised.
    """
    always = {
        **_SAM,
        "today": full_day(_MONDAY, language),
        "weekday": weekday(_MONDAY, language),
        "time_of_day": part_of_day(15, language),
    }
    if not known:
        return always
    friday, thursday = _MONDAY + timedelta(days=4), _MONDAY - timedelta(days=4)
    return {
        **always,
        **_ANN,
        "promised_date": promised_day(friday, _MONDAY, language),
        "next_call": promised_day(friday, _MONDAY, language),
        "last_call_when": past_day(thursday, _MONDAY, language),
        "tried_when": at_time(past_day(_MONDAY, _MONDAY, language), time(10), language),
        **(
            {"spoken_before": "yes", "last_talk_when": past_day(thursday, _MONDAY, language)}
            if spoken
            else {}
        ),
    }


class WayIn(Struct, frozen=True):
    """A way into the call that can be rehearsed."""

    entry: Entry
    label: str
    timing: Timing = ""
    attempt: int = 1
    last: bool = False


_TIMINGS: tuple[tuple[Timing, str], ...] = (
    *(("on_time", "as promised"), ("early", "early"), ("tried", "tried as promised"), ("late", "late")),
    ("", "nothing promised"),
)


def ways_into(script: Script | None) -> list[WayIn]:
    """The ways into a call, follow-ups by their promise and voicemails by their try; there is always one."""
    ways: list[WayIn] = []
    for entry in entries_of(script) if script is not None else ():
        if entry == "follow_up":
            ways += [WayIn(entry, f"follow-up, {words}", timing) for timing, words in _TIMINGS]
        elif entry == "voicemail" and script is not None:
            tries = dict.fromkeys(message.attempt for message in script.voicemail if not message.when)
            ways += [_voicemail_way(attempt) for attempt in tries]
            if any("promise_timing" in message.when for message in script.voicemail):
                ways += [WayIn(entry, f"voicemail, {words}", timing) for timing, words in _TIMINGS if timing]
        else:
            ways.append(WayIn(entry, ENTRY_WORDS[entry]))
    return ways or [WayIn("call", ENTRY_WORDS["call"])]


def _voicemail_way(attempt: str) -> WayIn:
    if attempt == "last":
        return WayIn("voicemail", "voicemail, last try", attempt=99, last=True)
    label = f"voicemail, try {attempt}" if attempt else "voicemail"
    return WayIn("voicemail", label, attempt=int(attempt or 1))


MEND_FIRST = "The file on disk has a mistake. Mend it first: E opens it at the line."
_MOST_ARMS = 200
"""Persons tried until another version under test is heard."""


@dataclass(slots=True)
class Rehearsal:
    """One script being walked through."""

    path: Path
    check: Callable[[Loaded], Sequence[Problem]] = check_script
    defaults_for: Callable[[str], Mapping[str, str]] = lambda _language: {}
    """Language to what the team says for a name without a value."""
    rates: Mapping[str, int] = field(default_factory=dict)
    today: date | None = None
    loaded: Loaded = field(init=False)
    """The file as it is on disk."""
    good: Loaded | None = field(init=False, default=None)
    """The last version that can be used."""
    problems: tuple[Problem, ...] = ()
    walk: Walk | None = None
    way: WayIn = ways_into(None)[0]
    blank: bool = False
    """Nothing is known about the customer."""
    person: int = 0
    """Decides which version under test is heard."""
    seen: set[str] = field(default_factory=set)
    """Paths of the lines that were on the screen."""
    _stamps: Mapping[Path, Stamp] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._read()

    # The file

    @property
    def script(self) -> Script | None:
        """The version that is walked."""
        return self.good.script if self.good is not None else None

    @property
    def broken(self) -> tuple[Problem, ...]:
        """Why the file on disk cannot be used; empty while it can."""
        return (
            () if self.loaded.script is not None else tuple(p for p in self.problems if p.severity == "error")
        )

    def reload(self) -> bool:
        """Reads the files again when one of them changed on disk; whether anything did."""
        if {path: stamp_of(path) for path in self._stamps} == dict(self._stamps):
            return False
        self._read()
        return True

    def _read(self) -> None:
        loaded = load(self.path, Folder(self.path.parent, lambda path: path.name))
        self.loaded, self.problems = loaded, tuple(self.check(loaded))
        good = self.good.sources if self.good is not None and loaded.script is None else ()
        watched = (self.path.parent, self.path, *(source.path for source in (*loaded.sources, *good)))
        # The folder is watched too: a file that is extended but missing may be saved next.
        self._stamps = {path: stamp_of(path) for path in watched}
        if loaded.script is None:
            return
        before, self.good = self.walk, loaded
        self.walk = self._moved(before, loaded.script) if before is not None else None
        if self.walk is None:
            self.begin(self.ways[0])

    def _moved(self, before: Walk, script: Script) -> Walk | None:
        """The walk in another version of the script, at the same sentence although lines came or went."""
        if self.way not in self.ways:
            return None
        begun = Walk.begin(script, self.way.entry, self.facts(script))
        moved = same_lines(before.graph, begun.graph)
        trail = tuple(replace(move, path=moved.get(move.path, move.path)) for move in before.trail)
        state = {**replace(before, trail=trail).to_state(), "at": moved.get(before.at, before.at)}
        self.seen = {moved.get(path, path) for path in self.seen}
        return Walk.from_state(script, state, begun.facts)

    # Where the call begins, and what is known

    @property
    def ways(self) -> list[WayIn]:
        """The ways into this call."""
        return ways_into(self.script)

    def facts(self, script: Script) -> Facts:
        """What is known on this rehearsal."""
        return Facts(
            f"person {self.person}",
            sample_values(script.language, not self.blank, bool(self.way.timing)),
            self.defaults_for(script.language),
            self.way.attempt,
            self.way.last,
            self.way.timing,
            today=self.today,
        )

    def begin(self, way: WayIn | None = None) -> None:
        """Starts over, by another way into the call when one is given."""
        self.way = way or self.way
        if (script := self.script) is not None:
            self._take(Walk.begin(script, self.way.entry, self.facts(script)))

    def next_way(self) -> None:
        """Starts by the next way into the call."""
        ways = self.ways
        self.begin(ways[(ways.index(self.way) + 1) % len(ways)] if self.way in ways else ways[0])

    def with_or_without_data(self) -> None:
        """Between the sample customer and one of whom nothing is known; the place stays."""
        self.blank = not self.blank
        if self.walk is not None and self.script is not None:
            self.walk = replace(self.walk, facts=self.facts(self.script))

    def other_version(self) -> bool:
        """Hears the next version under test from the first line; False when nothing is under test."""
        script = self.script
        if script is None or self.walk is None or not self.walk.variant:
            return False
        before = self.walk.variant
        for _ in range(_MOST_ARMS):
            self.person += 1
            self.begin()
            if self.walk is not None and self.walk.variant != before:
                return True
        return False

    # Walking

    def on(self) -> None:
        """The next line."""
        self._take(self.walk.on() if self.walk else None)

    def answer(self, digit: int) -> None:
        """An answer by its digit; 0: did not ask."""
        self._take(self.walk.answer(digit) if self.walk else None)

    def back(self) -> None:
        """One line back."""
        self._take(self.walk.back() if self.walk else None)

    def _take(self, walk: Walk | None) -> None:
        self.walk = walk
        if walk is not None and walk.place is not None:
            self.seen.add(walk.at)

    # What is shown

    @property
    def line(self) -> Line | None:
        """The line we are at; None while no version can be used."""
        return self.walk.line(rates=self.rates) if self.walk is not None else None

    @property
    def origin(self) -> str:
        """`file:line` of the sentence; empty for words that stand in no file."""
        place = self._place()
        return origin_of(self.good, place) if self.good is not None and place is not None else ""

    @property
    def so_far(self) -> float:
        """Seconds of talking from the first line to the end of this one."""
        if self.walk is None:
            return 0.0
        trail = self.walk.trail
        spoken = [(n, move) for n, move in enumerate(trail) if move.kind in MOVING - {"jump"}]
        passed = (replace(self.walk, at=move.path, trail=trail[:n]) for n, move in spoken)
        return sum(walk.line(rates=self.rates).seconds for walk in (*passed, self.walk))

    @property
    def lines_seen(self) -> tuple[int, int]:
        """Lines seen so far, and lines there are, over all ways into the call."""
        script = self.script
        graphs = [graph_of(script, entry) for entry in entries_of(script)] if script is not None else []
        lines = (place for graph in graphs for place in graph.places.values())
        paths = {place.path for place in lines if place.kind in ("say", "ask", "do")}
        return len(self.seen & paths), len(paths)

    def _place(self) -> Place | None:
        """The line we are at, with the mark of the voicemail of this try; None when there is none."""
        place, script = self.walk.place if self.walk is not None else None, self.script
        if place is None or place.section != "voicemail" or script is None:
            return place
        chosen = voicemail_for(script, self.facts(script))
        index = next((i for i, m in enumerate(script.voicemail) if chosen and m.say == chosen.text), 0)
        return replace(place, mark=("voicemail", index, "say"))

    # Editing

    @property
    def parts(self) -> list[Part]:
        """The texts of this line that can be changed."""
        place = self._place()
        texts = parts_of(self.good, place) if self.good is not None and place is not None else []
        return [part for part in texts if self.target(part)]

    def target(self, part: Part) -> Target | None:
        """A part as it stands in its file, or None."""
        return target_at(self.good, part.path) if self.good is not None else None

    def edit(self, part: Part, words: str) -> None:
        """Puts other words in place of a part, saves the file, and reads it again. Raises `EditError`."""
        if self.loaded.script is None:
            raise EditError(MEND_FIRST)
        target = self.target(part)
        if target is None:
            raise EditError("These words stand in no file. Write them into the script: E opens it.")
        change(target, words)
        self.reload()

    @property
    def place_on_disk(self) -> tuple[Path, int]:
        """File and line for an editor: the first mistake of a broken file, else the sentence."""
        if self.broken:
            problem = self.broken[0]
            path = next((s.path for s in self.loaded.sources if s.file == problem.file), self.path)
            return path, problem.line
        target = self.target(self.parts[0]) if self.parts else None
        return (target.source.path, target.line) if target is not None else (self.path, 1)
