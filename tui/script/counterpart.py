"""The same line in two versions of a script, although lines were put in above it or its words were changed."""

from __future__ import annotations

from collections import Counter

from tui.script.flow import Graph


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
