"""What the rules look at: one loaded script, its texts and steps with their places, the house's limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import Any

from msgspec import Struct, field

from tui.domain.outcome import Category
from tui.script.check.rulebook import RULES
from tui.script.files.load import Loaded
from tui.script.files.phrases import Phrases, phrases_for
from tui.script.language.conditions import Comparison, comparisons_of, joined_by_and
from tui.script.language.facts import TIMINGS
from tui.script.language.graph import Entry, Graph, graph_of
from tui.script.language.languages import base, seconds_to_say
from tui.script.language.model import (
    Answer,
    Followup,
    Objection,
    Reason,
    Rung,
    Script,
    Section,
    Step,
    TextVariant,
    Voicemail,
)
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Node, Problem

_WORD = re.compile(r"\S+")
_MOST_NAMES = 8
"""Names in the conditions of a few lines that are tried as known and as unknown."""
_MOST_ROWS = 60
"""Lines of one text among which its words are looked for."""
_ENTRIES: tuple[Entry, ...] = ("call", "follow_up", "gatekeeper", "they_ring_back", "stop")
_TEXTS: Mapping[type, tuple[tuple[str, str], ...]] = {
    Section: (("coach", "coach"),),
    Step: (("say", "say"), ("ask", "ask"), ("do", "do"), ("coach", "coach")),
    TextVariant: (("text", "say"),),
    Answer: (("say", "say"), ("coach", "coach")),
    Voicemail: (("say", "voicemail"),),
    Followup: tuple((timing, "say") for timing in TIMINGS),
    Reason: (("say", "reason"),),
    Objection: tuple((key, "objection") for key in ("ask", "say", "proof", "walk_away")),
    Rung: (("ask", "objection"),),
}
"""The texts of each part of a script that the rules look at, and what each is to them."""


class Options(Struct, frozen=True):
    """The house's limits, from config.yaml; lengths in seconds of speech."""

    outcomes: Mapping[str, Category] | None = None
    """Outcome ids that exist, and what each counts as; None: not checked."""
    team_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Language to the variables that have a team default."""
    ignore: frozenset[str] = frozenset()
    """Codes not to be reported."""
    today: date | None = None
    """Decides which reasons have run out; None: none has."""
    rates: Mapping[str, int] = field(default_factory=dict)
    """Words per minute by language."""
    opener_seconds: float = 15
    voicemail_seconds: float = 30
    monologue_seconds: float = 25
    sentence_words: int = 32
    least_reasons: int = 3
    call_back_words: int = 75


class Text(Struct, frozen=True):
    """One text: where it stands, and what it is (say, ask, do, coach, voicemail, reason, objection)."""

    path: Path
    words: str
    kind: str

    @property
    def spoken(self) -> bool:
        """Whether the customer hears it."""
        return self.kind not in ("do", "coach")

    @property
    def part(self) -> str:
        """The top key it stands under."""
        return str(self.path[0])


class Subject:
    """A script under examination."""

    def __init__(
        self,
        loaded: Loaded,
        options: Options,
        original: Script | None = None,
        known_scripts: frozenset[str] = frozenset(),
    ) -> None:
        assert loaded.script is not None
        self.script: Script = loaded.script
        self.loaded = loaded
        self.options = options
        self.original = original
        """The script this one is a translation of; None when it is none, or when that cannot be found."""
        self.known_scripts = known_scripts
        """Ids of the scripts beside it; empty when nobody looked."""
        self.language = base(self.script.language)

    def values(self, key: str) -> Iterator[tuple[Path, str]]:
        """Everything that is written under a key (`goto`, `when` ...) of any part, with its place."""
        written = (((*path, key), getattr(part, key, "")) for path, part in parts_of(self.script))
        return (row for row in written if row[1])

    @cached_property
    def texts(self) -> list[Text]:
        """Every text, in the order of the file."""
        return list(texts_of(self.script))

    @cached_property
    def steps(self) -> list[tuple[Path, Step]]:
        """Every step, those inside answers included."""
        return list(steps_of(self.script))

    @cached_property
    def graphs(self) -> dict[Entry, Graph]:
        """The graph of every way into a call."""
        return {entry: graph_of(self.script, entry) for entry in _ENTRIES}

    @cached_property
    def saved(self) -> dict[str, list[tuple[Path, Step]]]:
        """Questions by the name their answer is saved under."""
        found: dict[str, list[tuple[Path, Step]]] = {}
        for path, step in self.steps:
            if step.save:
                found.setdefault(step.save, []).append((path, step))
        return found

    @cached_property
    def phrases(self) -> Phrases:
        """The word lists of its language, with the team's own."""
        sources = self.loaded.sources
        return phrases_for(self.language, sources[0].path.parent if sources else None)

    @property
    def team_names(self) -> frozenset[str]:
        """Names for which the team's `defaults` have a text in the script's language, or the one it is a kind of."""
        known = self.options.team_names
        return known.get(self.script.language) or known.get(base(self.script.language), frozenset())

    @property
    def for_calls(self) -> bool:
        """Whether this is a script to call with: it has a flow and is no file of shared parts."""
        return not self.loaded.shared and self.script.can("call")

    def takes(self, text: str) -> float:
        """Seconds the text takes to say."""
        return seconds_to_say(text, self.script.language, self.options.rates)

    def node(self, path: Path) -> Node:
        """The node at a path, or the nearest above it that stands in a file."""
        node = self.loaded.node_at(path)
        assert node is not None  # a script was read from it
        return node

    def hit(
        self,
        code: str,
        path: Path,
        message: str,
        *,
        at_key: bool = False,
        part: tuple[int, int] | None = None,
        cure: str = "",
    ) -> Problem:
        """A problem of this rule at a path; `part` narrows it to these characters of the text."""
        rule, node = RULES[code], self.node(path)
        line, col, width = node.line, node.col, max(1, node.length)
        if at_key and node.key_line:
            line, col, width = node.key_line, node.key_col, max(1, node.key_length)
        elif part is not None or self._in_block(node):
            line, col, width = self._spot(node, part or (0, len(node.text)))
        advice = cure or rule.cure
        return Problem(node.file, line, col, code, rule.severity, message, advice, width)

    def source_line(self, node: Node) -> str:
        """The line of the file a node begins on."""
        lines = self.loaded.lines.get(node.file, [])
        return lines[node.line - 1] if 0 < node.line <= len(lines) else ""

    def _in_block(self, node: Node) -> bool:
        """Whether the words stand on the lines below a `|` or `>`."""
        return node.quoted and self.source_line(node)[node.col - 1 : node.col] in ("|", ">")

    def _spot(self, node: Node, part: tuple[int, int]) -> tuple[int, int, int]:
        """Line, column and length of a part of a text, also where the text runs over several lines."""
        words = [word.start() for word in _WORD.finditer(node.text) if word.start() <= part[0]]
        ordinal, inside = max(0, len(words) - 1), part[0] - (words[-1] if words else 0)
        first = self.source_line(node)[node.col - 1 : node.col]
        inside += int(ordinal == 0 and node.quoted and first in ("'", '"'))
        begins = (node.line, 0) if self._in_block(node) else (node.line - 1, node.col - 1)
        rows = self.loaded.lines.get(node.file, [])
        for number in range(begins[0], min(len(rows), begins[0] + _MOST_ROWS)):
            here = list(_WORD.finditer(rows[number], begins[1] if number == begins[0] else 0))
            if ordinal < len(here):
                start = min(here[ordinal].start() + inside, len(rows[number]))
                left = len(rows[number].rstrip()) - start
                return number + 1, start + 1, max(1, min(part[1] - part[0], left))
            ordinal -= len(here)
        return node.line, node.col, max(1, node.length)


def spoken_in(steps: Sequence[Step]) -> str:
    """All that is said in these steps in one call, one after the other.

    The longest wording where several are tested, and of lines that exclude each other (`when: x is known` and
    `when: x is unknown`) the longer ones.
    """
    said = [(words, comparisons_of(step.when, joined_by_and)) for step in steps if (words := _words_of(step))]
    names = sorted({one.name for _, asked in said for one in asked})[:_MOST_NAMES]
    best = ""
    for known in product((False, True), repeat=len(names)):
        values = {name: "x" if is_known else "" for name, is_known in zip(names, known, strict=True)}
        told = " ".join(words for words, asked in said if all(_may_hold(one, values) for one in asked))
        best = max(best, told, key=len)
    return best


def _words_of(step: Step) -> str:
    parts = [text for text in (step.say, step.ask) if text]
    if step.variants and not step.say:
        parts.append(max((variant.text for variant in step.variants.values()), key=len))
    return " ".join(parts)


def _may_hold(asked: Comparison, known: Mapping[str, str]) -> bool:
    """Whether a comparison can hold when these names are known or not; one with a value can when its name is."""
    is_known = bool(known.get(asked.name, "x"))
    return not is_known if asked.op == "unknown" else is_known or asked.op == "!="


def texts_of(script: Script) -> Iterator[Text]:
    """Every text of a script with its place."""
    for path, part in parts_of(script):
        for key, kind in _TEXTS.get(type(part), ()):
            if words := getattr(part, key):
                yield Text((*path, key), words, kind)


def steps_of(script: Script) -> Iterator[tuple[Path, Step]]:
    """Every step with its place in the file, depth first, those inside answers included."""
    return ((path, part) for path, part in parts_of(script) if isinstance(part, Step))


@lru_cache(maxsize=64)
def parts_of(script: Script) -> tuple[tuple[Path, object], ...]:
    """Everything a script is made of with its place in the file, depth first: itself, its sections, steps, answers."""
    return tuple(_parts(script, ()))


def _parts(part: Any, path: Path) -> Iterator[tuple[Path, object]]:
    yield path, part
    for name in _holding_parts(part.__class__):
        here, value = (*path, name), getattr(part, name)
        if is_dataclass(value):
            yield from _parts(value, here)
        elif value:
            for key, child in value.items() if isinstance(value, dict) else enumerate(value):
                if is_dataclass(child):
                    yield from _parts(child, (*here, key))


@cache
def _holding_parts(cls: type) -> tuple[str, ...]:
    """The fields of a class that may hold parts of a script: one, a list of them, or some by name."""
    rules = ((declared.name, declared.metadata.get("rule")) for declared in fields(cls))
    return tuple(name for name, rule in rules if rule is not None and rule.what in ("object", "list", "map"))
