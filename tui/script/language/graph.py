"""A script as a graph: every line with its stable path, and where each answer leads.

One graph belongs to one way into a call (`entry`); the walk, the checker and the drawings all use it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Literal, TypeVar

from msgspec import Struct, field

from tui.script.language.facts import TIMINGS, as_name
from tui.script.language.languages import ACKNOWLEDGE, base
from tui.script.language.model import FLOW, SITUATIONS, Answer, Script, Section, Step
from tui.yamlfile.contract import Path

Entry = Literal["call", "follow_up", "gatekeeper", "they_ring_back", "stop", "voicemail"]
ENTRIES: tuple[Entry, ...] = ("call", "follow_up", "gatekeeper", "they_ring_back", "stop", "voicemail")
END = "end"
"""The call is over; the outcome comes."""
LOOSE = "loose"
"""A branch ran out: the rep has no next line."""

NO_STEP, NO_ANSWER = Step(), Answer()
"""Without words: for a line that is no step of a section, and a way on that is no answer."""


class Edge(Struct, frozen=True):
    """One answer and where it leads."""

    label: str
    target: str
    answer: Answer = NO_ANSWER
    """Without words for the arms of a section under test, whose label names the variant."""


class Place(Struct):
    """One line of the script, or an invisible point where ways part."""

    path: str
    """Stable name: the step's id, else `discovery[2]`."""
    kind: str
    """say, ask, do, end; hop (only a jump) and variants are passed through unseen."""
    text: str
    section: str
    mark: Path
    """Where it stands in the file."""
    step: Step = NO_STEP
    edges: list[Edge] = field(default_factory=list)
    after: str = END
    """Where it goes without an answer that says otherwise."""
    next: str = END
    """Where it goes when it is skipped."""
    timing: str = ""
    """Only for calls that stand like this to a promise."""
    title: str = ""
    coach: str = ""
    seconds: int | None = None
    """How long the script gives the whole section."""

    @property
    def heading(self) -> str:
        """The section's own title, else its name."""
        return self.title or self.section.replace("_", " ")


class LostSnippet(Struct, frozen=True):
    """The use of a snippet that is not there, or that uses itself."""

    name: str
    mark: Path


class Graph(Struct):
    """All lines of a script for one way into it."""

    entry: Entry
    start: str = END
    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Section, branch or step id to the path where it begins."""
    lost: list[LostSnippet] = field(default_factory=list)

    def ways(self, path: str, unasked: bool = True) -> list[str]:
        """Every path one step from a line, each once; `unasked`: also where not asking a question leads."""
        place = self.places.get(path)
        if place is None:
            return []
        targets = [edge.target for edge in place.edges]
        if not place.edges or (unasked and place.kind == "ask"):
            targets.append(place.after)
        if place.timing or place.step.when:
            targets.append(place.next)
        return list(dict.fromkeys(targets))


T = TypeVar("T", bound=Hashable)


def reached(starts: Iterable[T], onward: Callable[[T], Iterable[T]]) -> list[T]:
    """Everything that can be come to from these, itself included, each once, the first way onward first."""
    seen: dict[T, None] = {}
    todo = list(starts)
    while todo:
        here = todo.pop()
        if here not in seen:
            seen[here] = None
            todo += reversed([*onward(here)])
    return list(seen)


@lru_cache(maxsize=256)
def graph_of(script: Script, entry: Entry = "call") -> Graph:
    """The graph of a script for a way into a call, built once."""
    return _Builder(script, entry).build()


class _Builder:
    """Lays out a script from its end to its beginning, so that every line knows what follows."""

    def __init__(self, script: Script, entry: Entry) -> None:
        self.script = script
        self.graph = Graph(entry)
        self.ids: dict[str, str] = {}
        self.inside: list[str] = []

    def build(self) -> Graph:
        """The finished graph, every jump resolved."""
        starts = self.graph.names
        following = self.main_flow(starts)
        for name in SITUATIONS:
            if (section := self.script.section(name)) is not None:
                starts[name] = self.section(section, name, (name,), END)
        for name, branch in self.script.branches.items():
            starts.setdefault(name, self.section(branch, name, ("branches", name), LOOSE))
        for name, path in self.ids.items():
            starts.setdefault(name, path)
        starts[END] = END
        entry = self.graph.entry
        if entry == "voicemail":
            self.graph.start = self.voicemail()
        elif entry in SITUATIONS:
            self.graph.start = starts.get(entry, END)
        else:
            self.graph.start = following
        self.resolve_jumps()
        return self.graph

    def main_flow(self, starts: dict[str, str]) -> str:
        """Lays out opener to close; where a call of this entry begins."""
        follow_up = self.graph.entry == "follow_up"
        following = END
        for name in reversed(FLOW):
            if name == "opener" and (follow_up or self.script.followup):
                starts["followup"] = self.followup(following)
                following = starts["followup"] if follow_up else following
            if (section := self.script.section(name)) is not None:
                following = starts[name] = self.section(section, name, (name,), following)
        return following

    def followup(self, following: str) -> str:
        """The acknowledgement of a promise, then the steps of a follow-up call."""
        written = self.script.followup
        steps = written.steps if written else ()
        after = self.sequence(steps, "followup", ("followup", "steps"), following, "followup")
        usual = ACKNOWLEDGE.get(base(self.script.language), {})
        for timing in reversed(TIMINGS):
            own = getattr(written, timing) if written else ""
            text = own or usual.get(timing, "")
            if text:
                path = f"followup.{timing}"
                place = Place(path, "say", text, "followup", ("followup", timing), next=after, after=after)
                place.timing = timing
                place.coach = written.coach if written else ""
                self.graph.places[path] = place
                after = path
        return after

    def voicemail(self) -> str:
        """The one line of a call that only reached a machine."""
        if not self.script.voicemail:
            return END
        place = Place("voicemail", "say", self.script.voicemail[0].say, "voicemail", ("voicemail", 0, "say"))
        self.graph.places["voicemail"] = place
        return "voicemail"

    def section(self, section: Section, name: str, mark: Path, after: str) -> str:
        """A section; where it begins. One under test begins at the point where its variants part."""
        if not section.variants:
            start = self.sequence(section.steps, name, (*mark, "steps"), after, name)
        else:
            part = Place(name, "variants", "", name, (*mark, "variants"), next=after, after=after)
            for label, variant in section.variants.items():
                inner = (*mark, "variants", label, "steps")
                part.edges.append(
                    Edge(label, self.sequence(variant.steps, f"{name}.{label}", inner, after, name))
                )
            self.graph.places[name] = part
            start = name
        for place in self.graph.places.values():
            if place.section == name:
                place.title, place.seconds = section.title, section.seconds
        firsts = [edge.target for edge in self.graph.places[start].edges] if section.variants else [start]
        for path in firsts:
            first = self.graph.places.get(path)
            if first is not None and first.section == name:
                first.coach = " ".join(filter(None, (section.coach, first.coach)))
        return start

    def sequence(self, steps: Sequence[Step], prefix: str, mark: Path, after: str, section: str) -> str:
        """Steps from top to bottom; where they begin."""
        for i in range(len(steps) - 1, -1, -1):
            after = self.step(steps[i], f"{prefix}[{i}]", (*mark, i), after, section)
        return after

    def step(self, step: Step, path: str, mark: Path, after: str, section: str) -> str:
        """One step; where it begins (a snippet begins at its first step)."""
        if step.kind == "use":
            return self.snippet(step, path, mark, after, section)
        path = self.free_path(step.id, path)
        place = Place(path, step.kind, _words(step), section, mark, step, next=after, coach=step.coach)
        self.graph.places[path] = place
        if step.id:
            self.ids.setdefault(step.id, path)
        if step.end:
            place.after = END
        else:
            place.after = f"->{step.goto}" if step.goto else after
        for label, answer in step.answers.items():
            onward = f"->{answer.goto}" if answer.goto else place.after
            inner = (*mark, "answers", label, "steps")
            # `Not read yet` stands in a path as `not_read_yet`.
            target = self.sequence(
                answer.steps, f"{path}.{as_name(label, 40) or 'answer'}", inner, onward, section
            )
            place.edges.append(Edge(label, target, answer))
        if place.kind == "empty":
            place.kind = "hop"
        return path

    def free_path(self, name: str, path: str) -> str:
        """The step's id as its path when nobody else has it, else the positional one, made unique."""
        taken = (self.graph.places, self.graph.names, (END, LOOSE))
        if name and not any(name in names for names in taken):
            return name
        while path in self.graph.places:
            path += "'"
        return path

    def snippet(self, step: Step, path: str, mark: Path, after: str, section: str) -> str:
        """The steps of a snippet, put in where it is used."""
        snippet = self.script.snippets.get(step.use)
        if snippet is None or step.use in self.inside or len(self.graph.places) > _MOST_PLACES:
            self.graph.lost.append(LostSnippet(step.use, (*mark, "use")))
            return after
        onward = f"->{step.goto}" if step.goto else after
        self.inside.append(step.use)
        start = self.sequence(
            snippet.steps, f"{path}.{step.use}", ("snippets", step.use, "steps"), onward, section
        )
        self.inside.pop()
        if step.id:
            self.ids.setdefault(step.id, start)
        return start

    def resolve_jumps(self) -> None:
        """Turns every `->name` into the path it means; a name nobody has means the end of the call."""
        for place in self.graph.places.values():
            place.after = self.target(place.after)
            place.next = self.target(place.next)
            place.edges = [Edge(e.label, self.target(e.target), e.answer) for e in place.edges]
        self.graph.start = self.target(self.graph.start)
        self.graph.names = {name: self.target(path) for name, path in self.graph.names.items()}

    def target(self, path: str) -> str:
        """The path a jump leads to, through sections that only jump on."""
        seen: set[str] = set()
        while path.startswith("->") and path not in seen:
            seen.add(path)
            path = self.graph.names.get(path[2:], END)
        return END if path.startswith("->") else path


_MOST_PLACES = 4_000
"""Lines of one graph; snippets using snippets could otherwise multiply without end."""


def _words(step: Step) -> str:
    spoken = " ".join(text for text in (step.say, step.ask) if text)
    if step.variants and not spoken:
        return max((variant.text for variant in step.variants.values()), key=len)
    return spoken or step.do or step.end
