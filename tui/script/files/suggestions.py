"""Wordings that reps propose during calls: kept as JSON lines beside their data, shown to the trainer by the line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from tui.plaintext import clean, clean_text
from tui.script.files.edit import EditError, Target, change, origin_of, parts_of, target_at
from tui.script.files.load import Loaded
from tui.script.language.graph import ENTRIES, graph_of
from tui.script.language.variables import used_in
from tui.system import readfile
from tui.yamlfile.contract import Path as PlacePath

FILE = "suggestions.jsonl"
"""Its name in the rep's data folder."""
MAX_WORDS = 2_000
MOST_BYTES = 16 * 1024 * 1024
"""Read of a file of suggestions; a team of fifty fills a hundredth of it in a year."""
_OBJECTION = "objections."
"""How the path of an objection begins."""

State = Literal["open", "taken", "changed", "gone", "unfit"]
"""The line still has the words the rep read; has the rep's words; has others by now; is not there any more; or nothing
of the script fitted there."""


STATE_WORDS: dict[State, str] = {
    "open": "",
    "taken": "taken over already",
    "changed": "the line has other words by now",
    "gone": "the line is not there any more",
    "unfit": "nothing of the script fitted here",
}
"""What a state is called on the screen."""


class Suggestion(Struct, frozen=True):
    """One proposal of a rep."""

    script: str
    """The script's id."""
    path: str
    """The line's stable path, as a call record names it: `help`, `discovery[2]`."""
    old: str
    """The words of the script as the rep read them, names unfilled."""
    new: str
    """The rep's own words for it; where nothing of the script fitted, what the customer said, which may be empty."""
    at: str = ""
    """When, UTC in ISO form."""
    rep: str = ""
    """Id of the data folder it was made in; never a name."""
    unfit: bool = False
    """Nothing of the script fitted what the customer said at this line."""


class Reviewed(Struct, frozen=True):
    """A suggestion beside the line it is about."""

    suggestion: Suggestion
    state: State
    now: str = ""
    """The words of the line today."""
    origin: str = ""
    """`file:line`."""
    target: Target | None = None
    """Where the suggestion can be taken over; None when the words do not stand there as one text."""


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
        lines = readfile.read(file, MOST_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return [], 0
    parsed = [_parsed(line) for line in lines if line.strip()]
    found = [suggestion for suggestion in parsed if suggestion is not None]
    return found, len(parsed) - len(found)


def review(suggestions: Iterable[Suggestion], scripts: Iterable[Loaded]) -> Iterator[Reviewed]:
    """Each suggestion with the line it is about as it stands now."""
    known = {loaded.script.id: loaded for loaded in scripts if loaded.script is not None}
    for suggestion in suggestions:
        yield _reviewed(suggestion, known.get(suggestion.script))


def take_over(row: Reviewed) -> tuple[str, ...]:
    """Puts the rep's words in place of the line's; the names the line had and has no more.

    Raises `EditError` and changes nothing when the line has not the words the rep read.
    """
    suggestion = row.suggestion
    if row.state != "open":
        raise EditError(f"Nothing was changed: {STATE_WORDS[row.state]}.")
    if row.target is None:
        at = row.origin or suggestion.script
        raise EditError(
            f"Nothing was changed: these words stand at {at} in more than one part. Edit them there."
        )
    change(row.target, suggestion.new)
    names = {used.name for used in used_in(suggestion.new)}
    return tuple(dict.fromkeys(u.name for u in used_in(suggestion.old) if u.name not in names))


def _reviewed(suggestion: Suggestion, loaded: Loaded | None) -> Reviewed:
    if loaded is None or loaded.script is None:
        return Reviewed(suggestion, "gone")
    if suggestion.unfit:
        return Reviewed(suggestion, "unfit", suggestion.old)
    graphs = (graph_of(loaded.script, entry) for entry in ENTRIES)
    place = next((g.places[suggestion.path] for g in graphs if suggestion.path in g.places), None)
    paths = (
        [part.path for part in parts_of(loaded, place)] if place else _of_objection(loaded, suggestion.path)
    )
    targets = [target for path in paths if (target := target_at(loaded, path)) is not None]
    wanted: tuple[tuple[str, State], ...] = ((suggestion.old, "open"), (suggestion.new, "taken"))
    for words, state in wanted:
        if (target := next((one for one in targets if one.words == words.strip()), None)) is not None:
            return Reviewed(suggestion, state, target.words, target.origin, target)
    if place is None:
        return Reviewed(suggestion, "gone")
    still: State = "open" if place.text == suggestion.old else "changed"
    return Reviewed(suggestion, still, place.text, origin_of(loaded, place))


def _of_objection(loaded: Loaded, path: str) -> list[PlacePath]:
    """The places in the file of everything an objection says; none when the path names no objection."""
    name = path.removeprefix(_OBJECTION) if path.startswith(_OBJECTION) else None
    known = loaded.script.objections if loaded.script is not None else ()
    wanted = [("objections", number) for number, objection in enumerate(known) if objection.id == name]
    return [place for place in loaded.places if place[:2] in wanted]


def _parsed(line: str) -> Suggestion | None:
    try:
        raw = json.loads(line)
        texts = {key: clean_text(raw[key], MAX_WORDS) for key in ("old", "new")}
        names = {key: clean(raw.get(key, "")) for key in ("script", "path", "at", "rep")}
        unfit = raw.get("unfit") is True
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return Suggestion(**names, **texts, unfit=unfit) if names["script"] and (texts["new"] or unfit) else None
