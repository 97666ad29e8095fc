"""A script as a Mermaid flow chart, for a wiki or a slide."""

from __future__ import annotations

from tui.script.author.paths import hops_from
from tui.script.language.graph import END, LOOSE, Entry, Graph, Place, graph_of
from tui.script.language.model import Script
from tui.script.language.variables import used_in

_MOST_LETTERS = 60
_SHAPES = {"ask": ("{{", "}}"), "do": ("[/", "/]"), "end": ("([", "])"), "hop": (">", "]")}
"""How a kind of line is drawn; everything else is a box."""
_FOR_MERMAID = str.maketrans(
    {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "'", "\\": "/"}
)
"""Signs that mean something to Mermaid, written as its own codes."""


def mermaid_of(script: Script, entry: Entry = "call") -> str:
    """The chart of one way into a call, ready to stand between ```mermaid fences."""
    graph = graph_of(script, entry)
    reached = _reached(graph)
    numbers = {path: f"n{number}" for number, path in enumerate(reached)}
    rows = ["flowchart TD"]
    for index, (section, places) in enumerate(_by_section(graph, reached).items()):
        rows.append(f'  subgraph s{index}["{_words(section)}"]')
        rows += [f"    {numbers[place.path]}{_shape(place)}" for place in places]
        rows.append("  end")
    for path in reached:
        rows += _arrows(graph, graph.places[path], numbers)
    return "\n".join(rows) + "\n"


def _reached(graph: Graph) -> list[str]:
    """The paths a call can come to, in the order of a call."""
    seen: dict[str, None] = {}
    todo = [graph.start]
    while todo:
        path = todo.pop()
        if path in seen or path not in graph.places:
            continue
        seen[path] = None
        todo += reversed([target for _, target in _onward(graph, graph.places[path])])
    return list(seen)


def _onward(graph: Graph, place: Place) -> list[tuple[str, str]]:
    """The answer and the next line of every step onward; lines about a promise stand side by side."""
    onward: list[tuple[str, str]] = []
    for hop in hops_from(place, place.timing or "on_time"):
        label, target = "left out" if hop.skipped else hop.label, hop.target
        while target in graph.places and graph.places[target].timing:
            timing = graph.places[target]
            if not place.timing:
                onward.append((timing.timing.replace("_", " "), target))
                label = "nothing promised"
            target = timing.next
        onward.append((label, target))
    return onward


def _by_section(graph: Graph, reached: list[str]) -> dict[str, list[Place]]:
    sections: dict[str, list[Place]] = {}
    for path in reached:
        place = graph.places[path]
        sections.setdefault(place.title or place.section.replace("_", " "), []).append(place)
    return sections


def _shape(place: Place) -> str:
    opening, closing = _SHAPES.get(place.kind, ("[", "]"))
    when = f"if {place.step.when}" if place.step is not None and place.step.when else place.kind
    return f'{opening}"{_words(place.text or when)}"{closing}'


def _arrows(graph: Graph, place: Place, numbers: dict[str, str]) -> list[str]:
    """The arrows that leave a line."""
    here = numbers[place.path]
    return [f"  {here} -->{_label(label)} {_target(to, numbers)}" for label, to in _onward(graph, place)]


def _label(words: str) -> str:
    return f'|"{_words(words, 30)}"|' if words else ""


def _target(path: str, numbers: dict[str, str]) -> str:
    if path in numbers:
        return numbers[path]
    return 'loose["?"]' if path == LOOSE else f'{END}ed(("end"))'


def _words(text: str, most: int = _MOST_LETTERS) -> str:
    """Words that are safe in a chart; names in a text stand as `first name`."""
    for used in reversed(used_in(text)):
        text = text[: used.start] + used.name.replace("_", " ") + text[used.end :]
    flat = " ".join(text.split())
    cut = flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
    return cut.translate(_FOR_MERMAID)
