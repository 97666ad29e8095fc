"""Where the words of a line stand: the file and the line of each part that can be read or changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tui.script.files.load import Loaded
from tui.script.language.graph import Graph, Place
from tui.yamlfile.contract import Path
from tui.yamlfile.node import Node

_PARTS = ("say", "ask", "do", "coach")
_NAMES = {"say": "Words", "ask": "Question", "do": "To do", "coach": "Tip"}


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a line that can be changed."""

    name: str
    """Words, Question, To do, Tip; with the variant's or the answer's name where there are several."""
    path: Path


def parts_of(loaded: Loaded, place: Place) -> list[Part]:
    """The texts of a line, the one to be said first."""
    if place.step is None:
        return [Part("Words", place.mark)] if place.mark in loaded.places else []
    mark = place.mark
    parts = [Part(_NAMES[key], (*mark, key)) for key in _PARTS if (*mark, key) in loaded.places]
    for name in place.step.variants:
        parts.append(Part(f"Version {name}", (*mark, "variants", name, "text")))
    for label in place.step.answers:
        said = (*mark, "answers", label, "say")
        parts += [Part(f"After “{label}”", said)] if said in loaded.places else []
    return parts


def node_of(loaded: Loaded, path: Path) -> Node | None:
    """The node at a path of the script, or the nearest above it; None when nothing was read."""
    while path and path not in loaded.places:
        path = path[:-1]
    return loaded.places.get(path)


def origin_of(loaded: Loaded, place: Place) -> str:
    """`file:line` of a line's words; empty when they stand in no file (the usual words about a promise)."""
    parts = parts_of(loaded, place)
    if not parts and place.timing:
        return ""
    node = node_of(loaded, parts[0].path if parts else place.mark)
    return f"{node.file}:{node.line}" if node is not None else ""


def same_lines(before: Graph, after: Graph) -> dict[str, str]:
    """Path of a line in one version to its path in the other; lines without a counterpart are left out.

    A line is the same when its words are; else when path and kind are, and nobody else has taken the path.
    """
    words_after = {(place.kind, place.section, place.text): path for path, place in after.places.items()}
    often = Counter((place.kind, place.section, place.text) for place in after.places.values())
    moved: dict[str, str] = {}
    for path, place in before.places.items():
        words = (place.kind, place.section, place.text)
        there = after.places.get(path)
        if there is not None and (there.kind, there.text) == (place.kind, place.text):
            moved[path] = path
        elif place.text and often[words] == 1:
            moved[path] = words_after[words]
    taken = set(moved.values())
    for path, place in before.places.items():
        there = after.places.get(path)
        if path not in moved and path not in taken and there is not None and there.kind == place.kind:
            moved[path] = path
    return moved
