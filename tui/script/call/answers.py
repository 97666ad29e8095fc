"""What a rep did on the way through a script, and what follows: answers, steps, suggestions, days that were named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from msgspec import Struct

from tui.script.language.facts import TIMINGS
from tui.script.language.graph import END, NO_STEP, Edge, Entry, Graph, Place, graph_of
from tui.script.language.model import Script, Step

MoveKind = Literal["on", "answer", "text", "tick", "unasked", "jump", "heard", "offer", "fact"]
MOVING = frozenset({"on", "answer", "text", "unasked", "jump"})
"""Moves that leave a line; `tick` stays on it."""
ASIDE = frozenset({"heard", "offer", "fact"})
"""What happened beside the script: an objection, a concession, a fact that was written down."""
_MET = frozenset({"heard", "offer"})
_ANSWERS = ("answer", "text", "tick")
_ACKNOWLEDGING = frozenset(f"followup.{timing}" for timing in TIMINGS)
_PROMISED = "promised"
"""A question saved under this name asks for the next contact, whatever its type and the outcome that comes of it."""
_NO_EDGE = Edge("", "")


class Move(Struct, frozen=True):
    """One thing the rep did: at which line, what, and the answer's words."""

    path: str
    kind: MoveKind
    value: str = ""


class Record(Struct, frozen=True):
    """The moves of a call so far, and what came of them, read against the script's lines."""

    script: Script
    entry: Entry = "call"
    at: str = END
    """Path of the line the call is at."""
    trail: tuple[Move, ...] = ()

    @property
    def graph(self) -> Graph:
        """The script's lines for this way in."""
        return graph_of(self.script, self.entry)

    @property
    def answers(self) -> dict[str, str]:
        """Answers by the name they are saved under; a fact that was written down goes first."""
        return {**dict(self.answered(saved=True)), **self.facts_told}

    @property
    def facts_told(self) -> dict[str, str]:
        """Facts written down during the call, by their name in the script; one that was emptied is none."""
        told = dict(move.value.split("=", 1) for move in self.trail if move.kind == "fact")
        return {name: said for name, said in told.items() if said}

    @property
    def kept(self) -> dict[str, str]:
        """Answers to remember with the contact (`keep: contact`), and every fact."""
        steps = (self._step(move.path) for move in self.trail)
        names = {step.save for step in steps if step.keep == "contact"} | self.facts_told.keys()
        return {name: value for name, value in self.answers.items() if name in names}

    @property
    def steps(self) -> tuple[str, ...]:
        """Paths of the lines reached, this one included, in order, each once; objections and concessions among them."""
        paths = (f"objections.{m.value}" if m.kind in _MET else m.path for m in self.trail)
        return tuple(dict.fromkeys((*paths, *([self.at] if self.place else []))))

    @property
    def place(self) -> Place | None:
        """The line we are at; None when the script is at its end."""
        found = self.graph.places.get(self.at)
        return None if found is None or found.kind == "end" else found

    @property
    def acknowledged(self) -> bool:
        """Whether the line that acknowledges a promise was passed (B33)."""
        return any(move.path in _ACKNOWLEDGING and move.kind == "on" for move in self.trail)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Required questions passed without an answer and without `did not ask`."""
        settled = {m.path for m in self.trail if m.kind in (*_ANSWERS, "unasked")}
        passed = dict.fromkeys(m.path for m in self.trail if m.kind == "on" and m.path not in settled)
        return tuple(path for path in passed if self._step(path).ask and self._step(path).required)

    def suggestions(self) -> Iterator[tuple[str, timedelta | None]]:
        """Outcome id and time to be in touch again that the moves propose, the latest first."""
        for move in reversed(self.trail):
            if move.kind in ("answer", "text", "on"):
                for proposing in (self.edge(move).answer, self._step(move.path)):
                    yield proposing.outcome, proposing.next_in

    def just_given(self) -> Edge:
        """The given answer that was just picked; one without words after any other move."""
        moves = [move for move in self.trail if move.kind not in ASIDE]
        return self.edge(moves[-1]) if moves else _NO_EDGE

    def ticked(self, path: str) -> tuple[str, ...]:
        """Answers ticked at a question that takes several; a second tick takes one back."""
        labels = [move.value for move in self.trail if move.path == path and move.kind == "tick"]
        return tuple(label for label in dict.fromkeys(labels) if labels.count(label) % 2)

    def edge(self, move: Move) -> Edge:
        """The given answer a move picked; one that leads nowhere when it picked none."""
        place = self.graph.places.get(move.path)
        picked = place.edges if place is not None and move.kind == "answer" else ()
        return next((edge for edge in picked if edge.label == move.value), _NO_EDGE)

    def _step(self, path: str) -> Step:
        place = self.graph.places.get(path)
        return place.step if place is not None else NO_STEP

    def answered(self, saved: bool) -> Iterator[tuple[str, str]]:
        """Each name and its answer; not `saved`: question and answer of those without a name."""
        for path in dict.fromkeys(m.path for m in self.trail if m.kind in _ANSWERS):
            place = self.graph.places.get(path)
            if place is not None and bool(place.step.save) == saved and (value := self.answer_at(place)):
                yield (place.step.save or place.text), value

    def answer_at(self, place: Place) -> str:
        """The answer a question has now: the last one given; of several ticks, those that stand."""
        moves = (m for m in reversed(self.trail) if m.path == place.path)
        last = next((m for m in moves if m.kind in (*_ANSWERS, "unasked")), None)
        if last is None or last.kind == "unasked":
            return ""
        if last.kind == "tick":
            given = place.step.answers
            return ", ".join((given[t].value if t in given else "") or t for t in self.ticked(place.path))
        return self.edge(last).answer.value or last.value


def doubt(step: Step, text: str) -> str:
    """One sentence when a typed number is none, or outside of what the question expects; else empty."""
    if step.type != "number":
        return ""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return f"Kept, but a number was expected: {text}"
    if step.min is not None and number < step.min:
        return f"Kept, but {text} is less than {step.min:g}"
    if step.max is not None and number > step.max:
        return f"Kept, but {text} is more than {step.max:g}"
    return ""


# The days a customer named when the script asked for them, and what each was asked for.


class DayNamed(Struct, frozen=True):
    """An answer to a `type: date` question that asks for a next contact."""

    words: str
    """As they said it: `fri 3pm`."""
    proposes: str
    """The outcome the answer, its question, or the branch it stands in proposes; empty when none does."""
    promised: bool = False
    """The question is saved as `promised`."""


def days_named(record: Record) -> list[DayNamed]:
    """The days asked for as a next contact: first where the question says so, then where only its branch does.

    Of each the latest first. Another date (when a contract ends) is not among them.
    """
    said: list[DayNamed] = []
    implied: list[DayNamed] = []
    for path in dict.fromkeys(move.path for move in reversed(record.trail)):
        place = record.graph.places.get(path)
        if place is None or not (place.step.type == "date" or place.step.save == _PROMISED):
            continue
        step, last = place.step, max(i for i, move in enumerate(record.trail) if move.path == path)
        edge = record.edge(record.trail[last])
        branch = _branch_ends(record, place, last, edge.target or place.after)
        words, own = record.answer_at(place), edge.answer.outcome or step.outcome
        named = DayNamed(words, own or branch, step.save == _PROMISED)
        if words and (own or step.next_in or named.promised):
            said.append(named)
        elif words and branch:
            implied.append(named)
    return [*said, *implied]


def _branch_ends(record: Record, asked: Place, last: int, onward: str) -> str:
    """The outcome at the end of the branch a question stands in: the one reached, else the one straight ahead."""
    ending = record.graph.places.get(record.at)
    if ending is None or ending.kind != "end" or ending.section != asked.section:
        return _straight_ahead(record.graph, asked, onward)
    later = (record.graph.places.get(move.path) for move in record.trail[last + 1 :])
    return "" if any(place is not None and _asks_a_day(place) for place in later) else ending.step.end


def _straight_ahead(graph: Graph, asked: Place, path: str) -> str:
    seen: set[str] = set()
    while (place := graph.places.get(path)) is not None and path not in seen:
        if place.section != asked.section or _asks_a_day(place):
            break
        if place.kind == "end":
            return place.step.end
        seen.add(path)
        path = place.after
    return ""


def _asks_a_day(place: Place) -> bool:
    return place.kind == "ask" and place.step.type == "date"
