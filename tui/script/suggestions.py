"""Wordings that reps propose during calls: kept as JSON lines beside their data, shown to the trainer by the line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tui.plaintext import clean, clean_text
from tui.script.flow import ENTRIES, graph_of
from tui.script.load import Loaded
from tui.script.whereabouts import origin_of

FILE = "suggestions.jsonl"
"""Its name in the rep's data folder."""
MAX_WORDS = 2_000

State = Literal["open", "taken", "changed", "gone"]
"""The line still has the words the rep read; has the rep's words; has others by now; is not there any more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal of a rep."""

    script: str
    """The script's id."""
    path: str
    """The line's stable path, as a call record names it: `help`, `discovery[2]`."""
    old: str
    """The words of the script as the rep read them, names unfilled."""
    new: str
    at: str = ""
    """When, UTC in ISO form."""
    rep: str = ""
    """Id of the data folder it was made in; never a name."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A suggestion beside the line it is about."""

    suggestion: Suggestion
    state: State
    now: str = ""
    """The words of the line today."""
    origin: str = ""
    """`file:line`."""


def append(folder: Path, suggestion: Suggestion) -> None:
    """Adds a suggestion to the rep's file, on disk when it returns. Raises `OSError` when it cannot be written."""
    line = json.dumps(asdict(suggestion), ensure_ascii=False) + "\n"
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read(file: Path) -> tuple[list[Suggestion], int]:
    """The suggestions of a file, oldest first, and how many lines could not be read; none when it is not there."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return [], 0
    found, damaged = [], 0
    for line in filter(str.strip, lines):
        suggestion = _parsed(line)
        damaged += suggestion is None
        found += [suggestion] if suggestion is not None else []
    return found, damaged


def beside(suggestions: Iterable[Suggestion], scripts: Iterable[Loaded]) -> Iterator[Beside]:
    """Each suggestion with the line it is about as it stands now."""
    known = {loaded.script.id: loaded for loaded in scripts if loaded.script is not None}
    for suggestion in suggestions:
        yield _beside(suggestion, known.get(suggestion.script))


def _beside(suggestion: Suggestion, loaded: Loaded | None) -> Beside:
    if loaded is None or loaded.script is None:
        return Beside(suggestion, "gone")
    for entry in ENTRIES:
        place = graph_of(loaded.script, entry).places.get(suggestion.path)
        if place is None:
            continue
        origin = origin_of(loaded, place)
        state: State = "changed"
        if place.text == suggestion.new:
            state = "taken"
        elif place.text == suggestion.old:
            state = "open"
        return Beside(suggestion, state, place.text, origin)
    return Beside(suggestion, "gone")


def _parsed(line: str) -> Suggestion | None:
    try:
        raw = json.loads(line)
        texts = {key: clean_text(raw[key], MAX_WORDS) for key in ("old", "new")}
        names = {key: clean(raw.get(key, "")) for key in ("script", "path", "at", "rep")}
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return Suggestion(**names, **texts) if names["script"] and texts["new"] else None
