"""PH521: what a script promises about calling again, held against what its outcomes do."""

from __future__ import annotations

from collections.abc import Iterator

from tui.domain.outcome import NO_MORE_CALLS
from tui.script.flow import END, Entry, Graph, Place
from tui.script.subject import Subject
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Problem

_ENTRIES: tuple[Entry, ...] = ("call", "follow_up")
"""Between them their graphs hold every line of a script."""
_Promise = tuple[Path, tuple[int, int], str, str]
"""The text, the words in it, where the call goes on, and the outcome proposed by then."""


def silence_is_kept(subject: Subject) -> Iterator[Problem]:
    """PH521: "I won't call again" on a way to an outcome after which somebody does."""
    if subject.options.outcomes is None or subject.loaded.shared:
        return
    told: set[tuple[Path, tuple[int, int]]] = set()
    for entry in _ENTRIES:
        graph = subject.graphs[entry]
        for path, span, onward, proposed in _promised(subject, graph):
            again = _calls_again(subject, graph, onward, proposed)
            if again and (path, span) not in told:
                told.add((path, span))
                yield _hit(subject, path, span, f"the outcome `{again}` calls again")
    for i, message in enumerate(subject.script.voicemail):
        found = subject.phrases.no_more_calls(message.say) if message.attempt != "last" else None
        if found:
            yield _hit(subject, ("voicemail", i, "say"), found, "only  attempt: last  is the last message")


def _hit(subject: Subject, path: Path, span: tuple[int, int], why: str) -> Problem:
    words = subject.node(path).text[slice(*span)]
    if path[-2] == "answers":  # the customer's words are the key itself
        return subject.hit("PH521", path, f"they say `{path[-1]}`, but {why}", at_key=True)
    return subject.hit("PH521", path, f"`{words}`, but {why}", part=span)


def _promised(subject: Subject, graph: Graph) -> Iterator[_Promise]:
    """Every promise not to call again that a line or an answer makes."""
    find = subject.phrases.no_more_calls
    for place in graph.places.values():
        if place.step is None:
            continue
        for key in ("say", "ask"):
            if span := find(getattr(place.step, key)):
                yield (*place.mark, key), span, place.path, ""
        for edge in place.edges:
            if edge.answer is None:
                continue
            at: Path = (*place.mark, "answers", edge.label)
            proposed = edge.answer.outcome or place.step.outcome
            if span := find(edge.answer.say, place.step.ask):
                yield (*at, "say"), span, edge.target, proposed
            elif span := find(edge.label, place.step.ask):
                yield at, span, edge.target, proposed


def _calls_again(subject: Subject, graph: Graph, start: str, proposed: str) -> str:
    """The first outcome on any way from here after which somebody calls; empty when there is none."""
    todo, seen = [(start, proposed)], set()
    while todo:
        path, outcome = todo.pop()
        if (path, outcome) in seen:
            continue
        seen.add((path, outcome))
        place = graph.places.get(path)
        if place is not None and place.kind != "end":
            todo += reversed(list(_onward(place, outcome)))
            continue
        reached = outcome if path == END else ""  # a branch that runs out proposes nothing
        if place is not None and place.step is not None:
            reached = place.step.end
        if _calls(subject, reached):
            return reached
    return ""


def _onward(place: Place, outcome: str) -> Iterator[tuple[str, str]]:
    """Where a line leads, and the outcome proposed by then, as the walk proposes it."""
    own = place.step.outcome if place.step is not None else ""
    for edge in place.edges:
        answered = edge.answer.outcome if edge.answer is not None else ""
        yield edge.target, answered or own or outcome
    if not place.edges or place.kind == "ask":
        yield place.after, own or outcome
    if place.timing or (place.step is not None and place.step.when):
        yield place.next, outcome


def _calls(subject: Subject, outcome: str) -> bool:
    known = subject.options.outcomes or {}
    return outcome in known and known[outcome] not in NO_MORE_CALLS


CHECKS = (silence_is_kept,)
