"""Stamps that put what several reps wrote in order although their clocks disagree (a hybrid logical clock).

A stamp is a text that compares as text: milliseconds since 1970, a count, and the end of the rep's id. A value that
only came with a file has no stamp, which is earlier than any.

A clock that was wrong must not spoil the team's records for ever. So our last stamp is obeyed for a day only, which is
more than a clock set back by a wrong zone; a stamp further ahead rules over nothing but the value it stands on:
whoever writes that value again comes after it, whatever the clocks say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

NO_STAMP = ""
"""Of a value that nobody wrote by hand."""
OBEYED_AHEAD = timedelta(days=1)
"""So far ahead of our clock a stamp makes all our later ones later too."""
RIGHT_AHEAD = timedelta(minutes=5)
"""A clock that is fast by no more is called right."""

_FORM = re.compile(r"(\d{13})\.(\d{5})\.[^\s]*")
_MOST = 99_999
_OBEYED_MS = OBEYED_AHEAD // timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_stamp(text: str) -> bool:
    """Whether a text is a stamp: one that somebody made up in a file could stand over all others for ever."""
    return _FORM.fullmatch(text) is not None


def next_stamp(now: datetime, rep: str, last: str = NO_STAMP, over: Iterable[str] = ()) -> str:
    """A fresh stamp of a rep (by id) at `now` (zoned).

    It is later than `last`, the last stamp this store made or saw, unless that is a day ahead of our clock; and later
    than those in `over`, which stand on the values that are written over, in any case.
    """
    since = now - _EPOCH
    ours = (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
    soon = ours + _OBEYED_MS
    seen = [place for text in over if (place := _place(text))]
    before = _place(last)
    if before and before[0] <= soon:
        seen.append(before)
    milliseconds, count = max(((ours, 0), *((at, number + 1) for at, number in seen)))
    if count > _MOST:
        milliseconds, count = milliseconds + 1, 0
    return f"{max(milliseconds, 0):013d}.{count:05d}.{_short(rep)}"


def made(stamp: str) -> tuple[datetime, str] | None:
    """When a stamp was made (UTC) and the end of the id of the rep who made it; None for what is no stamp."""
    place = _place(stamp)
    rep = stamp.split(".", 2)[-1].rstrip("+-")
    return (_EPOCH + timedelta(milliseconds=place[0]), rep) if place else None


def is_by(rep: str, short: str) -> bool:
    """Whether the end of an id in a stamp is that of this rep."""
    return bool(short) and _short(rep) == short


def ahead(stamp: str, now: datetime) -> timedelta:
    """By how much the clock of whoever made a stamp was fast, as seen at `now`; zero for up to five minutes."""
    place = _place(stamp)
    by = timedelta(milliseconds=place[0]) - (now - _EPOCH) if place else timedelta(0)
    return by if by > RIGHT_AHEAD else timedelta(0)


def _place(stamp: str) -> tuple[int, int] | None:
    found = _FORM.fullmatch(stamp)
    return (int(found[1]), int(found[2])) if found else None


def _short(rep: str) -> str:
    """The end of an id is what differs from others made in the same minute."""
    return "".join(rep.split())[-8:]
