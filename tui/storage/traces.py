"""What files beside the store hold of somebody who is forgotten: older copies, pages that were put aside, recordings.

Nobody can take one person out of such a file, so a file that holds them goes whole. They go before the records do: a
program that is killed in between still knows the person, and forgetting them again ends it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.storage import disk
from tui.storage.sharing.account_inbox import FOLDER as MERGE_INBOX

_SHORTEST = 5
"""Characters of a text that tells of a person; a shorter one stands in words that have nothing to do with them."""
_STAMP = "call-%Y-%m-%d-%H%M%S"
_AROUND = timedelta(seconds=5)
RECORDINGS = "recordings"
"""The folder of recorded calls, in the data folder."""


class Traces(Struct, frozen=True):
    """By what a person is known wherever something stands of them."""

    ids: frozenset[str]
    """Their contact ids, and the ids of their calls."""
    texts: frozenset[str]
    """Their name, numbers and e-mails, and what was noted of them."""
    calls: tuple[tuple[datetime, datetime], ...] = ()
    """From when to when we talked to them (UTC)."""

    def are_in(self, text: str) -> bool:
        """Whether a text holds something of them."""
        return any(one in text for one in self.texts)


def traces_of(people: Iterable[Contact], calls: Iterable[Call]) -> Traces:
    """The traces of people with these records and calls."""
    ids, texts, times = set[str](), set[str](), list[tuple[datetime, datetime]]()
    for person in people:
        ids.add(person.id)
        texts |= {person.full_name, person.open_problem, *person.emails, *person.remembered.values()}
        texts |= {text for number in person.numbers for text in (number.e164, number.raw)}
    for call in calls:
        ids.add(call.id)
        texts |= {note.text for one in (call, *call.revisions) for note in one.notes}
        times += ((dial.started_at, dial.ended_at or dial.started_at) for dial in call.dials)
    return Traces(frozenset(ids), frozenset(text for text in texts if len(text) >= _SHORTEST), tuple(times))


# -- files -------------------------------------------------------------------------------------------------


def files_with(data_file: Path, traces: Traces) -> list[Path]:
    """The files beside the store that hold something of them, and pages that were rescued to other folders.

    One that cannot be read is taken for one. Raises nothing.
    """
    wanted = [_spelled(text) for text in (*traces.ids, *traces.texts)]
    found = [path for path in _copies_and_pages(data_file) if _holds(path, wanted)]
    return found + list(_recordings(data_file.parent / RECORDINGS, traces))


def _copies_and_pages(data_file: Path) -> Iterator[Path]:
    live = {data_file.name + ending for ending in disk.ENDINGS}
    with suppress(OSError):
        beside = sorted(data_file.parent.glob(f"{data_file.name}.*"))
        yield from (path for path in beside if path.name not in live and path.is_file())
    with suppress(OSError):  # what a colleague sent and nobody took in yet
        yield from sorted((data_file.parent / MERGE_INBOX).iterdir())
    yield from disk.pages(data_file.parent, disk.PUT_ASIDE)
    for folder in disk.rescue_folders():
        yield from disk.pages(folder, disk.RESCUED)


def _spelled(text: str) -> tuple[bytes, bytes]:
    """A text as it stands in a page, and in JSON of ours."""
    return text.encode("utf-8", "replace"), json.dumps(text)[1:-1].encode("ascii")


def _holds(path: Path, wanted: Iterable[tuple[bytes, bytes]]) -> bool:
    try:
        raw = path.read_bytes()
    except OSError:
        return True
    return any(spelling in raw for spellings in wanted for spelling in spellings)


def _recordings(folder: Path, traces: Traces) -> Iterator[Path]:
    """The recordings that began during one of their calls: a name says when, by this computer's clock."""
    with suppress(OSError):
        for path in sorted(folder.glob("call-*.wav")):
            with suppress(ValueError, OverflowError):
                at = datetime.strptime(path.name[: len("call-2026-11-23-150102")], _STAMP).astimezone()
                if any(start - _AROUND <= at <= end + _AROUND for start, end in traces.calls):
                    yield path


def remove(paths: Iterable[Path]) -> None:
    """Delete the files; durable when this returns. Raises OSError for one that stays."""
    folders = set()
    for path in paths:
        path.unlink(missing_ok=True)
        folders.add(path.parent)
    for folder in folders:
        disk.sync_folder(folder)


# -- named pieces of state ---------------------------------------------------------------------------------


def state_without(
    states: Iterable[tuple[str, Mapping[str, Any] | None]], traces: Traces
) -> dict[str, Mapping[str, Any] | None]:
    """The named pieces of state that hold something of them, without it; None for one that is all about them.

    That is a half-written note, a call in hand or left open, who was put off, what is still to do.
    """
    found: dict[str, Mapping[str, Any] | None] = {}
    for name, value in states:
        if value is None:
            continue
        kept = {} if name.partition(".")[2] in traces.ids else _without(value, traces)
        if kept != value:
            found[name] = kept or None
    return found


def _without(value: Any, traces: Traces) -> Any:
    """The value without what is theirs; a text that tells of them is empty then, so that all else keeps its shape."""

    def is_theirs(one: Any) -> bool:
        who = one.get("contact_id") if isinstance(one, Mapping) else one
        return isinstance(who, str) and who in traces.ids

    if isinstance(value, Mapping):
        kept = ((key, one) for key, one in value.items() if not is_theirs(key) and not is_theirs(one))
        return {key: _without(one, traces) for key, one in kept}
    if isinstance(value, list):
        return [_without(one, traces) for one in value if not is_theirs(one)]
    return "" if isinstance(value, str) and traces.are_in(value) else value
