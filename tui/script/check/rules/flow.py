"""PH3xx: the way through a script. Jumps that lead somewhere, branches that go on, circles with a way out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.domain.call import can_end_with
from tui.script.check.check_context import Subject
from tui.script.language.graph import END, LOOSE, Graph, reached
from tui.script.language.line import answers_by
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Problem, did_you_mean

_NO_NAME = re.compile(r"(?:->|→)\s{0,8}([^.!?{}]{0,60})$")
"""An arrow at the end of words that led nowhere when it was read: what follows is no name."""
_MOST_WAYS = 500
_LONGEST_WAY = 300
_DIGITS = 9


def jumps_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """PH301: a `goto:` or `->` to a name nobody has, or to something that is no name."""
    for text in subject.texts:
        if text.spoken and (found := _NO_NAME.search(text.words)):
            name = "_".join(found.group(1).split())
            cure = (
                f"write one word:  -> {name}" if name else "write the name of a section or a branch behind it"
            )
            message = f"`{found.group().strip()}` leads nowhere, and would be read aloud"
            yield subject.hit("PH301", text.path, message, cure=cure, part=found.span())
    if subject.loaded.shared:
        return
    names = subject.graphs["call"].names
    leads = subject.script.can("call")  # else shared objections lead back into a flow that is not here
    for path, target in subject.values("goto"):
        if target not in names and (leads or path[0] != "objections"):
            cure = did_you_mean(target, names, 0.5) or "possible: " + ", ".join(sorted(names)[:20])
            yield subject.hit("PH301", path, f"`-> {target}` leads nowhere", cure=cure)


def snippets_exist(subject: Subject) -> Iterator[Problem]:
    """PH311: `use:` of a snippet that is not there, or that uses itself."""
    if subject.loaded.shared:
        return
    for lost in subject.graphs["follow_up"].lost:
        exists = lost.name in subject.script.snippets
        cure = "" if exists else did_you_mean(lost.name, subject.script.snippets, 0.5)
        message = f"the snippet `{lost.name}` " + ("uses itself" if exists else "is not there")
        yield subject.hit("PH311", lost.mark, message, cure=cure)


def steps_can_be_reached(subject: Subject) -> Iterator[Problem]:
    """PH302: a step or branch nothing leads to."""
    if not subject.for_calls:
        return
    come_to = set().union(*(reachable(graph, _starts(subject, graph)) for graph in subject.graphs.values()))
    said: list[Path] = []
    lost = [p for p in subject.graphs["follow_up"].places.values() if p.path not in come_to]
    for place in sorted(lost, key=lambda place: (len(place.mark), str(place.mark))):
        mark = place.mark[:2] if place.mark[0] in ("branches", "snippets") else place.mark
        if place.kind == "hop" or place.timing or any(mark[: len(done)] == done for done in said):
            continue
        said.append(mark)
        whole_branch = mark[0] == "branches"
        what = f"the branch `{mark[1]}`" if whole_branch else "this step"
        yield subject.hit("PH302", mark, f"nothing leads to {what}", at_key=whole_branch)


def branches_go_on(subject: Subject) -> Iterator[Problem]:
    """PH303: a branch that runs out, so that the rep has no next line."""
    if not subject.for_calls:
        return
    graph = subject.graphs["follow_up"]
    for path in reachable(graph, _starts(subject, graph)):
        place = graph.places[path]
        if LOOSE in graph.ways(path, unasked=False):
            yield subject.hit(
                "PH303", place.mark, f"the branch `{place.section}` runs out here: there is no next line"
            )


def circles_have_a_way_out(subject: Subject) -> Iterator[Problem]:
    """PH304: steps that lead only to each other."""
    graph = subject.graphs["call"]
    lines, out = reachable(graph, _starts(subject, graph)), _leading_out(graph)
    trapped = [path for path in lines if path not in out]
    silent = [path for path in lines if _silent_circle(graph, path)]
    for path in (*trapped, *silent)[:1]:
        yield subject.hit("PH304", graph.places[path].mark, "this step is part of a circle with no way out")


def answers_make_a_difference(subject: Subject) -> Iterator[Problem]:
    """PH305 answers that all lead the same way and are not kept; PH309 more answers than digits."""
    for path, step in subject.steps:
        if len(step.answers) > _DIGITS:
            yield subject.hit("PH309", (*path, "answers"), f"{len(step.answers)} answers", at_key=True)
        plain = all(not (a.goto or a.steps or a.say or a.outcome) for a in step.answers.values())
        if len(step.answers) > 1 and plain and not step.save:
            yield subject.hit(
                "PH305", (*path, "answers"), "every answer leads the same way and none is kept", at_key=True
            )


def names_are_unique(subject: Subject) -> Iterator[Problem]:
    """PH307 an id used twice; PH308 a hotkey used twice; PH313 an answer's hotkey that cannot answer."""
    taken = {*subject.script.branches, *(name for name, _ in subject.script.sections()), "followup", END}
    for path, step in subject.steps:
        if step.id and step.id in taken:
            yield subject.hit("PH307", (*path, "id"), f"the id `{step.id}` is used twice")
        taken.add(step.id)
        keys = (((*path, "answers", label, "hotkey"), a.hotkey) for label, a in step.answers.items())
        yield from _hotkeys(subject, keys, "in this question")
    objections = enumerate(subject.script.objections)
    keys = ((("objections", i, "hotkey"), o.hotkey) for i, o in objections)
    yield from _hotkeys(subject, keys, "among the objections")


def not_too_many_ways(subject: Subject) -> Iterator[Problem]:
    """PH310: more ways through than anybody can know."""
    if subject.for_calls and count_ways(subject.graphs["call"], _MOST_WAYS + 1) > _MOST_WAYS:
        yield subject.hit("PH310", ("title",), f"there are more than {_MOST_WAYS} ways through this script")


def outcomes_exist(subject: Subject) -> Iterator[Problem]:
    """PH312: an outcome that config.yaml does not have."""
    known = subject.options.outcomes
    if known is None:
        return
    for path, outcome in (*subject.values("end"), *subject.values("outcome")):
        if outcome not in known:
            cure = did_you_mean(outcome, known, 0.5) or "config.yaml has: " + ", ".join(sorted(known))
            yield subject.hit("PH312", path, f"unknown outcome `{outcome}`", cure=cure)


def their_call_can_end_so(subject: Subject) -> Iterator[Problem]:
    """PH316: an outcome on the way of a call back from them that such a call is not offered (B80)."""
    known = subject.options.outcomes
    if known is None or not subject.script.can("they_ring_back"):
        return
    graph = subject.graphs["they_ring_back"]
    lines = {graph.places[path].mark for path in reachable(graph, _starts(subject, graph))}
    for path, outcome in (*subject.values("end"), *subject.values("outcome")):
        line = path[:-3] if path[-3:-2] == ("answers",) else path[:-1]
        if line in lines and outcome in known and not can_end_with(known[outcome], "in"):
            yield subject.hit(
                "PH316", path, f"a call back from the customer leads here, and cannot come to `{outcome}`"
            )


def reachable(graph: Graph, starts: Iterable[str]) -> list[str]:
    """Paths of lines that can be come to from these, in the order of a call."""
    return [path for path in reached(starts, graph.ways) if path in graph.places]


def count_ways(graph: Graph, most: int) -> int:
    """Ways from the start to an end, by answers; stops counting at `most`."""
    ways, todo = 0, [(graph.start, frozenset[str]())]
    while todo and ways < most:
        path, seen = todo.pop()
        place = graph.places.get(path)
        if place is None or path in seen or len(seen) > _LONGEST_WAY:
            ways += 1
            continue
        following = [edge.target for edge in place.edges] or [place.after]
        todo += [(target, seen | {path}) for target in following]
    return ways


def _starts(subject: Subject, graph: Graph) -> list[str]:
    targets = (objection.goto for objection in subject.script.objections)
    return [graph.start, *(graph.names[target] for target in targets if target in graph.names)]


def _hotkeys(subject: Subject, keys: Iterable[tuple[Path, str]], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, key in keys:
        if not key:
            continue
        if key.casefold() in seen:
            yield subject.hit("PH308", path, f"the key `{key}` is used twice {where}")
        if "answers" in path and not answers_by(key):
            why = "begins a note during a call" if key.isalpha() else "does something else during a call"
            yield subject.hit("PH313", path, f"`{key}` {why}, so it does not answer")
        seen.add(key.casefold())


def _leading_out(graph: Graph) -> set[str]:
    """Paths from which the end can be reached."""
    back: dict[str, list[str]] = {}
    for path in graph.places:
        for target in graph.ways(path):
            back.setdefault(target, []).append(path)
    return set(reached((END, LOOSE), lambda path: back.get(path, ())))


def _silent_circle(graph: Graph, start: str) -> bool:
    """Whether going on from a line comes back to it without any question on the way."""
    path, seen = start, set()
    while path in graph.places and path not in seen and graph.places[path].kind not in ("ask", "end"):
        seen.add(path)
        path = graph.places[path].after
    return path == start and start in seen


CHECKS = (
    jumps_lead_somewhere,
    snippets_exist,
    steps_can_be_reached,
    branches_go_on,
    circles_have_a_way_out,
    answers_make_a_difference,
    names_are_unique,
    not_too_many_ways,
    outcomes_exist,
    their_call_can_end_so,
)
