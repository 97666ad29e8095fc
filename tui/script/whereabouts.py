"""Where the words of a line stand: the file and the line of each part that can be read or changed."""

from __future__ import annotations

from dataclasses import dataclass

from tui.script.flow import Place
from tui.script.load import Loaded
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
