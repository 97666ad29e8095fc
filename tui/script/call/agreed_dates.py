"""The days a customer named during a call when the script asked for them, and what each was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.script.call.answers import Move
from tui.script.call.walk import Walk
from tui.script.language.graph import Graph, Place
from tui.script.language.model import Step

_PROMISED = "promised"
"""A question saved under this name asks for the next contact, whatever its type and the outcome that comes of it."""


@dataclass(frozen=True, slots=True)
class DayNamed:
    """An answer to a `type: date` question that asks for a next contact."""

    words: str
    """As they said it: `fri 3pm`."""
    proposes: str
    """The outcome the answer, its question, or the branch it stands in proposes; empty when none does."""
    promised: bool = False
    """The question is saved as `promised`."""


def days_named(walk: Walk) -> list[DayNamed]:
    """The days asked for as a next contact: first where the question says so, then where only its branch does.

    Of each the latest first. Another date (when a contract ends) is not among them.
    """
    said: list[DayNamed] = []
    implied: list[DayNamed] = []
    for place, step, move in _asked(walk):
        words, edge = walk.record.answer_at(place), walk.record.edge(move)
        if not words:
            continue
        given = edge.answer.outcome if edge is not None and edge.answer is not None else ""
        branch = _branch_ends(walk, place, edge.target if edge is not None else place.after)
        named = DayNamed(words, given or step.outcome or branch, step.save == _PROMISED)
        if given or step.outcome or step.next_in or named.promised:
            said.append(named)
        elif branch:
            implied.append(named)
    return [*said, *implied]


def _asked(walk: Walk) -> Iterator[tuple[Place, Step, Move]]:
    """The questions for a day that were passed, each with the move that did it last, the latest first."""
    seen: set[str] = set()
    for move in reversed(walk.trail):
        place = walk.graph.places.get(move.path)
        step = place.step if place is not None else None
        if place is None or step is None or move.path in seen:
            continue
        seen.add(move.path)
        if step.type == "date" or step.save == _PROMISED:
            yield place, step, move


def _branch_ends(walk: Walk, asked: Place, onward: str) -> str:
    """The outcome at the end of the branch a question stands in: the one reached, else the one straight ahead."""
    ending = walk.graph.places.get(walk.at)
    if ending is None or ending.kind != "end" or ending.section != asked.section:
        return _straight_ahead(walk.graph, asked, onward)
    last = max(i for i, move in enumerate(walk.trail) if move.path == asked.path)
    asked_again = any(_asks_a_day(walk.graph, move.path) for move in walk.trail[last + 1 :])
    return "" if asked_again or ending.step is None else ending.step.end


def _straight_ahead(graph: Graph, asked: Place, path: str) -> str:
    seen: set[str] = set()
    while (place := graph.places.get(path)) is not None and path not in seen:
        if place.section != asked.section or _asks_a_day(graph, path):
            break
        if place.kind == "end":
            return place.step.end if place.step is not None else ""
        seen.add(path)
        path = place.after
    return ""


def _asks_a_day(graph: Graph, path: str) -> bool:
    place = graph.places.get(path)
    return place is not None and place.step is not None and place.kind == "ask" and place.step.type == "date"
