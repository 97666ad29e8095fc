"""The shape of a script: as an indented list for the terminal, and as a Mermaid flow chart for a wiki or a slide."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from msgspec import Struct

from tui.plaintext import shortened
from tui.script.author.paths import ENTRY_WORDS, Pace, entries_of, hops_from
from tui.script.language.graph import END, LOOSE, Entry, Graph, Place, graph_of, reached
from tui.script.language.model import Script
from tui.script.language.variables import used_in

SIGNS = {"say": "›", "ask": "?", "do": "•", "end": "■", "variants": "A/B", "hop": "↪"}
"""What stands before a line, by its kind."""
WIDTH = 100
_LEAST_ROOM = 24


class _Todo(Struct, frozen=True):
    """Something to draw: a line by its path, or words as they stand."""

    depth: int
    path: str = ""
    until: str = ""
    """The path where the part it belongs to ends."""
    words: str = ""


def tree_of(
    script: Script, entries: tuple[Entry, ...] = (), pace: Pace | None = None, width: int = WIDTH
) -> list[str]:
    """The lines of the tree, each way into the call under its name; without entries all that have words."""
    rows: list[str] = []
    drawn: dict[str, str] = {}
    pace = pace or Pace(script.language)
    for entry in entries or entries_of(script):
        rows += [""] if rows else []
        rows.append(ENTRY_WORDS[entry])
        if entry == "voicemail":
            rows += _voicemails(script, pace, width)
        else:
            rows += _Tree(graph_of(script, entry), pace, width, drawn).rows()
    if not entries and script.objections:
        rows += ["", "objections", *_objections(script, pace, width)]
    return rows


def _voicemails(script: Script, pace: Pace, width: int) -> list[str]:
    rows: list[str] = []
    for message in script.voicemail:
        tries = f"(try {message.attempt}) " if message.attempt else ""
        takes = f" ({message.seconds or pace.of(message.say):.0f} s)"
        rows += _wrapped(1, f"{SIGNS['say']} {tries}{message.say}{takes}", width)
    return rows


def _objections(script: Script, pace: Pace, width: int) -> list[str]:
    rows: list[str] = []
    for objection in script.objections:
        rows += _wrapped(1, f"! {', '.join(objection.heard) or objection.id}", width)
        for sign, words in (("?", objection.ask), ("›", objection.say), ("›", objection.proof)):
            rows += _wrapped(2, f"{sign} {words} ({pace.of(words):.0f} s)", width) if words else []
        for rung in objection.ladder:
            back = f" (in return: {rung.in_return})" if rung.in_return else ""
            asked = f"? {rung.ask} " if rung.ask else ""
            rows += _wrapped(2, f"{asked}+ {rung.offer}{back}", width)
        rows += _wrapped(2, f"› {objection.walk_away}", width) if objection.walk_away else []
        rows += _wrapped(2, f"↪ {objection.goto}", width) if objection.goto else []
    return rows


class _Tree:
    """Draws one graph. A line that stands elsewhere is named, not drawn again."""

    def __init__(self, graph: Graph, pace: Pace, width: int, drawn: dict[str, str]) -> None:
        self.graph, self.pace, self.width = graph, pace, width
        self.drawn = drawn
        """Lines that stand in the tree already, each with the line that follows it there."""
        places = graph.places
        self.trunk = set(
            reached((graph.start,), lambda path: [_following(places[path])] if path in places else ())
        )
        """The lines of a call on which no answer leads astray: jumps to them are named, not drawn."""
        self.out: list[str] = []
        self.section = ""

    def rows(self) -> list[str]:
        """All lines."""
        todo = [_Todo(1, self.graph.start)]
        while todo:
            now = todo.pop()
            if now.words:
                self.put(now.depth, now.words)
            elif now.path != now.until:
                todo += reversed(self.draw(now.path, now.depth, now.until))
        return self.out

    def draw(self, path: str, depth: int, until: str) -> list[_Todo]:
        """Draws one line; what is to be drawn after it, in order."""
        place = self.graph.places.get(path)
        if place is None:
            self.put(depth, "✗ runs out here" if path == LOOSE else "■ choose the outcome")
            return []
        if place.kind == "hop" and not place.step.when:
            # Only a jump: where it leads stands in its place.
            return [_Todo(depth, place.after, until)]
        if path in self.drawn or (depth > 1 and path in self.trunk):
            self.put(depth, f"↪ {place.heading}: {place.text or place.path}", cut=True)
            same = depth > 1 or self.drawn[path] == _following(place)
            return [] if same else [_Todo(depth, _following(place), until)]
        self.drawn[path] = _following(place)
        self.draw_place(place, depth)
        return self.onward(place, depth, until)

    def draw_place(self, place: Place, depth: int) -> None:
        """The line itself, under the name of its section when another one begins."""
        if depth == 1 and place.section != self.section:
            self.section = place.section
            self.put(1, f"— {place.heading}")
        seconds = self.pace.of_place(place)
        takes = f"  ({seconds:.0f} s)" if seconds >= 1 else ""
        when = f"(if {place.step.when}) " if place.step.when else ""
        timing = f"({place.timing.replace('_', ' ')}) " if place.timing else ""
        tested = place.step.variants
        words = place.step.ask if tested else place.text
        self.put(depth, f"{SIGNS.get(place.kind, '›')} {when}{timing}{words}".rstrip() + takes)
        for name, variant in tested.items():
            self.put(depth + 1, f"{name}: {variant.text}")

    def onward(self, place: Place, depth: int, until: str) -> list[_Todo]:
        """What follows a line: its answers one step further in, then where the part goes on."""
        if place.kind == "end":
            return []
        after = _following(place)
        plain: list[str] = []
        others: list[_Todo] = []
        for edge in place.edges:
            said = edge.answer.say
            if edge.target == after and not said:
                plain.append(edge.label)
                continue
            words = f"[{edge.label}] “{said}”" if said else f"[{edge.label}]"
            others.append(_Todo(depth + 1, words=words))
            if edge.target != after:
                others.append(_Todo(depth + 2, edge.target, after))
        if plain:
            others.insert(0, _Todo(depth + 1, words=" ".join(f"[{label}]" for label in plain)))
        return [*others, _Todo(depth, after, until)]

    def put(self, depth: int, words: str, *, cut: bool = False) -> None:
        """Adds a line, in as many rows as it needs, or cut to one."""
        rows = _wrapped(depth, words, self.width)
        self.out += rows if not cut or len(rows) == 1 else [rows[0][: self.width - 2].rstrip() + " …"]


def _wrapped(depth: int, words: str, width: int) -> list[str]:
    """The words in rows of at most the width, the second row on further in."""
    indent = "  " * min(depth, max(1, (width - _LEAST_ROOM) // 2))
    flat, further = " ".join(words.split()), indent + "  "
    return textwrap.wrap(
        flat, width, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False
    )


def _following(place: Place) -> str:
    """Where the call goes on; of the lines about a promise, one stands for all."""
    return place.next if place.timing else place.after


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
    ways = {path: _onward(graph, place) for path, place in graph.places.items()}
    come_to = reached((graph.start,), lambda path: [target for _, target in ways.get(path, ())])
    lines = [graph.places[path] for path in come_to if path in graph.places]
    numbers = {place.path: f"n{number}" for number, place in enumerate(lines)}
    rows = ["flowchart TD"]
    for index, heading in enumerate(dict.fromkeys(place.heading for place in lines)):
        rows.append(f'  subgraph s{index}["{_for_chart(heading)}"]')
        rows += [f"    {numbers[place.path]}{_shape(place)}" for place in lines if place.heading == heading]
        rows.append("  end")
    for path, number in numbers.items():
        rows += [f"  {number} -->{_label(label)} {_target(to, numbers)}" for label, to in ways[path]]
    return "\n".join(rows) + "\n"


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


def _shape(place: Place) -> str:
    opening, closing = _SHAPES.get(place.kind, ("[", "]"))
    when = f"if {place.step.when}" if place.step.when else place.kind
    return f'{opening}"{_for_chart(place.text or when)}"{closing}'


def _label(words: str) -> str:
    return f'|"{_for_chart(words, 30)}"|' if words else ""


def _target(path: str, numbers: Mapping[str, str]) -> str:
    return numbers.get(path) or ('loose["?"]' if path == LOOSE else f'{END}ed(("end"))')


def _for_chart(text: str, most: int = _MOST_LETTERS) -> str:
    """Words that are safe in a chart; names in a text stand as `first name`."""
    for used in reversed(used_in(text)):
        text = text[: used.start] + used.name.replace("_", " ") + text[used.end :]
    return shortened(text, most).translate(_FOR_MERMAID)
