"""What a merge brought, a sentence for each kind of news, refusals first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from tui.cockpit.wording.card import A_COLLEAGUE
from tui.cockpit.wording.why import in_words
from tui.domain.shared.came import Came
from tui.locale.spoken import translated

_SAID: Mapping[str, str] = {
    "refused": "{count:person|people} asked {rep} never to be called.",
    "listed": "{rep} put {count:person|people} on the do-not-call list.",
    "barred": "{count:more number or firm is|more numbers and firms are} on the do-not-call list.",
    "lifted": "{rep} took {count:entry|entries} off the do-not-call list.",
    "forgotten": "{count:person was|people were} forgotten for good.",
    "added": "{count:person is|people are} new.",
    "changed": "{count:person was|people were} changed.",
    "joined": "{count:person was|people were} here already.",
    "calls": "{count:call|calls} by {rep}.",
    "corrected": "{count:known call was|known calls were} corrected, undone or settled.",
    "planned": "{count:planned call|planned calls} came in.",
    "promises": "{rep} promised {count:call that is|calls that are} still to come.",
    "fast": "The clock of {rep} was fast by {by}. It should be set right.",
    "doubtful": "{count:pair|pairs} may be one person: {how} asks.",
    "nobodys": (
        "{count:person is|people are} nobody's: each of you would call them. Deal them out: powerhour split --help"
    ),
    "nothing": "Nothing new: all of it was here already.",
}
_YOU = "you"


def name_of_rep(names: Mapping[str, str], me: str) -> Callable[[str], str]:
    """Gives the name of a rep by their id, or by the end of it; `names` are by id, and `me` is the rep's own id."""
    known = {rep[-8:]: name for rep, name in names.items() if name} | {me[-8:]: translated(_YOU)}
    return lambda rep: known.get(rep[-8:], translated(A_COLLEAGUE))


def merged_lines(came: Came, name_of: Callable[[str], str], how: str) -> list[str]:
    """A sentence for each kind of news. `name_of` gives a rep's name by their id; `how` is what asks about doubts."""
    return list(_lines(came, name_of, how))


def _lines(came: Came, name_of: Callable[[str], str], how: str) -> Iterator[str]:
    yield from _of_each("refused", came.refused, name_of)
    yield from _of_each("listed", came.listed, name_of)
    yield from _counted("barred", came.barred)
    yield from _of_each("lifted", came.lifted, name_of)
    yield from _counted("forgotten", came.forgotten)
    yield from _counted("doubtful", len(came.doubtful), how=how)
    yield from _counted("added", len(came.added))
    yield from _counted("changed", len(came.changed))
    yield from _counted("joined", came.joined)
    yield from _of_each("calls", came.calls, name_of)
    yield from _counted("corrected", came.corrected)
    yield from _counted("planned", came.planned)
    yield from _of_each("promises", came.promises, name_of)
    yield from _counted("nobodys", came.nobodys)
    if not came.is_news:
        yield _SAID["nothing"]
    for rep, by in sorted(came.fast.items()):
        yield _said("fast", rep=name_of(rep), by=_length(by))


def _counted(code: str, count: int, **values: Any) -> Iterator[str]:
    if count:
        yield _said(code, count=count, **values)


def _of_each(code: str, counts: Mapping[str, int], name_of: Callable[[str], str]) -> Iterator[str]:
    for rep, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield from _counted(code, count, rep=name_of(rep))


def _said(code: str, **values: Any) -> str:
    said = in_words(_SAID[code], values)
    return said[0].upper() + said[1:]


def _length(by: timedelta) -> str:
    minutes = round(by.total_seconds() / 60)
    if minutes < 120:
        return in_words("{count:minute|minutes}", {"count": minutes})
    hours = round(minutes / 60)
    if hours < 48:
        return in_words("{count:hour|hours}", {"count": hours})
    return in_words("{count:day|days}", {"count": round(hours / 24)})
