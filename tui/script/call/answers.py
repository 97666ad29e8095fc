"""What a rep did on the way through a script, and what follows from it: answers, steps, suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from tui.script.language.facts import TIMINGS
from tui.script.language.graph import Edge, Graph, Place
from tui.script.language.model import Answer, Step

MoveKind = Literal["on", "answer", "text", "tick", "unasked", "jump", "heard", "offer"]
MOVING = frozenset({"on", "answer", "text", "unasked", "jump"})
"""Moves that leave a line; `tick` stays on it."""
ASIDE = frozenset({"heard", "offer"})
"""What happened beside the script: an objection, a concession."""
_ANSWERS = ("answer", "text", "tick")
_ACKNOWLEDGING = frozenset(f"followup.{timing}" for timing in TIMINGS)


@dataclass(frozen=True, slots=True)
class Move:
    """One thing the rep did: at which line, what, and the answer's words."""

    path: str
    kind: MoveKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The moves of a call read against the script's graph."""

    graph: Graph
    moves: tuple[Move, ...]

    def answers(self) -> dict[str, str]:
        """Answers by the name they are saved under."""
        return dict(self._answered(saved=True))

    def for_notes(self) -> tuple[tuple[str, str], ...]:
        """Question and answer of those without a name to be saved under: they belong in the notes."""
        return tuple(self._answered(saved=False))

    def kept(self) -> dict[str, str]:
        """Answers to remember with the contact (`keep: contact`)."""
        steps = (self._step(move.path) for move in self.moves)
        names = {step.save for step in steps if step is not None and step.keep == "contact"}
        return {name: value for name, value in self.answers().items() if name in names}

    def steps(self) -> tuple[str, ...]:
        """Paths of the lines reached, in order, each once; objections and concessions among them."""
        paths = (f"objections.{m.value}" if m.kind in ASIDE else m.path for m in self.moves)
        return tuple(dict.fromkeys(paths))

    def acknowledged(self) -> bool:
        """Whether the line that acknowledges a promise was passed (B33)."""
        return any(move.path in _ACKNOWLEDGING and move.kind == "on" for move in self.moves)

    def unanswered(self) -> tuple[str, ...]:
        """Required questions passed without an answer and without `did not ask`."""
        settled = {m.path for m in self.moves if m.kind in (*_ANSWERS, "unasked")}
        passed = [m.path for m in self.moves if m.kind == "on" and m.path not in settled]
        steps = {path: self._step(path) for path in passed}
        return tuple(path for path, step in steps.items() if step is not None and step.ask and step.required)

    def suggestions(self) -> Iterator[tuple[str, timedelta | None]]:
        """Outcome id and time to be in touch again that the moves propose, the latest first."""
        for move in reversed(self.moves):
            if move.kind not in ("answer", "text", "on"):
                continue
            edge = self.edge(move)
            if edge is not None and edge.answer is not None:
                yield edge.answer.outcome, edge.answer.next_in
            if (step := self._step(move.path)) is not None:
                yield step.outcome, step.next_in

    def reaction(self) -> str:
        """Words to be said after the answer just given; empty after any other move."""
        given = self._just_given()
        return given.say if given is not None else ""

    def tip(self) -> str:
        """Advice for the rep on the answer just given; empty after any other move."""
        given = self._just_given()
        return given.coach if given is not None else ""

    def _just_given(self) -> Answer | None:
        moves = [move for move in self.moves if move.kind not in ASIDE]
        edge = self.edge(moves[-1]) if moves else None
        return edge.answer if edge is not None else None

    def ticked(self, path: str) -> tuple[str, ...]:
        """Answers ticked at a question that takes several; a second tick takes one back."""
        labels = [move.value for move in self.moves if move.path == path and move.kind == "tick"]
        return tuple(label for label in dict.fromkeys(labels) if labels.count(label) % 2)

    def edge(self, move: Move) -> Edge | None:
        """The given answer a move picked, or None."""
        place = self.graph.places.get(move.path)
        if place is None or move.kind != "answer":
            return None
        return next((edge for edge in place.edges if edge.label == move.value), None)

    def lines_done(self) -> int:
        """Lines left behind so far."""
        return sum(move.kind in MOVING for move in self.moves)

    def _step(self, path: str) -> Step | None:
        place = self.graph.places.get(path)
        return place.step if place is not None else None

    def _answered(self, saved: bool) -> Iterator[tuple[str, str]]:
        for path in dict.fromkeys(m.path for m in self.moves if m.kind in _ANSWERS):
            place = self.graph.places.get(path)
            if place is None or place.step is None or bool(place.step.save) != saved:
                continue
            if value := self.answer_at(place):
                yield (place.step.save or place.text), value

    def answer_at(self, place: Place) -> str:
        """The answer a question has now: the last one given; of several ticks, those that stand."""
        moves = (m for m in reversed(self.moves) if m.path == place.path)
        last = next((m for m in moves if m.kind in (*_ANSWERS, "unasked")), None)
        if last is None or last.kind == "unasked":
            return ""
        if last.kind == "tick":
            given = place.step.answers if place.step is not None else {}
            ticked = self.ticked(place.path)
            return ", ".join((given[label].value if label in given else "") or label for label in ticked)
        edge = self.edge(last)
        return (edge.answer.value if edge and edge.answer else "") or last.value


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
